"""The gate: what a website's system asks before it publishes. Cheap: it needs no detection."""

from __future__ import annotations

import re

from screener.model.review import Release, State
from screener.ports import Repository, Work
from screener.release.certificate import genuine

_SHA256 = re.compile(r"[0-9a-f]{64}")


class Gate:
    """Answers whether exactly these bytes may be published now."""

    def __init__(self, repository: Repository, key: bytes) -> None:
        self._repository = repository
        self._key = key

    def check(self, sha256: str) -> Release | None:
        """The release of these bytes (SHA-256, hex), or None."""
        with self._repository.read() as work:
            return find(work, self._key, sha256)


def find(work: Work, key: bytes, sha256: str) -> Release | None:
    """The newest release of these bytes that is genuine, not withdrawn, and its item still out."""
    if not _SHA256.fullmatch(sha256.lower()):
        return None
    for release in work.releases_of(sha256.lower()):
        if (
            release.withdrawn_at is None
            and genuine(key, release)
            and work.item(release.item).state is State.RELEASED
        ):
            return release
    return None
