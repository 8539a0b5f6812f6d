"""Finds the numbers that only classified papers carry: 皖密〔2024〕3号, 机密电〔2024〕12号, a 份号.

A 文号 is classified when the office's code in it holds 密 as its own letter, last or before the
letter for the kind of paper (皖密, 皖政密, 皖密发, 皖密电), or names the cipher service (皖机发,
皖机要). 密 inside a longer word is none: 高密政发 and 密政发 are towns, 皖保密 and 国密局 offices,
皖精密 a firm. Codes that may be either (密发: 密云 or 密山, 新密: 新疆 or the town, 商密) count
only beside a level. A cipher office's serial on an open telegram (明电 … 中机发12号) is plain.

A number is the paper's own where papers carry it: alone on its line, behind 文号：, behind a title
in brackets, in a file's name or property. In a sentence it is cited, and a citation is silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.artifacts import ChineseArtifacts
from recognizers.marks.context import Setting, look, wrapped
from recognizers.marks.lines import Line, Lines
from recognizers.marks.score import DECLASSIFIED, DECLASSIFIED_SCORE, THRESHOLD, Mark, settle
from recognizers.marks.secret import TRIGGERS as LEVEL_TRIGGERS
from recognizers.marks.secret import find_levels, lifted
from recognizers.marks.shapes import CLOSED, HAN, LEVEL, OPEN, STARRED, any_of
from recognizers.patterns import late

_KINDS = "发函电字传报令呈办"
NUMBER_TRIGGERS = (
    *(f"密{sign}" for sign in f"{_KINDS}文〔[([【<{{〖 \t第0123456789"),
    *("机发", "机要", "机 ", "密码电"),
)
COPY_TRIGGERS = LEVEL_TRIGGERS

_G = "[ ]{0,4}"
_YEAR = "(?:[12][0-9]{3}|[一二三四五六七八九零〇○]{4})"
_COUNT = rf"{_G}第?{_G}[0-9]{{1,5}}(?:-[0-9]{{1,3}})?"
_DATED = rf"{_G}[〔\[({{【〖<]{_G}{_YEAR}{_G}年?{_G}[〕\])}}】〗>]{_COUNT}"
_PLAIN = rf"{_G}第?{_G}(?:{_YEAR}[ ]?[年-][ ]?第?[ ]?)?[0-9]{{1,5}}"
_END = rf"(?:{_G}号|(?=[ \t]*$)|(?=[_.]))"
_LETTER = "[一-鿿×xXA-Z*○]"
_OFFICE = rf"(?P<office>(?:{_LETTER}[ ]{{0,2}}){{0,8}}?)"
_NUMBER = late(
    rf"{_OFFICE}(?:"
    rf"(?P<telegram>密{_G}码?{_G}(?:电{_G}报|传{_G}真|电|传))(?:{_DATED}{_END}|{_PLAIN}{_G}号)"
    rf"|(?P<letter>密{_G}[{_KINDS}文]?{_G}字?){_DATED}{_END}"
    rf"|(?P<ranked>密{_G}字){_PLAIN}{_G}号"
    rf"|(?P<cipher>机{_G}(?:要{_G}[{_KINDS}]?{_G}字?|发))(?:{_DATED}{_END}|{_PLAIN}{_G}号)"
    r")"
)
_LABELS = any_of(
    "发文字号 发电字号 来文字号 文件字号 收文字号 公文字号 文号 字号 发文号 文件编号 公文编号"
    " 电报编号 编号 文件号"
)
_LABELLED = late(rf"(?:^[ \t(\[【|]*|[ \t|]){_LABELS}[】\])]?[ \t]*[:=|]?[ \t]*[\"'(\[【]?$")
_LABEL = late(rf"{_LABELS}[ ]*:?")
_LEAD = late(
    rf"^(?:.*{_LABELS}|.*文[ ]*件|.*{any_of('特急 加急 平急 特提 等级 发电 字号 编号')})(?={HAN})"
)
"""What stands glued before a code where a reader lost the line end: 某某县人民政府文件皖密〔…"""

_OPENS = late("[据按照将以的和及与关于见为在对至即由发现]")
"""What leads up to a number in a sentence; alone on its line it is a place: 偏关, 于都, 和田."""
_CITES = late("关于|根据|依据|按照|参照|对照|现将|[据按见](?=.)")
_WORDS = late("[高哈波保涉加精严紧致细解泄失告亲隐绵缜稠浓茂私诡疏用]密")
"""密 as part of a place, an office or another word: 高密, 哈密, 波密, 保密局, 精密仪器."""
_OTHER_MACHINES = late("[农直电飞手司计军动汽主客待候时危投生建乘国重航]$")
"""农机发 is an office of farm machines, 直机发 the party's office of the departments."""
_EITHER = late("(?:^|[省市县区])密|(?:^|豫)新密|^[商周气]密")
"""密云, 密山 write 密发; 新密, 商密, 周密, 气密 are words too (and 新疆, 商务, 周口, 气象)."""
_EITHER_BY_WIRE = late("(?:^|豫)新密|^[商周气]密")
_OPEN_TELEGRAM = late(r"明[ ]{0,4}电")
_TITLE = late(r"关于|通知|报告|请示|意见|方案|决定|纪要|批复|通报|函$")
_SAID_OF = any_of("办理 落实 贯彻 执行 传达 学习 精神 情况 台账 清单 目录 汇总 要求 的")
_SPOKEN_OF = late(rf"(?:文件|文)?{_SAID_OF}")
_NAME_EDGE = " _-.·,、+()[]【】〔〕|/=&~;"
_NEXT_FIELD = late(any_of("签发 密级 主题 发文 成文 日期 页数 公开 缓急 紧急 份号 拟稿 主办"))
_BLANK_BEFORE = late(rf"[^,。;:!?]{{3,40}}(?<!{HAN}[据照于实彻和与见将的])[ \t]+")
"""The office or the title, and a blank before the number that was at the right edge."""
_TELEGRAM_HEAD = late(rf"{any_of('等级 特提 特急 加急 急件 平急 密 密件 传真 电报')}|[:·/]")
_NAMES = ("file_name", "metadata")
_TOPS = ("first_page_top", "page_top", "header", "footer", *_NAMES)
_NUMBER_ALONE = late(rf"[ (\[【]*{_LETTER}{{2,14}}{_DATED}{_G}号[ )\]】]*")

