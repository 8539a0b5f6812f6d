"""How little of a value is shown, and what a redacted copy shows in its place. Pure.

``excerpt`` is for lists, reports, logs and the ledger: enough to recognise the place again, too
little to add up to the value even beside everything else in its row. ``replacement`` is for the
redacted copy. ``safe_line`` makes foreign text (file names) harmless on a terminal.
"""

from __future__ import annotations

import re
import unicodedata

STAR = "*"
GONE = "***"
DELETED = "【已删除】"

_PART_OF_ADDRESS = 4
"""So short a value is a group, a building or a room alone: its first character would tell it."""
_LONGEST = 40
"""Characters of an excerpt at most: a mark's condition or a key may be a whole sentence."""

# What is not personal stays readable: nobody can judge a mark that is starred out.
_MARKS = frozenset({"SECRET_MARK", "INTERNAL_MARK", "DISCLOSURE_MARK"})
_PUBLIC_CODES = frozenset({"CN_USCC", "CN_ORG_CODE"})
_SOLE_TRADER = "92"  # GB 32100: a USCC that starts so belongs to one person

_NUMBERS = frozenset(
    {
        "CN_ID_CARD",
        "CN_ID_CARD_MASKED",
        "CN_BANK_CARD",
        "CN_BANK_CARD_MASKED",
        "CN_PASSPORT",
        "CN_TRAVEL_PERMIT",
        "CN_RESIDENCE_PERMIT",
        "CN_MILITARY_ID",
        "CN_DISABILITY_CARD",
        "CN_STUDENT_ID",
        "CN_SOCIAL_SECURITY",
        "HK_ID_CARD",
        "MO_ID_CARD",
        "TW_ID_CARD",
    }
)
_PHONES = frozenset({"CN_MOBILE_PHONE", "CN_MOBILE_PHONE_MASKED", "CN_LANDLINE_PHONE"})
_NAMES = frozenset({"PERSON", "PERSON_MASKED"})
# Of these even the first character says it all (肺癌, a four-letter password).
_TELLING = frozenset(
    {
        "CREDENTIAL",
        "HEALTH_CONDITION",
        "FINANCIAL_STATUS",
        "CRIMINAL_RECORD",
        "RELIGION",
        "FAKE_REDACTION",  # somebody meant all of it to be gone
    }
)

COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳歐陽太史端木上官司马司馬东方東方独孤獨孤南宫南宮万俟萬俟闻人聞人夏侯诸葛諸葛"
        "尉迟尉遲公羊赫连赫連澹台皇甫宗政濮阳濮陽公冶太叔申屠公孙公孫慕容仲孙仲孫钟离鍾離"
        "长孙長孫宇文司徒鲜于鮮于司空闾丘閭丘子车亓官司寇巫马巫馬公西颛孙壤驷公良漆雕乐正"
        "宰父谷梁拓跋夹谷轩辕軒轅令狐段干百里呼延东郭東郭南门羊舌微生公户公玉公仪梁丘公仲"
        "公上公门公山公坚左丘公伯西门西門公祖第五公乘贯丘公皙南荣东里东宫仲长子书子桑即墨"
        "达奚褚师吴铭纳兰納蘭归海爱新完颜耶律叶赫那拉富察",
    )
)

_STARRED = "*×✕●○■□#"
"""What people write where they hid a character."""

_COUNTRY = re.compile(r"(?:00)?86(?=1[3-9][0-9]{9}(?![0-9]))")
# An administrative name may start with, or hold before its last character, what elsewhere marks a
# street or a township: 镇江市, 道里区, 景德镇市, 新乡县.
_STREET = "路街巷道弄号栋幢楼室组村屯寨坊里园苑厦座层梯镇乡"
_AREA = rf"[一-鿿](?:[^{_STREET}\W\d_]|[镇乡里寨园](?=[市县区旗])){{0,8}}?"
_DISTRICT = re.compile(
    rf"(?:(?:{_AREA}(?:省|自治区|特别行政区))?(?:{_AREA}(?:自治州|地区|盟|市))?"
    rf"(?:{_AREA}(?:(?<![小社园校厂院住宿活属])区|县|旗|市(?!场)))?)"
)
_TOWNSHIP = re.compile(rf"[一-鿿](?:[^{_STREET}\W\d_]){{0,7}}?(?:街道(?!办)|镇|乡|苏木)")


