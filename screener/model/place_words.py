"""What the parts of a document and the states of a text are called."""

from __future__ import annotations

from screener.i18n import _


def describe_part(part: str | None) -> str:
    """A part of a document (header, footnote, hidden …) in the reader's language."""
    names = {
        "header": _("header"),
        "footer": _("footer"),
        "footnote": _("footnote"),
        "comment": _("comment"),
        "endnote": _("endnote"),
        "glossary": _("building block"),
        "text_box": _("text box"),
        "hidden_row": _("hidden row"),
        "hidden_column": _("hidden column"),
        "hidden": _("hidden"),
        "very_hidden": _("very hidden"),
        "black_box": _("under a black box"),
        "white_box": _("under a white box"),
        "box": _("under a coloured box"),
        "picture": _("under a picture"),
        "in_picture": _("in a picture"),
        "picture_below": _("in a picture, under another one"),
        "picture_covered": _("in a picture, covered"),
        "annotation": _("under an annotation"),
        "invisible": _("invisible text"),
        "white": _("white text"),
        "own_color": _("text in the colour of its ground"),
        "transparent": _("transparent text"),
        "tiny": _("tiny text"),
        "off_page": _("outside the page"),
        "clipped": _("outside the visible part"),
        "layer_off": _("in a layer that is switched off"),
        "unseen": _("text that is not shown"),
        "deleted": _("deleted in a revision"),
        "inserted": _("inserted in a revision"),
        "blacked_out": _("blacked out, the text is still there"),
        "field": _("field code"),
        "control": _("content control"),
        "tip": _("shown under the pointer only"),
        "other_program": _("shown in other programs only"),
        "number_format": _("hidden by a number format"),
        "filtered_row": _("filtered out"),
        "page_note": _("annotation"),
        "watermark": _("watermark"),
        "earlier_version": _("earlier version"),
        "notes": _("speaker's notes"),
        "layout": _("layout"),
        "master": _("master"),
        "alt_text": _("alternative text"),
        "diagram": _("diagram"),
    }
    return names.get(part or "", part or "")
