"""The pack that ``screener rules new`` writes: commented, loads and passes."""

from __future__ import annotations

from pathlib import Path

from recognizers.office.problems import PackProblem, Place
from recognizers.office.reader import usable_name

_TEMPLATE = Path(__file__).with_name("template.yaml")


def template(name: str, file: str) -> str:
    """The text of a new pack. Raises PackProblem for a name that no pack can have."""
    if not usable_name(name):
        raise PackProblem("bad_name", Place(file), name=name)
    return _TEMPLATE.read_text(encoding="utf-8").format_map({"name": name, "file": file})
