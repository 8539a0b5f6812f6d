"""Rules of an office from the command line: written, tried out, used, and refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from screener.bootstrap import Application
from screener.config import Config, Service
from tests.cli.conftest import Screener

PACK = """pack: 民政局
rules:
  代号:
    title: {zh: 项目代号, en: Code name}
    level: block
    reason: work_secret
    advice: {zh: 改为公开名称, en: Use the public name}
    basis: [regs_16, 《保密办法》第三条]
    terms: [长风工程]
    hits: [推进‹长风工程›建设]
    misses: [推进工程建设]
  辅号:
    level: review
    advice: 删除整列
    columns: [学籍辅号]
    hits:
      - |
        | 学籍辅号 |
        | ‹A1234›  |
    misses: [学籍辅号]
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    file = tmp_path / "民政局.yaml"
    file.write_text(PACK, "utf-8")
    return file


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "通知.txt"
    file.write_text("关于长风\n工程的通知\n", "utf-8")
    return file


def findings(out: str) -> list[tuple[str, str, str]]:
    return [
        (f["rule"], f["level"], f["excerpt"])
        for entry in json.loads(out)
        for f in entry["findings"]
    ]


def test_a_new_pack_passes_and_is_never_overwritten(screener: Screener, tmp_path: Path) -> None:
    made = screener("rules", "new", "民政局")
    assert made.code == 0
    assert "rules test 民政局.yaml" in made.out
    tried = screener("rules", "test", "民政局.yaml")
    assert (tried.code, tried.err) == (0, "")
    assert "民政局.项目代号" in tried.out
    assert "通过" in tried.out
    text = (tmp_path / "民政局.yaml").read_text("utf-8")
    again = screener("rules", "new", "民政局")
    assert again.code == 2
    assert "已经存在" in again.err
    assert (tmp_path / "民政局.yaml").read_text("utf-8") == text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("民政 局",), "不能作名称"),
        (("../民政局",), "不能作名称"),
        (("民政局", "--output", "民政局.txt"), ".yaml"),
        (("民政局", "--output", "没有/民政局.yaml"), "不能写入"),
    ],
)
def test_a_pack_that_cannot_be_written_is_told(
    screener: Screener, words: tuple[str, ...], said: str
) -> None:
    result = screener("rules", "new", *words)
    assert result.code == 2
    assert said in result.err


def test_trying_out_shows_every_mistake_and_what_passed(screener: Screener, pack: Path) -> None:
    text = PACK.replace("[推进工程建设]", "[长风工程简介]").replace("‹A1234›", "无")
    pack.write_text(text, "utf-8")
    result = screener("rules", "test", pack)
    assert result.code == 2
    assert "0/1" in result.out
    assert "未通过" in result.out
    assert f"{pack}:11:14：不应查出的例子查出了“长风工程”" in result.err
    assert f"{pack}:17:9：应当查出的例子没有查出" in result.err
    assert "共 2 处有误" in result.err


def test_trying_out_needs_something(screener: Screener) -> None:
    result = screener("rules", "test")
    assert result.code == 2
    assert "rules new" in result.err


def test_the_rules_are_listed_and_shown(screener: Screener, pack: Path) -> None:
    listed = screener("rules", "--rules", pack)
    assert listed.code == 0
    assert "民政局.代号" in listed.out
    assert "cn_id_card" in listed.out
    assert "民政局" not in screener("rules").out
    for words in (("民政局.代号",), ("explain", "民政局.代号"), ("OFFICE_民政局_代号",)):
        shown = screener("rules", *words, "--rules", pack)
        assert shown.code == 0
        for text in ("项目代号", "禁止发布", "《保密办法》第三条", "第十六条", "改为公开名称"):
            assert text in shown.out
        assert "推进‹长风工程›建设" in shown.out
        assert "局.yaml:3:3" in shown.out
    assert screener("rules", "--rules", pack, "民政局.代号").out == shown.out


def test_english_texts(screener: Screener, pack: Path) -> None:
    shown = screener("--lang", "en", "rules", "民政局.代号", "--rules", pack)
    assert "Code name" in shown.out
    assert "Use the public name" in shown.out
    pack.write_text(PACK.replace("level", "levle"), "utf-8")
    refused = screener("--lang", "en", "rules", "test", pack)
    assert f"{pack}:5:5: unknown key “levle”; did you mean “level”?" in refused.err


