"""``screener decide``, ``sign``, ``release``, ``withdraw``: what people decide."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.files import write_output
from cli.help import Command
from cli.options import AsOption
from cli.queue import action_word, moment, next_command
from cli.session import actor, application, settings
from screener.errors import NotFound, UsageProblem
from screener.i18n import _
from screener.masking import safe_line
from screener.model.review import REASON_CODES, ItemView, TargetKind
from screener.review.words import state_word

app = typer.Typer(rich_markup_mode=None, add_completion=False)

ItemArgument = Annotated[str, typer.Argument(metavar=_("ITEM"), help=_("An item's id."))]
NoteOption = Annotated[str, typer.Option("--note", metavar=_("TEXT"), help=_("A few words why."))]
ReasonOption = Annotated[
    str,
    typer.Option(
        "--reason", metavar=_("CODE"), help=_("Why: {codes}").format(codes=", ".join(REASON_CODES))
    ),
]


class ActionChoice(StrEnum):
    """What is to happen with a finding or an unread part."""

    REDACT = "redact"
    KEEP = "keep"
    WITHHOLD = "withhold"


class OpinionChoice(StrEnum):
    """A signature's opinion."""

    AGREE = "agree"
    RETURN = "return"


DECIDE_HELP = _(
    "Decide about findings or unread parts. redact: must be gone from what is released; keep: may "
    "stay; withhold: this paper cannot be released. An unread part can only be kept or withheld, "
    "with a note. A rule's id stands for all its findings that wait."
)
DECIDE_EXAMPLES = """
    screener decide ITEM FINDING --action redact --reason personal_privacy --as 王芳
    screener decide ITEM cn_id_card --action redact --reason personal_privacy --as 王芳
    screener decide ITEM UNREAD --action keep --reason false_alarm --note 扫描件已人工核对 --as 王芳
"""


@app.command("decide", cls=Command, help=DECIDE_HELP, epilog=DECIDE_EXAMPLES)
def decide(
    *,
    item: ItemArgument,
    targets: Annotated[
        list[str],
        typer.Argument(metavar=_("FINDING…"), help=_("Ids from “show”, or a rule's id.")),
    ],
    action: Annotated[
        ActionChoice,
        typer.Option("--action", metavar="redact|keep|withhold", help=_("What is to happen.")),
    ],
    reason: ReasonOption,
    note: NoteOption = "",
    named: AsOption = None,
) -> None:
    """Record one decision for each target, or none if one is refused."""
    who = actor(named)
    parts = application(settings())
    queue = parts.queue
    seen = queue.show(item)
    chosen = _chosen(seen, targets)
    queue.decide_all(
        *(item, chosen, action.value, reason, note),
        actor=who,
        expected_version=seen.item.version,
    )
    view = queue.show(item)
    _tell(
        _("{count} decided: {action}. Still to decide: {rest}").format(
            count=len(chosen), action=action_word(action.value), rest=len(view.undecided)
        ),
        view,
    )
    by_hand = not parts.redactor.can_redact(view.revision.media_type)
    if by_hand and action is ActionChoice.REDACT:
        sys.stdout.write(
            _(
                "This format is not redacted automatically: correct the paper in its own program"
                " and hand it in with “screener submit FILE --item {item}” before people sign."
            ).format(item=view.item.id)
            + "\n"
        )


def _chosen(view: ItemView, names: list[str]) -> list[str]:
    """Ids for what was typed: an id, the start of one, or a rule's id. Raises NotFound."""
    chosen: dict[str, None] = {}
    for name in names:
        exact = [t.id for t in view.targets if t.id == name]
        waiting = [
            t.id
            for t in view.targets
            if t.kind is TargetKind.FINDING
            and t.content.get("rule") == name
            and t.id in view.undecided
        ]
        started = [t.id for t in view.targets if t.id.startswith(name)]
        found = exact or waiting or (started if len(started) == 1 else [])
        if not found:
            raise NotFound(
                _("{id} names no finding or unread part of this item, or more than one.").format(
                    id=safe_line(name)
                ),
                advice=_("“screener show {item}” lists them.").format(item=view.item.id),
            )
        chosen.update(dict.fromkeys(found))
    return list(chosen)


