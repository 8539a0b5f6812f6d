"""Names with a hidden part: 李*明, 王某某, 张○○, 欧阳*, and *建国 alone in its field."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.lexicon.surnames import COMPOUND, SINGLE
from recognizers.names.cues import before, border
from recognizers.names.words import MASKS, is_han
from recognizers.patterns import late

_SIGNS = "".join(sorted(MASKS)) + "●■□#_△?"
_SIGN = late(f"[{re.escape(_SIGNS)}](?<=[㐀-鿿].)")
"""A sign right behind a Han character."""
_LONGEST = 3
"""Signs that one name hides at most."""
_PARTICLES = frozenset("于和向由有从同时方那都会该任凡经应当查若")
"""Surnames that 某 often follows as a word: 于某日, 和某单位, 该某."""
_LINKS = "为是叫作由人"
_ALONE = late(r"(?:^|(?<=[\n\t:\x1e]))[ ]*(?P<name>[*×○〇●]{1,2}[一-鿿]{1,2})[ ]*(?=[\n\t\x1e]|$)")


class MaskedPersonRule(ChineseRecognizer):
    """Masked names. Whether the document itself undoes the mask is told by ``masked_names``."""

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Each masked name once, by start."""
        text, done = artifacts.view.text, 0
        found: dict[int, int] = {}
        for count, sign in enumerate(_SIGN.finditer(text)):
            place = sign.start()
            if count % 256 == 0:
                artifacts.check_clock()
            if place >= done:
                span = _name(text, place)
                if span is not None and span[0] >= done:
                    found[span[0]] = done = span[1]
        if any(sign in text for sign in "*×○〇●"):
            for match in _ALONE.finditer(text):
                found.setdefault(*match.span("name"))
        for start in sorted(found):
            yield Hit(start, found[start], 0.8, ("masked",))


def _name(text: str, place: int) -> tuple[int, int] | None:
    """The name whose hidden part begins at ``place``, or None."""
    start = place - 1
    if place >= 2 and text[place - 2 : place] in COMPOUND:
        start = place - 2
    elif text[start] not in SINGLE:
        start = _with_given_name(text, start)
    if start < 0 or text[max(0, start - 1) : start].isdecimal():
        return None
    sign, end = text[place], place + 1
    while end < len(text) and text[end] == sign and end - place < _LONGEST:
        end += 1
    following = text[end : end + 1]
    if following == sign or (following.isascii() and following.isalnum()):
        return None
    if text[start:place] not in COMPOUND and place - start == 2:
        return (start, end) if end - place == 1 and border(text, end) > 0.0 else None
    if sign == "某":
        word = is_han(following) and border(text, end) == 0.0
        return None if word and text[start] in _PARTICLES else (start, end)
    if sign in "?_#" and end - place < 2 and not is_han(following):
        return None
    if is_han(following) and border(text, end) < 1.0 and border(text, end + 1) > 0.0:
        end += 1  # 李*明
    return start, end


def _with_given_name(text: str, last: int) -> int:
    """Where 李小* begins when its last shown character is at ``last``, or -1."""
    start = last - 1
    if start < 0 or text[start] not in SINGLE or not is_han(text[last]):
        return -1
    apart = start == 0 or not is_han(text[start - 1]) or text[start - 1] in _LINKS
    return start if apart or before(text, start) is not None else -1
