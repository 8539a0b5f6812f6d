r"""Patterns of packs: what is refused and why, the digit edges, and finding in linear time.

Patterns run in google-re2, which never backtracks, so no text can make one slow. What it cannot
compile (looking around, back references) is refused. Edges are put around by us: a value that
begins or ends with a digit is no slice of a longer number. ``\b`` is refused: it means something
else in every engine once Han stand beside digits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from re import _constants as ops  # type: ignore[attr-defined]  # the parser behind re.compile
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from recognizers.view import BREAK, fold

LONGEST = 1000
_ORDINARY = Path(__file__).with_name("ordinary.txt")
_MOST_HITS = 12
_MOST_COVERED = 0.25
_PROBE_SECONDS = 0.5
_PROBE_LENGTH = 48
_SIGNS = frozenset("\\.^$*+?{}[]()|-")
_MEMORY = 16 << 20  # bytes for re2's automata of one pattern
_CLASSES = (
    (re.compile(r"\\p\{?(?:Han|Lo?)\}?"), "一"),
    (re.compile(r"\\p\{?N[dlo]?\}?"), "0-9"),
    (re.compile(r"\\[pP]\{\^?\w+\}|\\[pP]\w"), "一"),
)
"""Classes of re2 that Python's parser does not know, and what stands for them when it looks."""


class Refused(Exception):
    """A pattern that cannot be used; ``code`` is a key of ``messages.yaml``."""

    def __init__(self, code: str, **arguments: object) -> None:
        super().__init__(code)
        self.code = code
        self.arguments = arguments


def as_viewed(pattern: str) -> str:
    """A pattern as texts are searched for it: plain width, Simplified.

    Full-width signs that mean something in patterns once they are plain stand for themselves.
    """
    return "".join(map(_as_viewed, pattern))


def _as_viewed(character: str) -> str:
    plain = fold(character)
    if plain == character or character < " ":  # "\\b" between double quotation marks is told later
        return character
    return "\\" + plain if plain in _SIGNS else plain


class Ends(NamedTuple):
    """What a pattern may begin (or end) with, and whether it may be empty."""

    digit: bool
    other: bool
    empty: bool


def check(pattern: str, *, values: bool = False, asked_for: bool = False) -> None:
    """Raise Refused for a pattern that cannot be used.

    ``values``: it only describes cells. ``asked_for``: it counts only beside a word, so it may be
    frequent.
    """
    if len(pattern) > LONGEST:
        raise Refused("pattern_too_long", most=LONGEST)
    if "\x08" in pattern or re.search(r"(?<!\\)(?:\\\\)*\\[bB](?![A-Za-z]*\})", pattern):
        raise Refused("word_edge")
    if re.search(r"(?<!\\)(?:\\\\)*\\[sS]", pattern):
        raise Refused("any_space")
    parsed = _parsed(pattern)
    _look_inside(parsed)
    compiled = _compile(pattern)
    if compiled.search("") is not None or _ends(parsed, first=True).empty:
        raise Refused("matches_nothing")
    _probe(pattern)
    if not values:
        too_broad(list(Shape(pattern).find(ordinary(), _no_clock)), often=asked_for)


def _no_clock() -> None:
    """Nothing limits the time here: the text is ours and short."""


def too_broad(spans: Sequence[tuple[int, int]], *, often: bool = False) -> None:
    """Raise Refused when these are much of an ordinary paper; ``often``: many places may do."""
    covered = sum(end - start for start, end in spans)
    if (len(spans) > _MOST_HITS and not often) or covered > len(ordinary()) * _MOST_COVERED:
        raise Refused("too_broad", count=len(spans))


@cache
def ordinary() -> str:
    """A paper with nothing in it that a rule of an office should find everywhere."""
    return _ORDINARY.read_text(encoding="utf-8")


