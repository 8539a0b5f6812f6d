"""``screener rules`` and ``screener formats``: what is looked for, and in what."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.explain import columns
from cli.grid import grid
from cli.help import Command
from cli.options import PolicyOption
from cli.session import application, settings
from screener.errors import NotFound
from screener.i18n import _, current_language
from screener.masking import safe_line

if TYPE_CHECKING:
    from screener.bootstrap import Application

app = typer.Typer(rich_markup_mode=None, add_completion=False)

RULES_HELP = _(
    "List the rules with what they find and the levels that the policy gives, or show one rule: "
    "what it looks for, examples, basis, what to do."
)
RULES_EXAMPLES = """
    screener rules
    screener rules cn_id_card
"""


@app.command("rules", cls=Command, help=RULES_HELP, epilog=RULES_EXAMPLES)
def rules(
    rule: Annotated[
        str | None, typer.Argument(metavar=_("ID"), help=_("A rule's id or its entity."))
    ] = None,
    policy: PolicyOption = None,
) -> None:
    """The table of rules or the page of one."""
    parts = application(settings(policy))
    if rule is None:
        _list_rules(parts)
    else:
        sys.stdout.write("\n".join(_rule_page(parts, rule)) + "\n")


def _levels(parts: Application, entity: str) -> str:
    """The levels a policy can give an entity, the highest first."""
    from screener.report.words import level_word

    cases = parts.policy.levels.get(entity, ())
    levels = sorted({case.level for case in cases}, reverse=True)
    return " / ".join(level_word(level.code) for level in levels)


def _list_rules(parts: Application) -> None:
    language = current_language()
    rows = [
        [rule.id, rule.entity, rule.title[language], _levels(parts, rule.entity)]
        for rule in parts.catalogue.rules.values()
    ]
    grid([_("rule id"), _("entity"), _("finds"), _("level")], rows)


def _rule_page(parts: Application, name: str) -> list[str]:
    catalogue = parts.catalogue
    rule: Any = catalogue.rules.get(name.lower()) or catalogue.by_entity(name.upper())
    if rule is None:
        raise NotFound(
            _("There is no rule {id}.").format(id=safe_line(name)),
            advice=_("“screener rules” lists them."),
        )
    language = current_language()
    rows = [
        (_("rule id"), f"{rule.id} ({rule.entity})"),
        (_("finds"), rule.what[language]),
        (_("level"), _levels(parts, rule.entity)),
    ]
    rows += [(_("basis"), parts.policy.basis[key][language]) for key in rule.basis]
    rows += [(_("advice"), rule.advice[language])]
    rows += [(_("context words"), "、".join(rule.context))] if rule.context else []
    rows += [(_("is found"), example) for example in rule.hits]
    rows += [(_("is not found"), example) for example in rule.misses]
    rows += [(_("since"), rule.since)]
    return [rule.title[language], *columns(rows)]


FORMATS_HELP = _("List the formats that can be read, and for which a redacted copy can be made.")


@app.command("formats", cls=Command, help=FORMATS_HELP)
def formats() -> None:
    """The table of formats; the type is told from the bytes, never from the name."""
    from screener.extract.registry import formats as readable

    parts = application(settings())
    rows = []
    for entry in readable():
        writes = any(parts.redactor.can_redact(kind) for kind in entry.media_types)
        rows.append(
            [
                entry.name,
                " ".join(entry.suffixes),
                entry.reads,
                _("yes") if writes else _("by hand only"),
            ]
        )
    grid([_("format"), _("usual names"), _("what is read"), _("redacted copy")], rows)
    sys.stdout.write(
        _("Anything else is reported as not read. The type is told from the bytes.") + "\n"
    )
