"""Content encodings of a response, undone piece by piece under a size limit.

Own code because common clients unpack a whole network chunk at once, a thousandfold if the sender
wants it, before anyone can count.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from screener.audit.address import FetchProblem
from screener.i18n import _
from screener.model.document import UnreadReason

ACCEPTED = "gzip, deflate"
_PIECE = 256 * 1024
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_RAW = -zlib.MAX_WBITS


def decoded(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The content in pieces of at most 256 KiB. Raises FetchProblem (unsupported, corrupt)."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        yield from chunks
    elif name in ("gzip", "x-gzip", "deflate"):
        yield from _inflated(chunks, raw_allowed=name == "deflate")
    else:
        raise FetchProblem(
            UnreadReason.UNSUPPORTED, _("the server used a content encoding that was not asked for")
        )


def _inflated(chunks: Iterable[bytes], *, raw_allowed: bool) -> Iterator[bytes]:
    inflater = zlib.decompressobj(_GZIP_OR_ZLIB)
    started = complete = False
    for chunk in chunks:
        waiting = chunk
        while waiting:
            if complete:  # gzip allows several members behind one another (RFC 1952 2.2)
                if not waiting.strip(b"\0"):
                    break
                inflater, complete = zlib.decompressobj(_GZIP_OR_ZLIB), False
            try:
                piece = inflater.decompress(waiting, _PIECE)
            except zlib.error as error:
                if started or not raw_allowed:
                    raise FetchProblem(
                        UnreadReason.CORRUPT, _("the compressed response is damaged")
                    ) from error
                inflater = zlib.decompressobj(_RAW)  # "deflate" without its header: common
                started = True
                continue
            started = True
            if piece:
                yield piece
            complete = inflater.eof
            waiting = inflater.unused_data if complete else inflater.unconsumed_tail
    if started and not complete:
        raise FetchProblem(UnreadReason.CORRUPT, _("the compressed response is cut off"))
