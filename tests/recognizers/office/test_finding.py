"""What office rules find: words however they are set, patterns with edges, columns, exclusions."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from recognizers.artifacts import ChineseArtifacts, RuleTimeout
from recognizers.layout import Layout
from recognizers.match import Match
from recognizers.office.examples import Table, written
from recognizers.office.pack import Example
from recognizers.office.problems import Place
from recognizers.office.reader import load_packs
from recognizers.office.shapes import Refused, Shape, check
from recognizers.trace import watching
from recognizers.view import BREAK
from tests.recognizers.layouts import Row
from tests.recognizers.office.packs import RULE, engine, found, pack
from tests.recognizers.steps import steps

ID = "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("推进长风工程建设", ["长风工程"]),
        ("《长风工程》", ["长风工程"]),
        ("推進長風工程建設", ["長風工程"]),  # Traditional
        ("长\u200b风工程", ["长\u200b风工程"]),
        ("关于长风\n工程的通知", ["长风\n工程"]),
        ("关于长风\r\n　　工程的通知", ["长风\r\n　　工程"]),
        ("长　风　工　程", ["长　风　工　程"]),
        ("长风工程长风工程", ["长风工程", "长风工程"]),
        ("登录oa系统和ＯＡ 系统", ["oa系统", "ＯＡ 系统"]),
        ("用 Blue Whale 系统", ["Blue Whale"]),
        ("用blue\nwhale", ["blue\nwhale"]),
        ("天网启动", ["天网"]),
        ("（天　网）", ["天　网"]),
        ("标题\n\n天网", ["天网"]),
        ("长风\n\n工程", []),  # two paragraphs
        ("今天 网络", []),  # two words
        ("SOA系统", []),  # letters go on
        ("Blue Whales", []),
        ("型号A81", []),
        ("型号A8和2024A8", ["A8", "A8"]),
    ],
)
def test_words(tmp_path: Path, text: str, values: list[str]) -> None:
    office = pack(tmp_path, "terms: [长风工程, OA系统, Blue Whale, 天网, A8]")
    assert found(office, text) == values


def test_no_word_crosses_two_cells(tmp_path: Path) -> None:
    layout = Row([(None, "长风"), (None, "工程")])
    assert found(pack(tmp_path, "terms: [长风工程]"), layout.text, layout) == []


def test_hits_that_overlap_are_one(tmp_path: Path) -> None:
    office = pack(tmp_path, "terms: [长风, 长风工程, 风工程一期]\npatterns: ['期[0-9]']")
    assert found(office, "长风工程一期1，长风") == ["长风工程一期1", "长风"]


def test_word_edges_and_a_dictionary_of_its_own(tmp_path: Path) -> None:
    text = "今天网络中断，天网启动"
    assert found(pack(tmp_path, "terms: [天网]"), text) == ["天网", "天网"]
    assert found(pack(tmp_path, "terms: [天网]\nwhole_words: true"), text) == ["天网"]
    text = "看云梯田风光"
    unknown = pack(tmp_path, "terms: [云梯]\nwhole_words: true")
    assert found(unknown, text) == ["云梯"]
    known = pack(tmp_path, "terms: [云梯]\nwhole_words: true", top="words: [梯田风光]")
    assert found(known, text) == []
    assert found(unknown, text) == ["云梯"]  # the words of one pack are no words of another


@pytest.mark.parametrize(
    ("pattern", "text", "values"),
    [
        ("CF-[0-9]{4}", "文号CF-2024和CF-20245", ["CF-2024"]),
        ("CF-[0-9]{4}", "CF-2024CF-2025", ["CF-2024", "CF-2025"]),
        ("[0-9]{4}", "1234 5678，12345", ["1234", "5678"]),
        ("[0-9]{4}", "甲1234乙5678丙", ["1234", "5678"]),
        ("[0-9]{4,6}", "1234567", []),
        ("[0-9A-F]{6}", "x12AB34，12AB34，12AB345", ["12AB34"]),
        ("第[0-9]+号线", "2024第3号线", ["第3号线"]),
        ("(?:AB|CD)[0-9]{2}(?:-[0-9]{3})?", "AB12-3456", ["AB12"]),  # the edge allows the shorter
        (r"\p{Han}{2}字第[0-9]+号", "按京公字第12号办理", ["京公字第12号"]),
        ("(?i)cf-[0-9]+", "ＣＦ－１２", ["ＣＦ－１２"]),  # full width
        ("^密第[0-9]+件$", "前言\n密第3件\n又见密第4件", ["密第3件"]),
        ("A.+B", "A1\nA2B", ["A2B"]),
    ],
)
def test_patterns(tmp_path: Path, pattern: str, text: str, values: list[str]) -> None:
    assert found(pack(tmp_path, f"patterns: ['{pattern}']"), text) == values


def test_no_pattern_crosses_two_cells(tmp_path: Path) -> None:
    office = pack(tmp_path, "patterns: ['A[^B]*B', '^丙[0-9]$']")
    layout = Row([(None, "A1"), (None, "A2B"), (None, "丙3"), (None, "4")])
    assert found(office, layout.text, layout) == ["A2B", "丙3"]


def test_near_and_exclusions(tmp_path: Path) -> None:
    office = pack(
        tmp_path,
        "terms: [长风]\npatterns: ['XM[0-9]{4}']\nnear: [项目, 编号]\n"
        "exclusions: {words: [长风路, 长风破浪], near: [已公开]}",
    )
    assert found(office, "项目长风启动。长风启动") == ["长风"]
    assert found(office, "项目在长风路，长风破浪") == []
    assert found(office, "编号XM2024；编号XM2025（已公开）") == []  # one sentence
    assert found(office, "编号XM2024。编号XM2025（已公开）") == ["XM2024"]
    layout = Row([("项目", "XM2024"), ("备注", "XM2025")])
    assert found(office, layout.text, layout) == ["XM2024"]
    layout = Row([("名称", "编号"), ("内容", "XM2025")])
    assert found(office, layout.text, layout) == ["XM2025"]
    assert found(office, "XM2024") == []


def table(*lines: str) -> tuple[str, Layout | None]:
    text, _, layout = written(Example("\n".join(lines), Place("")))
    return text, layout


def test_columns(tmp_path: Path) -> None:
    lines = ("| 姓名 | 學籍 辅号 | 备注 |", "| 甲 | A1 | 无 |", "| 乙 | 无 | A2 |", "| 丙 | / | |")
    text, layout = table(*lines)
    assert found(pack(tmp_path, "columns: [学籍辅号]"), text, layout) == ["A1"]
    assert found(pack(tmp_path, "columns: [备注]"), text, layout) == ["A2"]
    shaped = pack(tmp_path, "columns: [学籍, 备注]\nvalues: '[A-Z][0-9]'")
    assert found(shaped, text, layout) == ["A1", "A2"]
    spared = pack(tmp_path, "columns: [备注]\nexclusions: {words: [A2]}")
    assert found(spared, text, layout) == []


def test_values_of_a_column_are_found_behind_its_word_too(tmp_path: Path) -> None:
    office = pack(tmp_path, "columns: [学籍辅号]\nvalues: '[A-Z][0-9]{4}'")
    assert found(office, "学籍辅号：A2024，学籍辅号为 B2024") == ["A2024", "B2024"]
    assert found(office, "学籍\n辅号（新）: A2024") == ["A2024"]
    assert found(office, "学籍辅号：A20245；学籍辅号见A2024；学号：A2024") == []
    layout = Row([(None, "学籍辅号："), (None, ""), (None, " A2024 "), (None, "B2024")])
    assert found(office, layout.text, layout) == ["A2024"]
    text, table_layout = table("| 学籍辅号 | A2024 |", "| 无 | B2024 |")
    assert found(office, text, table_layout) == ["A2024"]


def test_headers_are_compared_without_blanks(tmp_path: Path) -> None:
    text, layout = table("| Student  ID | 学 籍 |", "| 1 | 2 |")
    assert found(pack(tmp_path, "columns: [Student ID, 学籍]"), text, layout) == ["1", "2"]


def test_full_width_patterns_mean_what_they_show(tmp_path: Path) -> None:
    office = pack(tmp_path, "patterns: ['（內部）ＮＢ－[0-9]{4}']")
    for text in ("（內部）NB-2024", "(内部)ＮＢ－２０２４"):
        assert found(office, text) == [text]


def test_evidence_holds_words_of_the_pack_and_never_the_find(tmp_path: Path) -> None:
    office = pack(tmp_path, "terms: [长风工程]\nnear: [项目]")
    [result] = office.rules[0].make(5).analyze("项目长风工程", [])
    metadata = result.recognition_metadata
    assert metadata["evidence"] == ("office_term", "context_word:项目")


def matches(*names: str, folder: Path) -> list[Match]:
    packs = load_packs([folder / f"{name}.yaml" for name in names])
    text = f"推进长风工程，学籍号：G{ID}，联系电话13861995822。蓝鲸行动"
    results, failures = engine(*packs).analyze(text)
    assert not failures
    return results


def test_packs_and_our_rules_hide_nothing_of_each_other(tmp_path: Path) -> None:
    for name, terms in (("甲", "[学籍号, 长风工程]"), ("乙", "[长风, G110105]"), ("丙", "[蓝鲸]")):
        text = RULE.replace("民政局", name).replace("[长风工程, 蓝鲸行动]", terms)
        text = text.replace("推进长风工程建设", f"有{terms[1:3]}号G110105")
        if name == "丙":
            text = text.replace("有蓝鲸号G110105", "蓝鲸")
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    orders = [matches(*names, folder=tmp_path) for names in permutations("甲乙丙")]
    assert all(order == orders[0] for order in orders)
    entities = {match.entity for match in orders[0]}
    assert {"CN_STUDENT_ID", "CN_ID_CARD", "CN_MOBILE_PHONE"} <= entities
    assert {f"OFFICE_{name}_项目代号" for name in "甲乙丙"} <= entities


def test_a_rule_may_find_one_of_our_entities(tmp_path: Path) -> None:
    office = pack(tmp_path, "entity: CN_STUDENT_ID\npatterns: ['XJ[0-9]{8}']")
    results, failures = engine(office).analyze(f"学籍号XJ20240101和G{ID}")
    assert not failures
    assert [m.entity for m in results] == ["CN_STUDENT_ID", "CN_STUDENT_ID", "CN_ID_CARD"]


def test_finds_do_not_depend_on_what_stands_around(tmp_path: Path) -> None:
    office = pack(tmp_path, "terms: [长风工程]\npatterns: ['CF-[0-9]{4}']")
    text = "长风工程CF-2024。"
    filler = "一般内容，没有问题。\n"
    for count in (0, 1, 60_000):  # beyond the size of the chunks that are looked at
        assert found(office, filler * count + text) == ["长风工程", "CF-2024"]


@pytest.mark.parametrize("unit", ["1", "长", "长风", "A", "A1 ", "\n", " ", "A\x1e"])
def test_the_steps_grow_linearly_with_hostile_text(tmp_path: Path, unit: str) -> None:
    office = pack(
        tmp_path,
        "terms: [长风工程, 长长长长]\npatterns: ['[0-9]{4}', 'A[^B]*B', '[A-Z]+1']\nnear: [长风]",
    )

    def cost(length: int) -> int:
        text = unit * (length // len(unit))
        return steps(lambda: found(office, text))

    cost(500)
    assert cost(4_000) < 6 * cost(1_000)


def test_why_a_stretch_was_not_found_is_told(tmp_path: Path) -> None:
    office = pack(
        tmp_path,
        "terms: [长风, A8]\nnear: [项目]\nexclusions: {words: [长风破浪], near: [已公开]}",
    )
    for text, objections in (
        ("长风启动", ["word_missing"]),
        ("项目长风破浪", ["excluded"]),
        ("项目长风已公开", ["excluded"]),
        ("项目A81", ["cut_from_a_word"]),
        ("项目长风", []),
    ):
        with watching(2, 4) if text != "长风启动" else watching(0, 2) as trace:
            found(office, text)
        assert [objection for look in trace.looks for objection in look.objections] == objections


def test_a_rule_out_of_time_fails(tmp_path: Path) -> None:
    office = pack(tmp_path, "patterns: ['[0-9]{4}']")
    with pytest.raises(RuleTimeout):
        office.rules[0].make(-1).analyze("1234", [], ChineseArtifacts("1234"))


def test_a_frequent_pattern_may_ask_for_a_word() -> None:
    with pytest.raises(Refused, match="too_broad"):
        check("[0-9]+")
    check("[0-9]+", asked_for=True)
    with pytest.raises(Refused, match="too_broad"):
        check(".+", asked_for=True)


def test_no_find_crosses_a_break() -> None:
    shape = Shape("A[^B]*B|C")
    text = f"A1{BREAK}CA2B{BREAK}B"
    assert [text[s:e] for s, e in shape.find(text, lambda: None)] == ["C", "A2B"]


def test_examples_may_be_tables() -> None:
    text, spans, layout = written(Example("| 甲 | 乙 |\n| 1 | ‹2› |", Place("")))
    assert isinstance(layout, Table)
    assert [text[start:end] for start, end in spans] == ["2"]
    index = layout.index_at(min(spans)[0])
    assert index is not None
    assert layout.header(index) == "乙"
    assert layout.cell(index) == (0, 1, 1)
