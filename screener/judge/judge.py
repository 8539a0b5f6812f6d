"""Applies a policy: one judgement for each finding, and remarks about the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from screener.i18n import current_language
from screener.judge.kinds import kind_of
from screener.judge.policy import Case, Policy
from screener.judge.removal import how_to_remove
from screener.model.document import Document
from screener.model.finding import Conditions, Finding, Judgement, Level

REMARKS = (
    "disclosure_mark_missing",
    "disclosure_marks_contradict",
    "mark_declassified",
    "signed",
    "text_recognised",
    "type_differs_from_name",
)


@dataclass(frozen=True, slots=True)
class RuleTexts:
    """What a rule tells people: basis keys (texts are the policy's), advice by language."""

    basis: tuple[str, ...]
    advice: Mapping[str, str]


class PolicyJudge:
    """Implements ``ports.Judge``."""

    def __init__(self, policy: Policy, rules: Mapping[str, RuleTexts]) -> None:
        self._policy = policy
        self._rules = rules

    @property
    def version(self) -> str:
        """Name and digest of the policy."""
        return self._policy.version

    def document_kind(self, document: Document) -> str:
        """The document kind told by the title, or the empty string."""
        return kind_of(document, self._policy.kinds)

    def judge(
        self, document: Document, findings: Sequence[Finding], document_kind: str
    ) -> tuple[list[Judgement], list[str]]:
        """Judgements parallel to the findings, and remark codes. Texts in the current language."""
        told = {rule: self._told(rule) for rule in {finding.rule for finding in findings}}
        judgements = []
        for finding in findings:
            case = self._case(finding, document_kind)
            basis, advice = told[finding.rule]
            if not finding.visible:
                advice = _joined(advice, how_to_remove(finding))
            judgements.append(
                Judgement(finding.id, case.level, case.reason, finding.evidence, basis, advice)
            )
        return judgements, _remarks(document, findings)

    def _told(self, rule: str) -> tuple[tuple[str, ...], str]:
        """Basis and advice of a rule in the current language."""
        texts, language = self._rules[rule], current_language()
        basis = tuple(self._policy.basis[key][language] for key in texts.basis)
        return basis, texts.advice[language]

    def conditions(self, finding: Finding, document_kind: str) -> Conditions:
        """What decides about a finding: the conditions that hold, and those that must not."""
        case = self._case(finding, document_kind)
        return Conditions(case.when, case.unless)

    def _case(self, finding: Finding, document_kind: str) -> Case:
        special = self._policy.kind_levels.get(document_kind, {}).get(finding.entity, ())
        codes = finding.codes()
        for cases in (special, self._policy.levels.get(finding.entity, ())):
            for case in cases:
                if case.holds_for(finding, codes):
                    return case
        # Fail closed: an entity without a fitting case asks for a person's eyes.
        return Case(level=Level.REVIEW, reason="personal_privacy")


def _joined(advice: str, more: str) -> str:
    """Two sentences: Chinese ones stand close together."""
    space = "" if advice.endswith(("。", "；")) else " "
    return f"{advice}{space}{more}" if more else advice


def _remarks(document: Document, findings: Sequence[Finding]) -> list[str]:
    remarks = ["type_differs_from_name"] if document.facts.named_as else []
    if document.facts.signed:
        remarks.append("signed")
    if document.facts.recognised:
        remarks.append("text_recognised")
    if not document.text:
        return remarks
    opened = [f.has("disclosure_open") for f in findings if f.entity == "DISCLOSURE_MARK"]
    if not opened:
        remarks.append("disclosure_mark_missing")
    elif any(opened) and not all(opened):
        remarks.append("disclosure_marks_contradict")
    if any(f.entity == "SECRET_MARK" and f.has("declassified") for f in findings):
        remarks.append("mark_declassified")
    return remarks
