"""Word edges, and that nothing is loaded where no term could straddle two words."""

from __future__ import annotations

import subprocess
import sys

import pytest

from recognizers.words import straddled


@pytest.mark.parametrize(
    ("text", "term", "expected"),
    [
        ("两名司机密切配合", "机密", True),
        ("省室内部件检修", "内部", True),
        ("某某公司内部资料", "内部", False),
        ("严守机密文件", "机密", False),
        ("机密", "机密", False),
        ("机密★10年", "机密", False),
    ],
)
def test_straddled(text: str, term: str, expected: bool) -> None:
    start = text.index(term)
    assert straddled(text, start, start + len(term)) is expected


def test_long_runs_are_cut() -> None:
    text = "密" * 100_000 + "机密" + "密" * 100_000
    straddled(text, 100_000, 100_002)


def test_papers_with_plain_marks_load_no_dictionary() -> None:
    script = (
        "import sys\n"
        "from recognizers.engine import Engine\n"
        "engine = Engine(entities=['SECRET_MARK', 'INTERNAL_MARK', 'DISCLOSURE_MARK'])\n"
        "text = '机密★20年\\n某某县人民政府文件\\n两名司机密切配合，加强内部管理，政务公开。'\n"
        "matches, failures = engine.analyze(text)\n"
        "assert len(matches) == 1 and not failures\n"
        "assert 'jieba' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
