"""The reason codes stand in two rooms that may not know each other: they must be the same."""

from recognizers.office.pack import REASONS
from screener.model.review import REASON_CODES


def test_an_office_pack_takes_the_reasons_that_decisions_carry() -> None:
    assert REASONS == REASON_CODES
