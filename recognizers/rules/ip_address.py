"""IP addresses, version 4 and 6. Versions and section numbers are written alike and stay silent."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

import numpy as np

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.patterns import late

_WORD = late(
    r"(?<![A-Za-z])I[Pp](?![A-Za-z])|ip|地址|服务器|主机|网关|网段|端口|内网|外网|终端|防火墙"
    r"|登录|访问|数据库|DNS|ping|https?://",
)
_VERSION = late(
    r"(?:[VvRr][ .]?|[Vv]er(?:sion)?[.: ]{0,2}|版本号?[:为是 ]{0,3}|版|固件|升级[至到]"
    r"|第|OID[: ]{0,2}"
    r"|build[ ]?|[章节条款图表式][ ]?|/|Chrome/|[A-Za-z_\-])$",
    re.IGNORECASE,
)
_URL = late(r"(?:https?|ftp|rtsp|tcp|udp|jdbc:[a-z]+)://$|//$", re.IGNORECASE)
_SIX = late(r"[0-9A-Fa-f:]+(?:%[0-9A-Za-z]+)?")
_NEAR = 24
_SILENT_FIRST = frozenset({0, 127, 255})
_LARGE = 32
"""Sections and versions rarely count so far."""


_GLUED = late(r"[A-Za-z_]|[.][0-9]")


class IpAddressRule(ChineseRecognizer):
    """Addresses of hosts. Loopback, unspecified addresses and network masks are silent."""

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Four runs of digits with dots between; groups of hexadecimal digits with colons."""
        for start, end in self._fours(artifacts):
            artifacts.check_clock()
            hit = self._four(artifacts, start, end)
            if hit is not None:
                yield hit
        yield from self._sixes(artifacts)

    def _fours(self, artifacts: ChineseArtifacts) -> list[tuple[int, int]]:
        """Four runs, each one dot behind the other, and no fifth."""
        starts, ends = artifacts.scan.runs
        if len(starts) < 4 or artifacts.view.text.count(".") < 3:
            return []
        codes = artifacts.view.codes
        dotted = (starts[1:] - ends[:-1] == 1) & (codes[ends[:-1]] == ord("."))
        three = dotted[:-2] & dotted[1:-1] & dotted[2:]
        three[1:] &= ~dotted[: len(three) - 1]
        three[:-1] &= ~dotted[3:]
        first = np.flatnonzero(three)
        return list(zip(starts[first].tolist(), ends[first + 3].tolist(), strict=True))

    def _four(self, artifacts: ChineseArtifacts, start: int, end: int) -> Hit | None:
        text = artifacts.view.text
        parts = text[start:end].split(".")
        if any(len(p) > 3 or int(p) > 255 or (len(p) > 1 and p[0] == "0") for p in parts):
            return None
        before = artifacts.before(start, _NEAR)
        if int(parts[0]) in _SILENT_FIRST or before[-1:] == "." or _GLUED.match(text, end):
            return None
        url = _URL.search(before)
        word = _WORD.search(before + (artifacts.header(start) or "") + artifacts.left_cell(start))
        if not url and _VERSION.search(before):
            return None
        if word or url:
            return Hit(start, end, 0.95, (f"context_word:{word.group() if word else '://'}",))
        small = max(map(int, parts)) < 100 or sum(int(p) >= _LARGE for p in parts) < 2
        if small or self._numbered(artifacts, start, end):
            return None
        return Hit(start, end, 0.75, ("address_shape",))

    def _numbered(self, artifacts: ChineseArtifacts, start: int, end: int) -> bool:
        """Whether this is the number of a section: it begins its line and a title follows."""
        first, last = artifacts.line(start)
        text = artifacts.view.text
        return not text[first:start].strip() and bool(text[end:last].strip())

    def _sixes(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        codes, text = artifacts.view.codes, artifacts.view.text
        colons = np.flatnonzero(codes == ord(":"))
        if len(colons) < 2:
            return
        near = np.diff(colons) <= 5
        double = colons[:-1][np.diff(colons) == 1]
        seven = np.empty(0, dtype=np.int64)
        if len(near) >= 6:
            whole = near[:-5] & near[1:-4] & near[2:-3] & near[3:-2] & near[4:-1] & near[5:]
            seven = colons[: len(whole)][whole]
        done = 0
        for place in sorted({*double.tolist(), *seven.tolist()}):
            artifacts.check_clock()
            if place < done:
                continue
            start = place
            while start > done and place - start < 40 and text[start - 1] in _HEX:
                start -= 1
            start = _behind_label(text, start, place)
            match = _SIX.match(text, start, start + 60)
            if match is None:
                continue
            done = match.end()
            value = match.group().rstrip(":") if not match.group().endswith("::") else match.group()
            if self._six(text, start, start + len(value), value):
                yield Hit(start, start + len(value), 0.9, ("address_shape",))

    def _six(self, text: str, start: int, end: int, value: str) -> bool:
        around = text[max(0, start - 1) : start] + text[end : end + 1]
        if any(c.isascii() and (c.isalnum() or c in "_.") for c in around):
            return False
        groups = [group for group in value.split(":") if group]
        if len(groups) < 2 or sum(map(len, groups)) < 4 or not any(map(str.isdigit, value)):
            return False
        try:
            ipaddress.IPv6Address(value.partition("%")[0])
        except ValueError:
            return False
        return True


def _behind_label(text: str, start: int, place: int) -> int:
    """Where the address begins behind ``IPv6:`` or ``IP:``: the colon of a word is none of it."""
    colon = text.find(":", start, place + 1)
    glued = start > 0 and text[start - 1].isascii() and text[start - 1].isalpha()
    lone = colon == start and text[start : start + 2] != "::"
    return colon + 1 if colon >= 0 and (glued or lone) and text[colon + 1] != ":" else start


_HEX = frozenset("0123456789abcdefABCDEF:")
