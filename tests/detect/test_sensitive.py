"""What is sensitive counts beside a private person or an identifier, and nowhere else."""

from __future__ import annotations

from screener.detect.binding import bind
from screener.detect.layout import DocumentLayout
from tests.detect.test_binding import match_of
from tests.factories import document, table_document


def test_an_illness_joins_the_person_of_its_row_only() -> None:
    held = table_document([["姓名", "病种"], ["甲乙丙", "尿毒症"], ["丁戊", "无"]])
    name = match_of(held, "甲乙丙", "PERSON", role="unknown")
    illness = match_of(held, "尿毒症", "HEALTH_CONDITION", "stated")
    other = match_of(held, "丁戊", "PERSON", role="unknown")
    (first, bound, alone), records = bind(DocumentLayout(held), [name, illness, other])
    assert bound.evidence == ("stated", "bound:PERSON")
    assert first.role == "private"
    assert "bound:HEALTH_CONDITION" in first.evidence
    assert alone == other
    assert records[0] == records[1] is not None
    assert records[2] is None


def test_in_prose_it_joins_the_nearest_private_person_of_the_sentence() -> None:
    held = document("局长甲乙丙走访丁戊己，系低保户。另据壬癸介绍。")
    official = match_of(held, "甲乙丙", "PERSON", role="official")
    private = match_of(held, "丁戊己", "PERSON", role="unknown")
    poor = match_of(held, "低保户", "FINANCIAL_STATUS", "stated")
    third = match_of(held, "壬癸", "PERSON", role="unknown")
    bound, _ = bind(DocumentLayout(held), [official, private, poor, third])
    assert bound[0] == official
    assert bound[1].role == "private"
    assert bound[2].evidence == ("stated", "bound:PERSON")
    assert bound[3] == third


def test_beside_an_official_or_nobody_it_stays_alone() -> None:
    held = document("局长甲乙丙介绍，有前科人员的管理。")
    official = match_of(held, "甲乙丙", "PERSON", role="official")
    record = match_of(held, "有前科", "CRIMINAL_RECORD", "stated")
    assert bind(DocumentLayout(held), [official, record])[0] == [official, record]
    assert bind(DocumentLayout(held), [record]) == ([record], [None])


def test_an_identifier_is_enough_and_no_record_is_linked_by_it() -> None:
    held = document("证号11010519491231002X，8岁。甲乙丙到会。")
    card = match_of(held, "11010519491231002X", "CN_ID_CARD", "checksum_ok")
    child = match_of(held, "8岁", "MINOR", "stated")
    name = match_of(held, "甲乙丙", "PERSON", role="unknown")
    bound, records = bind(DocumentLayout(held), [card, child, name])
    assert bound[1].evidence == ("stated", "bound:CN_ID_CARD")
    assert bound[2] == name
    assert records[2] is None


def test_an_illness_joins_a_home_or_a_phone_beside_a_masked_name() -> None:
    rows = [["姓名", "住址", "病种"], ["甲某", "某某村3组12号", "尿毒症"], ["乙某", "略", "矽肺"]]
    held = table_document(rows)
    first = match_of(held, "甲某", "PERSON_MASKED", "masked")
    home = match_of(held, "某某村3组12号", "CN_ADDRESS", "home_address")
    illness = match_of(held, "尿毒症", "HEALTH_CONDITION", "stated")
    second = match_of(held, "乙某", "PERSON_MASKED", "masked")
    other = match_of(held, "矽肺", "HEALTH_CONDITION", "stated")
    bound, _ = bind(DocumentLayout(held), [first, home, illness, second, other])
    assert bound[2].evidence == ("stated", "bound:CN_ADDRESS")
    assert "bound:HEALTH_CONDITION" in bound[1].evidence
    assert bound[4].evidence == ("stated", "masked_person")


def test_an_illness_of_a_masked_person_of_a_named_village_says_so() -> None:
    held = document(
        "甲**，男，75岁，清水河镇团结村人，患矽肺。乙**，男，70岁，清水河镇人，患贫血。"
    )
    names = [match_of(held, name, "PERSON_MASKED", "masked") for name in ("甲**", "乙**")]
    ills = [match_of(held, ill, "HEALTH_CONDITION", "stated") for ill in ("矽肺", "贫血")]
    bound, _ = bind(DocumentLayout(held), [names[0], ills[0], names[1], ills[1]])
    assert bound[1].evidence == ("stated", "masked_person", "village_named")
    assert bound[3].evidence == ("stated", "masked_person")


def test_an_illness_beside_an_offices_line_stays_alone() -> None:
    held = document("患有尿毒症的可拨打13800000000咨询。")
    illness = match_of(held, "尿毒症", "HEALTH_CONDITION", "stated")
    phone = match_of(held, "13800000000", "CN_MOBILE_PHONE", "office_contact")
    assert bind(DocumentLayout(held), [illness, phone])[0] == [illness, phone]
