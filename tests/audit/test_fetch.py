"""Fetching: redirects, robots, sizes, times, encodings, names."""

from __future__ import annotations

import gzip
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import httpx
import pytest

from screener.audit.address import Endpoint, FetchProblem
from screener.audit.decode import decoded
from screener.audit.fetch import PRODUCT, Fetched, Fetcher, FetchLimits
from screener.model.document import UnreadReason
from tests.audit.site import Site, running

LIMIT = 200_000


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as made:
        yield made


def fetch(
    site: Site, path: str = "/a.html", *, seconds: float = 5.0, limit: int = LIMIT
) -> Fetched:
    limits = FetchLimits(body_bytes=limit, seconds=seconds, idle_seconds=seconds)
    with Fetcher(limits, allowed=[Endpoint(site.host, site.port)]) as fetcher:
        return fetcher.get(httpx.URL(site.base + path))


def problem(site: Site, path: str = "/a.html", **more: float) -> UnreadReason:
    with pytest.raises(FetchProblem) as caught:
        fetch(site, path, **more)  # type: ignore[arg-type]  # seconds or limit
    return caught.value.reason


def test_a_page_is_fetched_and_the_tool_says_who_it_is(site: Site) -> None:
    site.add("/a.html", "<p>通知</p>")
    got = fetch(site)
    assert (got.media_type, got.charset, got.name) == ("text/html", "utf-8", "a.html")
    assert got.data.decode() == "<p>通知</p>"
    assert site.headers[-1]["User-Agent"].startswith(PRODUCT)
    assert site.asked == ["/robots.txt", "/a.html"]


def test_loopback_needs_to_be_allowed_by_name(site: Site) -> None:
    site.add("/a.html", "x")
    with Fetcher(FetchLimits(LIMIT)) as fetcher, pytest.raises(FetchProblem) as caught:
        fetcher.get(httpx.URL(site.base + "/a.html"))
    assert caught.value.reason is UnreadReason.NO_ACCESS
    assert site.asked == []


def test_a_name_that_resolves_inside_is_refused(site: Site) -> None:
    site.add("/a.html", "x")
    with (
        Fetcher(FetchLimits(LIMIT), resolver=lambda _h, _p: ["127.0.0.1"]) as fetcher,
        pytest.raises(FetchProblem),
    ):
        fetcher.get(httpx.URL(f"http://www.example.gov.cn:{site.port}/a.html"))
    assert site.asked == []


def test_the_connection_goes_to_the_address_that_was_checked(site: Site) -> None:
    """A resolver that answers differently each time cannot change where we connect."""
    site.add("/a.html", "x")
    asked: list[str] = []

    def resolver(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    allowed = [Endpoint("www.example.gov.cn", site.port)]
    with Fetcher(FetchLimits(LIMIT), allowed=allowed, resolver=resolver) as fetcher:
        fetcher.get(httpx.URL(f"http://www.example.gov.cn:{site.port}/a.html"))
    assert set(asked) == {"www.example.gov.cn"}
    assert site.headers[-1]["Host"] == f"www.example.gov.cn:{site.port}"


def test_proxies_of_the_environment_are_ignored(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.add("/a.html", "x")
    assert fetch(site).data == b"x"


def test_redirects_are_followed_on_the_same_site(site: Site) -> None:
    site.add("/a.html", "", status=302, headers={"Location": "/b/c.html"})
    site.add("/b/c.html", "end")
    got = fetch(site)
    assert str(got.url) == site.base + "/b/c.html"
    assert got.data == b"end"


def test_endless_redirects_end(site: Site) -> None:
    site.add("/a.html", "", status=301, headers={"Location": "/a.html"})
    assert problem(site) is UnreadReason.TOO_DEEP


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://www.example.com/x", UnreadReason.EXTERNAL),
        ("http://127.0.0.1:9/x", UnreadReason.EXTERNAL),
        ("http://169.254.169.254/latest/meta-data/", UnreadReason.EXTERNAL),
        ("http://localhost/x", UnreadReason.EXTERNAL),
        ("file:///etc/passwd", UnreadReason.UNSUPPORTED),
        ("http://2130706433/", UnreadReason.NO_ACCESS),
    ],
)
def test_redirects_elsewhere_are_not_followed(
    site: Site, target: str, reason: UnreadReason
) -> None:
    site.add("/a.html", "", status=302, headers={"Location": target})
    assert problem(site) is reason


