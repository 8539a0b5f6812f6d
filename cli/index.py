"""Which commands there are, in which group, and the module each one lives in.

Only this table is read for ``screener --help``: a command's module is imported when it is called.
"""

from __future__ import annotations

from dataclasses import dataclass

from screener.i18n import _


@dataclass(frozen=True, slots=True)
class Entry:
    """A command as the overview shows it. ``summary`` is in the reader's language."""

    name: str
    group: str
    summary: str
    module: str


def entries() -> tuple[Entry, ...]:
    """All commands in the order of the overview, in the current language."""
    check, review = _("Check"), _("Review and release")
    copies, online, run = _("Copies and proof"), _("Already online"), _("Run the tool")
    rows = (
        ("scan", check, _("Screen files, folders or standard input."), "scan"),
        ("explain", check, _("Say why something was found in a file."), "explain"),
        ("extract", check, _("Print the text that was read from a file."), "extract"),
        ("formats", check, _("List the formats that can be read."), "formats"),
        ("rules", check, _("List, show, write and try out rules."), "rules"),
        ("submit", review, _("Hand in a paper for review."), "submit"),
        ("queue", review, _("List the papers under review."), "queue"),
        ("show", review, _("Show one paper: findings, decisions, steps."), "queue"),
        ("decide", review, _("Decide about a finding or an unread part."), "review"),
        ("sign", review, _("Sign the step that is due."), "review"),
        ("release", review, _("Write the reviewed bytes and their certificate."), "review"),
        ("withdraw", review, _("Take a release back."), "review"),
        ("redact", copies, _("Make a copy without the values found."), "copies"),
        ("verify", copies, _("Tell whether exactly these bytes were released."), "copies"),
        ("audit", online, _("Screen pages that are already published."), "audit"),
        ("serve", run, _("Start the HTTP service for a content system."), "service"),
        ("ledger", run, _("Check the ledger of all steps and decisions."), "service"),
        ("backup", run, _("Save database, files and key as one archive."), "service"),
        ("restore", run, _("Bring a saved archive back."), "service"),
        ("demo", run, _("See the whole way of a paper in a minute."), "demo"),
    )
    return tuple(Entry(*row) for row in rows)
