"""One re-scan: pages that are online, and the attachments they link to.

Whatever could not be fetched stands in the result as unread, with its reason: a page that is gone
and a page without problems are different answers. The result holds no value: addresses, titles and
header fields are masked like everything that is stored.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol
from urllib.parse import unquote

import httpx

from screener.audit.address import FetchProblem, parse_url
from screener.audit.fetch import Fetched, Fetcher
from screener.audit.page import Link, Page, read_page
from screener.extract.builder import make_unread
from screener.i18n import _, current_language
from screener.model.document import Document, UnreadReason
from screener.model.finding import Screening
from screener.report.wire import UnreadJson, screening_to_json
from screener.store.repository import Repository

SCHEMA = 1
LEVELS = ("block", "review", "note")
MOST_ATTACHMENTS = 300
"""Links followed from one page; the rest is reported as unread."""

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset[ ]*=[ \"']*([A-Za-z0-9_:.-]{2,40})", re.I)
_HTML = frozenset({"text/html", "application/xhtml+xml"})

Json = dict[str, Any]


class Reader(Protocol):
    """Turns fetched bytes into a Document (``screener.extract.extractor.Extractor``)."""

    def read_bytes(
        self, data: bytes, name: str, origin: str = "", *, charset: str | None = None
    ) -> Document: ...


class DocumentScreener(Protocol):
    """Screens what was read, and masks what is stored (``screener.pipeline.Pipeline``)."""

    def screen_document(self, document: Document) -> Screening: ...

    def mask_text(self, text: str) -> str: ...


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What a run came to. ``pages`` is JSON in the order of the addresses given."""

    id: str
    at: datetime
    pages: Sequence[Json]

    @property
    def invalid(self) -> int:
        """Addresses that no page can have: wrong usage rather than something unread."""
        return sum(bool(page["invalid"]) for page in self.pages)

    @property
    def summary(self) -> Json:
        """The books of the run: pages, files, findings by level, unread parts, verdicts."""
        verdicts = dict.fromkeys(("block", "review", "clear"), 0)
        for page in self.pages:
            verdicts[page["verdict"]] += 1
        return {
            "pages": len(self.pages),
            "files": sum(len(page["files"]) for page in self.pages),
            "findings": {
                level: sum(page["findings"][level] for page in self.pages) for level in LEVELS
            },
            "unread": sum(page["unread_count"] for page in self.pages),
            "verdicts": verdicts,
        }

    def to_json(self) -> Json:
        """The whole report, schema 1."""
        return {
            "schema": SCHEMA,
            "run": self.id,
            "at": self.at.isoformat(),
            "summary": self.summary,
            "pages": list(self.pages),
        }


