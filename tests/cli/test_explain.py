"""``explain``: the evidence of findings, and why a stretch was not found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fixtures.people import Person
from tests.cli.conftest import Screener

LINES = (
    "关于做好防汛工作的通知",
    "合同编号：340102199003071234，项目金额13800001234元。",
    "机密文件应当妥善保管。联系人：民政局局长王建国。",
    "瑶海区民政局地址：合肥市瑶海区长江路18号。",
    "高平主持会议，听取柳河乡石桥村的汇报。",
    "房屋3号楼已整改。",
    "",
)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "通知.txt"
    file.write_text("\n".join(LINES), "utf-8")
    return file


def at(words: str) -> str:
    start = "\n".join(LINES).index(words)
    return f"{start}:{start + len(words)}"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("340102199003071234", ("合同编号", "居民身份证号码", "旁边写明是“合同编号”")),
        ("13800001234", ("手机号码", "是金额或数量")),
        ("机密", ("国家秘密标志", "行文中提到")),
        ("防汛工作", ("姓名模型没有把它认作姓名", "4 个汉字")),
        ("元。", ("没有任何规则要找的写法", "旁边的提示词")),
        ("高平", ("姓名模型给分", "没有身份词、称谓", "没有旁证时，这样的字词至少要")),
        ("柳河乡石桥村", ("没有带单位的号码",)),
        ("3号楼", ("号码前没有足以认定的地名",)),
        ("合肥市瑶海区长江路18号", ("判定无碍", "地址")),
    ],
)
def test_why_a_stretch_was_not_found(
    screener: Screener, paper: Path, words: str, told: tuple[str, ...]
) -> None:
    result = screener("explain", paper, "--at", at(words))
    assert result.code == 0
    for text in told:
        assert text in result.out
    assert words not in result.out


def test_a_wrong_check_digit_is_told(screener: Screener, tmp_path: Path, person: Person) -> None:
    number = person.id_number[:17] + ("1" if person.id_number[17] != "1" else "2")
    file = tmp_path / "a.txt"
    file.write_text(f"流水{number}号", "utf-8")
    told = json.loads(screener("explain", file, "--at", "2:20", "--format", "json").out)
    codes = {c for look in told["at"]["looks"] for c in look["objections"]}
    found = {code for entry in told["findings"] for code in entry["reasons"]}
    assert "check_digit_wrong" in codes or "checksum_wrong" in found


def test_a_match_that_gives_way_is_told(screener: Screener, tmp_path: Path, person: Person) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"银行账号：{person.id_number}", "utf-8")
    told = json.loads(screener("explain", file, "--at", "5:23", "--format", "json").out)
    [kept] = told["findings"]
    [lost] = told["at"]["given_way"]
    assert {kept["rule"], lost["rule"]} == {"cn_id_card", "cn_bank_card"}
    assert lost["to"] == kept["rule"]
    assert "让位" in screener("explain", file, "--at", "5:23").out


def test_the_case_of_the_policy_is_told(screener: Screener, paper: Path) -> None:
    page = screener("explain", paper).out
    assert "因为：公职人员或单位联系人 [role:official]" in page
    told = json.loads(screener("explain", paper, "--format", "json").out)
    assert all(set(e["conditions"]) == {"when", "unless"} for e in told["findings"])


def test_no_value_is_shown(screener: Screener, leaking: Path, person: Person) -> None:
    for words in ((), ("--format", "json"), ("--at", "0:40"), ("--at", "0:40", "--format", "json")):
        result = screener("explain", leaking, *words)
        assert result.code == 0
        assert person.id_number not in result.out
        assert person.id_number[2:] not in result.out


def test_in_english(screener: Screener, paper: Path) -> None:
    out = screener("--lang", "en", "explain", paper, "--at", at("13800001234")).out
    assert "an amount or a quantity" in out
    assert "turned down" in out


@pytest.mark.parametrize(
    "wrong", ["x", "5", "5:5", "9:5", "0:99999", "-1:4", "1:2:3", "：", "１:2"]
)
def test_a_stretch_that_is_none_is_wrong_usage(screener: Screener, paper: Path, wrong: str) -> None:
    result = screener("explain", paper, f"--at={wrong}")
    assert result.code == 2
    assert "处理办法" in result.err
    assert "Traceback" not in result.err


def test_an_unknown_finding_names_the_known(screener: Screener, leaking: Path) -> None:
    known = json.loads(screener("explain", leaking, "--format", "json").out)["findings"]
    result = screener("explain", leaking, "f-none")
    assert result.code == 2
    assert known[0]["id"] in result.err


def test_a_finding_and_a_stretch_do_not_go_together(screener: Screener, leaking: Path) -> None:
    assert screener("explain", leaking, "abc", "--at", "0:3").code == 2


def test_an_unreadable_file_is_told(screener: Screener, tmp_path: Path) -> None:
    file = tmp_path / "空.txt"
    file.write_bytes(b"")
    for words in ((), ("--at", "0:3")):
        result = screener("explain", file, *words)
        assert result.code == 3
        assert "没有读到" in result.out