def test_a_redirect_to_another_allowed_host_is_not_followed_either(site: Site) -> None:
    with running() as other:
        other.add("/x", "secret")
        site.add("/a.html", "", status=302, headers={"Location": other.base + "/x"})
        allowed = [Endpoint(s.host, s.port) for s in (site, other)]
        with (
            Fetcher(FetchLimits(LIMIT), allowed=allowed) as fetcher,
            pytest.raises(FetchProblem),
        ):
            fetcher.get(httpx.URL(site.base + "/a.html"))
        assert other.asked == []


def test_robots_are_obeyed(site: Site) -> None:
    site.add("/robots.txt", f"User-agent: {PRODUCT}\nDisallow: /a.html\n", media_type="text/plain")
    site.add("/a.html", "x")
    site.add("/b.html", "y")
    assert problem(site) is UnreadReason.NO_ACCESS
    assert "/a.html" not in site.asked
    assert fetch(site, "/b.html").data == b"y"


def test_robots_hold_for_the_target_of_a_redirect(site: Site) -> None:
    site.add("/robots.txt", "User-agent: *\nDisallow: /inside/\n", media_type="text/plain")
    site.add("/a.html", "", status=302, headers={"Location": "/inside/b.html"})
    site.add("/inside/b.html", "x")
    assert problem(site) is UnreadReason.NO_ACCESS
    assert "/inside/b.html" not in site.asked


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)]
)
def test_missing_robots_allow_and_failing_ones_forbid(
    site: Site, status: int, allowed: bool
) -> None:
    site.add("/robots.txt", "", status=status)
    site.add("/a.html", "x")
    if allowed:
        assert fetch(site).data == b"x"
    else:
        assert problem(site) is UnreadReason.NO_ACCESS
        assert site.asked == ["/robots.txt"]


def test_a_crawl_delay_is_waited_out(site: Site) -> None:
    site.add("/robots.txt", "User-agent: *\nCrawl-delay: 7\n", media_type="text/plain")
    site.add("/a.html", "x")
    waited: list[float] = []
    with Fetcher(
        FetchLimits(LIMIT), allowed=[Endpoint(site.host, site.port)], sleep=waited.append
    ) as fetcher:
        fetcher.get(httpx.URL(site.base + "/a.html"))
    assert len(waited) == 1
    assert 6 < waited[0] <= 7


@pytest.mark.parametrize("status", [401, 403, 404, 410, 500, 206, 204])
def test_any_other_status_is_told(site: Site, status: int) -> None:
    site.add("/a.html", "" if status == 204 else "x", status=status)
    with pytest.raises(FetchProblem) as caught:
        fetch(site)
    assert caught.value.reason is UnreadReason.NO_ACCESS
    assert str(status) in caught.value.detail


