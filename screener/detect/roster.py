"""Reads an office's own list of leaders, lines and mailboxes: one YAML or CSV file.

Everything that is not understood is refused with file, line and column: a misspelt name would make
a leader a stranger, and a phone that is none would never be found.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from screener.detect.officials import Officials, phone_digits, plain_mailbox, plain_name
from screener.errors import ConfigProblem
from screener.i18n import _, current_language

if TYPE_CHECKING:
    from recognizers.office.nodes import Reading

KEYS = ("people", "phones", "mailboxes")
_COLUMNS = {
    "people": ("姓名", "名字", "领导", "name", "people"),
    "phones": ("电话", "办公电话", "联系电话", "手机", "手机号", "传真", "phone", "phones"),
    "mailboxes": ("邮箱", "电子邮箱", "电子邮件", "mailbox", "mailboxes", "email"),
}
_OTHER_COLUMNS = ("职务", "单位", "部门", "科室", "分工", "备注", "序号", "post", "unit", "note")
_PARTED = re.compile("[、;；/\n]")
_NAME = re.compile("[㐀-鿿]{2,4}|[㐀-鿿]{1,8}(?:·[㐀-鿿]{1,8}){1,3}")
_MAILBOX = re.compile(r"[^@\s,]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_SHORTEST_PHONE, _LONGEST_PHONE = 7, 12


def read_roster(file: Path) -> Officials:
    """The list in a file. Raises ConfigProblem with file, line and column."""
    from recognizers.office.problems import PackProblem

    try:
        text, data = _text(file)
        entries = list(_csv(file, text) if file.suffix.lower() == ".csv" else _yaml(file, text))
    except PackProblem as problem:
        language = current_language()
        raise _unusable(problem.message(language), problem.advice(language)) from None
    found: dict[str, set[str]] = {key: set() for key in KEYS}
    for key, value, place in entries:
        found[key].add(_checked(key, value, place))
    if not entries:
        raise _unusable(_("{place}: nobody is on the list").format(place=file))
    names, phones, mailboxes = (frozenset(found[key]) for key in KEYS)
    return Officials(names, phones, mailboxes, digest=hashlib.sha256(data).hexdigest()[:8])


def _text(file: Path) -> tuple[str, bytes]:
    """The text of a file; a spreadsheet program may have saved its CSV in GBK."""
    from recognizers.office.files import read_text
    from recognizers.office.problems import PackProblem

    try:
        return read_text(file)
    except PackProblem as problem:
        if file.suffix.lower() != ".csv" or problem.arguments.get("encoding") != "GBK":
            raise
        data = file.read_bytes()
        return data.decode("gb18030"), data


def _yaml(file: Path, text: str) -> Iterator[tuple[str, str, str]]:
    """Kind, value and place of every entry."""
    from recognizers.office.nodes import Reading
    from recognizers.office.tree import parse

    top = Reading(parse(text, str(file)))
    top.only("schema", *KEYS)
    for key in KEYS:
        for item in top.list(key):
            value = _named(item) if key == "people" else item
            yield key, value.text(), str(value.place)


def _named(item: Reading) -> Reading:
    """The name of ``{name: …, post: …}``, or the plain text."""
    if not item.is_mapping:
        return item
    item.only("name", "post", "unit", "note")
    return item["name"]


def _csv(file: Path, text: str) -> Iterator[tuple[str, str, str]]:
    rows = csv.reader(io.StringIO(text))
    header: list[str | None] | None = None
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if header is None:
            header = [_column(cell, f"{file}:1:{n}") for n, cell in enumerate(row, 1)]
            continue
        for number, (key, cell) in enumerate(zip(header, row, strict=False), 1):
            if key is not None:
                for value in filter(str.strip, _PARTED.split(cell)):
                    yield key, value.strip(), f"{file}:{rows.line_num}:{number}"


def _column(header: str, place: str) -> str | None:
    """What a column holds, None for one that says more about a person."""
    word = header.strip().lower()
    for key, names in _COLUMNS.items():
        if word in names:
            return key
    if word in _OTHER_COLUMNS or not word:
        return None
    known = "、".join(names[0] for names in _COLUMNS.values())
    what = _("{place}: no column may be headed “{header}”").format(place=place, header=header)
    raise _unusable(
        what,
        _("The columns are {known}; {others} may stand beside them.").format(
            known=known, others="、".join(_OTHER_COLUMNS[:5])
        ),
    )


def _checked(key: str, value: str, place: str) -> str:
    if key == "people":
        name = plain_name(value)
        if _NAME.fullmatch(name):
            return name
        raise _unusable(_("{place}: this is no person's name").format(place=place))
    if key == "phones":
        digits = phone_digits(value)
        odd = re.search("[A-Za-z@]", value)
        if not odd and _SHORTEST_PHONE <= len(digits) <= _LONGEST_PHONE:
            return digits
        raise _unusable(_("{place}: this is no phone number").format(place=place))
    mailbox = plain_mailbox(value)
    if _MAILBOX.fullmatch(mailbox):
        return mailbox
    raise _unusable(_("{place}: this is neither a mailbox nor “@domain”").format(place=place))


def _unusable(what: str, advice: str = "") -> ConfigProblem:
    return ConfigProblem(
        _("The list of officials cannot be used, nothing was screened: {what}").format(what=what),
        advice=advice or _("Correct it there; names, phones and mailboxes stand one by one."),
    )
