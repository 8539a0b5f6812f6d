"""口令和密钥: values behind 密码 and the like, pairs with an account, keys by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import ChineseRecognizer, Hit
from recognizers.papers import columns
from recognizers.patterns import late

_WORDS = ("密码", "口令", "密钥")
_ENGLISH = (
    *("password", "Password", "PASSWORD", "passwd", "pwd", "PWD"),
    *("secret", "Secret", "SECRET", "token", "Token", "TOKEN"),
    *("api_key", "API_KEY", "apikey", "apiKey", "ApiKey", "AccessKey", "access_key", "accessKey"),
)
_SAID = _WORDS + _ENGLISH
_PREFIXES = ("AKIA", "ASIA", "LTAI", "AKID", "ghp_", "gho_", "glpat-", "xox", "eyJ", "sk-", "AIza")
_KEY = late(
    r"(?<![0-9A-Za-z_\-])(?:A[KS]IA[0-9A-Z]{16}|LTAI[0-9A-Za-z]{12,24}|AKID[0-9A-Za-z]{13,40}"
    r"|gh[po]_[0-9A-Za-z]{36}|glpat-[0-9A-Za-z_\-]{20}|xox[abp]-[0-9A-Za-z\-]{10,80}"
    r"|eyJ[0-9A-Za-z_\-]{10,2000}[.][0-9A-Za-z_\-]{10,4000}[.][0-9A-Za-z_\-]{10,1000}"
    r"|sk-[0-9A-Za-z_\-]{20,100}|AIza[0-9A-Za-z_\-]{35})(?![0-9A-Za-z_])"
)
_BEGIN = "-----BEGIN"
_PRIVATE_KEY = late(
    r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY-----(?:[^-]{0,8000}-----END [A-Z0-9 ]{0,40}-----)?"
)
_VALUE = r"[0-9A-Za-z@#$%^&*_+=!?.~\-]{4,64}"
_OPEN = "[\"'“‘<\\[【「]?"
_BEHIND = late(
    r"(?:[(][^()\n]{0,10}[)])?[ ]?"
    r"(?P<sign>\n?[:=][ \n]?|[为是][ ]?:?[ ]?|(?:重置|修改|设置)?[为成][ ]?)?"
    rf"{_OPEN}(?P<value>{_VALUE})"
)
_PAIR = late(r"(?:账号|帐号|账户|用户名|登录名|用户)[ ]?[/、和及与(][ ]?(?:初始|登录|默认)?$")
_PAIR_VALUE = late(
    r"[)]?[ ]?(?:分别)?[:为是=]{1,2}[ ]?"
    rf"(?P<value>[0-9A-Za-z@._\-]{{2,40}}[ ]?[/、,和][ ]?{_VALUE})"
)
_ASSIGNED = late(
    rf"[A-Za-z_]{{0,12}}[\"']?[ ]?[:=][ ]?[\"']?(?P<value>{_VALUE}|[0-9A-Za-z+/=]{{16,200}})"
)
_LOGIN = late(
    "(?:初始|默认|登录|登陆|开机|账户|用户|邮箱|系统|后台|wifi|WiFi|WIFI|无线|查询|解压|统一)$"
)
_HIDDEN = late(r"[*xX_.\-#?]+|.*[*]{3}.*")
_NO_VALUE = late(
    r"https?|www[.]|(?:none|null|true|false|string|undefined)$"
    r"|.*[.](?:docx?|pdf|xlsx?|html?)$",
    re.IGNORECASE,
)
_COUNTED = late("[ ]?[位个次年月天日种条项种字至到~元章]")
_STANDARD = late(r"(?:GB|GM|ISO|IEC|RFC|SM|ZUC)[/T0-9.\-]*(?:-[0-9]{4})?$")
_HEADER = late("密码|口令|password", re.IGNORECASE)
_NO_HEADER = late("是否|要求|长度|强度|类型|情况|等级|应用|管理|设备|产品|单位|评估")
_CELL = late(_VALUE)
_FULL_WIDTH_STOP = frozenset("！？．，；：")
_SHORTEST_LOOSE = 6


class CredentialRule(ChineseRecognizer):
    """Passwords, tokens, private keys, cloud keys. Masked ones and rules for them are silent."""

    terms = (*_WORDS, *_ENGLISH, *_PREFIXES)

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Every value, each once, the longest where two overlap."""
        found = [*self._keys(artifacts), *self._behind(artifacts), *self._english(artifacts)]
        if artifacts.scan.any_term(_SAID):
            found.extend(self._cells(artifacts))
        done = 0
        for hit in sorted(found, key=lambda hit: (hit.start, -hit.end)):
            if hit.start >= done:
                done = hit.end
                yield hit

    def _keys(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        text = artifacts.view.text
        for _, place in artifacts.scan.occurring(_PREFIXES):
            artifacts.check_clock()
            match = _KEY.match(text, place)
            if match:
                yield Hit(place, match.end(), 0.95, ("key_shape",))
        for place in artifacts.scan.places(_BEGIN):
            artifacts.check_clock()
            match = _PRIVATE_KEY.match(text, place)
            if match:
                yield Hit(place, match.end(), 0.99, ("private_key",))

    def _behind(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        for word, place in artifacts.scan.occurring(_WORDS):
            artifacts.check_clock()
            end = place + len(word)
            window = artifacts.after(end, 120)
            before = artifacts.before(place, 10)
            evidence = (f"context_word:{word}",)
            if _PAIR.search(before):
                pair = _PAIR_VALUE.match(window)
                if pair and not _HIDDEN.fullmatch(pair["value"].partition("/")[2] or "?"):
                    yield from self._hit(artifacts, end, pair, (*evidence, "account_pair"))
                    continue
            match = _BEHIND.match(window)
            if match and self._is_value(match, window, before):
                yield from self._hit(artifacts, end, match, evidence)

    def _is_value(self, match: re.Match[str], window: str, before: str) -> bool:
        value = match["value"]
        if not _sound(value):
            return False
        digits_only = value.replace("-", "").isdigit()
        if digits_only and _COUNTED.match(window, match.end()):
            return False
        if match["sign"]:
            return match["sign"].strip() not in {"为", "是", "成"} or any(map(str.isdigit, value))
        if len(value) < _SHORTEST_LOOSE or not any(map(str.isdigit, value)):
            return False
        return _LOGIN.search(before) is not None

    def _english(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        for word, place in artifacts.scan.occurring(_ENGLISH):
            artifacts.check_clock()
            end = place + len(word)
            match = _ASSIGNED.match(artifacts.after(end, 260))
            if match is None or not _sound(match["value"]):
                continue
            value = match["value"]
            plain = word.lower() in {"password", "passwd", "pwd"}
            mixed = any(map(str.isdigit, value)) and any(map(str.isalpha, value))
            if plain or (mixed and len(value) >= 8):
                yield from self._hit(artifacts, end, match, (f"context_word:{word}",))

    def _cells(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """Cells under a header for passwords, and those beside a cell that is one."""
        text = artifacts.view.text
        for header, starts in columns(artifacts).items():
            if not _HEADER.search(header) or _NO_HEADER.search(header):
                continue
            for start in starts:
                yield from self._cell(text, artifacts.stretch(start), "column_header:密码")
        for place in artifacts.scan.terms("密码"):
            artifacts.check_clock()
            if artifacts.after(place + 2, 4).strip(" :") or artifacts.header(place):
                continue
            cells = [cell for cell in artifacts.row_cells(place) if cell[0] > place]
            if cells:
                yield from self._cell(text, cells[0], "context_word:密码")

    def _cell(self, text: str, bounds: tuple[int, int], evidence: str) -> Iterator[Hit]:
        match = _CELL.fullmatch(text, *bounds)
        if match and _sound(match.group()):
            yield Hit(*bounds, 0.85, (evidence,))

    def _hit(
        self,
        artifacts: ChineseArtifacts,
        base: int,
        match: re.Match[str],
        evidence: tuple[str, ...],
    ) -> Iterator[Hit]:
        """The value, up to punctuation that the text has in full width: that ends a sentence."""
        start, end = base + match.start("value"), base + match.end("value")
        for place in range(start, end):
            first, _ = artifacts.view.raw_span(place, place + 1)
            if artifacts.text[first] in _FULL_WIDTH_STOP:
                end = place
                break
        while end > start and artifacts.view.text[end - 1] == ".":
            end -= 1
        if end - start >= 4:
            yield Hit(start, end, 0.9, evidence)


def _sound(value: str) -> bool:
    return not (_HIDDEN.fullmatch(value) or _NO_VALUE.match(value) or _STANDARD.match(value))
