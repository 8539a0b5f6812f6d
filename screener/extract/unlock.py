"""Office papers locked with the password that Excel itself uses for none: anyone can open them."""

from __future__ import annotations

import io

from screener.extract.compound_open import TOO_LONG, opened
from screener.extract.registry import Unreadable
from screener.i18n import _
from screener.model.document import UnreadReason

KNOWN = "VelvetSweatshop"
"""Excel opens files locked with it without asking ([MS-OFFCRYPTO] 2.4.2.3)."""


def with_known_password(data: bytes) -> bytes:
    """The paper unlocked. Raises Unreadable when its password is another one."""
    import msoffcrypto

    made = io.BytesIO()
    try:
        with opened(data) as streams:
            if any(said == TOO_LONG for _kind, said in streams.parsing_issues):
                raise ValueError(TOO_LONG)
        locked = msoffcrypto.OfficeFile(io.BytesIO(data))
        locked.load_key(password=KNOWN, verify_password=True)
        locked.decrypt(made)
    except Exception as error:  # a dozen types; all mean that it stays locked
        raise Unreadable(UnreadReason.ENCRYPTED, _("protected by a password")) from error
    return made.getvalue()