_COPY_LABELLED = late(
    r"(?:份[ ]{0,4}号[ ]*:?[ ]*(?:No\.?|№)?|№|(?<![A-Za-z])N[oO]\.?)[ ]*"
    r"(?P<copy>[0-9]{1,8})(?![0-9])"
    r"|编[ ]{0,4}号[ ]*:[ ]*(?P<serial>[0-9]{3,8})(?![0-9A-Za-z-])"
    r"|第[ ]*(?P<nth>[0-9]{1,6})[ ]*份"
)
_COPY_SIGNS = ("份", "编", "№", "No", "NO")
"""One of these stands in whatever ``_COPY_LABELLED`` finds."""
_COPY_ALONE = late(r"[ \t]*(?P<copy>[0-9]{6})[ \t]*")
_COPY_BESIDE = late(r"^[ \t]*(?P<copy>[0-9]{6})(?=[ \t])")
_COPY_REACH = 2  # non-blank lines above and below a level


def worth_number(text: str, place: int) -> bool:
    """Whether a trigger may begin a number: a digit stands near behind it."""
    return any("0" <= sign <= "9" or sign in "一二〇○零" for sign in text[place + 2 : place + 12])


def find_numbers(lines: Lines, line: Line) -> Iterator[Mark]:
    """All classified numbers on one line that are the paper's own."""
    for found in _NUMBER.finditer(line.text):
        mark = _number(lines, line, found)
        if mark is not None:
            yield mark


