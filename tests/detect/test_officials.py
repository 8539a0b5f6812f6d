"""An office's own list: read from YAML and CSV, refused with its place, applied to findings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from recognizers.match import Match
from screener.bootstrap import Application
from screener.config import load
from screener.detect.officials import LISTED, Officials
from screener.detect.roster import read_roster
from screener.errors import ConfigProblem
from screener.model.finding import Level, Screening
from tests.factories import document

LIST = Officials(
    frozenset({"李建民"}),
    frozenset({"055162345678", "13800000000", "62340000"}),
    frozenset({"bgs@example.com", "@example.gov.cn"}),
)
YAML = """people:
  - {name: 李建民, post: 局长}
  - 买买提·吐尔逊
phones: ["0551-62345678", 13800000000]
mailboxes: [BGS@example.com, "@example.gov.cn"]
"""
CSV = """姓名,职务,办公电话,邮箱
李建民,局长,0551-62345678,bgs@example.com

买买提•吐尔逊,副局长,138 0000 0000、0551-62345679,@example.gov.cn
"""


def listed(text: str, entity: str, role: str | None = None, *evidence: str) -> Match:
    match = Match("a_rule", entity, 0, len(text), 0.9, evidence, role)
    return LIST.after_binding(LIST.before_binding(text, [match]))[0]


@pytest.mark.parametrize(("name", "content"), [("officials.yaml", YAML), ("officials.csv", CSV)])
def test_both_ways_to_write_it(tmp_path: Path, name: str, content: str) -> None:
    file = tmp_path / name
    file.write_text(content, "utf-8-sig")
    found = read_roster(file)
    assert found.names == {"李建民", "买买提·吐尔逊"}
    assert {"055162345678", "13800000000"} <= found.phones
    assert found.mailboxes == {"bgs@example.com", "@example.gov.cn"}
    assert found.digest


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("a.yaml", "people:\n  - name: 李建民\n    pots: 局长\n", "a.yaml:3:5"),
        ("a.yaml", "people: [李建民、王国强]\n", "a.yaml:1:10"),
        ("a.yaml", "phones: [办公室]\n", "a.yaml:1:10"),
        ("a.yaml", "mailboxes: [bgs]\n", "a.yaml:1:13"),
        ("a.yaml", "people: [李建民\n", "a.yaml:"),
        ("a.yaml", "leaders: [李建民]\n", "a.yaml:1:1"),
        ("a.yaml", "people:\n\t- 李建民\n", "a.yaml:2:1"),
        ("a.yaml", "schema: 1\n", "a.yaml"),
        ("a.csv", "姓名,工资\n李建民,5000\n", "a.csv:1:2"),
        ("a.csv", "姓名,电话\n李建民,0551-62345678\n王,\n", "a.csv:3:1"),
        ("a.csv", "姓名,电话\n李建民,12\n", "a.csv:2:2"),
        ("a.csv", "姓名\n", "a.csv"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(
    tmp_path: Path, name: str, content: str, place: str
) -> None:
    file = tmp_path / name
    file.write_text(content, "utf-8")
    with pytest.raises(ConfigProblem) as caught:
        read_roster(file)
    assert place in caught.value.message
    assert caught.value.advice


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigProblem):
        read_roster(tmp_path / "none.yaml")
    (tmp_path / "a.csv").write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(ConfigProblem):
        read_roster(tmp_path / "a.csv")


def test_a_csv_that_a_spreadsheet_saved_in_gbk_is_read(tmp_path: Path) -> None:
    file = tmp_path / "officials.csv"
    file.write_bytes(CSV.encode("gb18030"))
    assert "李建民" in read_roster(file).names


def test_a_listed_name_is_an_official_where_nothing_else_is_told() -> None:
    assert listed("李建民", "PERSON", "unknown").role == "official"
    assert listed("李建民", "PERSON", "official").evidence == (LISTED,)
    assert listed("李 建 民", "PERSON", "unknown").role == "official"
    assert listed("王小明", "PERSON", "unknown").role == "unknown"


def test_the_same_name_as_a_private_person_is_not() -> None:
    assert listed("李建民", "PERSON", "private") == listed("李建民", "PERSON", "private")
    assert LISTED not in listed("李建民", "PERSON", "private").evidence
    namesake = listed("李建民", "PERSON", "unknown", "bound:CN_ID_CARD")
    assert namesake.role == "private"
    assert LISTED not in namesake.evidence


@pytest.mark.parametrize(
    ("value", "entity", "known"),
    [
        ("0551-62345678", "CN_LANDLINE_PHONE", True),
        ("62345678", "CN_LANDLINE_PHONE", True),
        ("(0551)62345678转8001", "CN_LANDLINE_PHONE", True),
        ("0551-62340000", "CN_LANDLINE_PHONE", True),
        ("0551-62349999", "CN_LANDLINE_PHONE", False),
        ("+86 138-0000-0000", "CN_MOBILE_PHONE", True),
        ("１３８００００００００", "CN_MOBILE_PHONE", True),
        ("13800000001", "CN_MOBILE_PHONE", False),
        ("Bgs@Example.com", "EMAIL_ADDRESS", True),
        ("anyone@example.gov.cn", "EMAIL_ADDRESS", True),
        ("anyone@example.com", "EMAIL_ADDRESS", False),
        ("13800000000", "CN_BANK_CARD", False),
    ],
)
def test_lines_and_mailboxes(value: str, entity: str, known: bool) -> None:
    assert (LISTED in listed(value, entity).evidence) is known


def screened(home: Path, text: str, policy: str = "default") -> Screening:
    config = replace(load(home), policy=policy)
    return Application(config).screener.screen_document(document(text))


@pytest.mark.parametrize("policy", ["default", "strict"])
def test_findings_on_the_list_are_notes_with_the_reason(tmp_path: Path, policy: str) -> None:
    text = "李建民负责。咨询手机13800000000，邮箱bgs@example.com。"
    before = screened(tmp_path, text, policy)
    assert before.worst >= Level.REVIEW
    (tmp_path / "officials.yaml").write_text(YAML, "utf-8")
    after = screened(tmp_path, text, policy)
    assert {f.entity for f in after.findings if f.has(LISTED)} >= {
        "PERSON",
        "CN_MOBILE_PHONE",
        "EMAIL_ADDRESS",
    }
    assert after.worst is Level.NOTE
    assert after.versions.pack != before.versions.pack


def test_a_namesake_is_found_beside_the_official(tmp_path: Path) -> None:
    (tmp_path / "officials.csv").write_text(CSV, "utf-8")
    text = "局长李建民主持会议。\n\n申请人李建民，身份证号11010519491231002X。"
    result = screened(tmp_path, text)
    roles = [f.role and f.role.value for f in result.findings if f.entity == "PERSON"]
    assert roles == ["official", "private"]


def test_a_broken_list_stops_everything(tmp_path: Path) -> None:
    (tmp_path / "officials.yaml").write_text("people: {}\n", "utf-8")
    with pytest.raises(ConfigProblem):
        Application(load(tmp_path)).check()
