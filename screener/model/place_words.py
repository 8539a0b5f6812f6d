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
        "merged": _("under a merged cell"),
        "page_note": _("annotation"),
        "watermark": _("watermark"),
        "earlier_version": _("earlier version"),
        "unused": _("content that no page shows"),
        "notes": _("speaker's notes"),
        "layout": _("layout"),
        "master": _("master"),
        "alt_text": _("alternative text"),
        "diagram": _("diagram"),
        "drawing": _("drawing"),
    }
    return names.get(part or "", part or "")


def describe_property(name: str) -> str:
    """What a property of office files is, by the name that the file gives it; or nothing."""
    names = {
        "title": _("title"),
        "subject": _("subject"),
        "creator": _("author"),
        "author": _("author"),
        "lastModifiedBy": _("last changed by"),
        "last_saved_by": _("last changed by"),
        "keywords": _("keywords"),
        "description": _("remarks"),
        "comments": _("remarks"),
        "category": _("category"),
        "Company": _("company"),
        "company": _("company"),
        "Manager": _("manager"),
        "manager": _("manager"),
        "sharedStrings": _("texts that no cell shows"),
        "definedName": _("defined name"),
        "attachedTemplate": _("attached template"),
        "hyperlink": _("link target"),
        "docVar": _("document variable"),
    }
    return names.get(name, "")


def describe_package_part(name: str) -> str:
    """What a part of an office package is, by its path; nothing for names that are no path."""
    if "/" not in name:
        return ""
    parts = {
        "pivotCache/": _("cache of a pivot table"),
        "pivotTables/": _("pivot table"),
        "externalLinks/": _("cache of another workbook"),
        "xl/connections": _("data connections"),
        "queryTables/": _("query of a data source"),
        "revisions/": _("revisions of a shared workbook"),
        "persons/": _("people who commented"),
        "charts/": _("chart"),
        "diagrams/": _("diagram"),
        "customXml/": _("custom data"),
        "xl/tables/": _("table of the workbook"),
        "slicer": _("slicer"),
        "printerSettings": _("printer settings"),
        "drawing": _("drawing"),
        "activeX/": _("form control"),
        "ctrlProps/": _("form control"),
        "customUI": _("custom menu"),
        "theme/": _("looks"),
        "styles": _("looks"),
        "fontTable": _("looks"),
        "word/document": _("markup of the text"),
        "word/settings": _("settings of the document"),
        "vbaProject": _("macros"),
        "_rels/": _("links between parts"),
    }
    return next((words for key, words in parts.items() if key in name), _("part of the file"))
