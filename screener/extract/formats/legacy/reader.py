"""Old office papers (doc, wps, ppt, dps, rtf) and OpenDocument: converted, then read as new ones.

What a conversion leaves out is looked for in the old file itself: macros, properties, words and
numbers that stand in its bytes but not in the converted paper (text deleted long ago).
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from screener.extract.builder import DocumentBuilder
from screener.extract.compound_open import COMPOUND, opened
from screener.extract.formats.legacy import left as legacy_left
from screener.extract.inside import read_inside
from screener.extract.package import SMALL_ENOUGH
from screener.extract.registry import ReadContext, Unreadable
from screener.extract.sandbox.wanted import target_of
from screener.i18n import _
from screener.model.document import UnreadReason

_MANIFEST = "META-INF/manifest.xml"
_WORD_LOCKED = 0x0100  # fEncrypted of the FIB's flags, [MS-DOC] 2.5.1
_SLIDES_LOCKED = 0xF3D1C4DF  # headerToken of an encrypted file, [MS-PPT] 2.3.2


class LegacyReader:
    """Has the paper converted and reads what comes back; the way there is part of each place."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Look whether it is locked, convert, read, and look at what was left behind."""
        streams = _streams(data) if data.startswith(COMPOUND) else None
        if streams is not None:
            _refuse_locked(streams)
        elif data.startswith(b"PK"):
            _refuse_locked_zip(data)
        if context.convert is None:
            raise Unreadable(UnreadReason.MISSING_TOOL)
        made = context.convert(data, context.media_type)
        name = _("converted") + "." + target_of(context.media_type)
        read_inside(builder, context, made, name)
        if streams is not None:
            legacy_left.add_from_streams(streams, builder, context)
            streams.close()
        elif data.startswith(b"PK"):
            legacy_left.add_from_package(data, builder, context)
        elif data.startswith(b"{\\rtf"):
            legacy_left.add_from_rtf(data, made, builder, context)


def _streams(data: bytes) -> Any:
    """The file's streams, or None for a torn one: the converter may still make sense of it."""
    try:
        return opened(data)
    except Unreadable:
        return None


def _refuse_locked(streams: Any) -> None:
    """Raises Unreadable for a paper with a password."""
    detail = _("protected by a password")
    for name in ("EncryptedPackage", "EncryptedSummary"):
        if streams.exists(name):
            raise Unreadable(UnreadReason.ENCRYPTED, detail)
    if streams.exists("WordDocument"):
        head = streams.openstream("WordDocument").read(12)
        if len(head) == 12 and int.from_bytes(head[10:12], "little") & _WORD_LOCKED:
            raise Unreadable(UnreadReason.ENCRYPTED, detail)
    if streams.exists("Current User"):
        head = streams.openstream("Current User").read(16)
        if len(head) == 16 and int.from_bytes(head[12:16], "little") == _SLIDES_LOCKED:
            raise Unreadable(UnreadReason.ENCRYPTED, detail)


def _refuse_locked_zip(data: bytes) -> None:
    """Raises Unreadable for an OpenDocument paper with a password."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if _MANIFEST in package.NameToInfo:
            with package.open(_MANIFEST) as part:
                if b"encryption-data" in part.read(SMALL_ENOUGH):
                    raise Unreadable(UnreadReason.ENCRYPTED, _("protected by a password"))
