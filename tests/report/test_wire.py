"""The wire form has every field of the contract, and no value unless it was asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from screener.errors import UsageProblem
from screener.model.finding import Level
from screener.report.baseline import load_baseline
from screener.report.wire import screening_to_json, worst
from tests.report.samples import ID, PHONE, clear, screening

TOP = (
    "schema path sha256 media_type size chars document_kind verdict findings unread remarks "
    "versions"
)
FINDING = (
    "id rule entity level severity confidence start end excerpt fingerprint place locator kind "
    "visible reasons basis advice"
)


def test_every_field_of_the_contract_is_there() -> None:
    wire = screening_to_json(screening(), path="名单.txt")
    assert set(TOP.split()) == set(wire)
    first = wire["findings"][0]
    assert set(FINDING.split()) <= set(first)
    assert (first["start"], first["end"]) == (0, 18)
    assert first["locator"]["kind"] == "cell"
    assert first["level"] == "block"
    assert "text" not in first
    assert wire["findings"][2].get("role") == "private"
    assert wire["unread"][0]["reason"] == "encrypted"
    assert wire["versions"] == {"tool": "0.1.0", "pack": "privacy-1", "policy": "default-1"}
    assert worst(wire) is Level.BLOCK


def test_no_value_is_in_it_not_in_names_either() -> None:
    wire = screening_to_json(screening(), path=f"上报/{ID}.txt")
    text = json.dumps(wire, ensure_ascii=False)
    for value in (ID, PHONE, "王小明"):
        assert value not in text
    assert wire["path"] == "上报/11****************.txt"
    assert wire["findings"][0]["place"].startswith("工作表“王* =发放表”")
    assert wire["findings"][1]["locator"]["path"] == ["附件.zip", "138********.txt"]


def test_values_are_there_when_asked_for() -> None:
    wire = screening_to_json(screening(), path=f"{ID}.txt", show_values=True)
    assert [f.get("text") for f in wire["findings"]] == [ID, PHONE, "王小明", "董健"]
    assert wire["path"] == f"{ID}.txt"


def test_places_follow_the_language() -> None:
    wire = screening_to_json(screening(), path="a", language="en")
    assert wire["findings"][3]["place"] == "line 5"


@pytest.mark.parametrize("form", ["array", "object", "lines"])
def test_a_baseline_hides_what_was_known(tmp_path: Path, form: str) -> None:
    wire = screening_to_json(screening(), path="./名单.txt")
    other = screening_to_json(clear(), path="通知.txt")
    known = {**wire, "findings": wire["findings"][:2]}
    texts = {
        "array": json.dumps([known, other], indent=1),
        "object": json.dumps(known),
        "lines": json.dumps(other) + "\n" + json.dumps(known) + "\n",
    }
    (tmp_path / "old.json").write_text(texts[form], "utf-8")
    new = load_baseline(tmp_path / "old.json").only_new(wire)
    assert [f["id"] for f in new["findings"]] == ["f-3", "f-4"]
    assert new["verdict"] == "review"
    assert new["unread"] == wire["unread"]


def test_the_same_finding_in_another_file_is_new(tmp_path: Path) -> None:
    wire = screening_to_json(screening(), path="名单.txt")
    (tmp_path / "old.json").write_text(json.dumps(wire), "utf-8")
    baseline = load_baseline(tmp_path / "old.json")
    elsewhere = {**wire, "path": "别处.txt", "sha256": "0" * 64}
    assert len(baseline.only_new(elsewhere)["findings"]) == 4  # type: ignore[arg-type]
    moved = {**wire, "path": "别处.txt"}
    assert not baseline.only_new(moved)["findings"]  # type: ignore[arg-type]


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff\xfe", b'{"schema": 2}', b"[[]]"])
def test_a_broken_baseline_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "old.json").write_bytes(content)
    with pytest.raises(UsageProblem):
        load_baseline(tmp_path / "old.json")


def test_a_missing_baseline_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem):
        load_baseline(tmp_path / "none.json")
