"""Values do not spread: planted in every text a person can type, they are found in no file."""

from __future__ import annotations

import contextlib
import json
import logging
from pathlib import Path

import pytest

from screener.errors import ScreenerError
from screener.store.backup import backup
from tests.review.office import Office

PLANTED = ("11010519491231002X", "13800138000", "张三丰", "李秘密", "6222021234567890")
PAPER = "户主张三丰 <block CN_ID_CARD 11010519491231002X> <review CN_MOBILE_PHONE 13800138000>"


def _spellings(value: str) -> set[bytes]:
    escaped = json.dumps(value).strip('"')
    return {text.encode(code) for text in (value, escaped) for code in ("utf-8", "utf-16-le")}


def _walk(office: Office) -> list[str]:
    """Everything that stores text, and everything that refuses; returns what people were told."""
    told = []
    item = office.submit(
        PAPER,
        name="/home/张三丰/李秘密11010519491231002X.txt",
        title="关于李秘密11010519491231002X\u200b的公示",
        doc_number="柳政〔2026〕13800138000号",
        index_number="6222021234567890",
        channel="张三丰的微信13800138000",
    )
    first, second = office.target(item), office.target(item, 1)
    office.queue.decide(item.id, first, "withhold", "work_secret", "张三丰自己说的", actor="乙")
    office.queue.decide(item.id, first, "redact", "personal_privacy", "电话13800138000", actor="乙")
    office.queue.decide(item.id, second, "keep", "official_duty", "卡6222021234567890", actor="乙")
    office.queue.sign(item.id, "return", "李秘密\n11010519491231002X请改", actor="乙")
    item = office.version(item, PAPER + "改")
    office.approve(item)
    result = office.release(item)
    told += [result.name, json.dumps(result.certificate, ensure_ascii=False)]
    wrong = (
        lambda: office.queue.decide(item.id, "11010519491231002X", "keep", "x", actor="乙"),
        lambda: office.queue.decide(item.id, "张三丰", "keep", "false_alarm", actor="乙"),
        lambda: office.queue.decide(item.id, first, "张三丰", "false_alarm", actor="乙"),
        lambda: office.queue.decide(item.id, first, "keep", "张三丰", actor="乙"),
        lambda: office.queue.sign(item.id, "李秘密", actor="庚"),
        lambda: office.queue.list(state="李秘密"),
        lambda: office.queue.list(cursor="13800138000x"),
        lambda: office.queue.show("11010519491231002X"),
        lambda: office.submit("x", disclosure="李秘密"),
        lambda: office.submit("x", title="张三丰" * 500),
        lambda: office.release(office.submit("<block CN_ID_CARD 6222021234567890>")),
    )
    for call in wrong:
        with pytest.raises(ScreenerError) as caught:
            call()
        told += [str(caught.value), caught.value.advice, repr(caught.value)]
    office.queue.withdraw(item.id, "personal_privacy", "张三丰投诉，11010519491231002X", actor="丁")
    told.append(repr(office.queue.show(item.id)))
    told.append(repr(office.queue.ledger(limit=500)))
    return told


def test_no_planted_value_in_any_file_but_the_blobs(
    office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        told = _walk(office)
    files = [p for p in office.home.rglob("*") if p.is_file()]
    outside = [p for p in files if office.config.blobs not in p.parents]
    assert {p.name for p in outside} >= {"screener.db", "screener.db-wal", "site.key"}
    for value in PLANTED:
        for spelling in _spellings(value):
            for path in outside:
                assert spelling not in path.read_bytes(), (value, path.name)
        assert value not in caplog.text
        for text in told:
            assert value not in text
            assert json.dumps(value).strip('"') not in text
    assert any(PLANTED[0].encode() in p.read_bytes() for p in files)  # the original has it
    with contextlib.closing(office.repository):
        backup(office.config, tmp_path / "archive")


def test_a_plain_document_number_stays_readable(office: Office) -> None:
    office.screener.mask_text = lambda text: "***"  # type: ignore[method-assign]
    assert office.submit(doc_number="张政〔2026〕3号").doc_number == "张政〔2026〕3号"
    assert office.submit("x", doc_number="张三丰 〔2026〕3号").doc_number == "***"
    assert office.submit("y", doc_number="柳政〔2026〕1380013号").doc_number == "***"


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("公告.docx", "公告.docx"),
        ("../../公告.docx", "公告.docx"),
        ("C:\\文件\\公告.docx", "公告.docx"),
        ("张三丰.xlsx", "＊.xlsx"),
        ("公告.13800138000", "公告.＊"),
        ("公\n告\u202e.txt", "公 告 .txt"),
        ("", "-"),
        (".", "-"),
        ("长" * 500 + ".pdf", "长" * 196 + ".pdf"),
    ],
)
def test_file_names(office: Office, given: str, stored: str) -> None:
    assert office.submit(name=given).name == stored
