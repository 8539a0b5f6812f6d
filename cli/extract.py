"""``screener extract``: the text that all offsets count in."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.files import STDIN, read_stream
from cli.help import Command
from cli.problems import UNREAD, complain
from cli.session import application, settings
from screener.errors import UsageProblem
from screener.i18n import _
from screener.masking import safe_line
from screener.model.document import SegmentKind

if TYPE_CHECKING:
    from screener.bootstrap import Application
    from screener.model.document import Document

app = typer.Typer(rich_markup_mode=None, add_completion=False)

PLAIN = (SegmentKind.BODY, SegmentKind.HEADING, SegmentKind.TABLE_CELL)
"""Kinds whose names do not tell that a person would not see them."""

HELP = _(
    "Print exactly the text that was read from a file, nothing added: the start and end of every "
    "finding count in it. What was not read is told on standard error, with exit code 3."
)
EXAMPLES = """
    screener extract 通知.docx
    screener extract 发放表.xlsx --marked
    screener extract 发放表.xlsx --segments
"""


@app.command("extract", cls=Command, help=HELP, epilog=EXAMPLES)
def extract(
    file: Annotated[str, typer.Argument(metavar=_("FILE"), help=_("A file, or - ."))],
    marked: Annotated[
        bool, typer.Option("--marked", help=_("Mark what a person would not see: ⟦hidden: …⟧"))
    ] = False,
    segments: Annotated[
        bool, typer.Option("--segments", help=_("Where each stretch stands, as JSON."))
    ] = False,
) -> None:
    """Print the text, the marked text or the segments."""
    document = read(application(settings()), file)
    sys.stdout.flush()
    out = sys.stdout.buffer
    if segments:
        out.write(_segments(document).encode("utf-8", "backslashreplace"))
    elif marked:
        for piece in mark(document):
            out.write(piece.encode("utf-8", "backslashreplace"))
    else:
        out.write(document.text.encode("utf-8", "backslashreplace"))
    out.flush()
    if document.unread:
        tell_unread(document)
        raise typer.Exit(UNREAD)


def read(parts: Application, name: str) -> Document:
    """One file or standard input. Raises UsageProblem when the path is not there."""
    path = Path(name)
    if name == STDIN or path.is_fifo():
        limits = parts.config.limits
        try:
            data = read_stream(path, limits.file_bytes, limits.seconds)
        except OSError:  # nothing comes out of it: the reader says that it is no regular file
            return parts.extractor.read_path(path)
        return parts.extractor.read_bytes(data, path.name, name)
    require_file(path)
    return parts.extractor.read_path(path)


def require_file(path: Path) -> None:
    """Raises UsageProblem for a path that is not there or is a folder."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UsageProblem(
            _("{path} is not there.").format(path=safe_line(str(path))),
            advice=_("Check the name."),
        ) from error
    except (OSError, ValueError):
        return  # the reader tells why it cannot be opened
    if path.is_dir():
        raise UsageProblem(
            _("{path} is a folder.").format(path=safe_line(str(path))),
            advice=_("Name one file; “screener scan” takes folders."),
        )


def tell_unread(document: Document) -> None:
    """What was not read, on standard error."""
    from screener.report.words import unread_word

    for entry in document.unread:
        text = _("Not read: {what} ({reason})").format(
            what=entry.what, reason=unread_word(entry.reason.value)
        )
        complain(text + (_(": ") + entry.detail if entry.detail else ""))


def mark(document: Document) -> Iterator[str]:
    """The text, with everything a person would not see in ⟦kind: …⟧."""
    from screener.report.words import kind_word

    last = 0
    table = document.segments
    for index in range(len(table)):
        if table.visible(index):
            continue
        start, end = table.starts[index], table.ends[index]
        kind = table.kind(index)
        word = _("hidden") if kind in PLAIN else kind_word(kind.value) or _("hidden")
        yield document.text[last:start]
        yield f"⟦{word}{_(': ')}{document.text[start:end]}⟧"
        last = end
    yield document.text[last:]


def _segments(document: Document) -> str:
    lines = []
    for index, segment in enumerate(document.segments):
        locator = segment.place.locate(0, segment.end - segment.start)
        entry: dict[str, Any] = {
            "start": segment.start,
            "end": segment.end,
            "kind": segment.kind.value,
            "visible": segment.visible,
            "place": locator.describe(),
            "locator": locator.to_json(),
        }
        header = document.header(index)
        if header:
            entry["header"] = header
        lines.append(json.dumps(entry, ensure_ascii=False))
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"
