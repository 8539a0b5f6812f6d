"""Fetches a published page or attachment, politely and within bounds.

http and https only; robots.txt (RFC 9309) obeyed; redirects followed by hand within the host, each
one checked again; size counted after unpacking; one deadline over each request.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.message import Message
from types import TracebackType
from urllib.parse import unquote

import httpcore
import httpx
from protego import Protego

from screener import __version__
from screener.audit.address import (
    AddressGuard,
    Endpoint,
    FetchProblem,
    Resolver,
    endpoint,
    parse_url,
    same_site,
    system_resolver,
)
from screener.audit.decode import ACCEPTED, decoded
from screener.audit.transport import Deadline, GuardedTransport
from screener.i18n import _
from screener.model.document import UnreadReason

PRODUCT = "Screener-Audit"
"""The name robots.txt files know this tool by."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ROBOTS_BYTES = 512 * 1024  # RFC 9309 2.5: at least 500 KiB must be parsed
_BAD_IN_NAMES = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]")
_NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bounds of one request: bytes after unpacking, seconds in all and between bytes; redirects."""

    body_bytes: int
    seconds: float = 300.0
    idle_seconds: float = 20.0
    redirects: int = 5
    crawl_delay: float = 30.0  # a longer wish of a robots.txt is cut to this


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server gave. ``url`` is where it finally stood; ``name`` ends in a suffix."""

    url: httpx.URL
    media_type: str
    charset: str | None
    name: str
    data: bytes


