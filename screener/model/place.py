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
from screener.model.place_words import describe_package_part, describe_part, describe_property


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


def certainty(locator: Locator) -> float:
    """How surely the text at a place was read, from 0 to 1: less than 1 in pictures only."""
    while isinstance(locator, Member):
        locator = locator.inner
    sure = locator.confidence if isinstance(locator, ImageBox | PageBox) else None
    return 1.0 if sure is None else sure


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
    """A paragraph, counted from 1; ``part`` names where it stands if not in the body.

    ``state`` says why a person does not see what stands there: deleted, white, blacked_out …
    """

    kind: ClassVar[str] = "paragraph"
    number: int
    part: str | None = None
    state: str | None = None

    def describe(self) -> str:
        where = _("paragraph {number}").format(number=self.number)
        where = f"{describe_part(self.part)} · {where}" if self.part else where
        return _in_words(where, self.state)


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
    """A cell of a table in a text document or page: table, row, column, counted from 1.

    ``state`` says why a person does not see it, as in ``PageBox``.
    """

    kind: ClassVar[str] = "table_cell"
    table: int
    row: int
    column: int
    page: int | None = None
    part: str | None = None
    state: str | None = None

    def describe(self) -> str:
        where = _("table {table}, row {row}, column {column}").format(
            table=self.table, row=self.row, column=self.column
        )
        if self.page is not None:
            return f"{_page(self.page, self.state)} · {where}"
        where = f"{describe_part(self.part)} · {where}" if self.part else where
        return _in_words(where, self.state)


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
    """A box on a page (counted from 1): left, top, right, bottom in points from the top left.

    ``state`` says why a person does not see what stands there: black_box, white, off_page …; or
    that it was recognised in a picture, with the ``confidence`` of that, from 0 to 1.
    """

    kind: ClassVar[str] = "page"
    page: int
    box: tuple[float, float, float, float] | None = None
    paragraph: int | None = None
    state: str | None = None
    confidence: float | None = None

    def describe(self) -> str:
        where = _page(self.page, self.state)
        if self.paragraph is not None:
            where += " · " + _("paragraph {number}").format(number=self.paragraph)
        return where


@dataclass(frozen=True, slots=True)
class ImageBox(Locator):
    """A box in a picture: left, top, right, bottom in its pixels, upright as a person sees it.

    ``frame`` is the page of a picture with several, ``line`` the line of recognised text, both from
    1; ``confidence`` is how sure the recognition was of the least sure line, from 0 to 1.
    """

    kind: ClassVar[str] = "image"
    frame: int | None = None
    line: int | None = None
    box: tuple[float, float, float, float] | None = None
    confidence: float | None = None

    def describe(self) -> str:
        where = _("picture")
        if self.frame is not None:
            where = _("picture, page {page}").format(page=self.frame)
        if self.line is None:
            return where
        return where + " · " + _("line {line}").format(line=self.line)


@dataclass(frozen=True, slots=True)
class PictureText:
    """The place of recognised text: its lines by their starts (code points), with their boxes.

    ``page`` is that of a paper with the picture, ``frame`` that of the picture itself; boxes hold
    left, top, right, bottom of one line after another.
    """

    starts: tuple[int, ...]
    boxes: tuple[float, ...]
    confidences: tuple[float, ...]
    first_line: int = 1
    frame: int | None = None
    page: int | None = None
    state: str | None = None

    def locate(self, start: int, end: int) -> Locator:
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, max(end - 1, start)) - 1
        held = [self.boxes[4 * at : 4 * at + 4] for at in range(first, last + 1)]
        box = (
            min(b[0] for b in held),
            min(b[1] for b in held),
            max(b[2] for b in held),
            max(b[3] for b in held),
        )
        sure = min(self.confidences[first : last + 1])
        if self.page is not None:
            return PageBox(self.page, box, state=self.state or "in_picture", confidence=sure)
        return ImageBox(self.frame, self.first_line + first, box, sure)


@dataclass(frozen=True, slots=True)
class HtmlNode(Locator):
    """A node of a page: its path, and the attribute if the text stands in one.

    ``state`` says why a person does not see it.
    """

    kind: ClassVar[str] = "html"
    path: str
    line: int | None = None
    attribute: str | None = None
    state: str | None = None

    def describe(self) -> str:
        where = _("line {line} of the page source").format(line=self.line)
        if self.line is None:
            where = _("page source {path}").format(path=self.path)
        return _in_words(where, self.state)


@dataclass(frozen=True, slots=True)
class Property(Locator):
    """A property of the file, by its name."""

    kind: ClassVar[str] = "property"
    name: str

    def describe(self) -> str:
        if part := describe_package_part(self.name):
            return _("{what} (part {name})").format(what=part, name=self.name)
        if meaning := describe_property(self.name):
            return _("file property “{name}” ({meaning})").format(name=self.name, meaning=meaning)
        return _("file property “{name}”").format(name=self.name)


@dataclass(frozen=True, slots=True)
class OfdObject(Locator):
    """A box on a page of an OFD paper: left, top, right, bottom in millimetres from the top left.

    ``page`` counts from 1 through all bodies of the file; ``part`` names what lies over the page.
    """

    kind: ClassVar[str] = "ofd"
    page: int
    box: tuple[float, float, float, float] | None = None
    part: str | None = None

    def describe(self) -> str:
        where = _("page {page}").format(page=self.page)
        return f"{where} · {describe_part(self.part)}" if self.part else where


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


@dataclass(frozen=True, slots=True)
class Inside:
    """A place inside a member: ``path`` is the outer file's name, then the member's."""

    path: tuple[str, ...]
    place: Place

    def on_page(self) -> None:
        """None: the file that holds the member has no pages."""

    def locate(self, start: int, end: int) -> Locator:
        inner = self.place.locate(start, end)
        if isinstance(inner, Member):  # its path begins with the member's own name
            return Member((*self.path, *inner.path[1:]), inner.inner)
        return Member(self.path, inner)


def page_of(place: Place) -> int | None:
    """The page a place is on, from 1, where its format has pages.

    A place whose box takes work to find says its page alone (``on_page``).
    """
    if (told := getattr(place, "on_page", None)) is not None:
        page: int | None = told()
        return page
    locator = place.locate(0, 0)
    return locator.page if isinstance(locator, PageBox | TableCell | OfdObject) else None


def state_of(locator: Locator) -> str | None:
    """Why a person does not see what stands there, by its code; None where nothing is said."""
    inner = locator.inner if isinstance(locator, Member) else locator
    return getattr(inner, "state", None)


def _in_words(where: str, state: str | None) -> str:
    """A place with the reason why it is not seen behind it, if there is one."""
    if not state:
        return where
    return _("{place} ({state})").format(place=where, state=describe_part(state))


def _page(number: int, state: str | None) -> str:
    where = _("page {page}").format(page=number)
    return f"{where} {describe_part(state)}" if state else where
