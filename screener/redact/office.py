"""What Word and Excel packages share when values are taken out of them.

Two passes over the XML parts: the stretches that segments were made from, then every stale copy of
a value of which nothing may stay (caches, custom XML, comments of the markup). What is no XML and
holds such a value stops the copy.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from screener.errors import SomethingLeft
from screener.i18n import _
from screener.model.document import SEGMENT_BREAK, Document
from screener.redact.mend import mend
from screener.redact.package import Package
from screener.redact.pieces import Alignment, Edit, squeeze, windows
from screener.redact.unreachable import unreachable
from screener.redact.xml_pieces import Collector, XmlPiece

_WALL = "\uffff"  # no character: stands where no value may reach across
_NO_TEXT = (
    *(".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf"),
    *(".odttf", ".ttf", ".fntdata"),
)
_FEW = 500  # values that are looked for one by one
_INNER_LIMIT = 64 * 1024 * 1024


def redact_parts(
    load: Callable[[], Package],
    document: Document,
    spans: Sequence[Edit],
    values: Mapping[str, str],
    parts: Callable[[Package], Iterable[str]],
) -> Package:
    """A package whose XML parts have the edits. ``parts`` says which parts are to be looked at.

    First only attribute values that look like text are considered; when a segment has no source
    among them, all are. Raises SomethingLeft with the place that was not found.
    """
    for speaks in (_speaks, bool):
        package = load()
        alignment = Alignment()
        collector = Collector(alignment, speaks)
        pieces = {
            name: collector.collect(package.root(name))
            for name in parts(package)
            if package.parses(name)
        }
        missing = alignment.apply(document, spans)
        if not missing:
            break
    else:
        raise unreachable(document.segments.place(missing[0]).locate(0, 1))
    alignment.sweep(values)
    for name, listed in pieces.items():
        write(package, name, listed)
    return package


def write(package: Package, name: str, pieces: Iterable[XmlPiece]) -> None:
    """Put changed pieces back and mark the part for writing."""
    changed = [piece for piece in pieces if piece.edits]
    for piece in changed:
        piece.write()
        mend(piece)
    if changed:
        package.touch(name)


def vanishing(document: Document, spans: Sequence[Edit]) -> dict[str, str]:
    """Values (squeezed) that stand nowhere in the text but in spans, with their replacements.

    Of these no copy may stay anywhere in the file. Short ones are left out: they could be anything.
    """
    values: dict[str, str] = {}
    rest: list[str] = []
    last = 0
    for start, end, new in spans:
        value = squeeze(document.text[start:end])
        if len(value) >= (6 if value.isascii() else 2):
            values.setdefault(value, new)
        rest += [document.text[last:start], _WALL]
        last = end
    rest.append(document.text[last:])
    kept = squeeze("".join(rest).replace(SEGMENT_BREAK, _WALL))
    return {value: values[value] for value in values.keys() - set(_contained(kept, values))}


def _contained(text: str, values: Mapping[str, str]) -> Iterator[str]:
    if len(values) <= _FEW:
        yield from (value for value in values if value in text)
        return
    for _at, value in windows(text, values):
        yield value


def refuse_leftovers(package: Package, values: Mapping[str, str]) -> None:
    """Raise SomethingLeft naming a part that is no XML and holds one of the values."""
    for name in package.names():
        if name.lower().endswith(_NO_TEXT) or package.parses(name):
            continue
        if any(_holds(data, values) for data in _unpacked(package.read(name))):
            raise SomethingLeft(
                _("{part}: this embedded part holds what must go").format(part=name),
                advice=_("Take the embedded object or macro out of the file, then try again."),
            )


def _unpacked(data: bytes) -> Iterator[bytes]:
    yield data
    if not data.startswith(b"PK\x03\x04"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as inner:
            for member in inner.infolist():
                if not member.is_dir() and member.file_size < _INNER_LIMIT:
                    yield inner.read(member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        return  # torn: its bytes were looked at, nothing in it opens


def _holds(data: bytes, values: Mapping[str, str]) -> bool:
    if len(values) <= _FEW:
        codecs = ("utf-8", "utf-16-le", "gb18030")
        return any(value.encode(codec) in data for value in values for codec in codecs)
    runs = re.findall(rb"[0-9A-Za-z@._-]{6,}", data + b"\n" + data.replace(b"\0", b""))
    return any(True for run in runs for _hit in windows(run.decode("ascii"), values))


def _speaks(value: str) -> bool:
    """Whether an attribute value may be text that people wrote."""
    return not value.isascii() or sum(map(str.isdigit, value)) >= 7 or "@" in value
