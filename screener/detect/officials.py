"""What an office says of itself: its leaders by name, its lines and its mailboxes.

What stands on the list is public in office, and the findings say so (``office_list``). The same
name as a private person's, told by a role word beside it or by an identifier in its record, is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recognizers.match import Match

LISTED = "office_list"
"""The evidence of what stands on the office's own list."""
_PERSON = "PERSON"
_PHONES = frozenset({"CN_MOBILE_PHONE", "CN_LANDLINE_PHONE"})
_MAILBOX = "EMAIL_ADDRESS"
_OF_PERSONS = (
    *("bound:CN_ID_CARD", "bound:CN_BANK_CARD", "bound:CN_PASSPORT", "bound:CN_ADDRESS"),
    *("bound:CN_STUDENT_ID", "bound:CN_DISABILITY_CARD", "bound:CN_SOCIAL_SECURITY"),
    *("bound:HK_ID_CARD", "bound:MO_ID_CARD", "bound:TW_ID_CARD"),
    *("bound:CN_TRAVEL_PERMIT", "bound:CN_RESIDENCE_PERMIT"),
)
"""Identifiers that tell a namesake: no paper gives them beside an official in office."""
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|#|\*).*$|(?<=[0-9]{7})-[0-9]{1,5}$", re.IGNORECASE)
_LOCAL = (7, 8)


@dataclass(frozen=True, slots=True)
class Officials:
    """The list, ready to be compared: names without blanks, phones as digits, mailboxes in lower
    case, a whole domain as ``@domain``. ``digest`` tells one list from another.
    """

    names: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    mailboxes: frozenset[str] = frozenset()
    digest: str = ""

    def __bool__(self) -> bool:
        return bool(self.names or self.phones or self.mailboxes)

    def before_binding(self, text: str, matches: Sequence[Match]) -> list[Match]:
        """The matches; what is listed carries ``office_list``, and a listed name of which the
        passage tells nothing is an official's.
        """
        return [self._listed(text[m.start : m.end], m) for m in matches] if self else list(matches)

    def after_binding(self, matches: Sequence[Match]) -> list[Match]:
        """The matches; a listed name with an identifier in its record is a private person's."""
        return [_namesake(match) for match in matches] if self.names else list(matches)

    def _listed(self, value: str, match: Match) -> Match:
        if match.entity == _PERSON:
            if match.role == "private" or plain_name(value) not in self.names:
                return match
            return replace(match, role="official", evidence=(LISTED, *match.evidence))
        listed = (match.entity in _PHONES and self._has_phone(value)) or (
            match.entity == _MAILBOX and self._has_mailbox(value)
        )
        return replace(match, evidence=(LISTED, *match.evidence)) if listed else match

    def _has_phone(self, value: str) -> bool:
        digits = phone_digits(value)
        if digits in self.phones:
            return True
        if len(digits) in _LOCAL:  # the paper leaves the area code out
            return any(p.startswith("0") and p.endswith(digits) for p in self.phones)
        return digits.startswith("0") and any(digits[-n:] in self.phones for n in _LOCAL)

    def _has_mailbox(self, value: str) -> bool:
        mailbox = plain_mailbox(value)
        return mailbox in self.mailboxes or mailbox[mailbox.find("@") :] in self.mailboxes


def _namesake(match: Match) -> Match:
    if match.entity != _PERSON or match.evidence[:1] != (LISTED,):
        return match
    if not any(code in _OF_PERSONS for code in match.evidence):
        return match
    return replace(match, role="private", evidence=match.evidence[1:])


def plain_name(name: str) -> str:
    """A name without blanks, with one kind of dot."""
    return re.sub("[•・‧.．]", "·", "".join(unicodedata.normalize("NFKC", name).split()))


def phone_digits(phone: str) -> str:
    """The digits of a phone number without country code and extension."""
    plain = _EXTENSION.sub("", unicodedata.normalize("NFKC", phone).strip())
    digits = "".join(c for c in plain if c.isdecimal())
    return re.sub("^(?:00)?86(?=1[3-9][0-9]{9}$|[1-9][0-9]{9,10}$)", "", digits)


def plain_mailbox(mailbox: str) -> str:
    """A mailbox in one width and in lower case."""
    return "".join(unicodedata.normalize("NFKC", mailbox).split()).lower()