def _number(lines: Lines, line: Line, found: re.Match[str]) -> Mark | None:
    core = next(name for name in ("telegram", "letter", "ranked", "cipher") if found.group(name))
    if not line.wants(found.start(core)):
        return None
    start = _begin(found, found.start(core))
    office = re.sub(" ", "", line.text[start : found.start(core)])
    begin, end = line.start + start, line.start + found.end()
    lone = not line.text[:start].strip() and not line.text[found.end() :].strip()
    if not lone and _OPENS.search(office):
        return None
    if not _is_code(lines, line, core, office, re.sub(" ", "", found.group(core))):
        return None
    setting = look(lines, line, begin, end)
    codes = ["number_of_cipher_service" if core == "cipher" else "number_with_secret_letter"]
    codes += setting.codes
    if _near_level(lines, line):
        codes.append("beside_level")
    elif core != "cipher":
        either = _EITHER_BY_WIRE if core == "telegram" else _EITHER
        if either.search(office + "密"):
            return None
    placed = _place(lines, setting, codes)
    mark = settle(begin, end, placed) if placed is not None else None
    if mark is not None and lifted(lines, line):
        return Mark(begin, end, DECLASSIFIED_SCORE, (DECLASSIFIED, *mark.evidence))
    return mark


def _begin(found: re.Match[str], core: int) -> int:
    """Where the office's code begins: its letters are all set apart or none is, and a red head
    or a label may be glued to it.
    """
    office, start = found.group("office"), found.start()
    letters = office.split()
    apart = office.endswith(" ")
    if apart and any(len(letter) > 1 for letter in letters):
        return core
    if not apart and len(letters) > 1:
        start = core - len(letters[-1])
    glued = _LEAD.match(found.string[start:core] + "密")
    return start + (glued.end() if glued else 0)


def _is_code(lines: Lines, line: Line, core: str, office: str, letters: str) -> bool:
    """Whether the letters before the year are the code of a classified paper."""
    if len(office) > 6 or _CITES.match(office):
        return False
    if core == "cipher":
        if not office and "要" not in letters:
            return False
        return not _OTHER_MACHINES.search(office) and not _on_open_telegram(lines, line)
    if core == "telegram" and office == "加":
        return True
    if office.endswith("国") and "办" in letters:
        return False  # 国密办: the cryptography office's open papers
    return _WORDS.search(office + "密") is None


def _on_open_telegram(lines: Lines, line: Line) -> bool:
    near = (line, *lines.before(line, 4), *lines.after(line, 4))
    return any(_OPEN_TELEGRAM.search(other.text) for other in near)


def _near_level(lines: Lines, line: Line) -> bool:
    """Whether a level is marked on the line itself or on one of the lines around."""
    return any(
        any(mark.score >= THRESHOLD for mark in find_levels(lines, other))
        for other in (line, *lines.before(line, 5), *lines.after(line, 3))
        if len(other.text) <= 80 and LEVEL.search(other.text)
    )


def _place(lines: Lines, setting: Setting, codes: list[str]) -> list[str] | None:
    """The codes with what the place adds, or None where a number is cited."""
    line, prefix, suffix = setting.line, setting.prefix, setting.suffix
    stated = [code for code in codes if code != "in_sentence"]
    if _labelled(lines, line, prefix) and _ends_field(suffix):
        return [*(codes if re.search("[。!?]", prefix) else stated), "number_label:文号"]
    if setting.zone in _NAMES and _named(prefix, suffix):
        return [*stated, "own_field"]
    if setting.alone:
        if wrapped(lines, line) or _cited(lines, setting):
            return None
        return [*codes, "number_in_list"] if _listed(lines, line) else codes
    if not line.cut and _without_levels(suffix) == "" and "in_sentence" not in codes:
        behind = setting.zone in _TOPS and _BLANK_BEFORE.fullmatch(prefix) is not None
        behind = behind or ("beside_level" in codes and prefix.endswith((" ", "\t")))
        if behind or _without_levels(prefix) == "":
            return [*codes, "own_field"]
    titled = setting.zone in _TOPS and _behind_title(line, prefix, suffix, codes)
    return [*codes, "beside_title"] if titled else None


def _labelled(lines: Lines, line: Line, prefix: str) -> bool:
    """Whether 文号 stands before: on the line, in the cell to the left, alone on the line above."""
    if _LABELLED.search(prefix):
        return True
    if prefix.strip(" \t\"'([【"):
        return False
    left = lines.artifacts.left_cell(line.start)
    if left or lines.kind(line) == "table_cell":
        return _LABEL.fullmatch(left) is not None
    above = next(lines.before(line), None)
    return above is not None and _LABEL.fullmatch(above.text.strip()) is not None