def test_too_much_is_refused_by_what_is_declared_and_by_what_comes(site: Site) -> None:
    site.add("/a.html", b"x" * (LIMIT + 1))
    assert problem(site) is UnreadReason.TOO_LARGE

    def endless(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while True:
            request.wfile.write(b"x" * 65536)

    site.pages["/endless"] = endless
    assert problem(site, "/endless") is UnreadReason.TOO_LARGE


def test_a_gzip_bomb_stops_at_the_limit(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked = 0

    def counted(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
        nonlocal unpacked
        for piece in decoded(pieces, encoding):
            unpacked += len(piece)
            yield piece

    packed = gzip.compress(b"0" * 200_000_000, 9)
    assert len(packed) < LIMIT
    site.add("/a.html", packed, headers={"Content-Encoding": "gzip"})
    monkeypatch.setattr("screener.audit.fetch.decoded", counted)
    assert problem(site) is UnreadReason.TOO_LARGE
    assert LIMIT < unpacked < 2 * LIMIT


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (gzip.compress("公示".encode(), mtime=0), "gzip"),
        (gzip.compress("公".encode(), mtime=0) + gzip.compress("示".encode(), mtime=0), "x-gzip"),
        (zlib.compress("公示".encode()), "deflate"),
        (zlib.compressobj(wbits=-15).compress(b"") + b"", "identity"),
    ],
)
def test_encodings_are_undone(site: Site, packed: bytes, encoding: str) -> None:
    site.add("/a.html", packed, headers={"Content-Encoding": encoding})
    got = fetch(site).data
    assert got == ("公示".encode() if encoding != "identity" else packed)


def test_raw_deflate_is_undone(site: Site) -> None:
    maker = zlib.compressobj(wbits=-15)
    packed = maker.compress("公示".encode() * 50) + maker.flush()
    site.add("/a.html", packed, headers={"Content-Encoding": "deflate"})
    assert fetch(site).data == "公示".encode() * 50


@pytest.mark.parametrize(
    ("packed", "encoding", "reason"),
    [
        (gzip.compress(b"x" * 10_000, mtime=0)[:-9], "gzip", UnreadReason.CORRUPT),
        (b"not gzip at all", "gzip", UnreadReason.CORRUPT),
        (b"x", "br", UnreadReason.UNSUPPORTED),
        (b"x", "gzip, gzip", UnreadReason.UNSUPPORTED),
    ],
)
def test_broken_encodings_are_told(
    site: Site, packed: bytes, encoding: str, reason: UnreadReason
) -> None:
    site.add("/a.html", packed, headers={"Content-Encoding": encoding})
    assert problem(site) is reason


def test_a_cut_off_answer_is_told(site: Site) -> None:
    def short(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "1000")
        request.end_headers()
        request.wfile.write(b"x" * 10)

    site.pages["/a.html"] = short
    assert problem(site) is UnreadReason.CORRUPT


@pytest.mark.parametrize("where", ["head", "body", "silence"])
def test_a_trickle_ends_at_the_deadline(site: Site, where: str) -> None:
    given_up = threading.Event()

    def trickle(request: BaseHTTPRequestHandler) -> None:
        if where == "silence":
            given_up.wait(60)
            return
        request.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if where == "body" else b""))
        for _turn in range(600):  # ends in a whole page, or a broken head: not in a timeout
            if given_up.wait(0.05):
                return
            request.wfile.write(b"X-A: b\r\n" if where == "head" else b"x")
            request.wfile.flush()

    site.pages["/a.html"] = trickle
    try:
        assert problem(site, seconds=0.6) is UnreadReason.TIMEOUT
    finally:
        given_up.set()


def test_nobody_there_is_told() -> None:
    with running() as site:
        port = site.port
    limits = FetchLimits(LIMIT, seconds=2)
    with (
        Fetcher(limits, allowed=[Endpoint("127.0.0.1", port)]) as fetcher,
        pytest.raises(FetchProblem) as caught,
    ):
        fetcher.get(httpx.URL(f"http://127.0.0.1:{port}/"))
    assert caught.value.reason is UnreadReason.NO_ACCESS


@pytest.mark.parametrize(
    ("path", "media_type", "disposition", "name"),
    [
        ("/x/%E5%90%8D%E5%8D%95.xlsx", "application/octet-stream", "", "名单.xlsx"),
        ("/down?id=1", "application/pdf", "", "down.pdf"),
        ("/down", "application/octet-stream", 'attachment; filename="a.docx"', "a.docx"),
        (
            "/down",
            "application/octet-stream",
            "attachment; filename*=UTF-8''%E5%90%8D%E5%8D%95.xlsx",
            "名单.xlsx",
        ),
        ("/down", "application/pdf", 'attachment; filename="../../etc/x.pdf"', "_.._etc_x.pdf"),
        ("/view.jsp?id=3", "text/html;charset=GBK", "", "view.jsp.html"),
        ("/", "text/html", "", "index.html"),
    ],
)
def test_names_come_from_the_server_and_are_made_harmless(
    site: Site, path: str, media_type: str, disposition: str, name: str
) -> None:
    headers = {"Content-Disposition": disposition} if disposition else {}
    site.add(path.partition("?")[0], b"x", media_type=media_type, headers=headers)
    assert fetch(site, path).name == name


def test_a_file_name_in_gbk_bytes_is_read(site: Site) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(
            b'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Disposition: attachment; filename="'
            + "名单.xls".encode("gbk")
            + b'"\r\n\r\nx'
        )

    site.pages["/a.html"] = answer
    assert fetch(site).name == "名单.xls"
