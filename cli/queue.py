"""``screener queue`` and ``screener show``: what is under review, and one paper in full."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from cli.explain import columns
from cli.grid import grid
from cli.help import Command
from cli.options import NotesOption
from cli.session import application, settings
from screener.i18n import _, current_language
from screener.masking import safe_line
from screener.model.review import Change, Disclosure, Item, ItemView, State, TargetKind, TargetView
from screener.review.words import state_word

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class StateChoice(StrEnum):
    """States by which the queue can be narrowed."""

    OPEN = "open"
    RETURNED = "returned"
    WITHHELD = "withheld"
    APPROVED = "approved"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


QUEUE_HELP = _("List the papers under review, oldest first, with the step that is due.")
QUEUE_EXAMPLES = """
    screener queue
    screener queue --state approved
    screener queue --unit 柳河镇人民政府
"""


@app.command("queue", cls=Command, help=QUEUE_HELP, epilog=QUEUE_EXAMPLES)
def queue(
    state: Annotated[
        StateChoice | None,
        typer.Option(
            "--state",
            metavar="open|returned|withheld|approved|released|withdrawn",
            help=_("Only papers in this state."),
        ),
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar=_("UNIT"), help=_("Only papers of this unit."))
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, max=500, help=_("How many at most."))
    ] = 50,
    cursor: Annotated[
        str | None,
        typer.Option("--cursor", metavar=_("CURSOR"), help=_("Go on where the last page ended.")),
    ] = None,
) -> None:
    """The table of papers."""
    from screener.report.words import verdict_word

    page = application(settings()).queue.list(state.value if state else None, unit, cursor, limit)
    if not page.items:
        sys.stdout.write(_("No papers here.") + "\n")
        return
    rows = [
        [
            item.id,
            item.title,
            item.unit,
            verdict_word(item.verdict),
            state_word(item.state),
            _step_title(item),
            item.due.isoformat() if item.due else "",
        ]
        for item in page.items
    ]
    names = [
        _("item"),
        _("title"),
        _("unit"),
        _("verdict"),
        _("state"),
        _("step due"),
        _("due date"),
    ]
    grid(names, rows)
    if page.cursor:
        sys.stdout.write(
            _("There are more: {command}").format(command=f"screener queue --cursor {page.cursor}")
            + "\n"
        )


def disclosure_word(disclosure: Disclosure) -> str:
    """How a paper may be disclosed, for people."""
    return {
        Disclosure.OPEN: _("open"),
        Disclosure.ON_REQUEST: _("on request"),
        Disclosure.NONE: _("not open"),
    }[disclosure]


def action_word(action: str) -> str:
    """An action's name for people."""
    words = {"redact": _("redact"), "keep": _("keep"), "withhold": _("withhold")}
    return words.get(action, action)


def moment(at: datetime) -> str:
    """A time in the clock of this place, to the minute."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def _step_title(item: Item) -> str:
    from screener.review.workflows import WORKFLOWS, steps_of

    steps = {step.code: step for step in steps_of(WORKFLOWS, item)}
    return steps[item.step].title(current_language()) if item.step in steps else "—"


SHOW_HELP = _(
    "Show one paper: what was found, with the ids that “decide” takes, what was decided and by "
    "whom, which step is due, and what changed against the version before. Values stay masked."
)
SHOW_EXAMPLES = """
    screener show ITEM
    screener show ITEM --history
