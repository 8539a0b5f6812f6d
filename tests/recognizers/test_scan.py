"""The pre-filter against plain, slow readings of the same text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognizers import scan as module
from recognizers.lexicon.provinces import PLATE_PROVINCES
from recognizers.scan import Scan, register
from recognizers.view import View

TEXT = st.text("0123456789aXé皖A - \n.()·/,号\x1e", max_size=80)


def scan(text: str) -> Scan:
    return Scan(View(text))


@given(TEXT)
def test_runs_are_the_maximal_runs_of_digits(text: str) -> None:
    view = View(text)
    expected = [m.span() for m in re.finditer("[0-9]+", view.text)]
    assert list(Scan(view).run_bounds) == expected


@given(TEXT)
def test_clusters_join_runs_over_separators(text: str) -> None:
    view = View(text)
    pattern = re.compile(r"[0-9]+(?:[ \-\n().·/]{1,6}[0-9]+)*")
    expected = [
        (m.start(), m.end(), digits)
        for m in pattern.finditer(view.text)
        if (digits := sum(map(str.isdigit, m.group()))) >= 7
    ]
    found = Scan(view)
    assert [(c.start, c.end, c.digits) for c in found.clusters] == expected
    for cluster in found.clusters:
        runs = found.run_bounds[cluster.first : cluster.last]
        assert runs[0][0] == cluster.start
        assert runs[-1][1] == cluster.end


@given(TEXT)
def test_codes_are_runs_with_letters_and_seven_digits(text: str) -> None:
    view = View(text)
    expected = [
        m.span()
        for m in re.finditer("[0-9A-Za-z]+", view.text)
        if sum(map(str.isdigit, m.group())) >= 7 and not m.group().isdigit()
    ]
    assert list(Scan(view).codes) == expected


@given(st.text("皖京A1 ·-.b号", max_size=40))
def test_plates_are_provinces_before_a_letter(text: str) -> None:
    expected = [m.start() for m in re.finditer(rf"[{PLATE_PROVINCES}](?=[ ·.\-]?[A-Za-z])", text)]
    found = list(scan(text).plates)
    # A plate has more behind its letter, so the very end of a text may be left out.
    assert [place for place in expected if place + 2 < len(text)] == found


@given(st.text("机密绝秘书a", max_size=60))
def test_terms_are_found_wherever_they_begin(text: str) -> None:
    words = ("机密", "秘书", "机密秘", "密密")
    register(words)
    found = scan(text)
    for word in words:
        assert list(found.terms(word)) == [i for i in range(len(text)) if text.startswith(word, i)]
    assert found.any_term(words) == any(word in text for word in words)


def test_terms_registered_after_the_first_look_are_found() -> None:
    register(["甲乙"])
    found = scan("甲乙丙丁")
    assert found.terms("甲乙") == [0]
    register(["丙丁"])
    assert found.terms("丙丁") == [2]
    assert found.terms_within("丙丁", 0, 2) == []


def test_short_terms_are_refused() -> None:
    with pytest.raises(ValueError, match="two characters"):
        register(["密"])


def test_no_seam_between_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CHUNK", 7)
    text = "机密皖A12345 139 1234 5678机密 0551-62345678 a@b皖B67890机密"
    register(["机密"])
    found = scan(text)
    assert found.terms("机密") == [m.start() for m in re.finditer("机密", text)]
    assert list(found.run_bounds) == [m.span() for m in re.finditer("[0-9]+", text)]
    assert list(found.plates) == [m.start() for m in re.finditer("皖", text)]


def test_an_empty_text_has_nothing() -> None:
    found = scan("")
    assert (list(found.clusters), list(found.codes), list(found.plates)) == ([], [], [])
    assert found.ats == []
