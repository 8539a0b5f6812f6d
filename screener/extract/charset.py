"""Bytes to text: which encoding, and which bytes belong to none.

Detected from the bytes (chardet 7: UTF-8, UTF-16, GB18030 and Big5 told apart), not guessed. What
no encoding explains stands in the text as U+FFFD, and is counted, so that nobody takes it for read.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from screener.extract.registry import Unreadable
from screener.i18n import _
from screener.model.document import UnreadReason

REPLACEMENT = "\ufffd"
SAMPLE = 200_000
"""Bytes looked at for detection, code points looked at for plausibility."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ("utf-8", "gb18030", "big5hkscs")
_SINGLE_BYTE = "cp1252"
_LOOKED_FOR = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs", "cp1252", "ascii")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x7f\ufffe\uffff]")
_SPELT_NUMBER = re.compile(rb"[0-9]{8}")
"""Digits of one byte each in a row: as UTF-16 they would be characters that nobody writes."""
_ALIASES = {"gbk": "gb18030", "gb2312": "gb18030", "hz": "gb18030", "big5": "big5hkscs"}
_ALIASES |= {"iso8859-1": "cp1252", "ascii": "utf-8", "cp950": "big5hkscs"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text`` without a BOM; ``broken`` lists the lines (from 1) that hold undecodable bytes.

    ``encoding`` is a Python codec name that turns the text back into the bytes (a BOM is then
    written again); the empty string where the lines are in different encodings or broken.
    """

    text: str
    encoding: str
    broken: tuple[int, ...] = ()
    doubtful: bool = False


def codec_name(label: str) -> str | None:
    """The codec for a declared label, read as browsers do: gbk and gb2312 mean gb18030."""
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    return _ALIASES.get(name, name)


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of ``data``. A declared encoding counts if it explains all bytes.

    Raises:
        Unreadable: what stands there is no text in any encoding.
    """
    for bom, bom_name in _BOMS:
        if data.startswith(bom):
            return _tolerant(data, bom_name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if "\0" not in text or (wide := _utf16(data)) is None:
            return _checked(Decoded(text, "utf-8"))
        return wide
    name = codec_name(declared) if declared else None
    if name and name != "utf-8" and (clean := _strict(data, name)) and not clean.doubtful:
        return clean
    return _detected(data)


def plausible(text: str) -> float:
    """Which part of the text's non-ASCII characters (0 to 1) is in common use; 1 without any."""
    counts = Counter(text[:SAMPLE])
    seen = common = 0
    for character, count in counts.items():
        if character < "\x80":
            continue
        seen += count
        if _is_common(character):
            common += count
    return common / seen if seen else 1.0


def _is_common(character: str) -> bool:
    if character < "\u0250":
        return character.isalpha() or character in "·×°±÷§¥©®«»\xa0²³¶µ"
    if "\u4e00" <= character <= "\u9fff":
        return _level_one(character)
    if "\u2000" <= character <= "\u33ff" or "\uff00" <= character <= "\uffee":
        return True
    return "\u0370" <= character <= "\u052f" or character == "\ufeff"


def _level_one(character: str) -> bool:
    """Whether GB 2312 or Big5 counts a Han character among the frequent ones, level one."""
    for name, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        try:
            if first <= character.encode(name)[0] <= last:
                return True
        except UnicodeEncodeError:
            continue
    return False


def _checked(decoded: Decoded) -> Decoded:
    """Refuse what decodes but is no text: control characters all over."""
    sample = decoded.text[:SAMPLE]
    if len(_CONTROLS.findall(sample)) * 10 > len(sample):
        raise _binary()
    return decoded


def _binary() -> Unreadable:
    return Unreadable(
        UnreadReason.UNSUPPORTED, _("the bytes are neither text nor a format this version reads")
    )


def _strict(data: bytes, name: str) -> Decoded | None:
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, UnicodeError, LookupError):
        return None
    return _checked(Decoded(text, name, doubtful=plausible(text) < 0.6))


def _utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a BOM, where one byte order gives ordinary text."""
    if _SPELT_NUMBER.search(data):
        return None
    fitting = []
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if not _has_controls(text) and plausible(text) >= 0.85:
            fitting.append(Decoded(text, name))
    return max(fitting, key=lambda decoded: plausible(decoded.text), default=None)


def _detected(data: bytes) -> Decoded:
    """Neither UTF-8 nor declared: ask chardet, then weigh what each encoding would make of it."""
    import chardet

    found = chardet.detect(data, max_bytes=SAMPLE, include_encodings=_LOOKED_FOR)["encoding"]
    name = codec_name(found) if found else None
    if name and name.startswith("utf-16") and _SPELT_NUMBER.search(data):
        name = None
    if name and name != _SINGLE_BYTE:
        clean = _strict(data, name)
        if clean and not clean.doubtful and not _has_controls(clean.text):
            return clean
    if wide := _utf16(data):
        return wide
    if b"\0" in data[:SAMPLE] and name is None:
        raise _binary()
    whole = [d for c in ("gb18030", "big5hkscs") if (d := _strict(data, c))]
    whole.sort(key=lambda decoded: -plausible(decoded.text))
    if whole and not whole[0].doubtful:
        return whole[0]
    if _mostly_ascii(data) and (western := _strict(data, _SINGLE_BYTE)) and not western.doubtful:
        return western
    return _pieces(data)


def _pieces(data: bytes) -> Decoded:
    """Broken or mixed bytes, line by line; refused when most of it makes no sense."""
    best = max(_CANDIDATES, key=lambda c: _explained(data[:SAMPLE], c))
    decoded = _tolerant(data, best)
    bad = decoded.text.count(REPLACEMENT)
    if bad * 4 >= len(decoded.text):
        raise _binary()
    doubtful = plausible(decoded.text.replace(REPLACEMENT, "")) < 0.6
    return Decoded(decoded.text, decoded.encoding, decoded.broken, doubtful)


def _has_controls(text: str) -> bool:
    return bool(_CONTROLS.search(text[:SAMPLE]))


def _mostly_ascii(data: bytes) -> bool:
    sample = data[:SAMPLE]
    return sum(byte < 0x80 for byte in sample) * 10 >= len(sample) * 7


def _explained(data: bytes, name: str) -> float:
    """How well a codec explains broken bytes: plausible characters less undecodable ones."""
    text = data.decode(name, errors="replace")
    bad = text.count(REPLACEMENT)
    return plausible(text.replace(REPLACEMENT, "")) - 3 * bad / max(len(text), 1)


def _tolerant(data: bytes, name: str) -> Decoded:
    """Decode with one codec; lines it does not explain are tried with the others."""
    try:
        return _checked(Decoded(data.decode(name), name))
    except UnicodeDecodeError:
        pass
    if name.startswith(("utf-16", "utf-32")):
        text = data.decode(name, errors="replace")
        return _checked(Decoded(text, "", _broken_lines(text)))
    if name == "utf-8-sig":
        data = data[len(codecs.BOM_UTF8) :]
        name = "utf-8"
    text = "".join(_line(line, name) for line in re.split(rb"(?<=\n)", data))
    return _checked(Decoded(text, "", _broken_lines(text)))


def _line(line: bytes, name: str) -> str:
    for candidate in (name, *(c for c in _CANDIDATES if c != name)):
        try:
            text = line.decode(candidate)
        except UnicodeDecodeError:
            continue
        if candidate == name or plausible(text) >= 0.8:
            return text
    return line.decode(name, errors="replace")


def _broken_lines(text: str) -> tuple[int, ...]:
    lines = (n for n, line in enumerate(text.split("\n"), 1) if REPLACEMENT in line)
    return tuple(lines)


def any_text(raw: bytes) -> str:
    """A name or comment of a few bytes in any Chinese encoding; bytes of none are replaced.

    Two characters of GBK may be two letters of UTF-8 by chance (通知 is): Chinese is likelier.
    """
    try:
        told = raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        old = raw.decode("gb18030", "replace")
        chinese = all(_is_han(c) or c.isascii() for c in old) and not any(map(_is_han, told))
        return old if chinese and not raw.isascii() else told
    try:
        return raw.decode("gb18030") if len(raw) < 12 else decode(raw).text
    except (UnicodeDecodeError, Unreadable):
        return raw.decode("gb18030", "replace")


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
