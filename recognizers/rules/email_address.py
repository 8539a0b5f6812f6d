"""电子邮箱, glued to Han or not, with the sign that tells an office's from a private one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.contacts import contact_evidence
from recognizers.labels import evidence_of, label
from recognizers.patterns import late
from recognizers.trace import look

_LOCAL = late(r"[A-Za-z0-9](?:[A-Za-z0-9._%+\-]{0,62}[A-Za-z0-9_+\-])?[ ]?\n?$|[A-Za-z0-9][ ]?\n?$")
_DOMAIN = late(
    r"[ ]?\n?(?P<domain>(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?[.]){1,5}[A-Za-z]{2,18})"
    r"(?![A-Za-z0-9\-_])"
)
_ROLE_MAILBOX = late(
    r"(?:info|service|services|admin|office|contact|hr|zhaopin|recruit|kefu|support|webmaster|help"
    r"|postmaster|noreply|no-reply|sales|press|xxgk|bgs|jubao|tousu|zixun|xinfang)[0-9._\-]{0,4}$",
    re.IGNORECASE,
)
_LONGEST_LOCAL = 66
_HOSTS = "qq|163|126|139|189|gmail|sina|sohu|foxmail|outlook|hotmail|yahoo|yeah|aliyun|icloud|21cn"
_OPEN, _CLOSE = r"[(\[{<【][ ]?", r"[ ]?[)\]}>】]"
_AT = (
    rf"(?:[ ]?(?:[#*@&$]|艾特|圈a|{_OPEN}(?:at|AT|@|#|a|在|艾特){_CLOSE})[ ]?"
    r"|[ ](?:at|AT)[ ])"
)
_DOT = rf"(?:[ ]?(?:[.。,·]|点|{_OPEN}(?:dot|DOT|[.]|点){_CLOSE})[ ]?|[ ](?:dot|DOT)[ ])"
_HIDDEN = late(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._%+\-]{1,40}"
    rf"{_AT}(?:vip{_DOT})?(?:{_HOSTS}){_DOT}(?:com|cn|net)(?:{_DOT}cn)?(?![A-Za-z0-9\-_])"
)
"""wang(at)163.com, wang#qq。com: mailboxes of well-known hosts, their signs written otherwise."""


_BROKEN = late(r"(?P<domain>[A-Za-z0-9.\-]{1,40}\n[A-Za-z0-9.\-]{1,40})(?![A-Za-z0-9\-_])")
_WHOLE_DOMAIN = late(
    r"(?:[a-z0-9][a-z0-9\-]{0,61}[.]){1,4}(?:com|net|org)(?:[.]cn)?"
    r"|(?:[a-z0-9\-]{1,40}[.]){1,4}gov[.]cn"
)
_FRONT = late(
    r"(?:邮箱|邮件|发送?至|投递至|[Ee]-?mail)[ ]?[:]?[ ]?(?P<front>[A-Za-z0-9._\-]{1,30})\n$"
)


def _broken(text: str, start: int) -> re.Match[str] | None:
    """A domain that the end of a line broke, when only both parts make one of the usual ends."""
    match = _BROKEN.match(text, start)
    if match is None:
        return None
    first = match["domain"].partition("\n")[0].lower()
    whole = _WHOLE_DOMAIN.fullmatch(match["domain"].replace("\n", "").lower())
    return match if whole and not _WHOLE_DOMAIN.fullmatch(first) else None


def _line_before(artifacts: ChineseArtifacts, start: int) -> int:
    """Where a mailbox begins whose front stands at the end of the line before, behind 邮箱."""
    if artifacts.view.text[start - 1 : start] != "\n":
        return start
    front = _FRONT.search(artifacts.before(start, 48))
    return start - 1 - len(front["front"]) if front else start


class EmailRule(ChineseRecognizer):
    """Mail addresses."""

    terms = tuple(_HOSTS.split("|"))

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Looks left and right of every ``@``, then for well-known hosts behind other signs."""
        plain = list(self._plain(artifacts))
        yield from plain
        if artifacts.scan.any_term(self.terms):
            yield from self._hidden(artifacts, {hit.end for hit in plain})

    def _hidden(self, artifacts: ChineseArtifacts, known: set[int]) -> Iterator[Hit]:
        for found in _HIDDEN.finditer(artifacts.view.text):
            artifacts.check_clock()
            if found.end() not in known:
                given = evidence_of(label(artifacts, found.start()), "email")
                yield Hit(found.start(), found.end(), 0.9, (*given, "disguised", "private_mailbox"))

    def _plain(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Looks left and right of every ``@``."""
        text = artifacts.view.text
        done = 0
        for place in artifacts.scan.ats:
            artifacts.check_clock()
            look(place, place + 1)
            begin = max(done, place - _LONGEST_LOCAL)
            local = _LOCAL.search(text[begin:place])
            domain = _broken(text, place + 1) or _DOMAIN.match(text, place + 1)
            if local is None or domain is None:
                continue
            start, end = begin + local.start(), domain.end()
            start = _line_before(artifacts, start)
            done = end
            given = evidence_of(label(artifacts, start), "email")
            name = domain["domain"].replace("\n", "").lower()
            owner = self._owner(artifacts, (start, end), local.group().strip(), name)
            yield Hit(start, end, 0.95, (*given, owner))

    def _owner(
        self, artifacts: ChineseArtifacts, span: tuple[int, int], local: str, domain: str
    ) -> str:
        if domain == "gov.cn" or domain.endswith((".gov.cn", ".mil.cn")):
            return "gov_mailbox"
        contact = contact_evidence(artifacts, *span)
        if "private_contact" in contact:
            return "private_mailbox"
        if "office_contact" in contact or _ROLE_MAILBOX.match(local):
            return "office_mailbox"
        return "private_mailbox"