class Fetcher:
    """One client for a run. Raises FetchProblem for whatever keeps a thing from being read."""

    def __init__(
        self,
        limits: FetchLimits,
        *,
        allowed: Iterable[Endpoint] = (),
        resolver: Resolver = system_resolver,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._limits = limits
        self._deadline = Deadline()
        self._sleep = sleep
        self._robots: dict[tuple[str, Endpoint], Protego | FetchProblem | None] = {}
        self._last_request: dict[Endpoint, float] = {}
        self._client = httpx.Client(
            transport=GuardedTransport(AddressGuard(allowed, resolver), self._deadline),
            trust_env=False,  # a proxy of the environment would undo the address check
            follow_redirects=False,
            timeout=httpx.Timeout(limits.idle_seconds),
            headers={
                "User-Agent": f"{PRODUCT}/{__version__} (re-scan of published pages)",
                "Accept": "*/*",
                "Accept-Encoding": ACCEPTED,
            },
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def get(self, url: httpx.URL, *, home: httpx.URL | None = None) -> Fetched:
        """The bytes at a URL that must be on the site of ``home`` (its own site by default)."""
        start = home or url
        for _hop in range(self._limits.redirects + 1):
            if not same_site(start, url):
                raise FetchProblem(
                    UnreadReason.EXTERNAL,
                    _("it stands on another host, which is not fetched"),
                )
            self._obey_robots(url)
            answer = self._once(url, self._limits.body_bytes)
            if isinstance(answer, Fetched):
                return answer
            url = answer
        raise FetchProblem(UnreadReason.TOO_DEEP, _("too many redirects"))

    def _obey_robots(self, url: httpx.URL) -> None:
        where = endpoint(url)
        key = (url.scheme, where)
        if key not in self._robots:
            try:
                self._robots[key] = self._read_robots(url)
            except FetchProblem as problem:
                self._robots[key] = problem  # asked once a run, however many links lead here
        robots = self._robots[key]
        if isinstance(robots, FetchProblem):
            raise robots
        if robots is None:
            return
        if not robots.can_fetch(str(url), PRODUCT):
            raise FetchProblem(UnreadReason.NO_ACCESS, _("the site's robots.txt does not allow it"))
        delay = min(float(robots.crawl_delay(PRODUCT) or 0), self._limits.crawl_delay)
        elapsed = time.monotonic() - self._last_request.get(where, float("-inf"))
        if delay > elapsed:
            self._sleep(delay - elapsed)

    def _read_robots(self, url: httpx.URL) -> Protego | None:
        """The rules of a host, None when it has none.

        RFC 9309 2.3.1: a server that fails or cannot be reached allows nothing; one that answers
        that it has no such file allows all.
        """
        target = url.copy_with(raw_path=b"/robots.txt")
        try:
            for _hop in range(self._limits.redirects + 1):
                answer = self._once(target, _ROBOTS_BYTES)
                if isinstance(answer, Fetched):
                    return Protego.parse(answer.data.decode("utf-8", "replace"))
                if not same_site(url, answer):
                    break
                target = answer
        except _Status as status:
            if 400 <= status.code < 500:
                return None
            raise
        raise FetchProblem(
            UnreadReason.NO_ACCESS,
            _("the site's robots.txt leads elsewhere, so nothing is fetched"),
        )

    def _once(self, url: httpx.URL, most: int) -> Fetched | httpx.URL:
        """One request: the content, or where the server sends us."""
        self._deadline.start(self._limits.seconds)
        self._last_request[endpoint(url)] = time.monotonic()
        try:
            with self._client.stream("GET", url) as answer:
                if answer.status_code in _REDIRECTS:
                    return parse_url(answer.headers.get("location", ""), url)
                if answer.status_code != 200:
                    raise _Status(answer.status_code)
                return self._content(url, answer, most)
        except (httpcore.TimeoutException, httpx.TimeoutException) as error:
            raise FetchProblem(
                UnreadReason.TIMEOUT, _("the server did not answer in time")
            ) from error
        except (httpcore.RemoteProtocolError, httpx.RemoteProtocolError) as error:
            raise FetchProblem(
                UnreadReason.CORRUPT, _("the server's answer is cut off or not valid HTTP")
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.CookieConflict) as error:
            raise _unreachable(error) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise _unreachable(error) from error

    def _content(self, url: httpx.URL, answer: httpx.Response, most: int) -> Fetched:
        declared = answer.headers.get("content-length", "")
        if declared.isascii() and declared.isdigit() and int(declared) > most:
            raise _too_large()
        body = bytearray()
        for piece in decoded(answer.iter_raw(), answer.headers.get("content-encoding", "")):
            body += piece
            if len(body) > most:
                raise _too_large()
            if self._deadline.passed:
                raise httpcore.ReadTimeout("deadline")
        header = Message()
        header["content-type"] = answer.headers.get("content-type", "")
        media_type = header.get_content_type() if answer.headers.get("content-type") else ""
        return Fetched(
            url=url,
            media_type=media_type,
            charset=header.get_content_charset(),
            name=_file_name(url, answer.headers.get("content-disposition", ""), media_type),
            data=bytes(body),
        )


class _Status(FetchProblem):
    """A status other than 200."""

    def __init__(self, code: int) -> None:
        super().__init__(
            UnreadReason.NO_ACCESS, _("the server answered with status {code}").format(code=code)
        )
        self.code = code


def _unreachable(error: Exception) -> FetchProblem:
    return FetchProblem(
        UnreadReason.NO_ACCESS,
        _("the server could not be reached ({kind})").format(kind=type(error).__name__),
    )


def _too_large() -> FetchProblem:
    return FetchProblem(UnreadReason.TOO_LARGE, _("larger than the limit"))


_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/zip": ".zip",
    "application/ofd": ".ofd",
}


def _file_name(url: httpx.URL, disposition: str, media_type: str) -> str:
    """The name the server gives the file, else the last part of the path, made harmless."""
    name = _disposed_name(disposition) or unquote(url.path).rstrip("/").rpartition("/")[2]
    name = _BAD_IN_NAMES.sub("_", name).strip(". ")
    suffix = _SUFFIXES.get(media_type, "")
    if media_type in ("text/html", "application/xhtml+xml"):
        # A page made by list.jsp or view.do is a page whatever its path ends in.
        if not name.lower().endswith((".html", ".htm", ".xhtml")):
            name = f"{name or 'index'}.html"
    elif not re.search(r"\.[A-Za-z0-9]{1,5}$", name):
        name = f"{name or 'file'}{suffix}"
    return name[-_NAME_LENGTH:]


def _disposed_name(disposition: str) -> str:
    """``filename`` of a Content-Disposition. Servers here often send raw UTF-8 or GBK bytes."""
    if not disposition:
        return ""
    header = Message()
    header["content-disposition"] = disposition
    name = header.get_filename() or ""
    for charset in ("utf-8", "gb18030"):
        try:
            return unquote(name.encode("latin-1").decode(charset))
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
    return unquote(name)
