"""``screener rules``: what is looked for; packs that the office writes itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.explain import columns
from cli.grid import grid
from cli.help import Command, Group
from cli.options import PolicyOption, RulesOption
from cli.problems import DONE, USAGE, complain
from cli.session import application, settings
from screener.errors import NotFound, UsageProblem
from screener.i18n import _, current_language
from screener.masking import safe_line

if TYPE_CHECKING:
    from screener.bootstrap import Application
    from screener.rulebook import Trial

app = typer.Typer(rich_markup_mode=None, add_completion=False)

RULES_HELP = _(
    "List the rules with what they find and the levels that the policy gives, the office's own "
    "among them; “screener rules ID” shows one of them. Write and try out packs of rules of the "
    "office."
)
RULES_EXAMPLES = """
    screener rules
    screener rules cn_id_card
    screener rules new 民政局
    screener rules test 民政局.yaml
"""


class Rules(Group):
    """A group that takes the id of a rule in place of a command."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """A word that is no command is shown by ``explain``."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            return "explain", self.commands["explain"], args
        return super().resolve_command(ctx, args)


rules = typer.Typer(rich_markup_mode=None, cls=Rules, invoke_without_command=True)
app.add_typer(rules, name="rules", help=RULES_HELP, epilog=RULES_EXAMPLES, cls=Rules)


@rules.callback()
def overview(
    context: typer.Context, policy: PolicyOption = None, packs: RulesOption = None
) -> None:
    """The table of rules, when no command follows."""
    context.obj = (policy, packs)
    if context.invoked_subcommand is None:
        _list_rules(application(settings(policy, rules=packs or ())))


EXPLAIN_HELP = _("Show one rule: what it looks for, examples, level, basis, what to do.")
EXPLAIN_EXAMPLES = """
    screener rules explain cn_id_card
    screener rules explain 民政局.项目代号 --rules 民政局.yaml
"""


@rules.command("explain", cls=Command, help=EXPLAIN_HELP, epilog=EXPLAIN_EXAMPLES)
def explain(
    context: typer.Context,
    rule: Annotated[str, typer.Argument(metavar=_("ID"), help=_("A rule's id or its entity."))],
    policy: PolicyOption = None,
    packs: RulesOption = None,
) -> None:
    """The page of one rule."""
    before = context.obj or (None, None)
    chosen = settings(policy or before[0], rules=[*(before[1] or ()), *(packs or ())])
    sys.stdout.write("\n".join(_rule_page(application(chosen), rule)) + "\n")


TEST_HELP = _(
    "Read packs of rules and run their own examples; without PATH those of the settings. Shows "
    "everything that is wrong, with file, line and column. Exit code 2 when anything is."
)
TEST_EXAMPLES = """
    screener rules test
    screener rules test 民政局.yaml
"""


@rules.command("test", cls=Command, help=TEST_HELP, epilog=TEST_EXAMPLES)
def try_out(
    packs: Annotated[
        list[str] | None, typer.Argument(metavar=_("[PATH…]"), help=_("Packs or folders."))
    ] = None,
) -> None:
    """The table of rules with their examples, then the problems."""
    from screener import rulebook

    config = settings()
    paths = [Path(path).expanduser().absolute() for path in packs or ()] or config.rule_paths
    if not paths:
        raise UsageProblem(
            _("There are no rules of this office yet."),
            advice=_("“screener rules new NAME” writes a pack to start from."),
        )
    trials, complaints = rulebook.try_out(paths, config.limits.rule_seconds)
    if trials:
        _show_trials(trials)
    for complaint in complaints:
        complain(complaint.message, complaint.advice)
    if complaints:
        sys.stderr.write(
            _("Problems: {count}. Nothing is screened with these packs before.").format(
                count=len(complaints)
            )
            + "\n"
        )
        raise typer.Exit(USAGE)
    names = {trial.rule.pack for trial in trials}
    sys.stdout.write(
        _("Packs: {packs}, rules: {rules}. All examples passed.").format(
            packs=len(names), rules=len(trials)
        )
        + "\n"
    )
    raise typer.Exit(DONE)


def _show_trials(trials: list[Trial]) -> None:
    from screener.report.words import level_word

    language = current_language()
    rows = [
        [
            trial.rule.id,
            trial.rule.title[language],
            level_word(trial.level) if trial.level else _("by the policy"),
            "{}/{}".format(*trial.hits),
            "{}/{}".format(*trial.misses),
            _("passed") if trial.passed else _("failed"),
        ]
        for trial in trials
    ]
    grid([_("rule id"), _("finds"), _("level"), _("hits"), _("misses"), _("result")], rows)


NEW_HELP = _(
    "Write a pack of rules to start from, with comments and examples. It can be used as it is; "
    "change it into what your office needs."
)
NEW_EXAMPLES = """
    screener rules new 民政局
    screener rules new 民政局 --output 规则/民政局.yaml
"""


@rules.command("new", cls=Command, help=NEW_HELP, epilog=NEW_EXAMPLES)
def new(
    name: Annotated[str, typer.Argument(metavar=_("NAME"), help=_("The name of the pack."))],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar=_("FILE"), help=_("Where; else NAME.yaml here.")),
    ] = None,
) -> None:
    """Write the template; a file that is there stays as it is."""
    from screener import rulebook

    file = output or Path(f"{name}.yaml")
    text = rulebook.template(name, file.name)
    if output is not None and not file.name.lower().endswith((".yaml", ".yml")):
        raise UsageProblem(
            _("The name of a pack ends in .yaml."),
            advice=_("Write --output {name}.yaml for example.").format(name=safe_line(name)),
        )
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise UsageProblem(
            _("{path} is already there and stays as it is.").format(path=safe_line(str(file))),
            advice=_("Choose another name, or another file with --output."),
        ) from None
    except OSError as error:
        raise UsageProblem(
            _("{path} cannot be written ({why}).").format(
                path=safe_line(str(file)), why=type(error).__name__
            ),
            advice=_("Choose a folder where you may write."),
        ) from None
    shown = safe_line(str(file))
    sys.stdout.write(_("The pack was written: {path}").format(path=shown) + "\n")
    sys.stdout.write(_("Change it, then run: screener rules test {path}").format(path=shown) + "\n")


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
    rows += [(_("is found"), example.strip("\n")) for example in rule.hits]
    rows += [(_("is not found"), example.strip("\n")) for example in rule.misses]
    rows += [(_("since"), rule.since)] if rule.since else []
    rows += [(_("pack"), f"{rule.pack} · {rule.place}")] if rule.place else []
    return [rule.title[language], *columns(rows)]
