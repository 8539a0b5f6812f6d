"""Recognizers of presidio's kind in our engine: found, mapped, bounded, offline."""

from __future__ import annotations

import logging
import shutil
import threading
from pathlib import Path

import pytest

from recognizers.artifacts import RuleTimeout
from recognizers.match import RuleFailure
from recognizers.office.examples import prove
from recognizers.office.pack import OfficePack
from recognizers.office.problems import PackProblem
from recognizers.office.reader import load_packs
from tests.recognizers.layouts import Row
from tests.recognizers.office import badges
from tests.recognizers.office.packs import engine, found, pack, problems

IBAN = "DE89370400440532013000"
ENTITY = "OFFICE_民政局_测试"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(badges.__file__, tmp_path / "badges.py")
    return tmp_path


def badge(folder: Path, arguments: str = "", more: str = "") -> OfficePack:
    return pack(folder, f"presidio: {{class: badges.Badge, arguments: {{{arguments}}}{more}}}")


@pytest.mark.parametrize(
    ("entry", "text", "values"),
    [
        ("{name: IbanRecognizer}", f"账户{IBAN}开户", [IBAN]),
        ("{name: IbanRecognizer, type: predefined, supported_languages: [en]}", IBAN, [IBAN]),
        ("{name: IbanRecognizer}", "账户DE89370400440532013001开户", []),
        ("{name: 甲, deny_list: [蓝鲸, 长风]}", "看长风与蓝鲸行动", ["长风", "蓝鲸"]),
        ("{type: custom, name: 甲, deny_list: [OA], supported_entity: X}", "登录OA系统", ["OA"]),
        (
            "{patterns: [{name: a, regex: '\\bT-[0-9]{4}\\b', score: 0.5}]}",
            "票T-1234号",
            ["T-1234"],
        ),
        ("{patterns: [{name: a, regex: 't-[0-9]+', score: 0.5}]}", "T-12", ["T-12"]),
        ("{class: presidio_analyzer.predefined_recognizers.CryptoRecognizer}", "无", []),
        ("{name: 我的, class_name: UuidRecognizer}", "无", []),
    ],
)
def test_presidio_recognizers_see_edges_beside_han(
    tmp_path: Path, entry: str, text: str, values: list[str]
) -> None:
    assert found(pack(tmp_path, f"presidio: {entry}"), text) == values


def test_a_class_beside_the_pack_runs_as_a_rule_of_ours(folder: Path) -> None:
    matches, failures = engine(badge(folder)).analyze("他的工牌0012，手机13861995822")
    assert not failures
    assert [(m.entity, m.rule, m.score, m.evidence) for m in matches] == [
        (ENTITY, "民政局.测试", 0.2, ("plugged_in:Badge",)),
        (ENTITY, "民政局.测试", 0.6, ("plugged_in:Badge",)),
        ("CN_MOBILE_PHONE", "cn_mobile_phone", matches[2].score, matches[2].evidence),
    ]


def test_entities_and_scores_can_be_chosen(folder: Path) -> None:
    text = "他的工牌0012"
    assert found(badge(folder, more=", entities: [BADGE]"), text) == ["工牌0012"]
    assert found(badge(folder, more=", least_score: 0.5"), text) == ["工牌0012"]
    assert found(badge(folder, more=", least_score: 0.7"), text) == []


def test_finds_are_cut_where_cells_end(folder: Path) -> None:
    layout = Row([(None, "工牌"), (None, " 12 ")])
    assert found(badge(folder, "trick: all"), layout.text, layout) == ["工牌", "12"]


@pytest.mark.parametrize(
    ("trick", "kind", "detail"),
    [
        ("error", "error", "KeyError"),
        ("exit", "error", "RuntimeError"),
        ("outside", "error", "OddResult"),
        ("network", "error", "GuestForbidden"),
    ],
)
def test_what_goes_wrong_in_it_is_a_failure_of_the_rule(
    folder: Path, trick: str, kind: str, detail: str
) -> None:
    matches, failures = engine(badge(folder, f"trick: {trick}")).analyze("工牌1，手机13861995822")
    assert [m.entity for m in matches] == ["CN_MOBILE_PHONE"]
    assert failures == [RuleFailure("民政局.测试", kind, detail)]


def test_a_recognizer_that_does_not_end_is_stopped(folder: Path) -> None:
    [rule] = badge(folder, "trick: endless").rules
    recognizer = rule.make(0.1)
    before = set(threading.enumerate())
    with pytest.raises(RuleTimeout):
        recognizer.analyze("工牌1", [])
    for thread in set(threading.enumerate()) - before:
        thread.join(10)
        assert not thread.is_alive()