def test_a_scan_uses_them(screener: Screener, pack: Path, paper: Path) -> None:
    assert screener("scan", paper).code == 0
    result = screener("scan", paper, "--rules", pack, "--format", "json")
    assert result.code == 1
    assert findings(result.out) == [("民政局.代号", "block", "长***")]
    [finding] = json.loads(result.out)[0]["findings"]
    assert finding["entity"] == "OFFICE_民政局_代号"
    assert finding["reasons"] == ["office_term"]
    assert finding["advice"] == "改为公开名称"
    assert len(finding["basis"]) == 2
    for form in ("table", "csv", "sarif", "html"):
        shown = screener("scan", paper, "--rules", pack, "--format", form).out
        assert "项目代号" in shown
        assert "长风" not in shown.replace(str(paper), "")


def test_workers_run_the_same_rules(screener: Screener, pack: Path, paper: Path) -> None:
    other = paper.with_name("名单.csv")
    other.write_text("姓名,学籍辅号\n甲,A1234\n", "utf-8")
    alone = screener("scan", paper, other, "--rules", pack, "--format", "json")
    together = screener("scan", paper, other, "--rules", pack, "--format", "json", "--jobs", "2")
    assert alone == together
    assert ("民政局.辅号", "review", "A****") in findings(alone.out)


@pytest.mark.parametrize("where", ["folder", "config", "variable"])
def test_they_are_found_where_the_settings_say(
    screener: Screener, pack: Path, paper: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = paper.parent / "home"
    (home / "rules").mkdir(parents=True)
    monkeypatch.setenv("SCREENER_HOME", str(home))
    if where == "folder":
        pack.rename(home / "rules" / pack.name)
    elif where == "config":
        pack.rename(home / "own.yaml")
        (home / "config.toml").write_text('rules = ["own.yaml"]\n', "utf-8")
    else:
        monkeypatch.setenv("SCREENER_RULES", pack.name)
    assert screener("scan", paper).code == 1
    assert screener("rules", "test").code == 0


def test_a_broken_pack_stops_everything_that_screens(
    screener: Screener, pack: Path, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack.write_text(PACK.replace("推进‹长风工程›建设", "推进工程"), "utf-8")
    monkeypatch.setenv("SCREENER_RULES", str(pack))
    for words in (
        ("scan", paper),
        ("scan", paper, "--format", "json"),
        ("explain", paper),
        ("redact", paper, "--output", "copy.txt"),
        ("submit", paper, "--unit", "甲", "--title", "乙", "--as", "丙"),
    ):
        result = screener(*words)
        assert (result.code, result.out) == (2, ""), words
        assert f"{pack}:10:12" in result.err
    assert not Path("copy.txt").exists()


@pytest.mark.parametrize("named", ["没有.yaml", "没有/", "empty"])
def test_rules_that_are_not_there_stop_a_scan(screener: Screener, paper: Path, named: str) -> None:
    Path("empty").mkdir()
    result = screener("scan", paper, "--rules", named)
    assert (result.code, result.out) == (2, "")


def test_a_copy_is_made_without_what_they_find(screener: Screener, pack: Path, paper: Path) -> None:
    result = screener("redact", paper, "--output", "copy.txt", "--rules", pack)
    assert result.code == 0
    assert Path("copy.txt").read_text("utf-8") == "关于***的通知\n"


def test_a_policy_goes_before_the_level_of_a_pack(
    screener: Screener, pack: Path, paper: Path
) -> None:
    policy = paper.with_name("policy.yaml")
    policy.write_text(
        "schema: 1\nname: own\nextends: default\ntitle: {zh: 甲, en: a}\n"
        "levels:\n  OFFICE_民政局_代号:\n    - {level: note}\n",
        "utf-8",
    )
    words = ("scan", paper, "--policy", policy, "--format", "json")
    assert findings(screener(*words, "--rules", pack).out) == [("民政局.代号", "note", "长***")]
    alone = screener(*words)  # the policy names an entity that nothing finds
    assert alone.code == 2
    assert "OFFICE_民政局_代号" in alone.err


def test_the_service_uses_them(pack: Path, tmp_path: Path) -> None:
    service = Service(api_keys=("a-key-for-tests-only",))
    config = Config(home=tmp_path / "served", service=service, rules=(str(pack),))
    with TestClient(create_app(Application(config))) as client:
        answer = client.post(
            "/v1/screen",
            files={"file": ("通知.txt", "关于长风工程的通知".encode())},
            headers={"Authorization": "Bearer a-key-for-tests-only"},
        )
    assert answer.status_code == 200
    assert [f["rule"] for f in answer.json()["findings"]] == ["民政局.代号"]
