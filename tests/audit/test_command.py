"""``screener audit run`` as people run it: real rules, a small site, exit codes, what is shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.main import main
from fixtures.people import People
from screener.bootstrap import Application
from screener.config import Config
from tests.audit.site import Site, running

Run = Callable[..., tuple[int, str, str]]
PERSON = People(seed=31).person()
PAGE = (
    "<html><head><title>临时救助公示</title></head><body><table>"
    "<tr><td>索引号</td><td>113401/2024-00012</td><td>发布机构</td><td>柳河县民政局</td></tr>"
    "<tr><td>发文日期</td><td>2024-03-01</td><td>名称</td><td>临时救助公示</td></tr></table>"
    "<p>现将临时救助对象名单予以公示。</p>{links}</body></html>"
)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running() as made:
        rows = f"姓名,身份证号\n{PERSON.name},{PERSON.id_number}\n"
        made.add("/list.html", PAGE.format(links='<a href="/f/list.csv">附件：名单.csv</a>'))
        made.add("/f/list.csv", rows, media_type="text/csv")
        made.add("/clean.html", PAGE.format(links=""))
        made.add("/gap.html", PAGE.format(links='<a href="/f/gone.pdf">附件</a>'))
        yield made


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("audit") / "home"


@pytest.fixture
def run(
    home: Path, site: Site, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Run:
    monkeypatch.setenv("SCREENER_HOME", str(home))
    monkeypatch.delenv("SCREENER_USER", raising=False)

    def audit(*arguments: str, allow: bool = True) -> tuple[int, str, str]:
        named = ["--allow-host", f"{site.host}:{site.port}"] if allow else []
        code = main(["--lang", "zh", "audit", "run", *arguments, *named])
        out, err = capfd.readouterr()
        assert PERSON.id_number not in out + err
        assert "Traceback" not in out + err
        return code, out, err

    return audit


def test_problems_are_shown_by_page_with_its_header(run: Run, site: Site) -> None:
    code, out, _err = run(f"{site.base}/list.html", "--as", "审计员")
    assert code == 1
    assert f"{site.base}/list.html" in out
    for words in ("发布机构 柳河县民政局", "索引号 113401/2024-00012", "发文日期 2024-03-01"):
        assert words in out
    assert PERSON.id_number[:2] + "*" in out
    assert "第2行" in out


def test_a_clean_page_ends_with_0(run: Run, site: Site) -> None:
    code, out, _err = run(f"{site.base}/clean.html")
    assert code == 0, out


def test_json_for_programs(run: Run, site: Site) -> None:
    code, out, _err = run(f"{site.base}/list.html", f"{site.base}/gap.html", "--format", "json")
    assert code == 3
    report = json.loads(out)
    assert report["schema"] == 1
    assert report["summary"]["pages"] == 2
    assert report["pages"][0]["header"]["publisher"] == "柳河县民政局"
    assert report["pages"][0]["files"][1]["screening"]["verdict"] == "block"
    assert report["pages"][1]["files"][1]["unread"][0]["reason"] == "no_access"


@pytest.mark.parametrize("path", ["/gap.html", "/missing.html"])
def test_what_was_not_read_ends_with_3(run: Run, site: Site, path: str) -> None:
    code, out, _err = run(site.base + path)
    assert code == 3
    assert "未读取" in out or "未能读取" in out or "404" in out


def test_the_intranet_is_closed_unless_named(run: Run, site: Site) -> None:
    before = len(site.asked)
    code, out, _err = run(f"{site.base}/list.html", allow=False)
    assert code == 3
    assert "--allow-host" in out
    code, _out, _err = run(f"{site.base}/list.html", "--allow-host", "127.0.0.1:9", allow=False)
    assert code == 3
    assert len(site.asked) == before


def test_wrong_usage_ends_with_2(run: Run, site: Site) -> None:
    assert run("file:///etc/passwd", f"{site.base}/clean.html")[0] == 2
    assert run(f"{site.base}/clean.html", "--allow-host", "nonsense")[0] == 2
    assert run()[0] == 2


def test_fail_on_chooses_the_level(run: Run, site: Site) -> None:
    assert run(f"{site.base}/list.html", "--fail-on", "block")[0] == 1


def test_runs_are_kept_without_values(run: Run, site: Site, home: Path) -> None:
    run(f"{site.base}/list.html?sfz={PERSON.id_number}", "--as", "审计员")
    parts = Application(Config(home=home))
    with parts.repository.read() as work:
        last = work.audit_runs()[0]
        assert last["actor"] == "审计员"
        assert last["summary"]["findings"]["block"] >= 1
        assert work.audit_pages(last["id"])[0]["files"][0]["role"] == "page"
    parts.repository.close()
    for file in home.rglob("*.db*"):
        assert PERSON.id_number.encode() not in file.read_bytes()
    assert main(["ledger", "verify"]) == 0
