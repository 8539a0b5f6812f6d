"""What can be wrong with an office's pack, said where it is, why, and what to do next.

The texts stand in ``messages.yaml``, one entry a code: ``zh`` and ``en`` say what is wrong and why,
``fix_zh`` and ``fix_en`` what to do. Whoever wrote the pack reads them, so they quote the pack, but
never a document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from recognizers.catalogue import BrokenPack

_MESSAGES = Path(__file__).with_name("messages.yaml")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file. Lines and columns count from 1; 0 is the file as such."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class PackProblem(BrokenPack):
    """One thing that is wrong with a pack. ``str()`` is the English message."""

    def __init__(self, code: str, place: Place, **arguments: object) -> None:
        self.code = code
        self.place = place
        self.arguments = arguments
        super().__init__(self.message("en"))

    def message(self, language: str = "zh") -> str:
        """Place, what is wrong and why."""
        said = _said(self.code, language, self.arguments)
        return f"{self.place}: {said}" if language == "en" else f"{self.place}：{said}"

    def advice(self, language: str = "zh") -> str:
        """What to do next."""
        return _said(self.code, f"fix_{language}", self.arguments)


class BrokenPacks(BrokenPack):
    """All that is wrong with the packs that were named, in the order of files and lines."""

    def __init__(self, problems: Sequence[PackProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, problems)))


@cache
def messages() -> Mapping[str, Mapping[str, str]]:
    """All texts by code."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    texts = yaml.load(_MESSAGES.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
    assert isinstance(texts, dict)
    return texts


def _said(code: str, key: str, arguments: Mapping[str, object]) -> str:
    return messages()[code][key].format_map(arguments)
