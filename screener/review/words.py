"""What people type in: who they are, and text that is masked before it is stored."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import PurePath

from screener.errors import UsageProblem
from screener.i18n import _
from screener.model.review import Disclosure, State

NAME_LENGTH = 100
TITLE_LENGTH = 500
NUMBER_LENGTH = 200
NOTE_LENGTH = 4000
_FILE_NAME_LENGTH = 200
_STARS = re.compile(r"[*]+")  # no character for a file's name
_DOC_NUMBER = re.compile(r"[一-鿿]{1,8}[〔\[［(（【][0-9]{4}[〕\]］)）】](?:第)?[0-9]{1,5}号")
"""GB/T 9704-2012: code of the office, year, running number."""

APPLICANT = "applicant"
"""The one channel that is not public: an answer to whoever asked for the paper."""

CHANNELS = {
    "网站": "website",
    "微信": "wechat",
    "公报": "gazette",
    "公开栏": "noticeboard",
    "申请人": APPLICANT,
}
"""Chinese names of channels (domain reference, section 6); others are kept as given."""


def checked_name(text: str, what: str) -> str:
    """An actor or a unit: stored as given, so nothing may hide in it. Raises UsageProblem."""
    if not text.strip():
        raise UsageProblem(_("{what} is missing.").format(what=what))
    if len(text) > NAME_LENGTH:
        raise UsageProblem(
            _("{what} is longer than {limit} characters.").format(what=what, limit=NAME_LENGTH)
        )
    if any(_hidden(c) for c in text):
        raise UsageProblem(_("{what} holds control or invisible characters.").format(what=what))
    return text.strip()


def same_person(name: str) -> str:
    """What two spellings of one name have in common: width, case and spaces do not make two."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def stored(mask: Callable[[str], str], text: str, what: str, limit: int) -> str:
    """Text as it is stored: without controls, masked. Raises UsageProblem when it is too long."""
    if len(text) > limit:
        raise UsageProblem(
            _("{what} is longer than {limit} characters.").format(what=what, limit=limit)
        )
    cleaned = "".join(c if c == "\n" or not _hidden(c) else " " for c in text).strip()
    return mask(cleaned) if cleaned else ""


def stored_doc_number(mask: Callable[[str], str], text: str) -> str:
    """A 文号 as it is stored. One that is nothing else (柳政〔2026〕3号) is kept: strict masking
    takes the code of an office for a person's name.
    """
    given = one_line(text)
    what = _("The document number")
    return given if _DOC_NUMBER.fullmatch(given) else stored(mask, given, what, NUMBER_LENGTH)


def state_word(state: State) -> str:
    """A state in words of the current language."""
    return {
        State.OPEN: _("under review"),
        State.RETURNED: _("returned"),
        State.WITHHELD: _("withheld"),
        State.APPROVED: _("approved"),
        State.RELEASED: _("released"),
        State.WITHDRAWN: _("withdrawn"),
    }[state]


def disclosure_word(disclosure: Disclosure) -> str:
    """公开属性 in words of the current language."""
    return {
        Disclosure.OPEN: _("open to the public"),
        Disclosure.ON_REQUEST: _("disclosed on request only"),
        Disclosure.NONE: _("not to be disclosed"),
    }[disclosure]


def one_line(text: str) -> str:
    """The same text on one line."""
    return " ".join(text.split())


def stored_channel(mask: Callable[[str], str], channel: str) -> str:
    """A channel as it is stored: the code of a known one, else what was given, masked."""
    given = one_line(stored(mask, channel, _("The channel"), NAME_LENGTH))
    if not given:
        raise UsageProblem(_("{what} is missing.").format(what=_("The channel")))
    return CHANNELS.get(given, given)


def stored_file_name(mask: Callable[[str], str], name: str) -> str:
    """A file's name as it is stored: masked, without folders, its suffix kept."""
    base = PurePath(name.replace("\\", "/")).name
    path = PurePath("".join(c if not _hidden(c) else " " for c in base).strip() or "-")
    suffix = path.suffix if path.suffix[1:].isascii() and path.suffix[1:].isalnum() else ""
    suffix = suffix if len(suffix) <= 8 and sum(c.isdigit() for c in suffix) <= 2 else ""
    stem = path.name[: len(path.name) - len(suffix)] if suffix else path.name
    masked = _STARS.sub("＊", mask(stem)).replace("/", " ")[: _FILE_NAME_LENGTH - len(suffix)]
    return (masked or "-") + suffix


def _hidden(character: str) -> bool:
    """Controls, format characters (zero width, text direction), surrogates, line separators."""
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