"""


@app.command("show", cls=Command, help=SHOW_HELP, epilog=SHOW_EXAMPLES)
def show(
    item: Annotated[str, typer.Argument(metavar=_("ITEM"), help=_("An item's id."))],
    history: Annotated[
        bool, typer.Option("--history", help=_("All its lines of the ledger as well."))
    ] = False,
    notes: NotesOption = False,
) -> None:
    """All that is known of the item."""
    view: ItemView = application(settings()).queue.show(item)
    sys.stdout.write("\n".join(_head(view)) + "\n\n")
    _targets(view, notes)
    sys.stdout.write("\n" + "\n".join(_steps(view)) + "\n")
    for line in _releases(view):
        sys.stdout.write(line + "\n")
    sys.stdout.write(_("Next: {command}").format(command=next_command(view)) + "\n")
    if history:
        sys.stdout.write("\n")
        rows = [
            [str(line.seq), moment(line.at), line.actor, line.tag, line.digest[:12]]
            for line in view.history
        ]
        grid([_("line"), _("time"), _("who"), _("what"), _("digest")], rows)


def _head(view: ItemView) -> list[str]:
    from screener.report.words import verdict_word

    item = view.item
    rows = [
        (_("item"), f"{item.id}  {item.title}"),
        (_("unit"), item.unit),
        (_("file"), view.revision.name),
        (_("version"), f"{item.revision}  sha256 {item.sha256[:16]}…"),
        (_("verdict"), verdict_word(item.verdict)),
        (_("state"), state_word(item.state)),
        (_("drafter"), item.drafter),
        (_("disclosure"), f"{disclosure_word(item.disclosure)} · {item.channel}"),
    ]
    due = item.due.isoformat() if item.due else ""
    optional = [
        (_("number"), item.doc_number),
        (_("index number"), item.index_number),
        (_("due date"), due),
    ]
    rows += [(name, text) for name, text in optional if text]
    return columns(rows, indent=0)


def _targets(view: ItemView, notes: bool) -> None:
    shown = [t for t in view.targets if notes or t.level != "note"]
    hidden = len(view.targets) - len(shown)
    if shown:
        names = [_("id"), _("level"), _("content"), _("place"), _("decision")]
        grid(names, [_target_row(target) for target in shown])
    else:
        sys.stdout.write(_("There is nothing to decide.") + "\n")
    if hidden:
        sys.stdout.write(_("{count} notes (--notes lists them)").format(count=hidden) + "\n")
    if view.gone:
        sys.stdout.write(
            _("Gone since the version before: {ids}").format(
                ids=", ".join(target.id for target in view.gone)
            )
            + "\n"
        )


def _target_row(target: TargetView) -> list[str]:
    from screener.report.words import level_word, unread_word

    content = target.content
    if target.kind is TargetKind.UNREAD:
        what, place = f"{_('not read')}: {unread_word(content['reason'])}", content["what"]
    else:
        what, place = f"{_rule_title(content['rule'])} {content['excerpt']}", content["place"]
    decided = _("— to decide") if target.level != "note" else "—"
    if target.decision is not None:
        one = target.decision
        decided = f"{action_word(one.action.value)} · {reason_word(one.reason_code)} · {one.by}"
    if target.change is Change.NEW:
        decided += " " + _("(new)")
    return [target.id, level_word(target.level), what, place, decided]


def _rule_title(rule: str) -> str:
    rules = application(settings()).catalogue.rules
    return rules[rule].title[current_language()] if rule in rules else rule


def reason_word(code: str) -> str:
    """A reason code for people."""
    return {
        "state_secret": _("state secret"),
        "work_secret": _("work secret"),
        "business_secret": _("business secret"),
        "personal_privacy": _("personal privacy"),
        "internal_process": _("internal process"),
        "third_party_consent": _("the person concerned agrees"),
        "public_interest": _("public interest"),
        "official_duty": _("official duty"),
        "lawful_disclosure": _("the law wants it published"),
        "already_public": _("already public"),
        "false_alarm": _("false alarm"),
    }.get(code, code)


def _steps(view: ItemView) -> list[str]:
    lines = [_("Steps")]
    for step in view.steps:
        title = step.step.title(current_language())
        if step.signature is not None:
            one = step.signature
            said = _("agrees") if one.opinion.value == "agree" else _("returns it")
            note = _(": ") + one.note if one.note else ""
            lines.append(f"  ✔ {title}  {one.by} {said}{note}  {moment(one.at)}")
        else:
            mark, word = ("→", _("due")) if step.due else ("·", "")
            lines.append(f"  {mark} {title}  {word}".rstrip())
    return [safe_line(line) for line in lines]


def _releases(view: ItemView) -> list[str]:
    lines = []
    for release in view.releases:
        line = _("Released by {name}, {time}, sha256 {digest}…").format(
            name=release.by, time=moment(release.at), digest=release.released_sha256[:16]
        )
        if release.withdrawn_at is not None:
            line += _("; withdrawn {time}").format(time=moment(release.withdrawn_at))
        lines.append(safe_line(line))
    return lines


def next_command(view: ItemView) -> str:
    """What to type next for this item."""
    item = view.item
    if item.state in (State.OPEN, State.APPROVED) and view.undecided:
        return (
            f"screener decide {item.id} {view.undecided[0]} --action redact "
            "--reason personal_privacy"
        )
    return {
        State.OPEN: f"screener sign {item.id} --opinion agree",
        State.APPROVED: f"screener release {item.id} --output DIR",
        State.RETURNED: f"screener submit FILE --item {item.id}",
        State.WITHHELD: f"screener submit FILE --item {item.id}",
        State.RELEASED: "screener verify FILE",
        State.WITHDRAWN: "screener queue",
    }[item.state]
