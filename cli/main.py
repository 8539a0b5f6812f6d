"""``screener``: one way in, one place where every ending becomes a message and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.main import get_command

from cli.help import Root
from cli.problems import DONE, INTERNAL, INTERRUPTED, PIPE_CLOSED, say, say_usage
from screener.errors import ScreenerError, UsageProblem
from screener.i18n import LANGUAGES, _, set_language


def take_language(argv: Sequence[str]) -> tuple[list[str], str | None]:
    """``--lang`` may stand anywhere before ``--``; returns what is left and the language.

    Help texts are made when a command's module is imported, so this comes before all parsing.
    Raises UsageProblem for a language there is none of.
    """
    rest: list[str] = []
    spoken: str | None = None
    words = iter(argv)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == "--lang":
            spoken = next(words, "")
        elif word.startswith("--lang="):
            spoken = word.partition("=")[2]
        else:
            rest.append(word)
    if spoken is not None and spoken.lower()[:2] not in LANGUAGES:
        raise UsageProblem(
            _("There is no such language."),
            advice=_("Languages: {names}").format(names=", ".join(LANGUAGES)),
        )
    return rest, spoken


def choose_language(named: str | None) -> None:
    """What the person named, else ``SCREENER_LANG``, else the settings, else Chinese."""
    chosen = named or os.environ.get("SCREENER_LANG")
    if not chosen:
        from screener.config import load

        try:
            chosen = load().language
        except ScreenerError:
            return  # the command that needs the settings will say what is wrong with them
    set_language(chosen)
    if named:
        os.environ["SCREENER_LANG"] = named  # workers and the settings follow


def build() -> Any:
    """The typer command with everything under it, in the current language."""
    app = typer.Typer(
        cls=Root,
        add_completion=False,
        rich_markup_mode=None,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        help=_(
            "Checks papers of public bodies before they are published: personal data, secrets, "
            "marks. Records what people decide and releases exactly what was reviewed."
        ),
        epilog="screener scan 公示名单.xlsx\n"
        "screener submit 公示名单.xlsx --unit 民政局 --title 低保公示 --as 王芳\n"
        "screener verify 公示名单.xlsx\n"
        "screener demo",
    )

    @app.callback()
    def screener(
        version: Annotated[
            bool,
            typer.Option(
                "--version", help=_("Show the version."), callback=_version, is_eager=True
            ),
        ] = False,
        lang: Annotated[
            str,
            typer.Option("--lang", metavar="zh|en", help=_("Language (or SCREENER_LANG).")),
        ] = "zh",
    ) -> None:
        """The options of ``screener`` itself; ``--lang`` was taken before the parsing."""

    return get_command(app)


def _version(asked: bool) -> None:
    if asked:
        from screener import __version__

        sys.stdout.write(f"screener {__version__}\n")
        raise typer.Exit()


def main(argv: Sequence[str]) -> int:
    """Run one command; returns its exit code and never raises."""
    try:
        code = _invoke(argv)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output went away (``| head``)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except KeyboardInterrupt:
        sys.stderr.write("\n" + _("Stopped.") + "\n")
        return INTERRUPTED
    except Exception as error:  # the last place: nothing may pass it
        _internal(error)
        return INTERNAL
    return code


def _invoke(argv: Sequence[str]) -> int:
    try:
        rest, named = take_language(argv)
        choose_language(named)
        command = build()
        with command.make_context("screener", rest) as context:
            command.invoke(context)
    except typer.Exit as ending:
        return ending.exit_code
    except typer.Abort as stop:
        raise KeyboardInterrupt from stop
    except ScreenerError as error:
        say(error)
        return error.exit_code
    except typer.TyperException as error:
        return say_usage(error)
    return DONE


def _internal(error: Exception) -> None:
    """A fault of ours. Only the type and the place in our code: a message may hold a value."""
    place = ""
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        name = trace.tb_frame.f_globals.get("__name__", "")
        if name.split(".")[0] in ("screener", "recognizers", "cli", "api"):
            place = f"{name}.{code.co_name}:{trace.tb_lineno}"
        trace = trace.tb_next
    sys.stderr.write(
        _("Internal fault: {kind} at {place}.").format(kind=type(error).__name__, place=place)
        + "\n"
        + _("Nothing was released. Please report this line; it holds nothing of your papers.")
        + "\n"
    )


def run() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    run()
