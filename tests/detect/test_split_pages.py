"""A number that begins at the foot of a page and goes on at the head of the next."""

from __future__ import annotations

import io

import pytest

from fixtures.formats.pdf import FONT, SIZE, canvas
from fixtures.people import People
from screener.bootstrap import Application
from screener.config import Config

PERSON = People(7).person()
ID = PERSON.id_number
MASTHEAD = "柳河县民政局文件"


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Application:
    return Application(Config(home=tmp_path_factory.mktemp("home")))


def _pdf(pages: list[tuple[str, list[str]]]) -> bytes:
    """Pages of lines, each with a masthead of its own and its number at the foot."""
    target = io.BytesIO()
    page = canvas(target)
    for number, (masthead, lines) in enumerate(pages, 1):
        page.setFont(FONT, SIZE)
        page.drawString(200, 810, masthead)
        for row, line in enumerate(lines):
            page.drawString(90, 760 - 20 * row, line)
        page.drawString(290, 40, f"- {number} -")
        page.showPage()
    page.save()
    return target.getvalue()


def _found(application: Application, pages: list[tuple[str, list[str]]]) -> dict[str, str]:
    document = application.extractor.read_bytes(_pdf(pages), "公告.pdf", "")
    found = application.screener.screen_document(document).findings
    return {finding.entity: document.text[finding.start : finding.end] for finding in found}


@pytest.mark.parametrize(
    ("label", "value", "entity"),
    [
        ("身份证号码", ID, "CN_ID_CARD"),
        ("联系电话", PERSON.mobile, "CN_MOBILE_PHONE"),
        ("银行卡号", PERSON.bank_card, "CN_BANK_CARD"),
    ],
)
def test_a_number_over_two_pages_is_one(
    application: Application, label: str, value: str, entity: str
) -> None:
    for cut in (4, len(value) - 3):
        first = ["现将有关事项公告如下。", f"申请人的{label}为{value[:cut]}"]
        second = [f"{value[cut:]}，现居柳河镇。"]
        found = _found(application, [(MASTHEAD, first), (MASTHEAD, second)])
        assert found[entity].startswith(value[:cut])
        assert found[entity].endswith(value[cut:])


def test_what_only_one_page_says_at_its_edge_is_never_passed_over(
    application: Application,
) -> None:
    first, second = [f"申请人的身份证号码为{ID[:9]}"], [f"{ID[9:]}，现居柳河镇。"]
    found = _found(application, [("机密★10年", first), (MASTHEAD, second)])
    assert found["SECRET_MARK"] == "机密★10年"


def test_figures_that_make_no_number_stay_apart(application: Application) -> None:
    first, second = ["本年受理申请共计1380"], ["2345678件，办结率百分之百。"]
    assert not _found(application, [(MASTHEAD, first), (MASTHEAD, second)])
