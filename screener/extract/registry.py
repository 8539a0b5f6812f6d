"""One reader a format. A reader is a class; adding one here is all that makes it known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from screener.config import Limits
from screener.extract.builder import DocumentBuilder
from screener.model.document import Document


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What a reader may need beside the bytes.

    ``name`` is the file's name (never trusted for the type). ``read_member`` reads a file found
    inside this one (an attachment, an archive member) and may itself answer with Unread;
    ``depth`` counts how far inside we are.
    """

    name: str
    limits: Limits
    depth: int = 0
    read_member: Callable[[bytes, str, int], Document] | None = None


class Reader(Protocol):
    """Reads one format into a builder.

    What it cannot read it tells the builder (``builder.unread``). It may raise for a broken file;
    the registry's caller turns any exception into Unread(corrupt) and keeps what was read so far.
    """

    name: str
    media_types: tuple[str, ...]
    suffixes: tuple[str, ...]

    def read(self, data: bytes, builder: DocumentBuilder, context: ReadContext) -> None:
        """Add everything in ``data`` to the builder."""
