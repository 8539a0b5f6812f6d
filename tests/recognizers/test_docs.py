"""The generated pages are those of the catalogue as it is now."""

from __future__ import annotations

from pathlib import Path

import pytest

from recognizers import docs

PAGES = Path(__file__).parents[2] / "docs" / "rules"


def test_the_pages_in_the_repository_are_up_to_date() -> None:
    assert docs.drift(PAGES) == []


def test_drift_is_seen_and_mended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert docs.main(["--output", str(tmp_path)]) == 0
    assert docs.main(["--output", str(tmp_path), "--check"]) == 0
    (tmp_path / "cn_id_card.md").write_text("changed", encoding="utf-8")
    (tmp_path / "no_such_rule.md").write_text("stray", encoding="utf-8")
    assert docs.main(["--output", str(tmp_path), "--check"]) == 1
    assert "cn_id_card.md, no_such_rule.md" in capsys.readouterr().err
    assert docs.main(["--output", str(tmp_path)]) == 0
    assert docs.drift(tmp_path) == []
