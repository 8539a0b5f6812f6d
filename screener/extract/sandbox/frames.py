"""Messages between the tool and its reading processes: a JSON head and raw blocks behind it.

JSON and not pickle: what comes back was made by code that may have been taken over by a file.
"""

from __future__ import annotations

import json
import struct
import time

# the bare class: who guards socket.socket, to see that nothing goes online, means no such line
from _socket import socket as Line
from _socket import socketpair as pair
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Gone", "Line", "Message", "TooLate", "TooMuch", "pair", "receive", "send"]

_LENGTH = struct.Struct("<Q")
_CHUNK = 1024 * 1024
HEAD_BYTES = 512 * 1024 * 1024
"""The longest head that is taken: places of a page with a million nodes are tens of megabytes."""


class Gone(Exception):
    """The other side closed the line."""


class TooLate(Exception):
    """The message did not arrive in time."""


class TooMuch(Exception):
    """The message is longer than the receiver takes, or no message at all."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message: ``head`` says what it is (``head["kind"]``), ``blocks`` are raw bytes."""

    head: dict[str, Any]
    blocks: tuple[bytes, ...] = ()

    @property
    def kind(self) -> str:
        """What it is, or the empty string."""
        return str(self.head.get("kind", ""))


def send(line: Line, head: dict[str, Any], blocks: Sequence[bytes] = ()) -> None:
    """Send one message. Raises Gone, and TooLate when the line has a timeout."""
    raw = json.dumps({**head, "blocks": [len(block) for block in blocks]}).encode("ascii")
    try:
        line.sendall(_LENGTH.pack(len(raw)) + raw)
        for block in blocks:
            line.sendall(block)
    except TimeoutError as error:
        raise TooLate from error
    except OSError as error:
        raise Gone from error


def receive(line: Line, *, deadline: float | None = None, most: int) -> Message:
    """The next message: at most ``most`` bytes of blocks, until ``deadline`` (time.monotonic).

    Raises Gone, TooLate, TooMuch.
    """
    (size,) = _LENGTH.unpack(_exactly(line, _LENGTH.size, deadline))
    if size > HEAD_BYTES:
        raise TooMuch
    raw = _exactly(line, size, deadline)
    try:
        head = json.loads(bytes(raw))
        sizes = head["blocks"]
        right = all(type(length) is int and length >= 0 for length in sizes)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise TooMuch from error
    if not right or sum(sizes) > most:
        raise TooMuch
    return Message(head, tuple(bytes(_exactly(line, length, deadline)) for length in sizes))


def _exactly(line: Line, size: int, deadline: float | None) -> bytearray:
    """``size`` bytes; memory grows with what arrives, not with what is announced."""
    data = bytearray()
    try:
        while len(data) < size:
            if deadline is not None:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TooLate
                line.settimeout(left)
            chunk = line.recv(min(_CHUNK, size - len(data)))
            if not chunk:
                raise Gone
            data += chunk
    except TimeoutError as error:
        raise TooLate from error
    except OSError as error:
        raise Gone from error
    return data
