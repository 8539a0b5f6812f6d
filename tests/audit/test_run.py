"""A re-scan from address to stored result."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from screener.audit.address import Endpoint
from screener.audit.fetch import Fetcher, FetchLimits
from screener.audit.run import AuditReport, AuditRun, store_run
from screener.extract.extractor import Extractor
from screener.review.ledger import verify
from screener.store.repository import Repository
from tests.audit.site import Site, running
from tests.number_screener import NUMBER, NumberScreener

TABLE = (
    "<table><tr><td>索引号</td><td>113401/2024-00012</td><td>发布机构</td><td>某县民政局</td></tr>"
    "<tr><td>发文日期</td><td>2024-03-01</td><td>名称</td><td>公示</td></tr></table>"
)


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as made:
        yield made


def audit(site: Site, *addresses: str) -> AuditReport:
    limits = FetchLimits(body_bytes=1_000_000, seconds=5)
    with Fetcher(limits, allowed=[Endpoint(site.host, site.port)]) as fetcher:
        return AuditRun(fetcher, Extractor(), NumberScreener()).run(addresses)


def test_a_page_and_its_attachments_are_screened(site: Site) -> None:
    links = '<a href="/f/a.csv">附件</a><a href="/f/b.txt">二</a>'
    site.add("/a.html", f"<title>公示</title>{TABLE}<p>通知</p>{links}")
    site.add("/f/a.csv", f"姓名,身份证号\n王芳,{NUMBER}\n", media_type="text/csv")
    site.add("/f/b.txt", "无事", media_type="text/plain")
    report = audit(site, site.base + "/a.html")
    (page,) = report.pages
    assert page["title"] == "公示"
    assert page["header"]["publisher"] == "某县民政局"
    assert [file["role"] for file in page["files"]] == ["page", "attachment", "attachment"]
    assert [file["screening"]["verdict"] for file in page["files"]] == ["clear", "block", "clear"]
    assert page["verdict"] == "block"
    assert report.summary["findings"]["block"] == 1
    assert report.summary["unread"] == 0
    assert NUMBER not in json.dumps(report.to_json(), ensure_ascii=False)


def test_what_cannot_be_fetched_is_never_silent(site: Site) -> None:
    site.add(
        "/a.html",
        '<p>通知</p><a href="/gone.pdf">1</a><a href="http://other.example/x.doc">2</a>'
        '<a href="/no.xls">3</a><a onclick="d()" href="javascript:;">附件：4.xls</a>',
    )
    site.add("/robots.txt", "User-agent: *\nDisallow: /no.xls\n", media_type="text/plain")
    report = audit(site, site.base + "/a.html", site.base + "/missing.html")
    page, missing = report.pages
    reasons = [file["unread"][0]["reason"] for file in page["files"][1:]]
    assert reasons == ["no_access", "external", "no_access", "external"]
    assert page["verdict"] == "review"
    assert missing["verdict"] == "review"
    assert report.summary["unread"] == 5
    assert report.invalid == 0
    assert "/no.xls" not in site.asked


def test_an_attachment_that_cannot_be_read_counts(site: Site) -> None:
    site.add("/a.html", '<p>通知</p><a href="/x.docx">附件</a>')
    site.add("/x.docx", b"PK\x03\x04 broken", media_type="application/octet-stream")
    report = audit(site, site.base + "/a.html")
    assert report.summary["unread"] >= 1
    assert report.pages[0]["verdict"] == "review"


def test_addresses_that_are_none_are_wrong_usage_and_the_rest_is_screened(site: Site) -> None:
    site.add("/a.html", "<p>通知</p>")
    report = audit(site, "file:///etc/passwd", site.base + "/a.html")
    assert report.invalid == 1
    assert [page["verdict"] for page in report.pages] == ["review", "clear"]


def test_a_file_may_be_given_instead_of_a_page(site: Site) -> None:
    site.add("/a.txt", f"号码{NUMBER}", media_type="text/plain")
    (page,) = audit(site, site.base + "/a.txt").pages
    assert page["verdict"] == "block"
    assert len(page["files"]) == 1


def test_gbk_pages_are_read(site: Site) -> None:
    site.add("/a.html", f"<p>通知</p>{TABLE}".encode("gbk"), media_type="text/html; charset=gb2312")
    (page,) = audit(site, site.base + "/a.html").pages
    assert page["header"]["publisher"] == "某县民政局"


def test_values_in_addresses_and_titles_are_masked(site: Site) -> None:
    site.add(
        "/a.html",
        f"<title>{NUMBER}</title><table><tr><td>索引号</td><td>1</td><td>名称</td>"
        f"<td>{NUMBER}</td></tr></table><a href='/f.jsp?n={NUMBER}.xls'>{NUMBER}.xls</a>",
    )
    report = audit(site, f"{site.base}/a.html?id={NUMBER}")
    assert NUMBER not in json.dumps(report.to_json(), ensure_ascii=False)


def test_links_of_two_pages_to_one_file_are_fetched_once(site: Site) -> None:
    for name in ("/a.html", "/b.html"):
        site.add(name, '<p>通知</p><a href="/x.txt">附件</a>')
    site.add("/x.txt", "无事", media_type="text/plain")
    report = audit(site, site.base + "/a.html", site.base + "/b.html")
    assert [len(page["files"]) for page in report.pages] == [2, 2]
    assert site.asked.count("/x.txt") == 1


def test_a_run_is_kept_with_its_ledger_line_and_without_values(site: Site, tmp_path: Path) -> None:
    site.add("/a.html", f"<p>{NUMBER}</p>")
    report = audit(site, f"{site.base}/a.html?id={NUMBER}")
    key = b"k" * 32
    database = tmp_path / "books.db"
    repository = Repository(f"sqlite:///{database}", key)
    store_run(repository, report, "审计员")
    with repository.read() as work:
        (run,) = work.audit_runs()
        assert run["summary"]["findings"]["block"] == 1
        assert work.audit_pages(report.id)[0]["verdict"] == "block"
        (line,) = work.ledger(subject=report.id)
        assert (line.tag, line.actor) == ("audit:run", "审计员")
    assert verify(repository, key).intact
    repository.close()
    assert NUMBER.encode() not in b"".join(p.read_bytes() for p in tmp_path.iterdir())
