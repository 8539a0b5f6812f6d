"""The default and the strict policy over the contract's table of levels."""

from __future__ import annotations

from dataclasses import replace

import pytest

from recognizers import catalogue
from screener.i18n import language
from screener.judge.judge import PolicyJudge, RuleTexts
from screener.judge.kinds import kind_of
from screener.model.document import SegmentKind
from screener.model.facts import Facts
from screener.model.finding import Role
from tests.factories import document, finding
from tests.judge.test_policy import load

OFFICIAL, PRIVATE, UNKNOWN = Role.OFFICIAL, Role.PRIVATE, Role.UNKNOWN


def judge_of(name: str) -> PolicyJudge:
    rules = catalogue.load().rules.items()
    texts = {rule_id: RuleTexts(tuple(rule.basis), rule.advice) for rule_id, rule in rules}
    texts["a_rule"] = next(iter(texts.values()))
    return PolicyJudge(load(name), texts)


# entity, evidence, role, level under default, level under strict
LEVELS = [
    ("CN_ID_CARD", ["checksum_ok"], None, "block", "block"),
    ("CN_ID_CARD", ["checksum_wrong"], None, "review", "block"),
    ("CN_MOBILE_PHONE", [], None, "block", "block"),
    ("CN_MOBILE_PHONE", ["office_contact"], None, "review", "block"),
    ("CN_LANDLINE_PHONE", [], None, "note", "review"),
    ("CN_LANDLINE_PHONE", ["home_line"], None, "review", "review"),
    ("CN_BANK_CARD", ["luhn_ok"], None, "block", "block"),
    ("CN_BANK_CARD", ["organisation_account"], None, "note", "review"),
    ("CN_USCC", ["checksum_ok"], None, "note", "note"),
    ("CN_USCC", ["checksum_ok", "sole_trader"], None, "review", "review"),
    ("EMAIL_ADDRESS", [], None, "review", "review"),
    ("EMAIL_ADDRESS", ["gov_mailbox"], None, "note", "note"),
    ("CN_PASSPORT", [], None, "block", "block"),
    ("CN_LICENSE_PLATE", [], None, "review", "review"),
    ("CN_LICENSE_PLATE", ["bound:CN_ID_CARD"], None, "block", "block"),
    ("CN_LICENSE_PLATE", ["official_vehicle"], None, "note", "review"),
    ("PERSON", [], OFFICIAL, "note", "note"),
    ("PERSON", [], UNKNOWN, "note", "review"),
    ("PERSON", [], PRIVATE, "review", "review"),
    ("PERSON", ["surname_only"], UNKNOWN, "note", "note"),
    ("FAKE_REDACTION", ["under_black_box"], None, "block", "block"),
    ("FAKE_REDACTION", ["blacked_out"], None, "block", "block"),
    ("FAKE_REDACTION", ["under_picture"], None, "review", "review"),
    ("SECRET_MARK", [], None, "block", "block"),
    ("SECRET_MARK", ["declassified", "mark_star_term"], None, "note", "note"),
    ("CLASSIFIED_NUMBER", ["number_with_secret_letter", "own_line"], None, "block", "block"),
    ("CLASSIFIED_NUMBER", ["copy_number", "beside_level"], None, "block", "block"),
    ("CLASSIFIED_NUMBER", ["number_in_list", "own_line"], None, "review", "review"),
    ("CLASSIFIED_NUMBER", ["declassified", "own_line"], None, "note", "note"),
    ("INTERNAL_MARK", ["business_secret"], None, "block", "block"),
    ("INTERNAL_MARK", [], None, "block", "block"),
    ("DISCLOSURE_MARK", ["disclosure_open"], None, "note", "note"),
    ("DISCLOSURE_MARK", ["disclosure_none"], None, "block", "block"),
    ("DISCLOSURE_MARK", ["disclosure_on_request"], None, "block", "block"),
]


@pytest.mark.parametrize(("entity", "evidence", "role", "default", "strict"), LEVELS)
def test_levels(
    entity: str, evidence: list[str], role: Role | None, default: str, strict: str
) -> None:
    found = finding(entity, *evidence, role=role)
    for name, level in (("default", default), ("strict", strict)):
        judgements, _ = judge_of(name).judge(document("x"), [found], "")
        assert judgements[0].level.code == level
        assert judgements[0].basis
        assert judgements[0].advice


def test_document_kind_changes_levels() -> None:
    judge = judge_of("default")
    named = finding("PERSON", "column_header:姓名", role=PRIVATE)
    for kind, level in (("任前公示", "note"), ("公示名单", "review"), ("", "review")):
        judgements, _ = judge.judge(document("x"), [named], kind)
        assert judgements[0].level.code == level, kind
    bound = finding("PERSON", "bound:CN_ID_CARD", role=PRIVATE)
    judgements, _ = judge.judge(document("x"), [bound], "任前公示")
    assert judgements[0].level.code == "review"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("某某县2024年临时救助对象公示\n经审核，现予公示。", "公示名单"),
        ("关于张任前公示\n", "任前公示"),
        ("某某市市场监督管理局\n行政处罚决定书\n某市监处罚〔2024〕3号", "处罚决定"),
        ("政务公开工作总结\n今年以来", "总结"),
        ("关于印发实施方案的通知\n各县区", "通知"),
        ("没有标题的文字，" * 30, ""),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert kind_of(document(text), load("default").kinds) == kind


def test_remarks() -> None:
    judge = judge_of("default")
    opened = finding("DISCLOSURE_MARK", "disclosure_open")
    closed = finding("DISCLOSURE_MARK", "disclosure_none", start=5, end=6)
    assert judge.judge(document("x"), [], "")[1] == ["disclosure_mark_missing"]
    assert judge.judge(document("x"), [opened], "")[1] == []
    assert judge.judge(document("x"), [opened, closed], "")[1] == ["disclosure_marks_contradict"]
    assert judge.judge(document(""), [], "")[1] == []
    disguised = replace(document("x"), facts=Facts(named_as="application/pdf"))
    assert judge.judge(disguised, [opened], "")[1] == ["type_differs_from_name"]
    scanned = replace(document("x"), facts=Facts(recognised=2))
    assert judge.judge(scanned, [opened], "")[1] == ["text_recognised"]
    lifted = finding("SECRET_MARK", "declassified", start=9, end=10)
    assert judge.judge(document("x"), [opened, lifted], "")[1] == ["mark_declassified"]


def test_texts_follow_the_language() -> None:
    judge = judge_of("default")
    found = finding("CN_ID_CARD", kind=SegmentKind.TABLE_CELL)
    chinese = judge.judge(document("x"), [found], "")[0][0]
    with language("en"):
        english = judge.judge(document("x"), [found], "")[0][0]
    assert chinese.advice != english.advice
    assert english.advice.isascii()
