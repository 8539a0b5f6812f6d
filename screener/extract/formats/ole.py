"""Objects in the frame of old office programs ([MS-CFB]): packed files, controls, previews.

What papers of today keep as ``oleObject1.bin``, what a list of previews (Thumbs.db) is made of.
"""

from __future__ import annotations

import re
from typing import Any

from screener.extract import compound
from screener.extract.builder import DocumentBuilder
from screener.extract.compound_open import opened
from screener.extract.inside import read_inside
from screener.extract.macros import add_macros
from screener.extract.registry import ReadContext, Unreadable
from screener.extract.strings import words
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import Property

_KNOWN = re.compile(
    "[\x01\x03](?:Ole|CompObj|ObjInfo|OCXNAME|OCXDATA|LinkInfo|EPRINT|ACCESSOBJSITEDATA|PRINT|META)"
    "|\x05.*|contents|Equation Native|Catalog|dir|PROJECT|PROJECTwm|_VBA_PROJECT|__SRP_.*|VBA"
)
"""Streams that describe an object, or in which words stand as words."""
_PICTURE = re.compile(b"\xff\xd8\xff|\x89PNG\r\n\x1a\n")
_HEAD = 64
"""Bytes before a preview in a list of previews."""


class ObjectReader:
    """Files inside by their own format; of what else is there, the words."""

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Objects first, then the words of every other stream."""
        with opened(data) as streams:
            done = compound.read_objects(streams, builder, context)
            add_macros(streams, builder, context.limits.file_bytes)
            strange = False
            for path in streams.listdir():
                if "/".join(path) not in done:
                    strange |= _stream(streams, path, builder, context)
            compound.read_properties(streams, builder)
            compound.left_behind(streams, builder)
            if strange:
                detail = _("an object of another program; only its words were looked for")
                builder.unread(_("the file"), UnreadReason.UNSUPPORTED, detail)


def _stream(streams: Any, path: list[str], builder: DocumentBuilder, context: ReadContext) -> bool:
    """Read one stream; tells whether more may be in it than what was read."""
    name = path[-1]
    try:
        content = compound.stream(streams, path)
    except Unreadable as problem:
        builder.unread(_("part {part}").format(part=name), problem.reason, problem.detail)
        return False
    if found := _PICTURE.search(content, 0, _HEAD):
        read_inside(builder, context, content[found.start() :], f"{name}.jpg")
        return False
    if name == "CONTENTS":
        read_inside(builder, context, content, name)
        return False
    said = builder.text
    for text in words(content):
        if text not in said:
            builder.add(text, SegmentKind.HIDDEN, Property(name.strip("\1\3\5")), visible=False)
    in_project = any(part in ("VBA", "Macros", "_VBA_PROJECT_CUR") for part in path)
    return bool(content) and not in_project and not _KNOWN.fullmatch(name)
