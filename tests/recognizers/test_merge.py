"""What is reported where matches overlap."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from recognizers.match import Match
from recognizers.merge import NESTED, merge

ENTITIES = ("CN_ID_CARD", "CN_USCC", "CN_BANK_CARD", "CN_DISABILITY_CARD", "PERSON", "CN_ADDRESS")
MATCHES = st.lists(
    st.builds(
        lambda entity, start, length, score, evidence: Match(
            entity.lower(), entity, start, start + length, score, evidence
        ),
        st.sampled_from(ENTITIES),
        st.integers(0, 12),
        st.integers(1, 8),
        st.sampled_from((0.5, 0.8, 0.99)),
        st.sampled_from(((), ("checksum_ok",), ("checksum_wrong",), ("model",))),
    ),
    max_size=9,
)


def match(entity: str, start: int, end: int, score: float, *evidence: str) -> Match:
    return Match(entity.lower(), entity, start, end, score, evidence)


def overlap(one: Match, other: Match) -> bool:
    return one.start < other.end and other.start < one.end


@given(MATCHES, st.randoms())
def test_order_never_matters(matches: list[Match], random: Random) -> None:
    shuffled = list(matches)
    random.shuffle(shuffled)
    assert merge(matches) == merge(shuffled)


@given(MATCHES)
def test_kept_matches_overlap_only_by_design(matches: list[Match]) -> None:
    kept = merge(matches)
    assert kept == sorted(kept, key=lambda m: m.start)
    for index, one in enumerate(kept):
        for other in kept[index + 1 :]:
            if overlap(one, other):
                pair = {(one.entity, other.entity), (other.entity, one.entity)}
                assert pair & NESTED


@given(MATCHES)
def test_nothing_is_lost_without_something_kept_in_its_place(matches: list[Match]) -> None:
    kept = merge(matches)
    for lost in set(matches) - set(kept):
        assert any(overlap(lost, winner) for winner in kept)


@given(MATCHES)
def test_merging_twice_changes_nothing(matches: list[Match]) -> None:
    assert merge(merge(matches)) == merge(matches)


def test_a_long_chain_of_overlaps_is_settled_by_neighbours() -> None:
    """Each overlaps the next: pairwise looks would be 200 million."""
    chain = [match("CN_BANK_CARD", at, at + 3, 0.5 + at % 7 / 100) for at in range(0, 40_000, 2)]
    kept = merge(chain)
    assert all(one.end <= other.start for one, other in pairwise(kept))
    assert len(chain) / 3 <= len(kept) <= len(chain) / 2 + 1


def test_a_card_and_the_id_number_in_it_are_both_reported() -> None:
    outer = match("CN_DISABILITY_CARD", 0, 20, 0.9)
    inner = match("CN_ID_CARD", 0, 18, 0.99, "checksum_ok")
    assert merge([inner, outer]) == [outer, inner]


def test_the_check_that_passes_decides_between_codes() -> None:
    code = match("CN_USCC", 0, 18, 0.95, "checksum_ok")
    typo = match("CN_ID_CARD", 0, 18, 0.6, "checksum_wrong")
    assert merge([typo, code]) == [code]
    number = match("CN_ID_CARD", 0, 18, 0.99, "checksum_ok")
    account = match("CN_BANK_CARD", 0, 18, 0.8, "luhn_failed")
    assert merge([account, number]) == [number]


def test_an_address_swallows_what_only_the_model_takes_for_a_name() -> None:
    place = match("CN_ADDRESS", 0, 14, 0.85)
    road = match("PERSON", 6, 9, 0.99, "model")
    assert merge([road, place]) == [place]
    assert merge([match("PERSON", 0, 3, 0.99, "model"), place]) == [place]


def test_a_named_person_before_an_address_keeps_the_name() -> None:
    place = match("CN_ADDRESS", 2, 14, 0.85)
    name = match("PERSON", 2, 5, 0.9, "role_word:户主")
    assert merge([place, name]) == [name, match("CN_ADDRESS", 5, 14, 0.85)]
