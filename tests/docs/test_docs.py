"""The documents say what the code does: every code, key, command and link."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from cli import docs
from cli.readme import READMES, stable
from screener.config import Config, Limits, Service
from screener.model.document import UnreadReason

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PACKAGES = ("screener", "cli", "api")


def page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def error_codes() -> Iterator[str]:
    """Class attributes and arguments named ``code``, and codes of the service's problems."""
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                yield from _codes(node)


def _codes(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ClassDef):
        for part in node.body:
            if (
                isinstance(part, ast.Assign)
                and isinstance(part.targets[0], ast.Name)
                and part.targets[0].id == "code"
                and isinstance(part.value, ast.Constant)
            ):
                yield str(part.value.value)
    if not isinstance(node, ast.Call):
        return
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    if name == "Problem" and len(node.args) > 1 and isinstance(node.args[1], ast.Constant):
        yield str(node.args[1].value)
    if name[:1].isupper() and name.endswith(("Problem", "Left", "Refused", "Conflict", "Found")):
        for argument in node.keywords:
            if argument.arg == "code" and isinstance(argument.value, ast.Constant):
                yield str(argument.value.value)


def test_every_error_code_stands_in_the_list() -> None:
    codes = set(error_codes())
    assert {"usage", "conflict", "no_writer", "not_released"} <= codes
    text = page("docs/errors.md")
    assert [code for code in sorted(codes) if f"| `{code}` |" not in text] == []


def test_every_reason_for_not_reading_stands_in_the_list() -> None:
    text = page("docs/errors.md")
    assert [reason for reason in UnreadReason if f"| `{reason.value}` |" not in text] == []


def test_every_setting_stands_in_the_operations_with_its_default() -> None:
    text = page("docs/operations.md")
    settings = [*fields(Config), *fields(Limits), *fields(Service)]
    missing = [
        setting.name
        for setting in settings
        if setting.name not in ("home", "limits", "service")
        and not re.search(rf"^{setting.name} = ", text, re.MULTILINE)
    ]
    assert missing == []
    for field in fields(Limits):
        assert f"{field.name} = {field.default} " in text


def test_every_variable_of_the_code_stands_in_the_operations() -> None:
    text = page("docs/operations.md")
    names: set[str] = set()
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*.py"):
            names |= set(re.findall(r'"(SCREENER_[A-Z_]+)"', file.read_text("utf-8")))
    assert {"SCREENER_HOME", "SCREENER_USER"} <= names
    assert [name for name in sorted(names) if name not in text] == []


def test_every_command_and_option_stands_in_the_list() -> None:
    text = page("docs/cli.md")
    for path, command, context in docs.commands():
        section = text.partition(f"\n## {path}\n")[2].partition("\n## ")[0]
        assert section, path
        for param in command.get_params(context):
            for option in param.opts if param.param_type_name == "option" else ():
                assert option in section, f"{path} {option}"


def test_generated_pages_are_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["cli.docs", "--check"])
    assert docs.main() == 0


def test_what_differs_from_run_to_run_is_not_compared() -> None:
    first = "Item 2026-00001, 2026-03-01 09:30\nsha256 " + "a" * 64
    second = "Item 2027-00001, 2027-04-02 10:31\nsha256 " + "b" * 64
    assert stable(first) == stable(second)
    assert stable(first) != stable(first.replace("00001", "00002"))


@pytest.mark.parametrize("name", READMES)
def test_the_two_commands_come_first(name: str) -> None:
    first = page(name).partition("```sh\n")[2].partition("```")[0]
    assert [line.split("#")[0].strip() for line in first.splitlines()] == ["make demo", "make test"]


def test_both_readmes_show_the_same_examples() -> None:
    names = [re.findall(r"<!-- run: (.+?) -->", page(name)) for name in READMES]
    assert names[0] == names[1]
    assert len(names[0]) >= 5


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_links_lead_somewhere(file: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", file.read_text("utf-8")):
        if not target.startswith(("http://", "https://")):
            assert (file.parent / target).exists(), target


def test_paths_in_the_recipes_are_there() -> None:
    for path in re.findall(
        r"`((?:screener|recognizers|tests|fixtures|docs)/[^`<]*)`", page("CONTRIBUTING.md")
    ):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.name)
def test_pages_name_no_place_of_one_machine(file: Path) -> None:
    assert not re.search(r"/(?:work|root|tmp)/|/home/[a-z]", file.read_text("utf-8"))