def _ends_field(suffix: str) -> bool:
    """Whether the field of a form ends behind the number and no sentence goes on."""
    return re.match(HAN, suffix) is None or _NEXT_FIELD.match(suffix) is not None


def _named(prefix: str, suffix: str) -> bool:
    """Whether the number is a piece of a file's name, not what the name speaks of."""
    if _SPOKEN_OF.match(suffix) or suffix[:1] == "》":
        return False
    return not prefix or prefix[-1] in _NAME_EDGE


def _listed(lines: Lines, line: Line) -> bool:
    """Whether the number is one of a list: under a header 文号, or with other numbers around it."""
    header = lines.artifacts.header(line.start)
    if header is not None and _LABEL.search(header):
        return True
    near = (*lines.before(line), *lines.after(line))
    return any(_NUMBER_ALONE.fullmatch(other.text) for other in near)


def _cited(lines: Lines, setting: Setting) -> bool:
    """Whether a lone number in the body belongs to a title or a sentence above it."""
    above = next(lines.before(setting.line), None)
    if above is None or setting.zone in _TOPS:
        return False
    bracketed = setting.prefix.strip(" \t").startswith(("(", "[", "【"))
    return bracketed or above.text.rstrip().endswith(("》", ":", ",", "、"))


def _without_levels(part: str) -> str:
    """One side of a line without a level, its term and a copy number."""
    for level in LEVEL.finditer(part):
        star = STARRED.match(part, level.end())
        if star:
            part = part[: level.start()] + part[star.end() :]
            break
    part = _TELEGRAM_HEAD.sub("", _NUMBER.sub("", part))
    return re.sub(r"(?<![0-9])[0-9]{6}(?![0-9])", "", part).strip(" \t★☆*()[]【】:·")


def _behind_title(line: Line, prefix: str, suffix: str, codes: list[str]) -> bool:
    """Whether the number stands in brackets at the end of a title: …的通知（皖密〔2024〕3号）."""
    if line.cut or "in_sentence" in codes or "in_quotes" in codes:
        return False
    if not (OPEN.search(prefix[-6:]) and CLOSED.match(suffix)):
        return False
    title = prefix.rstrip(" ([【〔〖")
    closed = re.sub(r"[ )\]】〕〗}>]", "", suffix)
    return (
        4 <= len(title) <= 60
        and not closed
        and not title.endswith("》")
        and _TITLE.search(title) is not None
    )


def worth_copies(artifacts: ChineseArtifacts) -> bool:
    """Whether a text has anything at all that may be a copy number: most have not."""
    starts, ends = artifacts.scan.runs
    if bool(((ends - starts) == 6).any()):
        return True
    text, scan = artifacts.view.text, artifacts.scan
    places = (place for sign in _COPY_SIGNS for place in scan.places(sign))
    return any(_COPY_LABELLED.search(text, max(0, p - 10), p + 24) for p in places)


def find_copies(lines: Lines, line: Line) -> Iterator[Mark]:
    """The copy numbers beside the levels of one line.

    Only a level that is marked and not lifted counts; six digits alone are a postcode or a serial.
    """
    near = (*lines.before(line, _COPY_REACH), *lines.after(line, _COPY_REACH))
    ordered = sorted((line, *near), key=lambda line: line.start)
    copies = [(other, _copy(other, same=other is line)) for other in ordered]
    # To judge a level costs more than to see that no number stands beside it.
    if all(span is None for _, span in copies):
        return
    if not any(mark.score >= THRESHOLD for mark in find_levels(lines, line)):
        return
    for other, span in copies:
        if span is not None:
            codes = ["copy_number", "beside_level"]
            if lines.zone(other) == "first_page_top":
                codes.append("in_first_page_top")
            mark = settle(other.start + span[0], other.start + span[1], codes)
            if mark is not None:
                yield mark


def _copy(line: Line, *, same: bool) -> tuple[int, int] | None:
    """Where the digits of a copy number stand on a line, or None."""
    if len(line.text) > 80:
        return None
    labelled = _COPY_LABELLED.search(line.text)
    if labelled:
        return labelled.span(labelled.lastgroup or 0)
    pattern = _COPY_BESIDE.match(line.text) if same else _COPY_ALONE.fullmatch(line.text)
    return pattern.span("copy") if pattern else None
