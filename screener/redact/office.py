"""What Word and Excel packages share when values are taken out of them.

Two passes over the XML parts: the stretches that segments were made from, then every stale copy of
a value of which nothing may stay (caches, custom XML, comments of the markup). What is no XML and
holds such a value stops the copy.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence

from screener.errors import SomethingLeft
from screener.i18n import _
from screener.model.document import Document
from screener.redact.mend import mend
from screener.redact.package import Package
from screener.redact.pieces import Alignment
from screener.redact.text import Edit, squeeze
from screener.redact.unreachable import unreachable
from screener.redact.values import Values
from screener.redact.xml_pieces import Collector, XmlPiece

_NO_TEXT = (
    *(".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf"),
    *(".odttf", ".ttf", ".fntdata"),
)
_INNER_LIMIT = 64 * 1024 * 1024


def redact_parts(
    load: Callable[[], Package],
    document: Document,
    spans: Sequence[Edit],
    values: Values,
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


def refuse_leftovers(package: Package, values: Values) -> None:
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


def _holds(data: bytes, values: Values) -> bool:
    """Whether bytes that are no XML hold a value, in the encodings such parts use."""
    return any(
        values.stand_in(squeeze(data.decode(codec, "ignore")))
        for codec in ("utf-8", "utf-16-le", "gb18030")
    )


def _speaks(value: str) -> bool:
    """Whether an attribute value may be text that people wrote."""
    return not value.isascii() or sum(map(str.isdigit, value)) >= 7 or "@" in value
