"""Words in bytes whose format nobody reads: UTF-16, UTF-8 and GBK texts of programs.

Random bytes make Chinese characters too: one UTF-16 unit in three is one. So a run counts when it
is of everyday characters (the first level of GB/T 2312: 3,755 of 65,536) and is long, or has a
length before or a zero behind it, as programs write their texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST = 500
"""Texts that are taken out of one stretch of bytes; more than that no person looks through."""
_EVERYDAY = "".join(
    bytes((row, cell)).decode("gb2312", "ignore")
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF)
)
_MARKS = "　、。《》〔〕【】（），：；！？“”‘’—·－／０-９Ａ-Ｚａ-ｚ"
_RUN = re.compile(f"[ -~\n\r\t{_EVERYDAY}{_MARKS}]+")
_HAN = re.compile(f"[{_EVERYDAY}]")
_NUMBER_OR_ADDRESS = re.compile(
    "(?<![0-9A-Za-z])[0-9]{7,}[Xx]?(?![0-9A-Za-z])|[A-Za-z0-9._-]{2,}@[A-Za-z0-9-]{2,}[.][a-z]{2,}"
)
_PLAIN = re.compile(rb"[\x20-\x7e\r\n\t]{16,}")
_WIDE = re.compile(
    rb"(?:[\x20-\x7e\r\n\t]\0|[\x00-\xff][\x4e-\x9f]|[\x00-\x1f]\x30|[\x00-\xef]\xff|.\x20){2,}",
    re.DOTALL,
)
_UTF8 = re.compile(
    rb"[\xe4-\xe9][\x80-\xbf]{2}"
    rb"(?:[\x20-\x7e]|[\xe4-\xe9][\x80-\xbf]{2}|[\xe3\xef][\x80-\xbf]{2})+"
)
_ASCII_END = re.compile(rb"[\x20-\x7e]*\Z")
_GBK = re.compile(rb"(?:[\x20-\x7e]|[\xa1-\xa3\xb0-\xf7][\xa1-\xfe]){4,}")
_LETTERS = re.compile(rb"[0-9A-Za-z_\0]+")
_SURE, _SURE_GBK = 6, 8
"""Everyday characters in a row that chance does not make, of two bytes anywhere in the file."""
_BEFORE = 40
"""Bytes before the first Chinese character of a text that may belong to it."""
_USUAL_SHARE = 0.8
"""The part of the characters of a text that are everyday ones."""


_AS_DIGITS = bytes(ord("0") if chr(byte).isdigit() and byte < 128 else 32 for byte in range(256))


def runs_of_digits(data: bytes, digits: int) -> Iterator[int]:
    """Where runs of so many ASCII digits and more begin; a tenth of what a pattern costs."""
    flat, wanted = data.translate(_AS_DIGITS), b"0" * digits
    start = flat.find(wanted)
    while start >= 0:
        yield start
        end = flat.find(b" ", start)
        start = flat.find(wanted, end) if end >= 0 else -1


def words(data: bytes) -> list[str]:
    """Texts with Chinese characters, long numbers or addresses, in the order of the bytes."""
    found: dict[str, None] = {}
    narrow = bytearray(data)
    for match in _UTF8.finditer(data):
        if len(_HAN.findall(match.group().decode("utf-8", "ignore"))) > 1:
            before = data[max(match.start() - _BEFORE, 0) : match.start()]
            start = match.start() - len((_ASCII_END.search(before) or match).group())
            text = data[start : match.end()].decode("utf-8", "ignore")
            found.update(dict.fromkeys(_said(text)))
            narrow[start : match.end()] = bytes(match.end() - start)
    for match in _PLAIN.finditer(data):
        found.update(dict.fromkeys(_said(match.group().decode("ascii"))))
        narrow[match.start() : match.end()] = bytes(len(match.group()))
    rest = bytes(narrow)
    found.update(dict.fromkeys(_wide(rest)))
    found.update(dict.fromkeys(_gbk(rest)))
    return list(found)[:MOST]


def _wide(data: bytes) -> Iterator[str]:
    for match in _WIDE.finditer(data):
        text = match.group().decode("utf-16-le", "replace")
        for run in _RUN.finditer(text):
            said = run.group()
            start = match.start() + 2 * run.start()
            end = match.start() + 2 * run.end()
            if _LETTERS.fullmatch(data, start, end) and not said.isascii():
                continue  # names of a program, two letters taken for one
            told = _is_told(data, start, end, len(said))
            if len(_HAN.findall(said)) >= _SURE or told or said.isascii():
                yield from _said(said)


def _is_told(data: bytes, start: int, end: int, length: int) -> bool:
    """Whether programs marked this as a text: a zero behind it, or its length before it."""
    if length < 2:
        return False
    before = {data[max(start - size, 0) : start] for size in (1, 2, 4)}
    counts = {n.to_bytes(size, "little") for n in (length, 2 * length) for size in (2, 4)}
    return data[end : end + 2] == b"\0\0" or bool(before & counts)


def _gbk(data: bytes) -> Iterator[str]:
    for match in _GBK.finditer(data):
        text = match.group().decode("gbk", "ignore")
        ended = data[match.end() : match.end() + 1] in (b"\0", b"")
        most = _SURE if ended else _SURE_GBK
        everyday = len(_HAN.findall(text))
        usual = everyday >= _USUAL_SHARE * sum(char > "\u4e00" for char in text)
        if (everyday >= most and usual) or text.isascii():
            yield from _said(text)


def _said(text: str) -> Iterator[str]:
    """The lines of a text that say something to a person."""
    for line in re.split("[\r\n]+", text):
        if len(_HAN.findall(line)) > 1 or _NUMBER_OR_ADDRESS.search(line):
            yield line.strip()
