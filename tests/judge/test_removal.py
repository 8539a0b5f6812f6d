"""What a person is told to do about a value that nobody sees."""

from __future__ import annotations

import pytest

from fixtures.formats import make
from screener.bootstrap import Application
from screener.config import Config
from screener.i18n import language
from screener.model.finding import Screening


@pytest.fixture(scope="module")
def screened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Screening]:
    with language("zh"):
        pipeline = Application(Config(home=tmp_path_factory.mktemp("home"))).screener
        samples = {name: make(name, seed=4) for name in ("docx", "xlsx", "pdf", "html")}
        return {name: pipeline.screen_bytes(s.data, s.name) for name, s in samples.items()}


def advice(screening: Screening, where: str) -> set[str]:
    return {
        judgement.advice
        for finding, judgement in zip(screening.findings, screening.judgements, strict=True)
        if where in finding.locator.describe()
    }


@pytest.mark.parametrize(
    ("name", "where", "told"),
    [
        ("xlsx", "（隐藏行）", "取消隐藏"),
        ("xlsx", "（深度隐藏）", "取消隐藏"),
        ("xlsx", "（数字格式不显示）", "取消隐藏"),
        ("xlsx", "（白色文字）", "看得见的颜色"),
        ("docx", "（修订中删除）", "接受所有修订"),
        ("docx", "（隐藏）", "文档检查器"),
        ("docx", "文件属性“title”", "文档检查器"),
        ("docx", "（涂黑处，文字仍在）", "回到原稿删除"),
        ("pdf", "黑色方块下", "回到原稿删除"),
        ("pdf", "页 旧版本", "重新导出"),
        ("pdf", "残留内容", "重新导出"),
        ("html", "（隐藏）", "网页源代码"),
    ],
)
def test_advice_says_how_to_take_it_out(
    screened: dict[str, Screening], name: str, where: str, told: str
) -> None:
    found = advice(screened[name], where)
    assert found
    assert all(told in text for text in found)


def test_what_is_seen_needs_no_such_advice(screened: dict[str, Screening]) -> None:
    for screening in screened.values():
        for finding, judgement in zip(screening.findings, screening.judgements, strict=True):
            if finding.visible:
                assert "文档检查器" not in judgement.advice


def test_covered_text_is_a_finding_of_its_own(screened: dict[str, Screening]) -> None:
    for name in ("docx", "xlsx", "pdf", "html"):
        found = [f for f in screened[name].findings if f.entity == "FAKE_REDACTION"]
        assert found, name
        assert not any(f.visible for f in found)
        assert {f.excerpt for f in found} == {"***"}
