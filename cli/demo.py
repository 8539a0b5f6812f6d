"""``screener demo``: the whole way of a paper, with the commands a clerk would type."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cli.help import Command
from cli.problems import DONE, FOUND
from screener.errors import ScreenerError
from screener.i18n import _

if TYPE_CHECKING:
    from screener.review.queue import ReviewQueue

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = _(
    "Scan six made-up papers, walk one of them through review to release, verify it, and see a "
    "changed byte refused. All of it in a temporary folder; nothing of yours is touched."
)

DRAFTER, SIGNERS = "王芳", ("李强", "陈静", "赵敏")


class DemoFailed(ScreenerError):
    """The demo did not come out as it should."""

    code = "demo_failed"


@app.command("demo", cls=Command, help=HELP, epilog="screener demo")
def demo() -> None:
    """Run all steps; the exit code is 0 only when each came out as it should."""
    with _place() as place:
        _say(_("1. Six papers wait to be published. What is in them?"))
        _run("scan", "samples", expect=FOUND)
        _say(
            _(
                "2. The subsidy list hides a column of ID numbers. It goes to review: the drafter "
                "hands it in and decides, three people sign."
            )
        )
        from fixtures.demo import SUBSIDY

        paper = f"samples/{SUBSIDY}"
        title = "柳河镇2026年危房改造补助发放公示"
        _run("submit", paper, "--unit", "柳河镇人民政府", "--title", title, "--as", DRAFTER)
        item = only_item()
        for rule, action, reason in decisions(item):
            _run(
                *("decide", item, rule, "--action", action, "--reason", reason),
                *("--as", DRAFTER),
            )
        _run("show", item)
        for signer in SIGNERS:
            _run("sign", item, "--opinion", "agree", "--as", signer)
        _run("release", item, "--output", "released", "--as", SIGNERS[-1])
        _say(_("3. The website asks: were exactly these bytes released?"))
        released = next(path for path in (place / "released").iterdir() if path.suffix != ".json")
        _run("verify", f"released/{released.name}")
        _say(_("One byte is changed, and the answer is no:"))
        changed = place / "released" / f"changed-{released.name}"
        _change_a_byte(released, changed)
        _run("verify", f"released/{changed.name}", expect=FOUND)
        _run("ledger", "verify")
    _say(_("That was the way of a paper. Try next:"))
    from fixtures.demo import PENALTY, SAMPLES

    program = _program()
    for command in (
        f"explain {_quoted(_near(SAMPLES / PENALTY))}",
        f"extract --marked {_quoted(_near(SAMPLES / SUBSIDY))}",
        "--help",
    ):
        sys.stdout.write(f"  $ {program} {command}\n")


def _program() -> str:
    """How the program is called from here: by name where the shell knows it."""
    if shutil.which("screener"):
        return "screener"
    return _quoted(_near(Path(sys.argv[0])))


def _near(path: Path) -> str:
    """The path as it is shortest to type from here."""
    return min(str(path), os.path.relpath(path), key=len)


@contextmanager
def _place() -> Iterator[Path]:
    """A folder with the samples, and a data folder of its own; both go away at the end."""
    from fixtures.demo import BUILDERS, SAMPLES

    before, cwd = os.environ.get("SCREENER_HOME"), Path.cwd()
    with tempfile.TemporaryDirectory(prefix="screener-demo-") as name:
        place = Path(name)
        (place / "samples").mkdir()
        for sample in BUILDERS:
            shutil.copyfile(SAMPLES / sample, place / "samples" / sample)
        os.environ["SCREENER_HOME"] = str(place / "home")
        os.chdir(place)
        try:
            yield place
        finally:
            os.chdir(cwd)
            os.environ.pop("SCREENER_HOME", None)
            if before is not None:
                os.environ["SCREENER_HOME"] = before


def _say(text: str) -> None:
    from cli.text import wrap

    bold = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("", "")
    lines = wrap(text, 78)
    sys.stdout.write("\n" + "\n".join(f"{bold[0]}{line}{bold[1]}" for line in lines) + "\n")
    sys.stdout.flush()


def _quoted(word: str) -> str:
    """A word as a clerk types it: Chinese needs no quotes in a shell, blanks and signs do."""
    plain = all(char.isalnum() or char in "-_./:" for char in word)
    return word if plain else shlex.quote(word)


def _run(*words: str, expect: int = DONE) -> None:
    """Show a command as it is typed, run it here, and check how it ended. Raises DemoFailed."""
    from cli.main import main

    typed = " ".join(_quoted(word) for word in words)
    sys.stdout.write(f"\n$ screener {typed}\n")
    sys.stdout.flush()
    with redirect_stderr(sys.stdout):
        code = main(words)
    if code != expect:
        raise DemoFailed(
            _("“{command}” ended with {code} instead of {expected}.").format(
                command=f"screener {words[0]}", code=code, expected=expect
            )
        )


def _queue() -> ReviewQueue:
    from cli.session import application, settings

    return application(settings()).queue


def only_item() -> str:
    """The id of the first item in the books."""
    return _queue().list(limit=1).items[0].id


def decisions(item: str) -> list[tuple[str, str, str]]:
    """Rule, action and reason for all that waits, each rule once.

    Names of those who get the money must be published; everything else is taken out.
    """
    view = _queue().show(item)
    rules = dict.fromkeys(
        str(target.content["rule"]) for target in view.targets if target.id in view.undecided
    )
    keep, redact = ("keep", "lawful_disclosure"), ("redact", "personal_privacy")
    return [(rule, *(keep if rule == "cn_person" else redact)) for rule in rules]


def _change_a_byte(source: Path, target: Path) -> None:
    data = bytearray(source.read_bytes())
    data[len(data) // 2] ^= 1
    target.write_bytes(bytes(data))
