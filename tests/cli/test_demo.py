from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from fixtures.demo import BUILDERS, CLASSIFIED, CLEAN, PAGE, PENALTY, RECRUITMENT, SAMPLES, SUBSIDY
from screener.config import Limits
from screener.extract.extractor import Extractor
from tests.cli.conftest import Screener


@pytest.mark.parametrize("name", BUILDERS)
def test_the_shipped_sample_is_what_the_builder_makes(name: str) -> None:
    read = Extractor(Limits()).read_bytes
    built = read(BUILDERS[name](), name)
    shipped = read((SAMPLES / name).read_bytes(), name)
    assert built.text == shipped.text
    assert len(built.text) > 100
    assert not shipped.unread


def test_nothing_else_lies_among_the_samples() -> None:
    assert {path.name for path in SAMPLES.iterdir()} == set(BUILDERS)


def test_building_twice_gives_the_same_bytes() -> None:
    for builder in BUILDERS.values():
        assert builder() == builder()


def test_packages_of_the_samples_are_whole() -> None:
    for name in (RECRUITMENT, SUBSIDY, CLEAN, CLASSIFIED):
        with zipfile.ZipFile(SAMPLES / name) as package:
            assert package.testzip() is None


def test_the_samples_show_what_the_tool_is_for(screener: Screener) -> None:
    import json

    report = {
        Path(entry["path"]).name: entry
        for entry in json.loads(screener("scan", SAMPLES, "--format", "json").out)
    }
    verdicts = {name: entry["verdict"] for name, entry in report.items()}
    assert verdicts == dict.fromkeys(BUILDERS, "block") | {CLEAN: "clear"}
    hidden = [f for f in report[SUBSIDY]["findings"] if not f["visible"]]
    assert {f["rule"] for f in hidden} == {"cn_id_card"}
    assert len(hidden) == 6
    assert {f["rule"] for f in report[CLASSIFIED]["findings"] if f["level"] == "block"} == {
        "secret_mark",
        "classified_number",
    }
    assert any(not f["visible"] for f in report[PAGE]["findings"])
    assert any(f["rule"] == "cn_id_card" for f in report[PENALTY]["findings"])


def test_the_demo_comes_out_as_it_says(screener: Screener, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    result = screener("demo")
    assert result.code == 0, result.err
    for text in ("$ screener scan samples", "已放行：可以原样发布", "未放行：不得发布", "台账完好"):
        assert text in result.out
    # how the program is called depends on where it was installed; what to try next does not
    tried = re.findall(r"^  \$ .+ (explain|extract|--help)", result.out, re.MULTILINE)
    assert tried == ["explain", "extract", "--help"]
    assert sorted(tmp_path.iterdir()) == before