class AuditRun:
    """Fetches and screens. One run per object: what is linked twice is fetched once."""

    def __init__(self, fetcher: Fetcher, reader: Reader, screener: DocumentScreener) -> None:
        self._fetcher = fetcher
        self._reader = reader
        self._screener = screener
        self._seen: dict[str, Json] = {}

    def run(
        self, addresses: Iterable[str], *, on_page: Callable[[Json], None] = lambda _page: None
    ) -> AuditReport:
        """Screen the pages in order. Never raises for what a server does."""
        at = datetime.now(UTC)
        pages = []
        for address in addresses:
            page = self._page(address)
            on_page(page)
            pages.append(page)
        return AuditReport(id=f"audit-{at:%Y%m%d}-{uuid.uuid4().hex[:8]}", at=at, pages=pages)

    def _page(self, address: str) -> Json:
        shown = self._shown(address)
        try:
            url = parse_url(address)
        except FetchProblem as problem:
            return _page_json(shown, Page(), {}, [_unread_file("page", shown, "", problem)], True)
        try:
            fetched = self._fetcher.get(url)
        except FetchProblem as problem:
            return _page_json(shown, Page(), {}, [_unread_file("page", shown, "", problem)])
        files = [self._screened("page", fetched, "")]
        page = self._read(fetched)
        for link in page.links[:MOST_ATTACHMENTS]:
            files.append(self._attachment(link, fetched.url))
        if len(page.links) > MOST_ATTACHMENTS:
            more = FetchProblem(
                UnreadReason.TOO_LARGE,
                _("the page links more than {count} files").format(count=MOST_ATTACHMENTS),
            )
            files.append(_unread_file("attachment", shown, _("further attachments"), more))
        mask = self._screener.mask_text
        header = {key: mask(value) for key, value in page.header.items()}
        return _page_json(shown, Page(title=mask(page.title)), header, files)

    def _read(self, fetched: Fetched) -> Page:
        """The page's own words and links; nothing for a file that is no page."""
        start = fetched.data[:512].lstrip().lower()
        if fetched.media_type not in _HTML and not start.startswith((b"<!doctype html", b"<html")):
            return Page()
        from screener.extract.charset import decode
        from screener.extract.registry import Unreadable

        declared = fetched.charset
        if declared is None and (found := _META_CHARSET.search(fetched.data[:4096])):
            declared = found[1].decode("ascii")
        try:
            text = decode(fetched.data, declared).text
        except Unreadable:
            return Page()  # the screening of the same bytes says why
        return read_page(text, fetched.url)

    def _attachment(self, link: Link, page: httpx.URL) -> Json:
        mask = self._screener.mask_text
        if link.url is None:
            problem = FetchProblem(
                UnreadReason.EXTERNAL, _("only a script of the page can open this link")
            )
            return _unread_file("attachment", "", mask(link.text), problem)
        key = str(link.url)
        if key not in self._seen:
            try:
                fetched = self._fetcher.get(link.url, home=page)
            except FetchProblem as problem:
                made = _unread_file("attachment", self._shown(key), mask(link.text), problem)
            else:
                made = self._screened("attachment", fetched, mask(link.text))
            self._seen[key] = made
        return self._seen[key]

    def _screened(self, role: str, fetched: Fetched, text: str) -> Json:
        shown = self._shown(str(fetched.url))
        document = self._reader.read_bytes(
            fetched.data, fetched.name, shown, charset=fetched.charset
        )
        screening = self._screener.screen_document(document)
        wire = screening_to_json(
            screening, path=self._screener.mask_text(fetched.name), language=current_language()
        )
        return {"role": role, "url": shown, "text": text, "screening": dict(wire), "unread": []}

    def _shown(self, address: str) -> str:
        """An address as people read it, masked: a query may name a person."""
        return self._screener.mask_text(unquote(address.strip()))


def _unread_file(role: str, shown: str, text: str, problem: FetchProblem) -> Json:
    what = _("the page") if role == "page" else _("an attachment")
    entry = make_unread(what, problem.reason, problem.detail, key=f"{role} {shown} {text}")
    unread: UnreadJson = {
        "id": entry.id,
        "what": entry.what,
        "reason": entry.reason.value,
        "detail": entry.detail,
    }
    return {"role": role, "url": shown, "text": text, "screening": None, "unread": [unread]}


def _page_json(
    shown: str, page: Page, header: Mapping[str, str], files: Sequence[Json], invalid: bool = False
) -> Json:
    unread = sum(
        len(file["unread"]) + len((file["screening"] or {"unread": ()})["unread"]) for file in files
    )
    levels = dict.fromkeys(LEVELS, 0)
    for file in files:
        for finding in file["screening"]["findings"] if file["screening"] else ():
            levels[finding["level"]] += 1
    verdicts = {file["screening"]["verdict"] for file in files if file["screening"]}
    if "block" in verdicts:
        verdict = "block"
    else:
        verdict = "review" if unread or "review" in verdicts else "clear"
    return {
        "url": shown,
        "title": page.title,
        "header": dict(header),
        "verdict": verdict,
        "findings": levels,
        "unread_count": unread,
        "invalid": invalid,
        "files": list(files),
    }


def store_run(repository: Repository, report: AuditReport, actor: str) -> None:
    """Keep the run with its ledger line. Raises StoreProblem."""
    with repository.write() as work:
        work.add_audit_run(
            report.id, at=report.at, actor=actor, summary=report.summary, pages=report.pages
        )
