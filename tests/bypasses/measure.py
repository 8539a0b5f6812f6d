"""Screens the samples of ``fixtures.bypasses`` as files and says which ones are caught."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fixtures.bypasses import Bypass
from fixtures.bypasses.carriers import Carrier
from screener.bootstrap import Application
from screener.model.finding import Screening

WHOLE_IS_NOT_NEEDED = frozenset({"SECRET_MARK"})
"""A mark found without its term stops the paper all the same."""


def caught(bypasses: Iterable[Bypass], parts: Application) -> Iterator[tuple[Bypass, bool]]:
    """Each sample as a text file, and whether its value is found from end to end or stopped."""
    for bypass in bypasses:
        screening = parts.screener.screen_bytes(bypass.text.encode(), "a.txt")
        yield bypass, _found(bypass, screening)


def carried(carrier: Carrier, value: str, parts: Application) -> bool:
    """Whether an ID number that a file takes apart is found in it."""
    screening = parts.screener.screen_bytes(carrier.build(value), carrier.file)
    return any(finding.entity == "CN_ID_CARD" for finding in screening.findings)


def _found(bypass: Bypass, screening: Screening) -> bool:
    if screening.document.unread:
        return True  # stopped, because it could not be read as text
    inside = range(bypass.start, bypass.end)
    signs = [at for at in inside if bypass.text[at].isalnum()] or [inside[0], inside[-1]]
    for finding in screening.findings:
        if finding.entity != bypass.entity:
            continue
        if bypass.entity in WHOLE_IS_NOT_NEEDED:
            if finding.start < bypass.end and bypass.start < finding.end:
                return True
        elif finding.start <= signs[0] and signs[-1] < finding.end:
            return True
    return False
