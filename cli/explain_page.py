"""The pages of ``screener explain`` for people: one for each finding, one for a watched stretch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from cli.explain import columns
from screener.i18n import _
from screener.masking import safe_line
from screener.report.words import Words, kind_word, level_word, unread_word

if TYPE_CHECKING:
    from screener.bootstrap import Application

Rows = list[tuple[str, str]]


def pages(told: Mapping[str, Any], parts: Application) -> Iterator[str]:
    """All lines."""
    from cli.scan import rule_words

    words = rule_words(parts)
    if "at" in told:
        yield from _watched(told, words, parts)
    for entry in told["findings"]:
        yield from _finding(entry, words, told["versions"]["policy"])
        yield ""
    if not told["findings"] and "at" not in told and not told["unread"]:
        yield _("Nothing was found in this file.")
    for entry in told["unread"]:
        what, reason = safe_line(entry["what"]), unread_word(entry["reason"])
        yield "⚠ " + _("Not read: {what} ({reason})").format(what=what, reason=reason)


def _finding(finding: Mapping[str, Any], words: Words, policy: str) -> list[str]:
    head = f"{level_word(finding['level'])}  {words.rule(finding['rule'])}  {finding['excerpt']}"
    rows = [
        (_("finding"), finding["id"]),
        (_("place"), finding["place"]),
        (_("offsets"), f"{finding['start']}–{finding['end']}"),
        (_("rule id"), f"{finding['rule']} ({finding['entity']})"),
        (_("confidence"), f"{finding['confidence']:.2f}"),
    ]
    kind = kind_word(finding["kind"])
    if kind:
        rows.append(
            (_("part"), kind if finding["visible"] else _("{kind}, hidden").format(kind=kind))
        )
    if finding.get("role"):
        rows.append((_("role"), role_word(finding["role"])))
    rows += [(_("evidence"), f"{words.reason(code)}  [{code}]") for code in finding["reasons"]]
    rows.append((_("policy"), f"{policy}: {_case(finding['conditions'], words)}"))
    rows += [(_("basis"), text) for text in finding["basis"]]
    rows += [(_("advice"), finding["advice"])]
    return [safe_line(head), *columns(rows)]


def role_word(role: str) -> str:
    """Whose name it is, for people."""
    return {
        "official": _("an official or a contact of an office"),
        "private": _("a private person"),
    }.get(role, _("not told by the text"))


def _case(conditions: Mapping[str, Any], words: Words) -> str:
    """The case of the policy that decides."""
    when = [_condition(code, words) for code in conditions["when"]]
    unless = [_condition(code, words) for code in conditions["unless"]]
    if not when and not unless:
        return _("whatever else holds")
    pieces = [_("because: {conditions}").format(conditions=_("; ").join(when))] if when else []
    if unless:
        pieces.append(_("and not: {conditions}").format(conditions=_("; ").join(unless)))
    return _("; ").join(pieces)


def _condition(code: str, words: Words) -> str:
    """A condition of a policy in words, with its code."""
    if code.startswith("role:"):
        text = role_word(code[5:])
    elif code.startswith("segment:"):
        text = kind_word(code[8:])
    else:
        try:
            text = words.reason(code)
        except KeyError:
            text = ""
    return f"{text} [{code}]" if text and "{" not in text else f"[{code}]"


def _watched(told: Mapping[str, Any], words: Words, parts: Application) -> Iterator[str]:
    at = told["at"]
    found, silent = told["findings"], at["silent"]
    yield _("{start}–{end}, {place}: {answer}").format(
        start=at["start"], end=at["end"], place=at["place"], answer=_answer(found, at)
    )
    rows: Rows = [(_("what stands there"), _characters(at["characters"]))]
    if at["label"]:
        rows.append((_("word beside it"), at["label"]))
    for entry in silent:
        shown = f"{words.rule(entry['rule'])} {entry['excerpt']}: "
        rows.append((_("judged clear"), shown + _case(entry["conditions"], words)))
        rows += [("", f"{words.reason(code)}  [{code}]") for code in entry["reasons"]]
    for entry in at["given_way"]:
        text = f"{words.rule(entry['rule'])} {entry['excerpt']}: "
        if entry["to"]:
            text += _("gives way to the overlapping finding “{rule}”").format(
                rule=words.rule(entry["to"])
            )
        else:
            text += _("not sure enough beside what stands around it")
        rows.append((_("given way"), text))
    rows += _turned_down(at["looks"], words, parts)
    yield from columns(rows)
    yield ""


def _turned_down(looks: list[Any], words: Words, parts: Application) -> Rows:
    """One row for all rules that hold the same against it."""
    same: dict[tuple[str, ...], list[str]] = {}
    for entry in looks:
        place = f"{words.rule(entry['rule'])} ({entry['start']}–{entry['end']})"
        same.setdefault(tuple(entry["objections"]), []).append(place)
    return [
        (_("turned down"), f"{_(', ').join(names)}: {_('; ').join(map(parts.objection, codes))}")
        for codes, names in same.items()
    ]


def _answer(found: list[Any], at: Mapping[str, Any]) -> str:
    if found:
        return _("found, see below")
    if at["silent"]:
        return _("found, and judged clear")
    if at["given_way"]:
        return _("found, but it gives way to another finding")
    if at["looks"]:
        return _("looked at and turned down")
    return _("nothing in it is written as anything that the rules look for")


def _characters(counts: Mapping[str, int]) -> str:
    names = {
        "digits": _("{count} digits"),
        "han": _("{count} Chinese characters"),
        "letters": _("{count} letters"),
        "blanks": _("{count} blanks"),
        "others": _("{count} other signs"),
    }
    return _(", ").join(
        text.format(count=counts[name]) for name, text in names.items() if counts[name]
    )
