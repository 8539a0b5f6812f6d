"""电子邮箱, glued to Han or not, with the sign that tells an office's from a private one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.contacts import contact_evidence
from recognizers.labels import evidence_of, label
from recognizers.patterns import late

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


class EmailRule(ChineseRecognizer):
    """Mail addresses."""

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Looks left and right of every ``@``."""
        text = artifacts.view.text
        done = 0
        for place in artifacts.scan.ats:
            artifacts.check_clock()
            begin = max(done, place - _LONGEST_LOCAL)
            local = _LOCAL.search(text[begin:place])
            domain = _DOMAIN.match(text, place + 1)
            if local is None or domain is None:
                continue
            start, end = begin + local.start(), domain.end()
            done = end
            given = evidence_of(label(artifacts, start), "email")
            name = domain["domain"].lower()
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
