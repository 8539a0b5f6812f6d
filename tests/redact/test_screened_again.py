"""A redacted copy is clear under both policies: what stands in place of a value is no finding."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from fixtures.people import People
from screener.bootstrap import Application
from screener.config import Config
from screener.model.finding import Level
from screener.pipeline import Pipeline
from screener.redact.plan import at_or_above, plan
from screener.redact.redactor import DocumentRedactor

PEOPLE = People(77).persons(25)


@cache
def screener(policy: str) -> Pipeline:
    return Application(Config(home=Path(mkdtemp()), policy=policy)).screener


def rows() -> str:
    head = "姓名,身份证号,联系电话,银行卡号,家庭住址,电子邮箱,护照号,车牌号\r\n"
    return head + "".join(
        f"{p.name},{p.id_number},{p.mobile},{p.bank_card},{p.address},{p.email},{p.passport},"
        f"{p.plate}\r\n"
        for p in PEOPLE
    )


def letters() -> str:
    return "".join(
        f"申请人{p.name}，身份证号{p.id_number}，电话{p.mobile}，开户行农业银行，卡号{p.bank_card}，"
        f"住{p.address}，邮箱{p.email}，护照号码{p.passport}，车牌{p.plate}。\n\n"
        for p in PEOPLE
    )


@pytest.mark.parametrize("policy", ["default", "strict"])
@pytest.mark.parametrize(("name", "make"), [("名单.csv", rows), ("申请.txt", letters)])
def test_a_copy_is_clear(policy: str, name: str, make: Callable[[], str]) -> None:
    data = make().encode("gb18030")
    before = screener(policy).screen_bytes(data, name)
    chosen = at_or_above(before, Level.REVIEW)
    assert len(chosen) > 4 * len(PEOPLE)
    spans = plan(before.document.text, before.findings, chosen)
    copy = DocumentRedactor().redact(data, before.document, spans)
    after = screener(policy).screen_bytes(copy, name)
    left = [
        (finding.rule, after.document.text[finding.start - 8 : finding.end + 8])
        for finding, judgement in zip(after.findings, after.judgements, strict=True)
        if judgement.level >= Level.REVIEW
    ]
    assert not left
    gone = {f.fingerprint for f in before.findings if f.id in chosen}
    assert not gone & {f.fingerprint for f in after.findings}
