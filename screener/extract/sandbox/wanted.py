"""Which old formats become which new ones."""

from __future__ import annotations

TARGETS = {"docx": "doc", "pptx": "ppt", "xlsx": "ods"}
"""New formats, and a suffix of old papers that become one."""

_BECOMES = {
    "application/msword": "docx",
    "application/rtf": "docx",
    "application/vnd.oasis.opendocument.text": "docx",
    "application/vnd.ms-powerpoint": "pptx",
    "application/vnd.oasis.opendocument.presentation": "pptx",
    "application/vnd.oasis.opendocument.spreadsheet": "xlsx",
}

OLD_SUFFIXES = frozenset(
    (".doc", ".dot", ".wps", ".wpt", ".ppt", ".pps", ".dps", ".rtf", ".odt", ".ods", ".odp")
)
"""Usual suffixes of papers that are converted."""


def target_of(media_type: str) -> str:
    """The new format of an old one."""
    return _BECOMES[media_type]
