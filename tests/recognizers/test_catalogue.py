"""The loader of the rule packs refuses what is incomplete."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from recognizers import catalogue
from recognizers.catalogue import BrokenPack
from recognizers.evidence import EVIDENCE, check, explain

Edit = Callable[[dict[str, Any]], None]


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the packs, to be broken."""
    for path in catalogue.PACKS.glob("*.yaml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(catalogue, "PACKS", tmp_path)
    catalogue.load.cache_clear()
    yield tmp_path
    catalogue.load.cache_clear()


def edit(packs: Path, change: Edit) -> None:
    path = packs / "privacy.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(content["rules"])
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rules: rules.pop("cn_uscc"), "cn_uscc: a rule without an entry"),
        (lambda rules: rules.update(cn_nothing=rules["cn_uscc"]), "cn_nothing: an entry without"),
        (lambda rules: rules["cn_uscc"].pop("advice"), "cn_uscc: missing or unknown: advice"),
        (
            lambda rules: rules["cn_uscc"].update(colour="red"),
            "cn_uscc: missing or unknown: colour",
        ),
        (lambda rules: rules["cn_uscc"].update(severity="dire"), "cn_uscc: severity"),
        (
            lambda rules: rules["cn_uscc"].update(title={"zh": "码"}),
            "cn_uscc: title needs zh and en",
        ),
        (lambda rules: rules["cn_uscc"]["examples"].pop("miss"), "cn_uscc: examples"),
        (lambda rules: rules.update(cn_uscc="text"), "cn_uscc: not an entry"),
    ],
)
def test_a_broken_pack_is_refused(packs: Path, change: Edit, message: str) -> None:
    edit(packs, change)
    with pytest.raises(BrokenPack, match=message):
        catalogue.load()


def test_a_rule_described_twice_is_refused(packs: Path) -> None:
    text = (packs / "privacy.yaml").read_text(encoding="utf-8")
    (packs / "second.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BrokenPack, match="described twice"):
        catalogue.load()


@pytest.mark.parametrize("text", ["rules: [", "- a list", "other: {}"])
def test_a_file_that_is_no_pack_is_refused(packs: Path, text: str) -> None:
    (packs / "privacy.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BrokenPack, match="privacy"):
        catalogue.load()


def test_tables_without_rules_and_rules_without_tables_are_named(tmp_path: Path) -> None:
    (tmp_path / "cn_nothing.yml").write_text("hits: []\nmisses: []\n", encoding="utf-8")
    problems = catalogue.check(tmp_path)
    assert "cn_nothing: a table without a rule" in problems
    assert "cn_id_card: no table of hits and misses" in problems


def test_rules_are_found_by_entity() -> None:
    found = catalogue.load().by_entity("CN_USCC")
    assert found is not None
    assert found.id == "cn_uscc"
    assert catalogue.load().by_entity("NO_SUCH") is None


def test_evidence_is_put_into_words() -> None:
    assert explain("context_word:电话") == "旁边有“电话”"
    assert explain("context_word:电话", "en") == "电话 stands beside it"
    assert all(explain(f"{code}:x", "en") for code in EVIDENCE)
    with pytest.raises(ValueError, match="not on the list"):
        check("hearsay")
