"""The score is a sum that explains itself; places and neighbours show in it."""

from __future__ import annotations

import pytest

from recognizers.artifacts import ChineseArtifacts
from recognizers.evidence import EVIDENCE
from recognizers.marks.lines import Lines
from recognizers.marks.score import THRESHOLD, WEIGHTS, settle, weigh
from tests.recognizers.marks.documents import RULES, marks
from tests.recognizers.steps import steps


def test_every_weight_has_its_words() -> None:
    assert set(WEIGHTS) <= set(EVIDENCE)


def test_shape_alone_and_place_alone_make_no_mark() -> None:
    assert settle(0, 2, ["mark_word", "own_line"]) is None
    assert settle(0, 2, ["mark_star_term", "in_quotes"]) is None
    assert settle(0, 2, ["mark_star_term", "in_sentence"]) is None
    assert settle(0, 2, ["mark_star_term"]) is not None


def test_weigh_counts_a_reason_once_and_names_the_kind_first() -> None:
    score, evidence = weigh(["mark_label:公开属性", "own_line", "own_line", "disclosure_none"])
    assert evidence == ("disclosure_none", "mark_label:公开属性", "own_line")
    assert score == pytest.approx(WEIGHTS["mark_label"] + WEIGHTS["own_line"])


def test_neighbours_raise_the_score_of_a_weak_shape() -> None:
    (mark,) = marks("000012\n机密\n特急\n某某县人民政府文件\n某政〔2024〕3号\n关于某项工作的通知")
    assert {"beside_copy_number", "beside_urgency", "beside_red_head"} <= set(mark.evidence)
    assert mark.score > THRESHOLD


def test_a_lifted_level_is_handed_over_below_the_threshold() -> None:
    from recognizers import catalogue

    info = catalogue.load().rules["secret_mark"]
    rule = info.recognizer_class()(info)
    (hit,) = rule.find(ChineseArtifacts("机密★10年\n已解密\n某某县人民政府文件"))
    assert hit.score < THRESHOLD
    assert hit.evidence[0] == "declassified"
    (still,) = rule.find(ChineseArtifacts("机密★10年\n尚未解密\n某某县人民政府文件"))
    assert still.score > THRESHOLD


def test_zones_of_a_plain_text() -> None:
    lines = [f"第{number}行文字" for number in range(100)]
    text = "\n".join(lines)
    reader = Lines(ChineseArtifacts(text))
    assert reader.zone(reader.at(text.index("第3行"))) == "first_page_top"
    assert reader.zone(reader.at(text.index("第50行"))) == "body"
    assert reader.zone(reader.at(text.index("第98行"))) == "last_note"


def test_lines_above_and_below_cross_blank_lines() -> None:
    text = "甲\n\n乙\n \n丙\n丁"
    reader = Lines(ChineseArtifacts(text))
    line = reader.at(text.index("丙"))
    assert [other.text for other in reader.before(line, 2)] == ["乙", "甲"]
    assert [other.text for other in reader.after(line, 2)] == ["丁"]
    assert reader.isolated(reader.at(text.index("乙")))
    assert not reader.isolated(line)


@pytest.mark.parametrize(
    "unit",
    [
        "机密",
        "机 密★",
        "内部资料",
        "（此件公开",
        "公开属性：",
        "密级：□机密",
        "内 部 ",
        "“机密★10年”、",
        "(((((秘密",
        "机密★10年\n绝密\n",
        "皖密〔2024〕3号",
        "密密〔2024〕",
        "皖密〔2024〕3号\n000012\n",
    ],
)
def test_the_cost_grows_linearly_with_hostile_text(unit: str) -> None:
    def cost(length: int) -> int:
        text = unit * (length // len(unit))
        return steps(lambda: marks(text, rules=(*RULES, "classified_number")))

    cost(500)
    assert cost(8_000) < 5 * cost(2_000)
