"""The engine: what it hands out, what it does when a rule breaks, and that it stays linear."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer
from presidio_analyzer.nlp_engine import NoOpNlpEngine

from fixtures.people import People
from recognizers import base
from recognizers.artifacts import ChineseArtifacts, ChineseNlpEngine, RuleTimeout
from recognizers.engine import Engine, registry
from recognizers.match import RuleFailure
from recognizers.rules.cn_id_card import IdCardRule
from recognizers.rules.cn_mobile_phone import MobilePhoneRule
from tests.recognizers.layouts import Row
from tests.recognizers.steps import steps

TEXT = "申请人王小明，身份证号11010519491231002X，手机13861995822。"
NUMBERS = ("CN_ID_CARD", "CN_MOBILE_PHONE")


def entities(text: str, engine: Engine) -> list[tuple[str, str]]:
    matches, failures = engine.analyze(text)
    assert not failures
    return [(m.entity, text[m.start : m.end]) for m in matches]


@pytest.fixture(scope="module")
def numbers() -> Engine:
    return Engine(entities=NUMBERS)


def test_raw_offsets_sorted_by_start(numbers: Engine) -> None:
    text = TEXT.replace("13861995822", "１３８\u200b６１９９\u200b５８２２")
    assert entities(text, numbers) == [
        ("CN_ID_CARD", "11010519491231002X"),
        ("CN_MOBILE_PHONE", "１３８\u200b６１９９\u200b５８２２"),
    ]


def test_no_match_crosses_two_stretches(numbers: Engine) -> None:
    layout = Row([(None, "1386199"), (None, "5822")])
    assert numbers.analyze(layout.text, layout) == ([], [])


def test_an_unknown_entity_is_refused() -> None:
    with pytest.raises(ValueError, match="NO_SUCH"):
        Engine(entities=["NO_SUCH"])


def test_the_version_is_a_digest(numbers: Engine) -> None:
    assert len(numbers.version) == 16
    assert numbers.version == Engine(entities=NUMBERS).version


def test_a_broken_rule_is_on_record_and_the_others_run(
    numbers: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Any, artifacts: ChineseArtifacts) -> Iterator[base.Hit]:
        raise KeyError("11010519491231002X")

    monkeypatch.setattr(IdCardRule, "find", broken)
    matches, failures = numbers.analyze(TEXT)
    assert [m.entity for m in matches] == ["CN_MOBILE_PHONE"]
    assert failures == [RuleFailure("cn_id_card", "error", "KeyError")]


def test_a_rule_out_of_time_is_on_record(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(self: Any, artifacts: ChineseArtifacts) -> Iterator[base.Hit]:
        while True:
            artifacts.check_clock()
            yield base.Hit(0, 1, 0.5, ())

    monkeypatch.setattr(MobilePhoneRule, "find", slow)
    matches, failures = Engine(rule_seconds=0.05, entities=NUMBERS).analyze(TEXT)
    assert [m.entity for m in matches] == ["CN_ID_CARD"]
    assert failures == [RuleFailure("cn_mobile_phone", "timeout", "RuleTimeout")]


def test_alone_a_rule_out_of_time_raises() -> None:
    [rule] = registry(rule_seconds=-1, entities=["CN_ID_CARD"]).recognizers
    with pytest.raises(RuleTimeout):
        rule.analyze(TEXT, ["CN_ID_CARD"], ChineseArtifacts(TEXT))


def test_an_unlisted_evidence_code_is_a_broken_rule(
    numbers: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def odd(self: Any, artifacts: ChineseArtifacts) -> Iterator[base.Hit]:
        yield base.Hit(0, 1, 0.5, ("no_such_code",))

    monkeypatch.setattr(IdCardRule, "find", odd)
    assert numbers.analyze(TEXT)[1] == [RuleFailure("cn_id_card", "error", "ValueError")]


def test_our_rules_work_in_a_stock_analyzer() -> None:
    for nlp_engine in (
        NoOpNlpEngine([{"lang_code": "zh", "model_name": "none"}]),
        ChineseNlpEngine(),
    ):
        stock = AnalyzerEngine(
            registry=registry(entities=NUMBERS),
            nlp_engine=nlp_engine,
            supported_languages=["zh"],
        )
        results = stock.analyze(TEXT, "zh")
        assert {(r.entity_type, TEXT[r.start : r.end]) for r in results} == {
            ("CN_ID_CARD", "11010519491231002X"),
            ("CN_MOBILE_PHONE", "13861995822"),
        }


def test_foreign_recognizers_work_in_our_engine() -> None:
    foreign = PatternRecognizer(
        supported_entity="TICKET",
        patterns=[Pattern("ticket", "T-[0-9]{4}", 0.7)],
        supported_language="zh",
    )
    engine = Engine(entities=NUMBERS, extra=[foreign])
    matches, failures = engine.analyze("票号T-1234，手机13861995822")
    assert not failures
    assert [m.entity for m in matches] == ["TICKET", "CN_MOBILE_PHONE"]


def test_nothing_touches_the_network(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    matches, failures = engine.analyze(TEXT + "邮箱wang1234@163.com")
    assert not failures
    assert "EMAIL_ADDRESS" in {m.entity for m in matches}


@settings(max_examples=60, deadline=None)
@given(
    st.text("0123456789Xx-－ 　\n.·（）()身份证号手机：电话账号卡号E皖A@b\u200b元×", max_size=120)
)
def test_spans_lie_in_the_text_whatever_it_is(numbers_text: str) -> None:
    engine = _numbers_engine()
    matches, failures = engine.analyze(numbers_text)
    assert not failures
    for match in matches:
        assert 0 <= match.start < match.end <= len(numbers_text)
        assert numbers_text[match.start : match.end].strip() != ""


_ENGINES: list[Engine] = []


def _numbers_engine() -> Engine:
    """All rules but names and marks; made once (Hypothesis takes no function fixtures)."""
    if not _ENGINES:
        _ENGINES.append(
            Engine(
                entities=(
                    *("CN_ID_CARD", "CN_MOBILE_PHONE", "CN_LANDLINE_PHONE", "CN_BANK_CARD"),
                    *("CN_USCC", "EMAIL_ADDRESS", "CN_PASSPORT", "CN_LICENSE_PLATE"),
                )
            )
        )
    return _ENGINES[0]


@settings(max_examples=80, deadline=None)
@given(
    st.integers(0, 10_000),
    st.sampled_from(("{}", "号码{}。", "王小明{}住某村", "（{}）", "证：{}\n电话", "\t{}\t")),
)
def test_every_valid_number_is_found_in_any_setting(seed: int, frame: str) -> None:
    person = People(seed).person()
    for entity, value in (
        ("CN_ID_CARD", person.id_number),
        ("CN_MOBILE_PHONE", person.mobile),
        ("CN_BANK_CARD", person.bank_card),
        ("EMAIL_ADDRESS", person.email),
        ("CN_LICENSE_PLATE", person.plate),
    ):
        text = frame.format(value)
        assert (entity, value) in entities(text, _numbers_engine())


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 100_000), st.booleans())
def test_a_valid_credit_code_is_nothing_else(seed: int, one_person: bool) -> None:
    code = People(seed).uscc(one_person=one_person)
    assert entities(f"统一社会信用代码：{code}", _numbers_engine()) == [("CN_USCC", code)]
    assert entities(f"甲方{code}乙方", _numbers_engine()) == [("CN_USCC", code)]


HOSTILE = (
    "1",
    "1 ",
    "13",
    "1-3\n",
    "13861995822\n",
    "a",
    "a1",
    "a@",
    "皖A",
    "护照",
    "账号 ",
    "\u200b1",
)


@pytest.mark.parametrize("unit", HOSTILE, ids=repr)
def test_a_million_of_anything_stops_no_rule(unit: str) -> None:
    _matches, failures = _numbers_engine().analyze(unit * (1_000_000 // len(unit)))
    assert not failures  # what is quadratic would take hours, and the rule's clock would end it


@pytest.mark.parametrize("unit", HOSTILE, ids=repr)
def test_the_steps_grow_linearly_with_hostile_text(unit: str) -> None:
    def cost(length: int) -> int:
        text = unit * (length // len(unit))
        return steps(lambda: _numbers_engine().analyze(text))

    cost(1_000)
    assert cost(8_000) < 5 * cost(2_000)


def test_ten_thousand_findings_stay_linear() -> None:
    people = People(3)
    lines = [f"{p.name} {p.id_number} {p.mobile}" for p in people.persons(5_000)]
    matches, failures = _numbers_engine().analyze("\n".join(lines))
    assert not failures
    assert len(matches) == 10_000

    def cost(count: int) -> int:
        return steps(lambda: _numbers_engine().analyze("\n".join(lines[:count])))

    cost(10)
    assert cost(800) < 5 * cost(200)
