"""What a law wants published is not stopped, private data in the same paper is: kind by kind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screener.judge.kinds import KindRule, bared, kind_of
from screener.model.finding import Role
from screener.model.tables import Table
from tests.factories import document, finding
from tests.judge.test_judge import judge_of
from tests.judge.test_policy import load

KINDS = load("default").kinds
PRIVATE, OFFICIAL = Role.PRIVATE, Role.OFFICIAL

TITLES = [
    ("某县委组织部干部任前公示", "任前公示"),
    ("关于王某等同志拟任职的公示", "任前公示"),
    ("某县人民政府关于张某等同志职务任免的通知", "任免通知"),
    ("关于表彰2024年度先进集体和先进个人的决定", "表彰"),
    ("某县第五届道德模范候选人公示", "表彰"),
    ("某中学三好学生表彰名单", "公示名单"),
    ("关于印发表彰奖励办法的通知", "通知"),
    ("某局行政许可和行政处罚双公示信息", "双公示"),
    ("某市行政处罚信息公示（第12期）", "双公示"),
    ("行政处罚决定书", "处罚决定"),
    ("关于对某处罚决定提出异议的答复", "答复"),
    ("某某县人民法院民事判决书", "判决"),
    ("某中学教学楼维修项目中标公告", "中标公告"),
    ("某县政府采购中心成交结果公告", "中标公告"),
    ("某县道路养护工程招标公告", "招标公告"),
    ("某县政府常务会议纪要", "会议纪要"),
    ("某局2024年国庆节值班表", "值班表"),
    ("某县防汛应急预案", "预案"),
    ("关于印发某县防汛应急预案的通知", "通知"),
    ("政府信息公开申请答复书", "答复"),
    ("信访事项处理意见书", "答复"),
    ("2024年临时救助对象公示", "公示名单"),
    ("2024年公开招聘教师拟录用人员名单", "公示名单"),
    ("关于发放高温补贴的通知", "通知"),
    ("困难残疾人补贴实施细则", "通知"),
    ("2023年政府信息公开工作年度报告", "年报"),
    ("2023年工作总结", "总结"),
    ("政务信息简报（第3期）", "简报"),
    ("房屋租赁合同", "合同"),
    ("关于商请协助调查的函", "函"),
    ("某某研究", ""),
]


@pytest.mark.parametrize(("title", "kind"), TITLES)
def test_titles(title: str, kind: str) -> None:
    assert kind_of(document("正文。", title=title), KINDS) == kind


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (("姓名", "现任职务", "拟任职务"), "任前公示"),
        (("行政相对人名称", "处罚决定书文号", "处罚内容"), "双公示"),
        (("中标人", "中标价（元）"), "中标公告"),
        (("序号", "姓名", "身份证号"), "公示名单"),
        (("年份", "产值"), ""),
    ],
)
def test_layout_tells_where_no_title_does(headers: tuple[str, ...], kind: str) -> None:
    held = replace(document("正文。"), tables=(Table(None, dict(enumerate(headers))),))
    assert kind_of(held, KINDS) == kind


def test_a_title_goes_before_the_layout() -> None:
    table = Table(None, {0: "姓名", 1: "现任职务", 2: "拟任职务"})
    held = replace(document("正文。", title="2023年工作总结"), tables=(table,))
    assert kind_of(held, KINDS) == "总结"


def test_long_titles_of_digits_and_brackets_take_no_time() -> None:
    rule = KindRule("函", ("函$",))
    for title in ("1" * 50_000 + "函x", "（1）" * 20_000 + "x"):
        assert not rule.fits_title(title, bared(title))
    title = "关于某事的函（2024）12.docx"
    assert rule.fits_title(title, bared(title))


# kind, entity, evidence, role, level under the default policy
LEVELS = [
    ("任前公示", "PERSON", ["column_header:姓名"], PRIVATE, "note"),
    ("任前公示", "DATE_OF_BIRTH", ["birth_month"], None, "silent"),
    ("任前公示", "DATE_OF_BIRTH", [], None, "review"),
    ("任前公示", "PERSON", ["bound:CN_ID_CARD"], PRIVATE, "review"),
    ("任前公示", "CN_ID_CARD", ["checksum_ok"], None, "block"),
    ("任前公示", "CN_MOBILE_PHONE", [], None, "block"),
    ("任前公示", "PERSON", ["bound:HEALTH_CONDITION"], PRIVATE, "block"),
    ("任免通知", "PERSON", [], PRIVATE, "note"),
    ("任免通知", "PERSON", ["bound:CN_MOBILE_PHONE"], PRIVATE, "review"),
    ("双公示", "PERSON", ["legal_representative"], PRIVATE, "note"),
    ("双公示", "PERSON", ["column_header:姓名"], PRIVATE, "note"),
    ("双公示", "PERSON", ["column_header:姓名", "bound:CN_ID_CARD"], PRIVATE, "note"),
    ("双公示", "PERSON", ["column_header:姓名", "in_need:残疾"], PRIVATE, "block"),
    ("表彰", "PERSON", ["list"], PRIVATE, "note"),
    ("表彰", "PERSON", ["list", "bound:CN_ID_CARD"], PRIVATE, "review"),
    ("表彰", "PERSON", ["list_of_minors:小学"], PRIVATE, "block"),
    ("双公示", "PERSON", ["bound:CRIMINAL_RECORD"], PRIVATE, "note"),
    ("双公示", "CRIMINAL_RECORD", ["bound:PERSON"], None, "note"),
    ("双公示", "CN_USCC", ["checksum_ok"], None, "note"),
    ("双公示", "CN_ID_CARD", ["checksum_ok"], None, "block"),
    ("双公示", "CN_ADDRESS", ["home_address", "bound:PERSON"], None, "block"),
    ("处罚决定", "PERSON", ["legal_representative"], PRIVATE, "note"),
    ("处罚决定", "PERSON", ["role_word:当事人"], PRIVATE, "review"),
    ("处罚决定", "CN_LICENSE_PLATE", ["bound:PERSON"], None, "review"),
    ("处罚决定", "CRIMINAL_RECORD", ["bound:PERSON"], None, "note"),
    ("处罚决定", "CN_ID_CARD", ["checksum_ok"], None, "block"),
    ("判决", "CN_LICENSE_PLATE", [], None, "review"),
    ("判决", "CRIMINAL_RECORD", ["bound:PERSON"], None, "note"),
    ("判决", "PERSON", ["role_word:被告"], PRIVATE, "review"),
    ("判决", "MINOR", ["bound:PERSON"], None, "block"),
    ("中标公告", "PERSON", ["list"], PRIVATE, "note"),
    ("中标公告", "CN_BANK_CARD", ["organisation_account"], None, "note"),
    ("中标公告", "CN_MOBILE_PHONE", ["office_contact"], None, "review"),
    ("中标公告", "CN_MOBILE_PHONE", [], None, "block"),
    ("招标公告", "CN_MOBILE_PHONE", ["office_contact"], None, "review"),
    ("公示名单", "PERSON", ["column_header:姓名"], PRIVATE, "review"),
    ("公示名单", "PERSON", ["bound:FINANCIAL_STATUS"], PRIVATE, "block"),
    ("公示名单", "PERSON", ["list_of_minors:幼儿园"], PRIVATE, "block"),
    ("公示名单", "PERSON", ["minor_by_birth"], PRIVATE, "block"),
    ("公示名单", "PERSON", ["bound:CN_ID_CARD"], PRIVATE, "review"),
    ("公示名单", "PERSON", ["bound:CN_BANK_CARD", "bound:CN_ID_CARD"], PRIVATE, "block"),
    ("答复", "PERSON", ["role_word:申请人"], PRIVATE, "review"),
    ("通知", "PERSON", ["contact:联系人"], OFFICIAL, "note"),
    ("会议纪要", "PERSON", ["title:局长"], OFFICIAL, "note"),
    ("总结", "HEALTH_CONDITION", ["stated"], None, "silent"),
    ("年报", "FINANCIAL_STATUS", ["stated"], None, "silent"),
    ("简报", "CN_MOBILE_PHONE", [], None, "block"),
    ("值班表", "PERSON", ["column_header:姓名", "bound:CN_MOBILE_PHONE"], PRIVATE, "note"),
    ("值班表", "CN_MOBILE_PHONE", [], None, "review"),
    ("值班表", "CN_MOBILE_PHONE", ["private_contact"], None, "block"),
    ("值班表", "CN_ID_CARD", ["checksum_ok"], None, "block"),
    ("合同", "CN_ID_CARD", ["checksum_ok"], None, "block"),
    ("预案", "CN_LANDLINE_PHONE", ["office_line"], None, "note"),
    ("函", "CN_MOBILE_PHONE", ["office_contact"], None, "review"),
]


@pytest.mark.parametrize(("kind", "entity", "evidence", "role", "level"), LEVELS)
def test_kind_by_entity(
    kind: str, entity: str, evidence: list[str], role: Role | None, level: str
) -> None:
    found = finding(entity, *evidence, role=role)
    judgements, _ = judge_of("default").judge(document("x"), [found], kind)
    assert judgements[0].level.code == level


def test_every_kind_of_the_table_is_a_kind_of_the_policy() -> None:
    assert {kind for kind, *_ in LEVELS} <= {rule.kind for rule in KINDS}
