"""What to do about a value that nobody sees: how it is taken out of the file it hides in."""

from __future__ import annotations

from screener.i18n import _
from screener.model.document import SegmentKind
from screener.model.finding import Finding
from screener.model.place import Cell, Locator, Member, state_of

_SHEET_STATES = frozenset(
    ("hidden", "very_hidden", "hidden_row", "hidden_column", "filtered_row", "number_format")
)
_INKED = frozenset(("white", "own_color", "transparent", "tiny", "invisible"))
_PAGE = frozenset(("off_page", "clipped", "layer_off", "unseen", "annotation"))

_LEFT = frozenset(("earlier_version", "unused"))


def how_to_remove(finding: Finding) -> str:
    """A sentence for a person, or nothing where the value stands in plain sight."""
    if finding.visible:
        return ""
    place = finding.locator
    if isinstance(place, Member):
        place = place.inner
    state = state_of(place) or ""
    kind = SegmentKind.COVERED if state == "blacked_out" else finding.kind
    by_kind = {
        SegmentKind.COVERED: _(
            "The box only covers it: delete the text in the original, then export anew."
        ),
        SegmentKind.DELETED: _(
            "Accept all revisions, then save: a deletion that is tracked stays in the file."
        ),
        SegmentKind.METADATA: _(
            "Remove the file's properties (File, Info, Inspect Document), or export without them."
        ),
        SegmentKind.COMMENT: _("Delete the comments before publishing."),
    }
    if kind in by_kind:
        return by_kind[kind]
    return _of_cell(state) if isinstance(place, Cell) else _of_text(place, state)


def _of_cell(state: str) -> str:
    if state in _SHEET_STATES:
        return _("Unhide it, delete what is not to be published, then save.")
    if state == "merged":
        return _("Unmerge the cells, delete what is not to be published, then save.")
    if state in _INKED:
        return _("Give the cell a visible colour and size, then delete what it holds.")
    return _("Delete it from the workbook; File, Info, Inspect Document finds what is hidden.")


def _of_text(place: Locator, state: str) -> str:
    if place.kind == "macro":
        return _("Delete the macro (Alt+F11), or save the paper as a type without macros.")
    if place.kind == "html":
        return _("Delete it from the source of the page; hiding it on the screen is not enough.")
    if state in _LEFT or getattr(place, "part", None) in _LEFT:
        return _(
            "It is left over in the file: export it anew as a new file instead of saving over it."
        )
    if state in _PAGE or place.kind in ("page", "ofd"):
        return _("Delete the text in the original, then export the file anew.")
    if state in _INKED:
        return _("Give the text a visible colour and size, then delete it.")
    return _(
        "Show hidden text and delete it, or let File, Info, Inspect Document remove what is hidden."
    )
