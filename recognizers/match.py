"""What the engine hands out: plain matches, free of presidio's types."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Match:
    """``text[start:end]`` is an ``entity``, says ``rule``.

    ``evidence``: codes, strongest first, with an optional argument behind a colon
    (``checksum_ok``, ``checksum_wrong``, ``context_word:电话``, ``column_header:身份证号``,
    ``role_word:局长``); see ``recognizers.evidence`` for the closed list. ``role`` is official,
    private or unknown, for persons only. ``candidates`` counts the originals that still fit a
    masked value. ``score`` (0 to 1) is how sure the rule is, not how bad it would be. ``plain`` is
    the value as a view writes it, where the text writes it otherwise: one value, one spelling.
    """

    rule: str
    entity: str
    start: int
    end: int
    score: float
    evidence: tuple[str, ...]
    role: str | None = None
    candidates: int | None = None
    plain: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class RuleFailure:
    """A rule that broke or ran out of time on this text: its findings are missing."""

    rule: str
    kind: str  # "timeout" or "error"
    detail: str  # the exception's type; never its message, which may hold a value