def test_a_pattern_out_of_time_fails_where_presidio_skips_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("presidio_analyzer.pattern_recognizer.REGEX_TIMEOUT_SECONDS", 0.05)
    office = pack(tmp_path, "presidio: {patterns: [{name: a, regex: '(a|aa)+b$', score: 1}]}")
    text = "a" * 60 + "c" + "b"
    _, failures = engine(office).analyze(text)
    assert failures == [RuleFailure("民政局.测试", "timeout", "RuleTimeout")]


def test_what_it_logs_is_withheld(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        assert found(badge(folder, "trick: log"), "工牌0012")
        logging.getLogger("other").warning("as it was")
    assert "0012" not in caplog.text
    assert "withheld" in caplog.text
    assert "as it was" in caplog.text


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("{name: EmailRecognizer}", "foreign_fetches"),
        ("{name: UrlRecognizer, type: predefined}", "foreign_fetches"),
        ("{name: 我的, class_name: AzureAILanguageRecognizer}", "foreign_fetches"),
        ("{class: presidio_analyzer.predefined_recognizers.SpacyRecognizer}", "foreign_model"),
        ("{class: presidio_analyzer.RemoteRecognizer}", "foreign_fetches"),
        ("{name: GLiNERRecognizer}", "foreign_model"),
        ("{name: NoSuchRecognizer}", "foreign_unknown"),
        ("{class: badges.NoRecognizer}", "foreign_no_class"),
        ("{class: badges.Nothing}", "foreign_no_class"),
        ("{class: badges}", "foreign_path"),
        ("{class: no_such_module.Badge}", "foreign_broken"),
        ("{class: badges.Badge, arguments: {trick: load}}", "foreign_fetches"),
        ("{class: badges.Badge, arguments: {colour: red}}", "foreign_broken"),
        ("{class: badges.Badge, arguments: 7}", "want_mapping"),
        ("{name: 甲, patterns: [{name: a, regex: '(', score: 0.5}]}", "foreign_broken"),
        ("{type: predefined, deny_list: [甲]}", "foreign_both"),
        ("{context: [甲]}", "foreign_nothing"),
        ("{class: badges.Badge, least_score: 7}", "want_score"),
        ("{clas: badges.Badge}", "key_near"),
    ],
)
def test_what_cannot_be_plugged_in_is_told(folder: Path, entry: str, code: str) -> None:
    text = (
        "pack: 甲\nrules:\n  测试:\n    level: block\n    advice: 核对\n"
        f"    presidio: {entry}\n    hits: [工牌12]\n    misses: [无]\n"
    )
    [problem] = problems(folder, text)
    assert problem.code == code
    assert problem.place.line == 6


REGISTRY = """
supported_languages: [en]
global_regex_flags: 26
recognizers:
  - name: IbanRecognizer
    type: predefined
    supported_languages: [en, es]
  - CryptoRecognizer
  - name: Zip code Recognizer
    supported_languages: [{language: en, context: [zip]}]
    patterns:
      - {name: zip, regex: '\\bZ[0-9]{5}\\b', score: 0.5}
    supported_entity: ZIP
    level: note
    hits: [邮码‹Z12345›]
    misses: [Z1]
  - {name: Titles, deny_list: [Mr., Mrs.], supported_entity: TITLE, enabled: false}
"""


def test_a_registry_file_of_presidio_is_a_pack(tmp_path: Path) -> None:
    file = tmp_path / "My registry.yaml"
    file.write_text(REGISTRY, "utf-8")
    [made] = load_packs([file])
    assert all(not proof.problems for proof in prove(made))
    levels = {info.id: info.rule.level for info in made.rules}
    assert levels == {
        "my_registry.ibanrecognizer": "review",
        "my_registry.cryptorecognizer": "review",
        "my_registry.zip_code_recognizer": "note",
    }
    assert found(made, f"账户{IBAN}，邮码Z12345。") == [IBAN, "Z12345"]


def test_a_registry_file_is_checked_like_a_pack(tmp_path: Path) -> None:
    text = REGISTRY.replace("‹Z12345›", "Z1").replace("CryptoRecognizer", "EmailRecognizer")
    found_problems: list[PackProblem] = problems(tmp_path, text)
    assert [p.code for p in found_problems] == ["foreign_fetches"]
