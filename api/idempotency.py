"""Idempotency-Key: a call that is sent again, after a lost answer, gives the same answer again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from api.problems import Problem, unusable
from screener.i18n import _
from screener.model.ledger import digest

if TYPE_CHECKING:
    from screener.store.repository import Repository

HEADER = "Idempotency-Key"
_LONGEST = 255

Answer = tuple[int, dict[str, Any]]
"""Status and JSON."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call under a key: what tells it from others, and what must be the same when sent again.

    Both are digests: a key chosen by a caller, or a title, may hold a value.
    """

    key: str
    request: str


class Replays:
    """Answers that were given, kept in the database, and the keys being worked on right now."""

    def __init__(self) -> None:
        self._running: set[str] = set()
        self._lock = threading.Lock()

    def run(self, repository: Repository, call: Call | None, job: Callable[[], Answer]) -> Answer:
        """Do the job, or give the answer it had. Runs in a worker thread.

        Raises Problem: 422 when the key came with another request, 409 when it is being worked on.
        """
        if call is None:
            return job()
        with self._claimed(call.key):
            with repository.read() as work:
                seen = work.remembered(call.key)
            if seen is not None:
                if seen["request"] != call.request:
                    raise unusable(HEADER, _("it was used for another request"))
                return int(seen["status"]), dict(seen["response"])
            status, content = job()
            with repository.write() as work:
                if work.remembered(call.key) is None:  # another process may share the database
                    work.remember(
                        call.key,
                        request=call.request,
                        status=status,
                        response=content,
                        at=datetime.now(UTC),
                    )
            return status, content

    @contextmanager
    def _claimed(self, key: str) -> Iterator[None]:
        with self._lock:
            if key in self._running:
                raise Problem(
                    409, "conflict", _("A request with this Idempotency-Key is still running.")
                )
            self._running.add(key)
        try:
            yield
        finally:
            with self._lock:
                self._running.discard(key)


def key_of(request: Request) -> str | None:
    """The key of a request, None without one. Raises Problem 422 for one that cannot be used."""
    keys = request.headers.getlist(HEADER)
    if not keys:
        return None
    if len(keys) > 1 or not 0 < len(keys[0].strip()) <= _LONGEST:
        raise unusable(HEADER, _("it must be given once, with 1 to 255 characters"))
    return keys[0].strip()


def call(key: str, where: tuple[str, str], request: object) -> Call:
    """A call under a key. ``where`` is address and actor; ``request`` is all that was asked."""
    return Call(key=digest([*where, key]), request=digest(request))
