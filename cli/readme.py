"""The examples in both READMEs are what the program prints on the sample papers, never invented.

A block stands between ``<!-- run: NAME -->`` and ``<!-- end -->``. Times and digests of keyed
values differ from run to run; they are shown as they are in the demo's first run and compared
without them.
"""

from __future__ import annotations

import io
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from cli.demo import DRAFTER, SIGNERS, DemoFailed, decisions, only_item
from cli.problems import DONE, FOUND

READMES = {"README.md": "en", "README.zh-CN.md": "zh"}
BLOCK = re.compile(r"(<!-- run: (?P<name>[^>]+?) -->\n)(?P<body>.*?)(<!-- end -->)", re.DOTALL)
CHANGING = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}"  # a time
    r"|[0-9]{4}(?=-[0-9]{5})"  # the year of an item
    r"|(?<=sha256 )[0-9a-f]{64}|(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])"  # digests
)
WIDTH = 96


def stable(text: str) -> str:
    """The text without what differs from run to run."""
    return CHANGING.sub("#", text)


def fill(text: str, language: str) -> str:
    """A README with its blocks made anew; one that differs only in changing parts is kept."""
    outputs = dict(_outputs(language))

    def block(found: re.Match[str]) -> str:
        body = f"```console\n{outputs[found['name']]}```\n"
        kept = found["body"] if stable(found["body"]) == stable(body) else body
        return f"{found[1]}{kept}{found[4]}"

    return BLOCK.sub(block, text)


def _outputs(language: str) -> Iterator[tuple[str, str]]:
    """Runs the sample's way through the review; yields each block's name and text."""
    from fixtures.demo import SUBSIDY

    with _surroundings(language):
        yield f"scan {SUBSIDY}", _shown("scan", SUBSIDY, expect=FOUND)
        _review(SUBSIDY)
        released = f"released/{SUBSIDY}"
        verified = _shown("verify", released)
        path = Path(released)
        path.write_bytes(path.read_bytes() + b" ")
        yield (
            "verify",
            f"{verified}\n$ printf ' ' >> {released}\n{_shown('verify', released, expect=FOUND)}",
        )
        yield "ledger", _shown("ledger", "verify")
        yield "rules", _shown("rules")
        # what stands below the table is about this machine
        yield "formats", _shown("formats").split("\n\n")[0] + "\n"


def _review(paper: str) -> None:
    _run("submit", paper, "--unit", "柳河镇人民政府", "--title", "补助公示", "--as", DRAFTER)
    item = only_item()
    for rule, action, reason in decisions(item):
        _run("decide", item, rule, "--action", action, "--reason", reason, "--as", DRAFTER)
    for signer in SIGNERS:
        _run("sign", item, "--opinion", "agree", "--as", signer)
    _run("release", item, "--output", "released", "--as", SIGNERS[-1])


def _shown(*words: str, expect: int = DONE) -> str:
    return f"$ screener {' '.join(words)}\n{_run(*words, expect=expect)}"


def _run(*words: str, expect: int = DONE) -> str:
    """What a command prints. Raises DemoFailed when it ends otherwise than the README says."""
    from cli.main import main

    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, "utf-8", write_through=True)
    with redirect_stdout(out), redirect_stderr(out):
        code = main(words)
    if code != expect:
        raise DemoFailed(f"screener {words[0]}: {code}")
    lines = raw.getvalue().decode("utf-8").splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


@contextmanager
def _surroundings(language: str) -> Iterator[None]:
    """A folder with one sample, a data folder of its own, a known width and language."""
    from fixtures.demo import SAMPLES, SUBSIDY
    from screener.i18n import set_language

    before, cwd = dict(os.environ), Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (place / SUBSIDY).write_bytes((SAMPLES / SUBSIDY).read_bytes())
        os.environ |= {
            "SCREENER_HOME": str(place / "home"),
            "COLUMNS": str(WIDTH),
            "SCREENER_LANG": language,
        }
        os.chdir(place)
        try:
            yield
        finally:
            os.chdir(cwd)
            os.environ.clear()
            os.environ |= before
            set_language("zh")


def pages() -> dict[Path, Callable[[], str]]:
    """Each README with a function that makes it anew."""
    root = Path(__file__).parents[1]

    def maker(path: Path, language: str) -> Callable[[], str]:
        return lambda: fill(path.read_text("utf-8"), language)

    return {root / name: maker(root / name, language) for name, language in READMES.items()}