def _tell(line: str, view: ItemView) -> None:
    sys.stdout.write(
        safe_line(line)
        + "\n"
        + _("Next: {command}").format(command=safe_line(next_command(view)))
        + "\n"
    )


SIGN_HELP = _(
    "Sign the step that is due. Three signatures of three people are needed, none of them the "
    "drafter. return sends the paper back to the drafter."
)
SIGN_EXAMPLES = """
    screener sign ITEM --opinion agree --as 李强
    screener sign ITEM --opinion return --note 第三列请脱敏 --as 李强
"""


@app.command("sign", cls=Command, help=SIGN_HELP, epilog=SIGN_EXAMPLES)
def sign(
    item: ItemArgument,
    opinion: Annotated[
        OpinionChoice,
        typer.Option("--opinion", metavar="agree|return", help=_("Agree, or send it back.")),
    ],
    note: NoteOption = "",
    named: AsOption = None,
) -> None:
    """Record the signature."""
    who = actor(named)
    queue = application(settings()).queue
    queue.sign(item, opinion.value, note, actor=who)
    view = queue.show(item)
    _tell(_("Signed. State: {state}").format(state=state_word(view.item.state)), view)


RELEASE_HELP = _(
    "Write exactly the bytes that were reviewed, and their certificate, into a folder. What was "
    "decided to be redacted is taken out first and looked for again."
)
RELEASE_EXAMPLES = """
    screener release ITEM --output 已放行/ --as 赵敏
"""


@app.command("release", cls=Command, help=RELEASE_HELP, epilog=RELEASE_EXAMPLES)
def release(
    item: ItemArgument,
    output: Annotated[Path, typer.Option("--output", "-o", metavar=_("DIR"), help=_("A folder."))],
    named: AsOption = None,
) -> None:
    """Release, then write file and certificate."""
    who = actor(named)
    _make_folder(output)
    result = application(settings()).queue.release(item, actor=who)
    paper = output / Path(result.name).name
    certificate = paper.with_name(paper.name + ".certificate.json")
    if paper.exists() and paper.read_bytes() != result.data:
        raise UsageProblem(
            _("{path} is there already, with other content.").format(path=safe_line(str(paper))),
            advice=_("The release stands. Run this again with an empty folder."),
        )
    write_output(paper, result.data)
    text = json.dumps(result.certificate, ensure_ascii=False, indent=2) + "\n"
    write_output(certificate, text.encode("utf-8", "backslashreplace"))
    for line in (
        _("Released: {path}").format(path=paper),
        _("Certificate: {path}").format(path=certificate),
        _("Next: {command}").format(command=f"screener verify {paper}"),
    ):
        sys.stdout.write(safe_line(line) + "\n")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageProblem(
            _("{path} cannot be used as a folder.").format(path=safe_line(str(folder))),
            advice=_("Name a folder where you may write."),
        ) from error


WITHDRAW_HELP = _(
    "Take a release back: from now on “verify” and the service answer no for these bytes. What is "
    "online must be taken down by whoever published it."
)
WITHDRAW_EXAMPLES = """
    screener withdraw ITEM --reason personal_privacy --note 群众反映含本人信息 --as 赵敏
"""


@app.command("withdraw", cls=Command, help=WITHDRAW_HELP, epilog=WITHDRAW_EXAMPLES)
def withdraw(
    item: ItemArgument, reason: ReasonOption, note: NoteOption = "", named: AsOption = None
) -> None:
    """Record the withdrawal."""
    who = actor(named)
    queue = application(settings()).queue
    queue.withdraw(item, reason, note, actor=who)
    when = queue.show(item).item.updated_at
    sys.stdout.write(
        _("Withdrawn{time}. Take the published copy down now.").format(
            time=f" {moment(when)}" if when else ""
        )
        + "\n"
    )