def _parsed(pattern: str) -> Any:
    plain = pattern
    for known, stand_in in _CLASSES:
        plain = known.sub(stand_in, plain)
    try:
        return _parser.parse(plain)
    except re.error as error:
        code = next((code for words, code in _MISTAKES if words in error.msg), "bad_pattern")
        raise Refused(code, column=(error.pos or 0) + 1, why=error.msg) from None
    except (RecursionError, OverflowError):
        raise Refused("pattern_too_big") from None


def _compile(pattern: str) -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        return re2.compile(pattern, options=options)
    except re2.error as error:
        said = error.args[0] if error.args else b""
        why = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        if "too large" in why or "repetition" in why or "too many" in why:
            raise Refused("pattern_too_big") from None
        raise Refused("bad_pattern", column=1, why=why) from None


_MISTAKES = (
    ("character set", "open_class"),
    ("unterminated subpattern", "open_group"),
    ("unbalanced parenthesis", "closed_group"),
    ("nothing to repeat", "repeats_nothing"),
    ("multiple repeat", "repeats_nothing"),
    ("bad character range", "bad_range"),
    ("escape", "bad_escape"),
)
"""Words of Python's complaints about a pattern and the code of what they mean."""

_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT)
_REFUSED_OPS = {
    ops.ASSERT: "looks_around",
    ops.ASSERT_NOT: "looks_around",
    ops.GROUPREF: "refers_back",
    ops.GROUPREF_EXISTS: "refers_back",
    ops.ATOMIC_GROUP: "possessive",
    ops.POSSESSIVE_REPEAT: "possessive",
}


def _look_inside(parsed: Any) -> None:
    """Refuse what re2 has not, anchors of the whole text, and repeats of bare repeats."""
    for op, argument in parsed:
        if op in _REFUSED_OPS:
            raise Refused(_REFUSED_OPS[op])
        if op is ops.AT and argument in (ops.AT_BEGINNING_STRING, ops.AT_END_STRING):
            raise Refused("text_edge")
        if op in _REPEATS and _endless(argument) and _only_repeats(argument[2]):
            raise Refused("nested_repeat")
        for inner in _inner(op, argument):
            _look_inside(inner)


def _endless(argument: Any) -> bool:
    return bool(argument[1] is ops.MAXREPEAT or argument[1] > 1000)


def _inner(op: Any, argument: Any) -> list[Any]:
    if op is ops.SUBPATTERN:
        return [argument[3]]
    if op in _REPEATS:
        return [argument[2]]
    return list(argument[1]) if op is ops.BRANCH else []


def _only_repeats(parsed: Any) -> bool:
    """Whether this may be nothing but one endless repeat, as in ``(a+)+`` and ``(a*b?)+``."""
    endless = 0
    for op, argument in parsed:
        if op in _REPEATS:
            if _endless(argument):
                endless += 1
            elif argument[0] > 0:
                return False
        elif op is ops.SUBPATTERN:
            if _only_repeats(argument[3]):
                endless += 1
            elif not _ends(argument[3], first=True).empty:
                return False
        elif op is ops.BRANCH:
            return any(_only_repeats(branch) for branch in argument[1])
        elif op is not ops.AT:
            return False
    return endless > 0


def _ends(parsed: Any, *, first: bool) -> Ends:
    """What the pattern may begin with (``first``) or end with."""
    digit = other = False
    for op, argument in parsed if first else reversed(list(parsed)):
        one = _end(op, argument, first=first)
        digit, other = digit or one.digit, other or one.other
        if not one.empty:
            return Ends(digit, other, False)
    return Ends(digit, other, True)


def _end(op: Any, argument: Any, *, first: bool) -> Ends:
    if op is ops.LITERAL:
        digit = 48 <= argument <= 57
        return Ends(digit, not digit, False)
    if op is ops.IN:
        return Ends(*_class(argument), False)
    if op is ops.SUBPATTERN:
        return _ends(argument[3], first=first)
    if op in _REPEATS:
        inner = _ends(argument[2], first=first)
        return Ends(inner.digit, inner.other, inner.empty or argument[0] == 0)
    if op is ops.BRANCH:
        branches = [_ends(branch, first=first) for branch in argument[1]]
        return Ends(*(any(column) for column in zip(*branches, strict=True)))
    anything = op is not ops.AT  # any character, or any but one; else an edge of a line
    return Ends(anything, anything, not anything)


