"""What a writer says about a place it cannot change."""

from __future__ import annotations

from screener.errors import SomethingLeft
from screener.i18n import _
from screener.model.place import FileName, Locator, Member


def unreachable(place: Locator) -> SomethingLeft:
    """The error that names the place and what a person can do there."""
    if isinstance(place, FileName):
        return SomethingLeft(
            _("The file's own name holds what must go."),
            advice=_("Give the copy another name."),
        )
    advice = _("Correct this place by hand in the program the file was made with.")
    if isinstance(place, Member):
        advice = _("Take the attachment out of the file or replace it by a corrected one.")
    return SomethingLeft(
        _("{place}: this place cannot be changed automatically").format(place=place.describe()),
        advice=advice,
    )
