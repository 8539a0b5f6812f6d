"""Places: where a stretch of text stands, as JSON for programs and in words for a person.

A ``Place`` belongs to a segment and answers for any part of it; a ``Locator`` is one answer. A
locator is its own place, so simple readers hand over locators and others (lines of a text file,
boxes on a page) work out the answer only for what was found.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Protocol

from screener.i18n import _


class Place(Protocol):
    """Tells where a part of a segment stands."""

    def locate(self, start: int, end: int) -> Locator:
        """The locator of the part, given in code points from the segment's start."""


@dataclass(frozen=True, slots=True)
class Locator:
    """Base of all locators. ``kind`` is the tag in JSON."""

    kind: ClassVar[str] = "file"

    def locate(self, start: int, end: int) -> Locator:
        """A locator is its own place."""
        return self

    def describe(self) -> str:
        """The place in words, in the reader's language: 第3页, 工作表“发放表” C7."""
        raise NotImplementedError

    def to_json(self) -> dict[str, Any]:
        """The place for programs: ``{"kind": …}`` and the fields that are set."""
        return {"kind": self.kind} | {k: v for k, v in asdict(self).items() if v is not None}


@dataclass(frozen=True, slots=True)
class WholeFile(Locator):
    """Nothing finer is known."""

    def describe(self) -> str:
        return _("the file")


@dataclass(frozen=True, slots=True)
class FileName(Locator):
    """The name of the file itself."""

    kind: ClassVar[str] = "file_name"

    def describe(self) -> str:
        return _("the file's name")


@dataclass(frozen=True, slots=True)
class TextLine(Locator):
    """A line of a plain text file, counted from 1."""

    kind: ClassVar[str] = "line"
    line: int

    def describe(self) -> str:
        return _("line {line}").format(line=self.line)


@dataclass(frozen=True, slots=True)
class Lines:
    """The place of a whole plain text; its lines are found by their starts (code points)."""

    line_starts: Sequence[int]

    def locate(self, start: int, end: int) -> Locator:
        return TextLine(bisect_right(self.line_starts, start))


@dataclass(frozen=True, slots=True)
class Paragraph(Locator):
    """A paragraph, counted from 1; ``part`` names where it stands if not in the body."""

    kind: ClassVar[str] = "paragraph"
    number: int
    part: str | None = None

    def describe(self) -> str:
        where = _("paragraph {number}").format(number=self.number)
        return f"{describe_part(self.part)} · {where}" if self.part else where


@dataclass(frozen=True, slots=True)
class Cell(Locator):
    """A cell of a spreadsheet: sheet name and A1 reference.

    ``state`` is hidden, very_hidden, hidden_row or hidden_column.
    """

    kind: ClassVar[str] = "cell"
    sheet: str
    ref: str
    state: str | None = None

    def describe(self) -> str:
        if self.state:
            return _("sheet “{sheet}” ({state}) {ref}").format(
                sheet=self.sheet, state=describe_part(self.state), ref=self.ref
            )
        return _("sheet “{sheet}” {ref}").format(sheet=self.sheet, ref=self.ref)


@dataclass(frozen=True, slots=True)
class TableCell(Locator):
    """A cell of a table in a text document or page: table, row, column, counted from 1."""

    kind: ClassVar[str] = "table_cell"
    table: int
    row: int
    column: int
    page: int | None = None
    part: str | None = None

    def describe(self) -> str:
        where = _("table {table}, row {row}, column {column}").format(
            table=self.table, row=self.row, column=self.column
        )
        if self.page is not None:
            return _("page {page}").format(page=self.page) + " · " + where
        return f"{describe_part(self.part)} · {where}" if self.part else where


@dataclass(frozen=True, slots=True)
class CsvCell(Locator):
    """A field of a csv file: line of its record's start and column, counted from 1."""

    kind: ClassVar[str] = "csv_cell"
    line: int
    column: int

    def describe(self) -> str:
        return _("line {line}, column {column}").format(line=self.line, column=self.column)


@dataclass(frozen=True, slots=True)
class PageBox(Locator):
    """A box on a page (counted from 1): left, top, right, bottom in points from the top left."""

    kind: ClassVar[str] = "page"
    page: int
    box: tuple[float, float, float, float] | None = None
    paragraph: int | None = None

    def describe(self) -> str:
        where = _("page {page}").format(page=self.page)
        if self.paragraph is not None:
            where += " · " + _("paragraph {number}").format(number=self.paragraph)
        return where


@dataclass(frozen=True, slots=True)
class HtmlNode(Locator):
    """A node of a page: its path, and the attribute if the text stands in one."""

    kind: ClassVar[str] = "html"
    path: str
    line: int | None = None
    attribute: str | None = None

    def describe(self) -> str:
        if self.line is None:
            return _("page source {path}").format(path=self.path)
        return _("line {line} of the page source").format(line=self.line)


@dataclass(frozen=True, slots=True)
class Property(Locator):
    """A property of the file, by its name."""

    kind: ClassVar[str] = "property"
    name: str

    def describe(self) -> str:
        return _("file property “{name}”").format(name=self.name)


@dataclass(frozen=True, slots=True)
class Member(Locator):
    """A place inside a member of an archive or an attachment: the way there, then the place."""

    kind: ClassVar[str] = "member"
    path: tuple[str, ...]
    inner: Locator

    def describe(self) -> str:
        return " → ".join((*self.path, self.inner.describe()))

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "path": list(self.path), "inner": self.inner.to_json()}


def describe_part(part: str | None) -> str:
    """A part of a document (header, footnote, hidden …) in the reader's language."""
    names = {
        "header": _("header"),
        "footer": _("footer"),
        "footnote": _("footnote"),
        "comment": _("comment"),
        "endnote": _("endnote"),
        "glossary": _("building block"),
        "text_box": _("text box"),
        "hidden_row": _("hidden row"),
        "hidden_column": _("hidden column"),
        "hidden": _("hidden"),
        "very_hidden": _("very hidden"),
    }
    return names.get(part or "", part or "")
