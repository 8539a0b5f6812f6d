"""How sure we are that a term is a mark and not a mention: a sum of what speaks for and against.

Every reason is an evidence code with a weight. The sum, held between 0 and 0.99, is the confidence;
``THRESHOLD`` parts marks from mentions, and a mention is silent. The weights are set so that shape
alone is never enough: a mark needs a shape that marks have and a place where marks stand, or a
shape that running text does not have (the star with its term, 密级：…) and no sentence around it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from recognizers.trace import look, objection

THRESHOLD = 0.6

WEIGHTS: dict[str, float] = {
    # the shape
    "mark_star_term": 0.65,
    "mark_star": 0.55,
    "mark_label": 0.65,
    "mark_ticked": 0.7,
    "mark_phrase": 0.5,
    "mark_brackets": 0.4,
    "mark_term": 0.35,
    "mark_word": 0.2,
    "mark_spaced": 0.15,
    "mark_admonition": 0.15,
    "number_with_secret_letter": 0.35,
    "number_of_cipher_service": 0.35,
    "number_label": 0.3,
    "copy_number": 0.4,
    # the place
    "in_header": 0.35,
    "in_footer": 0.35,
    "in_file_name": 0.35,
    "in_property": 0.35,
    "in_first_page_top": 0.3,
    "in_page_top": 0.2,
    "in_last_note": 0.1,
    # how it stands there
    "own_line": 0.25,
    "own_field": 0.2,
    "isolated": 0.15,
    "beside_title": 0.25,
    # what stands there too
    "beside_copy_number": 0.1,
    "beside_urgency": 0.1,
    "beside_document_number": 0.1,
    "beside_red_head": 0.1,
    "beside_level": 0.25,
    # what speaks against a mark
    "everyday_word": -0.1,
    "name_of_level": -0.4,
    "in_quotes": -0.8,
    "in_sentence": -0.6,
    "other_levels_beside": -0.9,
    "numbered_item": -0.5,
    "shown_as_example": -0.6,
    "column_of_values": -0.6,
    "number_in_list": 0.0,  # told, so that a policy may ask for less than for the paper's own
    # what a mark says (no weight: it tells people and policies which kind it is)
    "star_on_internal_mark": 0.1,
    "business_secret": 0.0,
    "disclosure_open": 0.0,
    "disclosure_on_request": 0.0,
    "disclosure_none": 0.0,
    "disclosure_partial": 0.0,
}

DECLASSIFIED = "declassified"
DECLASSIFIED_SCORE = 0.3
"""A level that was lifted is no mark, but somebody has to know that it was there."""

_KINDS = ("star_on_internal_mark", "business_secret", "disclosure_")


def weigh(evidence: Iterable[str]) -> tuple[float, tuple[str, ...]]:
    """The confidence, and the evidence for it with its kind first and then the strongest.

    Codes may carry an argument behind a colon. Raises KeyError for a code without weight.
    """
    weighed = [(code, WEIGHTS[code.partition(":")[0]]) for code in dict.fromkeys(evidence)]
    score = min(0.99, max(0.0, sum(weight for _code, weight in weighed)))
    weighed.sort(key=lambda item: (not item[0].startswith(_KINDS), -abs(item[1])))
    return round(score, 3), tuple(code for code, _weight in weighed)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in view coordinates with its confidence and evidence."""

    start: int
    end: int
    score: float
    evidence: tuple[str, ...]


def settle(start: int, end: int, codes: Iterable[str]) -> Mark | None:
    """The mark that these codes make, or None for a mention."""
    score, evidence = weigh(codes)
    if score >= THRESHOLD:
        return Mark(start, end, score, evidence)
    look(start, end)
    objection(f"score_below:{score}")
    for code in evidence:
        objection(f"weighed:{code}")
    return None