def _class(items: Any) -> tuple[bool, bool]:
    """Whether a class holds digits, and whether it holds others."""
    digit = other = False
    for op, argument in items:
        if op is ops.LITERAL:
            digit, other = digit or 48 <= argument <= 57, other or not 48 <= argument <= 57
        elif op is ops.RANGE:
            low, high = argument
            digit, other = digit or (low <= 57 and high >= 48), other or low < 48 or high > 57
        elif op is ops.CATEGORY and argument is ops.CATEGORY_DIGIT:
            digit = True
        else:
            digit = other = True
    return digit, other


def _probe(pattern: str) -> None:
    """Refuse what takes a backtracking engine for ever, though it could not slow us.

    The same pattern in an editor or another tool would hang there, and mostly it says something
    else than was meant.
    """
    import regex

    try:
        slow = regex.compile(pattern)
    except regex.error:
        return  # re2 knows it, and re2 is what runs it
    letters = "".join(dict.fromkeys(c for c in pattern if c.isalnum()))
    for piece in (*letters[:6], letters[:2], "0", "a", "一"):
        try:  # the letters behind keep the engine from giving up before it tries
            slow.search(piece * _PROBE_LENGTH + "\x1f" + letters, timeout=_PROBE_SECONDS)
        except TimeoutError:
            raise Refused("nested_repeat") from None


def _guard(ends: Ends) -> str | None:
    if not ends.digit:
        return None
    return "[^0-9A-Za-z]" if ends.other else "[^0-9]"


class Shape:
    """A checked pattern with its edges, ready to find."""

    def __init__(self, pattern: str) -> None:
        parsed = _parsed(pattern)
        left, right = (_guard(_ends(parsed, first=first)) for first in (True, False))
        before = f"(?:^|{left})" if left else ""
        after = f"(?:$|{right})" if right else ""
        self._guarded = left is not None
        self._pattern = _compile(f"(?m){before}({pattern}){after}")
        self._whole = _compile(pattern)
        self._start = _compile(f"({pattern}){after}")

    def fills(self, text: str) -> bool:
        """Whether the pattern describes all of this text (a cell)."""
        return self._whole.fullmatch(text) is not None

    def begins(self, text: str) -> int:
        """How many characters at the start of this text the pattern describes; 0 if none."""
        match = self._start.match(text)
        return match.end(1) if match is not None else 0

    def find(self, text: str, clock: Callable[[], None]) -> Iterator[tuple[int, int]]:
        """Where it is found, in order, never across a break. ``clock`` is called at each find."""
        raw = text.encode("utf-8", "surrogatepass")
        data = raw.replace(BREAK.encode(), b"\n")  # a cell's edge is a line's edge
        spans = self._spans(data, raw, 0, len(data), clock)
        at = behind = 0
        for start, end in spans:
            first = at + len(raw[behind:start].decode("utf-8", "surrogatepass"))
            at = first + len(raw[start:end].decode("utf-8", "surrogatepass"))
            behind = end
            yield first, at

    def _spans(
        self, data: bytes, raw: bytes, start: int, end: int, clock: Callable[[], None]
    ) -> Iterator[tuple[int, int]]:
        position, done = start, start
        while position <= end:
            clock()
            match = self._pattern.search(data, position, end)
            if match is None:
                return
            first, last = match.span(1)
            cut = raw.find(BREAK.encode(), first, last)
            if cut >= 0:
                yield from self._spans(data, raw, position, cut, clock)
                position = done = cut + 1
                continue
            if first >= done and last > first:
                yield first, last
                done = last
            step = _last_character(data, last) if self._guarded else last
            position = step if step > first else max(last, first + 1)


def _last_character(data: bytes, end: int) -> int:
    """Where the character that ends here begins: the next value's left edge may need it."""
    at = end - 1
    while at > 0 and data[at] & 0xC0 == 0x80:
        at -= 1
    return at
