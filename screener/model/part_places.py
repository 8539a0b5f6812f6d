"""Places that only presentations, mails and papers with macros have."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import ClassVar

from screener.i18n import _
from screener.model.place import Locator
from screener.model.place_words import describe_part


@dataclass(frozen=True, slots=True)
class MacroLine(Locator):
    """A line of a macro, counted from 1, in a module of the paper's macro project."""

    kind: ClassVar[str] = "macro"
    module: str
    line: int

    def describe(self) -> str:
        return _("macro “{module}”, line {line}").format(module=self.module, line=self.line)


@dataclass(frozen=True, slots=True)
class MacroLines:
    """The place of a whole macro module; its lines are found by their starts (code points)."""

    module: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, module: str, text: str) -> MacroLines:
        """The place of a module with this source."""
        return cls(module, (0, *(at + 1 for at, c in enumerate(text) if c == "\n")))

    def locate(self, start: int, end: int) -> Locator:
        return MacroLine(self.module, bisect_right(self.starts, start))


@dataclass(frozen=True, slots=True)
class SlidePart(Locator):
    """A place in a presentation: the slide in the order of the show, counted from 1.

    Without ``slide`` it stands in a master or layout. ``part`` names notes, comments and the like;
    ``table``, ``row`` and ``column`` count from 1.
    """

    kind: ClassVar[str] = "slide"
    slide: int | None = None
    state: str | None = None
    part: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None

    def describe(self) -> str:
        words = []
        if self.slide is not None:
            where = _("slide {number}").format(number=self.slide)
            if self.state:
                where = _("slide {number} ({state})").format(
                    number=self.slide, state=describe_part(self.state)
                )
            words.append(where)
        if self.part:
            words.append(describe_part(self.part))
        if self.table is not None:
            words.append(
                _("table {table}, row {row}, column {column}").format(
                    table=self.table, row=self.row, column=self.column
                )
            )
        return " · ".join(words)


@dataclass(frozen=True, slots=True)
class MailHeader(Locator):
    """A header of a mail, by its name."""

    kind: ClassVar[str] = "mail_header"
    name: str

    def describe(self) -> str:
        names = {
            "subject": _("subject"),
            "from": _("sender"),
            "to": _("recipients"),
            "cc": _("copies to"),
            "bcc": _("hidden copies to"),
        }
        name = names.get(self.name.lower(), self.name)
        return _("mail header “{name}”").format(name=name)
