from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Screener

ROOT = Path(__file__).parents[2]


def test_no_command_pays_for_pydantic_or_detection_without_need() -> None:
    program = (
        "import sys; from cli.main import main; main(['verify', 'README.md']); main(['queue']);"
        "sys.exit(any(name in sys.modules for name in"
        " ('pydantic', 'presidio_analyzer', 'recognizers.engine', 'fastapi', 'docx')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        ("scan", "x", "--jobs", "0"),
        ("scan", "x", "--jobs", "1.5"),
        ("scan", "x", "--fail-on", "silent"),
        ("queue", "--limit", "501"),
        ("queue", "--state", "lost"),
        ("serve", "--port", "65536"),
    ],
)
def test_values_out_of_range_name_their_option(screener: Screener, words: tuple[str, ...]) -> None:
    result = screener(*words)
    assert result.code == 2
    assert words[-2] in result.err