def excerpt(entity: str, value: str) -> str:
    """The masked excerpt of a value of this entity (the contract's mask rule).

    The first two digits of an ID or card, three of a phone, the surname of a name, the district of
    an address, the first letter of a mailbox; marks and codes of organisations whole; of anything
    else the first character. Separators, controls and text direction marks are dropped, full-width
    characters count as their plain ones. One line, at most 40 characters.
    """
    text = _plain(value)
    compact = text
    if not text.isalnum():
        starred = (STAR if c in _STARRED else c for c in text if c.isalnum() or c in _STARRED)
        compact = "".join(starred)
    if entity in _MARKS:
        shown = re.sub(r"[0-9]{5,}", lambda m: STAR * len(m[0]), " ".join(text.split()))
    elif entity in _PUBLIC_CODES and not compact.startswith(_SOLE_TRADER):
        shown = compact
    elif entity in _NUMBERS or entity in _PUBLIC_CODES:
        shown = _keep(compact, 2)
    elif entity in _PHONES:
        shown = _keep(_COUNTRY.sub("", _digits(text), count=1), 3)
    elif entity in _NAMES:
        shown = surname(value) + STAR
    elif entity == "CN_ADDRESS":
        told = len(compact) > _PART_OF_ADDRESS and not compact[0].isascii()
        shown = (_district(compact) or (compact[:1] if told else "")) + GONE
    elif entity == "EMAIL_ADDRESS":
        shown = (compact[:1] if "@" in text[1:] else "") + GONE
    elif entity == "CLASSIFIED_NUMBER":
        shown = re.sub(r"[0-9]", STAR, "".join(text.split()))
    elif entity in _TELLING:
        shown = GONE
    else:
        shown = _keep(compact, 1)
    return shown[:_LONGEST] or GONE


def replacement(entity: str, value: str) -> str:
    """What a redacted copy shows instead of a value. Never a finding itself when read again.

    The defaults of the domain reference, section 4. Only characters that every Chinese character
    set has, apart from the text for a deleted mark.
    """
    if entity in _MARKS or entity in {"CLASSIFIED_NUMBER", "FAKE_REDACTION"}:
        return DELETED
    if entity in _NAMES:
        return surname(value) + "某"  # 法释〔2016〕19号
    if entity == "CN_ADDRESS":
        return township(value) + GONE  # a city notice of 2023: down to 乡镇/街道
    if entity in _NUMBERS or entity in _PHONES:
        return _masked_number(entity, _digits(_plain(value)))
    return GONE  # 教财厅函〔2017〕28号 and others: delete


def _masked_number(entity: str, digits: str) -> str:
    if entity in {"CN_ID_CARD", "CN_ID_CARD_MASKED"}:
        return STAR * 18  # a city notice of 2023: delete
    mobile = _COUNTRY.sub("", digits, count=1)
    if entity == "CN_MOBILE_PHONE" and len(mobile) == 11 and mobile.isdigit():
        return f"{mobile[:3]}****{mobile[-4:]}"  # the same notice
    # A district notice of 2023: the last four. Of a short account four would be too many.
    if entity == "CN_BANK_CARD" and 16 <= len(digits) <= 19 and digits.isdigit():
        return STAR * (len(digits) - 4) + digits[-4:]
    return GONE


def surname(name: str) -> str:
    """The surname; of a name written in parts or in letters the first character (法释〔2016〕19号).

    Never the whole name.
    """
    plain = _plain(name)
    letters = plain if plain.isalnum() else "".join(c for c in plain if c.isalnum())
    if len(letters) > 2 and letters[:2] in COMPOUND_SURNAMES and not _in_parts(name):
        return letters[:2]
    return letters[:1] if len(letters) > 1 or plain != letters else ""


def township(address: str) -> str:
    """The part of an address down to 乡镇 or 街道, or down to the district, or nothing."""
    compact = "".join(_plain(address).split())
    district = _district(compact)
    found = _TOWNSHIP.match(compact, len(district)) if district else None
    return compact[: found.end()] if found and found.end() < len(compact) else district


def safe_line(text: str) -> str:
    r"""Foreign text on one terminal line: breaks, controls, direction marks as ``\n``, ``\u202e``.

    Bytes of a file name that are no text come as ``\xff``.
    """
    return "".join(_escaped(c) if _unsafe(c) else c for c in text)


def _escaped(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that Python kept by surrogateescape
        return f"\\x{code - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")


def _unsafe(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def _plain(value: str) -> str:
    """Full width to plain width; without controls, formats and surrogates."""
    folded = unicodedata.normalize("NFKC", value)
    if folded.isprintable():  # then none of its characters is unsafe
        return folded
    return "".join(" " if c in "\t\r\n" else c for c in folded if c in "\t\r\n" or not _unsafe(c))


def _digits(text: str) -> str:
    """ASCII digits and stars (for what was starred before) in order."""
    if text.isascii() and text.isdigit():
        return text
    found = (
        str(unicodedata.digit(c)) if c.isdigit() else STAR
        for c in text
        if c.isdigit() or c in _STARRED or c in "xX"
    )
    return "".join(found)


def _keep(compact: str, count: int) -> str:
    """The first ``count`` characters and stars, never the whole."""
    count = min(count, len(compact) - 1)
    return compact[: max(count, 0)] + STAR * min(len(compact) - max(count, 0), 30)


def _district(compact: str) -> str:
    found = _DISTRICT.match(compact)
    return found[0] if found and found.end() < len(compact) else ""


def _in_parts(name: str) -> bool:
    return any(c in name for c in "·•・‧.．")
