"""Bytes to Document: through the door, to the format's reader, and never a silence.

Whatever a file holds, the answer is a Document. What could not be read stands in ``unread``.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from screener.config import Limits
from screener.extract import facts, intake
from screener.extract.builder import DocumentBuilder
from screener.extract.registry import ReadContext, Spent, Unreadable, format_of
from screener.i18n import _
from screener.model.document import Document, SegmentKind, UnreadReason
from screener.model.place import FileName


class Extractor:
    """Implements ``ports.Extractor`` over the listed readers."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()

    def read_path(self, path: Path) -> Document:
        """A file. No access, too large, empty: a Document with an Unread and little text."""
        return self._read(intake.from_path(path, self._limits), 0, None)

    def read_bytes(
        self, data: bytes, name: str, origin: str = "", *, charset: str | None = None
    ) -> Document:
        """Bytes that came with a name. ``charset`` is what a server declared, if one did."""
        return self._read(intake.from_bytes(data, name, origin, self._limits), 0, charset)

    def _read_member(self, spent: Spent, data: bytes, name: str, depth: int) -> Document:
        arrival = intake.from_bytes(data, name, name, self._limits)
        return self._read(arrival, depth, None, spent)

    def _read(
        self, arrival: intake.Arrival, depth: int, charset: str | None, spent: Spent | None = None
    ) -> Document:
        source = arrival.source
        builder = DocumentBuilder()
        if arrival.problem is not None:
            builder.add(source.name, SegmentKind.FILE_NAME, FileName())
            document = builder.build(source)
            return replace(document, unread=(arrival.problem,))
        whole = _("the file")
        known = format_of(source.media_type)
        if known is None:
            builder.unread(whole, *_why_not(source.media_type))
        else:
            spent = spent or Spent()
            members = partial(self._read_member, spent)
            context = ReadContext(source.name, self._limits, depth, members, charset, spent)
            try:
                known.make_reader().read(arrival.data, builder, context)
            except Unreadable as problem:
                builder.unread(whole, problem.reason, problem.detail)
            except RecursionError:
                builder.unread(whole, UnreadReason.TOO_DEEP)
            except MemoryError:
                builder.unread(whole, UnreadReason.TOO_LARGE)
            except Exception as error:  # any fault of any parser: named, and what was read is kept
                builder.unread(whole, UnreadReason.CORRUPT, type(error).__name__)
            if not builder.has_body and not builder.has_unread:
                builder.unread(whole, UnreadReason.EMPTY, _("no text was found in it"))
        self._finish(builder, source.name, source.media_type)
        return builder.build(source)

    def _finish(self, builder: DocumentBuilder, name: str, media_type: str) -> None:
        if builder.has_body:
            found = facts.complete(
                builder.facts, builder.opening(facts.OPENING), builder.closing(facts.CLOSING)
            )
            builder.set_facts(found)
        builder.set_facts(replace(builder.facts, named_as=intake.named_as(name, media_type)))
        builder.add(name, SegmentKind.FILE_NAME, FileName())


def _why_not(media_type: str) -> tuple[UnreadReason, str]:
    if media_type == "application/vnd.ms-office.encrypted":
        return UnreadReason.ENCRYPTED, _("protected by a password")
    if media_type.startswith("image/"):
        detail = _("a picture; reading it needs text recognition (OCR)")
        return UnreadReason.UNSUPPORTED, detail
    if media_type == intake.OCTETS:
        detail = _("the bytes are neither text nor a format this version reads")
        return UnreadReason.UNSUPPORTED, detail
    detail = _("this version does not read {format}").format(format=_known_as(media_type))
    return UnreadReason.UNSUPPORTED, detail


def _known_as(media_type: str) -> str:
    """The name people know a format by."""
    names = {
        "application/msword": _("old Word documents (.doc, .wps); save it as .docx"),
        "application/vnd.ms-excel": _("old Excel workbooks (.xls, .et); save it as .xlsx"),
        "application/vnd.ms-powerpoint": _("old PowerPoint slides (.ppt)"),
        "application/vnd.ms-excel.sheet.binary.macroEnabled.12": _(
            "binary workbooks (.xlsb); save it as .xlsx"
        ),
        "application/rtf": _("rich text (.rtf); save it as .docx"),
        "application/zstd": _("archives (.zst); unpack it"),
        "application/vnd.rar": _("archives (.rar); unpack it"),
        "application/x-7z-compressed": _("archives (.7z); unpack it"),
        "application/vnd.ms-outlook": _("Outlook mails (.msg)"),
    }
    return names.get(media_type, media_type)
