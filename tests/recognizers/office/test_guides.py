"""The guides for packs and for presidio: every pack in them passes, every program runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from recognizers.office.template import template
from tests.recognizers.office.packs import problems

DOCS = Path(__file__).parents[3] / "docs"
GUIDES = ("rule-packs.md", "rule-packs.en.md", "presidio.md", "presidio.en.md")


def blocks(guide: str, language: str) -> list[str]:
    text = (DOCS / guide).read_text("utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("guide", GUIDES)
def test_every_pack_passes(guide: str, tmp_path: Path) -> None:
    packs = blocks(guide, "yaml")
    assert packs
    for text in packs:
        assert problems(tmp_path, text) == []


@pytest.mark.parametrize("guide", [guide for guide in GUIDES if "presidio" in guide])
def test_every_program_prints_what_is_shown(
    guide: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("民政局.yaml").write_text(template("民政局", "民政局.yaml"), "utf-8")
    programs = blocks(guide, "python")
    shown = blocks(guide, "text")
    assert len(programs) == len(shown) > 0
    for program, output in zip(programs, shown, strict=True):
        exec(compile(program, guide, "exec"), {})
        assert capsys.readouterr().out == output


@pytest.mark.parametrize("guide", GUIDES[:2])
def test_every_key_is_explained(guide: str) -> None:
    from recognizers.office import reader

    text = (DOCS / guide).read_text("utf-8")
    for key in {*reader.TOP_KEYS, *reader.RULE_KEYS} - {"schema"}:
        assert f"`{key}`" in text, key
