"""The signatures an item needs, in order. The drafter's step is the submission itself."""

from __future__ import annotations

from collections.abc import Mapping

from screener.errors import UsageProblem
from screener.i18n import _
from screener.model.review import Item, Step, Workflow

SECTION_HEAD = Step("section_head", "科室负责人", "head of section")
SECRECY_REVIEW = Step("secrecy_review", "办公室保密审查", "secrecy review by the office")
LEADER_IN_CHARGE = Step("leader_in_charge", "分管领导", "leader in charge")
PRINCIPAL_LEADER = Step("principal_leader", "主要领导", "principal leader")
SECTION_REVIEW = Step(
    "secrecy_review", "科室负责人（兼保密审查）", "head of section, also secrecy review"
)

WORKFLOWS: Mapping[str, Workflow] = {
    "default": Workflow("default", (SECTION_HEAD, SECRECY_REVIEW, LEADER_IN_CHARGE)),
    "short": Workflow("short", (SECTION_REVIEW, LEADER_IN_CHARGE)),
}
"""``short`` is for offices of three steps: drafter, reviewer, leader."""


def find_workflow(workflows: Mapping[str, Workflow], name: str) -> Workflow:
    """A workflow by name. Raises UsageProblem."""
    if name not in workflows:
        raise UsageProblem(
            _("There is no such workflow."),
            advice=_("Workflows there are: {names}").format(names=", ".join(workflows)),
        )
    return workflows[name]


def steps_of(workflows: Mapping[str, Workflow], item: Item) -> tuple[Step, ...]:
    """The steps of an item, the principal leader's among them where one was asked for."""
    steps = find_workflow(workflows, item.workflow).steps
    return (*steps, PRINCIPAL_LEADER) if item.with_leader else steps


def needs_decisions(steps: tuple[Step, ...], code: str) -> bool:
    """Whether agreeing at this step needs everything decided: the secrecy review and all behind it.

    A workflow without that step needs it from the first signature.
    """
    codes = [step.code for step in steps]
    first = codes.index(SECRECY_REVIEW.code) if SECRECY_REVIEW.code in codes else 0
    return codes.index(code) >= first
