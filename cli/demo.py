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
from typing import Any

import typer

from cli.help import Command
from cli.problems import DONE, FOUND
from screener.errors import ScreenerError
from screener.i18n import _

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
        item = _only_item()
        for rule in _rules_to_decide(item):
            action, reason = _decision(rule)
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

    for command in (
        f"screener explain {_quoted(str(SAMPLES / PENALTY))}",
        f"screener extract --marked {_quoted(str(SAMPLES / SUBSIDY))}",
        "screener --help",
    ):
        sys.stdout.write(f"  $ {command}\n")


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


def _queue() -> Any:
    from cli.session import application, settings

    return application(settings()).queue


def _only_item() -> str:
    identity: str = _queue().list(None, None, None, 1).items[0].id
    return identity


def _rules_to_decide(item: str) -> list[str]:
    """The rules whose findings wait for a decision, each once."""
    view = _queue().show(item)
    waiting = [t for t in view.targets if t.id in view.undecided]
    return list(dict.fromkeys(str(t.content["rule"]) for t in waiting))


def _decision(rule: str) -> tuple[str, str]:
    """Names of those who get the money must be published; everything else is taken out."""
    if rule == "cn_person":
        return "keep", "lawful_disclosure"
    return "redact", "personal_privacy"


def _change_a_byte(source: Path, target: Path) -> None:
    data = bytearray(source.read_bytes())
    data[len(data) // 2] ^= 1
    target.write_bytes(bytes(data))
