"""Who is bound to what: rows and short stretches of running text."""

from __future__ import annotations

from recognizers.match import Match
from screener.detect.binding import bind
from screener.detect.layout import DocumentLayout
from screener.model.document import Document
from tests.factories import document, table_document


def match_of(
    held: Document, value: str, entity: str, *evidence: str, role: str | None = None
) -> Match:
    start = held.text.index(value)
    return Match("a_rule", entity, start, start + len(value), 0.9, evidence=evidence, role=role)


def test_a_name_in_a_row_with_an_id_is_private() -> None:
    held = table_document([["姓名", "证号"], ["甲乙丙", "11010519491231002X"], ["丁戊", "无"]])
    name = match_of(held, "甲乙丙", "PERSON", role="unknown")
    card = match_of(held, "11010519491231002X", "CN_ID_CARD", "checksum_ok")
    other = match_of(held, "丁戊", "PERSON", role="unknown")
    (bound_name, bound_card, alone), records = bind(DocumentLayout(held), [name, card, other])
    assert bound_name.role == "private"
    assert "bound:CN_ID_CARD" in bound_name.evidence
    assert bound_card.evidence == ("checksum_ok",)
    assert alone.role == "unknown"
    assert records[0] == records[1] is not None
    assert records[2] is None


def test_officials_stay_officials_and_office_lines_bind_nobody() -> None:
    held = document("联系人：甲乙丙，电话13800000000。")
    name = match_of(held, "甲乙丙", "PERSON", role="official")
    phone = match_of(held, "13800000000", "CN_MOBILE_PHONE")
    assert bind(DocumentLayout(held), [name, phone])[0][0].role == "official"
    unknown = match_of(held, "甲乙丙", "PERSON", role="unknown")
    office = match_of(held, "13800000000", "CN_MOBILE_PHONE", "office_contact")
    assert bind(DocumentLayout(held), [unknown, office])[0][0].role == "unknown"


def test_a_bare_surname_belongs_to_no_record() -> None:
    held = document("陈老师，男，身份证号11010519491231002X，电话13800000000")
    name = match_of(held, "陈", "PERSON", "surname_only", role="unknown")
    card = match_of(held, "11010519491231002X", "CN_ID_CARD")
    phone = match_of(held, "13800000000", "CN_MOBILE_PHONE")
    bound, records = bind(DocumentLayout(held), [name, card, phone])
    assert bound[0] == name
    assert records[0] is None
    assert records[1] == records[2] is not None
    assert not any("bound:PERSON" in match.evidence for match in bound)


def test_running_text_binds_within_a_sentence_only() -> None:
    near = document("申请人甲乙丙，身份证号11010519491231002X")
    far = document("会议由甲乙丙主持。另：11010519491231002X")
    for held, role in ((near, "private"), (far, "unknown")):
        name = match_of(held, "甲乙丙", "PERSON", role="unknown")
        card = match_of(held, "11010519491231002X", "CN_ID_CARD")
        assert bind(DocumentLayout(held), [name, card])[0][0].role == role


def test_a_plate_beside_an_id_is_bound() -> None:
    held = document("车牌皖A12345，驾驶证号11010519491231002X")
    plate = match_of(held, "皖A12345", "CN_LICENSE_PLATE")
    card = match_of(held, "11010519491231002X", "CN_ID_CARD")
    assert "bound:CN_ID_CARD" in bind(DocumentLayout(held), [plate, card])[0][0].evidence


def test_an_address_beside_a_person_is_bound_to_them() -> None:
    held = document("申请人甲乙丙，住某某村3组12号。")
    for role, bound in (("private", True), ("unknown", True), ("official", False)):
        name = match_of(held, "甲乙丙", "PERSON", role=role)
        home = match_of(held, "某某村3组12号", "CN_ADDRESS", "home_address")
        (person, address), _ = bind(DocumentLayout(held), [name, home])
        assert ("bound:PERSON" in address.evidence) is bound
        assert "bound:CN_ADDRESS" in person.evidence
        assert person.role == ("official" if role == "official" else "private")


def test_the_address_of_an_office_binds_nobody() -> None:
    held = document("联系人：甲乙丙，地址：人民路12号")
    name = match_of(held, "甲乙丙", "PERSON", role="unknown")
    place = match_of(held, "人民路12号", "CN_ADDRESS", "office_address")
    (person, address), _ = bind(DocumentLayout(held), [name, place])
    assert person.role == "unknown"
    assert person.evidence == ()
    assert address.evidence == ("office_address",)


def test_the_next_item_of_a_list_is_another_record() -> None:
    held = document("1. 甲乙丙，电话不详\n2. 丁戊己，证号11010519491231002X")
    first = match_of(held, "甲乙丙", "PERSON", role="unknown")
    second = match_of(held, "丁戊己", "PERSON", role="unknown")
    card = match_of(held, "11010519491231002X", "CN_ID_CARD")
    (one, other, _card), _records = bind(DocumentLayout(held), [first, second, card])
    assert (one.role, other.role) == ("unknown", "private")


def test_the_lines_of_a_form_are_one_record() -> None:
    held = document("姓名：甲乙丙\n证号：11010519491231002X")
    name = match_of(held, "甲乙丙", "PERSON", role="unknown")
    card = match_of(held, "11010519491231002X", "CN_ID_CARD")
    assert bind(DocumentLayout(held), [name, card])[0][0].role == "private"


def test_an_address_beside_a_masked_name_says_so() -> None:
    held = document("申请人甲某某，住某某村3组12号。")
    name = match_of(held, "甲某某", "PERSON_MASKED", "masked")
    home = match_of(held, "某某村3组12号", "CN_ADDRESS", "home_address")
    assert bind(DocumentLayout(held), [name, home])[0][1].evidence == (
        "home_address",
        "masked_person",
    )


def test_a_home_further_down_belongs_to_the_person_the_paper_is_for() -> None:
    held = document("甲乙丙：\n本院受理此案。现公告送达。\n你的户籍地某某村3组12号无人签收。")
    home = match_of(held, "某某村3组12号", "CN_ADDRESS", "home_address")
    for role, code in (("private", True), ("official", False)):
        name = match_of(held, "甲乙丙", "PERSON", role=role)
        found = bind(DocumentLayout(held), [name, home])[0][1].evidence
        assert ("bound:PERSON" in found) is code


def test_a_day_of_birth_beside_a_home_alone_is_not_bound() -> None:
    held = document("甲某某，1970年1月2日出生，住某某村3组12号，证号11010519491231002X。")
    born = match_of(held, "1970年1月2日", "DATE_OF_BIRTH")
    home = match_of(held, "某某村3组12号", "CN_ADDRESS", "home_address")
    card = match_of(held, "11010519491231002X", "CN_ID_CARD")
    assert bind(DocumentLayout(held), [born, home])[0][0] == born
    found = bind(DocumentLayout(held), [born, home, card])[0][0].evidence
    assert found == ("bound:CN_ID_CARD",)
