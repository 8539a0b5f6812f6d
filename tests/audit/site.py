"""A small web site on loopback for the tests, and a screener that finds ID-shaped numbers."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from screener.model.document import Document
from screener.model.finding import (
    Finding,
    Judgement,
    Level,
    Screening,
    Severity,
    Verdict,
    Versions,
)

NUMBER = "11010519491231002X"
"""The sample number of the standard itself (GB 11643)."""

Handler = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """Pages by path, and the paths that were asked for."""

    host: str
    port: int
    pages: dict[str, Handler] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)

    @property
    def base(self) -> str:
        return f"http://{self.host}:{self.port}"

    def add(
        self,
        path: str,
        body: bytes | str,
        *,
        status: int = 200,
        media_type: str = "text/html; charset=utf-8",
        **headers: str,
    ) -> None:
        data = body.encode() if isinstance(body, str) else body

        def handler(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            request.send_header("Content-Type", media_type)
            request.send_header("Content-Length", str(len(data)))
            for name, value in headers.items():
                request.send_header(name.replace("_", "-"), value)
            request.end_headers()
            request.wfile.write(data)

        self.pages[path] = handler


@contextmanager
def running(host: str = "127.0.0.1") -> Iterator[Site]:
    class Request(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append(dict(self.headers.items()))
            self.close_connection = True
            handler = site.pages.get(self.path) or site.pages.get(self.path.partition("?")[0])
            try:
                if handler is None:
                    self.send_error(404)
                else:
                    handler(self)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the client had enough, as it should

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer((host, 0), Request)
    server.daemon_threads = True
    site = Site(host, server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class NumberScreener:
    """Finds ID-shaped numbers: as much of a screener as fetching needs."""

    def screen_document(self, document: Document) -> Screening:
        findings = tuple(
            Finding(
                id=f"f-{match.start()}",
                rule="cn_id_card",
                entity="CN_ID_CARD",
                start=match.start(),
                end=match.end(),
                excerpt=match[0][:2] + "*" * 16,
                fingerprint="0" * 16,
                severity=Severity.CRITICAL,
                confidence=0.9,
                evidence=("checksum_ok",),
                locator=document.locate(match.start(), match.end()),
                kind=document.segments.kind(document.segments.index_at(match.start()) or 0),
                visible=True,
            )
            for match in re.finditer("[0-9]{17}[0-9X]", document.text)
        )
        judgements = tuple(
            Judgement(found.id, Level.BLOCK, "personal_privacy", found.evidence, (), "")
            for found in findings
        )
        verdict = Verdict.BLOCK if findings else Verdict.CLEAR
        if document.unread and not findings:
            verdict = Verdict.REVIEW
        return Screening(
            document, findings, judgements, verdict, "", (), Versions("t", "p", "default")
        )

    def mask_text(self, text: str) -> str:
        return re.sub("([0-9]{2})[0-9]{15}[0-9X]", r"\1" + "*" * 16, text)
