"""Tells who watches what was weighed of each name that was proposed, and what it lacked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from recognizers import trace
from recognizers.names.belief import believed, needed
from recognizers.names.candidates import Candidate
from recognizers.names.flow import Flow
from recognizers.patterns import late

_HAN = late("[一-鿿]{2}")


def tell(
    flow: Flow,
    proposed: Iterable[Candidate],
    shaped: Collection[Candidate],
    kept: Sequence[Candidate],
) -> None:
    """``proposed`` are all that were looked at, ``shaped`` those written as names are, ``kept``
    those that are reported. Costs nothing where nobody watches.
    """
    if trace.current() is None:
        return
    good, told = {id(name) for name in shaped}, {(name.start, name.end) for name in kept}
    for name in proposed:
        if (name.start, name.end) in told:
            continue
        trace.look(*flow.view_span(name.start, name.end))
        if id(name) not in good:
            trace.objection("name_shape")
        elif believed(flow.text, name):
            trace.objection("name_beside")
        else:
            trace.objection("name_doubted")
        for code in _weighed(flow.text, name):
            trace.objection(code)
    trace.unseen("name_unseen", "name_uncued", holding=_HAN)


def _weighed(text: str, name: Candidate) -> Iterator[str]:
    """What spoke for a name, and how much more it would have taken."""
    yield f"name_score:{name.model:.2f}" if name.model > 0 else "name_unseen"
    if name.codes:
        yield from (f"weighed:{code}" for code in name.codes)
        return
    yield "name_uncued"
    asked = needed(text, name, text[name.start : name.end].replace(" ", ""))
    if name.model < asked <= 1:
        yield f"name_needs:{asked:.2f}"
