"""Finds levels of state secrets (绝密 机密 秘密) that are written as marks.

Shapes, after GB/T 9704 and the rules on marking state secrets: level ★ term (or ☆ ⭐ *, or the star
lost by OCR), ``密级：`` and its kin before the level, a ticked box, brackets, the level alone. A
level in any other shape is a mention and not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from recognizers import trace
from recognizers.marks.context import DECORATION, Setting, look, wrapped
from recognizers.marks.lines import Line, Lines
from recognizers.marks.score import DECLASSIFIED, DECLASSIFIED_SCORE, Mark, settle
from recognizers.marks.shapes import (
    CLOSED,
    HAN,
    LABEL,
    LABEL_BEFORE,
    LABEL_TERM,
    LEVEL,
    LOST_STAR,
    MORE_LEVELS_AFTER,
    MORE_LEVELS_BEFORE,
    OPEN,
    SPLIT_LEVEL,
    STAR_BEFORE,
    STARRED,
    TERM_BELOW,
    any_of,
    box_state,
    spaced,
)
from recognizers.patterns import late
from recognizers.words import straddled

TRIGGERS = tuple(first + second for first in "绝机秘" for second in "密 \t\n.·,、_|/-")
"""What a level begins with; official papers space it (秘　密), others put a sign between."""

_TERM = late(rf"{STARRED.pattern}|{LOST_STAR.pattern}")
_NOUN = late(rf"[ ]*{spaced(any_of('文件 资料 材料 文稿 文电 电报 刊物 简报 件'))}(?!{HAN})")
_OTHER_KINDS = "商业 工作 企业 公司 集团 商 非 不 无 未 个人 国家 核心 普通 军事 警务 内部"
_NOT_BEFORE = late(rf"{any_of(_OTHER_KINDS)}[ ]*$")
_LISTED = late(rf"[ ]*(?:{LEVEL.pattern})级?[^,。;]{{0,10}}")
_LIST_EDGE = " \t·-•*()[]【】0123456789.、"
_NEXT_LABEL = late(
    any_of(
        "保密 期限 份号 文号 编号 缓急 紧急 签发 知悉 页数 年限 解密 公开 发文 主办 拟稿"
        " 特急 加急 平急"
    )
)
_LIFTED = late(
    r"(?<!未)(?<!尚未)(?<!不得)"
    r"(?:已[经于]?[^,。;]{0,12}解[ ]*密|[(\[【〔][ ]*解[ ]*密[ ]*[)\]】〕]|^[ ]*解密[ ]*$"
    r"|解密章|予以解密|已变更为公开)"
)
_TALKS = late(rf"{any_of('如 例 在 将 把 对 为 的 注明 标明 填写 标注 应 须 是')}[ ]*:?$")
_NEAR = 60  # code points on each side of a level in which a list names the other levels
_WEAK = ("mark_word", "mark_brackets", "mark_term")
_ROWS = 12
"""How many rows above a level the heads of its columns may stand, where a text has tables."""
_FIELDS = late(r"[^ \t|][ ]*(?:\t|[ ]{2}|[|])[ \t|]*[^ \t|]")
_HEADED = late(rf"(?:^|\t|[ ]{{2}}|[|])[ ]*(?:{LABEL.pattern})[ ]*(?:$|\t|[ ]{{2}}|[|])")
_FIRST_PAGE = ("beside_red_head", "beside_document_number", "beside_copy_number")
_BYLINE = late(r"[ ]*(?:作者|文[ ]*[/|:]|图文|编剧|原著|译者|[(]?(?:小说|散文|节选)|第[一1]章)")
_TITLE_ZONES = ("first_page_top", "page_top", "header", "footer", "file_name", "metadata")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A level in a shape that marks have; view offsets, and ``name`` the bare level."""

    start: int
    end: int
    shape: str
    codes: tuple[str, ...]
    name: str


def find_levels(lines: Lines, line: Line) -> Iterator[Mark]:
    """All levels on one line that are marks, and those that were lifted."""
    for found in LEVEL.finditer(line.text):
        candidate = _candidate(lines, line, found) if line.wants(found.start()) else None
        trace.look(line.start + found.start(), line.start + found.end())
        mark = _judge(lines, line, candidate) if candidate else None
        if mark is None:
            trace.objection("mention")
        else:
            yield mark


def _candidate(lines: Lines, line: Line, found: re.Match[str]) -> _Candidate | None:
    """The level in its shape, or None where it has no shape of a mark."""
    split = SPLIT_LEVEL.search(found.group()) is not None
    if split and not _stands_apart(line, found):
        return None
    ticked = box_state(line.text, found.start(), found.end())
    if ticked is False or _NOT_BEFORE.search(line.text[max(0, found.start() - 8) : found.start()]):
        return None
    shaped = _shape(lines, line, found, ticked is True)
    if shaped is None:
        return None
    end, shape = shaped
    codes = [shape]
    if any(c in found.group() for c in " \t"):
        codes.append("mark_spaced")
    name = _name(found)
    shape = shape.partition(":")[0]
    if shape == "mark_word" and found.group() == "秘密":
        codes.append("everyday_word")
    if found.group().endswith("级") and shape in _WEAK:
        codes.append("name_of_level")
    return _Candidate(line.start + found.start(), line.start + end, shape, tuple(codes), name)


def _stands_apart(line: Line, found: re.Match[str]) -> bool:
    """Whether 机.密 has its field to itself, but for its term: elsewhere it joins two words."""
    before = re.split(r"[ ]{2,}|\t", line.text[: found.start()])[-1]
    term = _TERM.match(line.text, found.end())
    after = re.split(r"[ ]{2,}|\t", line.text[term.end() if term else found.end() :])[0]
    return not (before + after).strip(DECORATION)


def _shape(lines: Lines, line: Line, found: re.Match[str], ticked: bool) -> tuple[int, str] | None:
    """End of the mark on the line and the code of its shape, strongest first; or None."""
    prefix, suffix = line.text[: found.start()], line.text[found.end() :]
    star = STARRED.match(suffix)
    if star and not _is_emphasis(prefix, star.group()):
        return _starred(lines, line, found.end(), star)
    if ticked:
        return found.end(), "mark_ticked"
    listed = MORE_LEVELS_AFTER.match(suffix) or MORE_LEVELS_BEFORE.search(prefix[-16:])
    if _announced(lines, line, prefix):
        if listed or _goes_on(suffix):
            return None
        term = LABEL_TERM.match(suffix)
        return found.end() + (term.end() if term else 0), "mark_label:密级"
    lost = LOST_STAR.match(suffix)
    if lost:
        return found.end() + lost.end(), "mark_term"
    heads = suffix.lstrip().startswith(":")  # 秘密： heads what follows
    return None if listed or heads else _plain(prefix, suffix, found)


def _plain(prefix: str, suffix: str, found: re.Match[str]) -> tuple[int, str]:
    if OPEN.search(prefix[-6:]) and CLOSED.match(suffix):
        return found.end(), "mark_brackets"
    if STAR_BEFORE.search(prefix[-10:]) and "*" not in prefix:
        return found.end(), "mark_star"
    noun = _NOUN.match(suffix)
    return found.end() + (noun.end() if noun else 0), "mark_word"


def _starred(lines: Lines, line: Line, level_end: int, star: re.Match[str]) -> tuple[int, str]:
    end = level_end + len(star.group().rstrip())
    if star.group("term"):
        return end, "mark_star_term"
    if not line.text[end:].strip():
        # A narrow frame wraps the term to the next line.
        below = TERM_BELOW.match(lines.artifacts.view.text, line.end, line.end + 24)
        if below:
            return below.end() - line.start, "mark_star_term"
    return end, "mark_star"


def _is_emphasis(prefix: str, star: str) -> bool:
    """Markdown's ``**机密**``: asterisks on both sides."""
    return prefix.rstrip().endswith("*") and star.strip().strip("*") == ""


def _announced(lines: Lines, line: Line, prefix: str) -> bool:
    """Whether 密级 stands before: on the line, in the cell to the left, alone on the line above."""
    if LABEL_BEFORE.search(prefix[-40:]):
        return True
    if prefix.strip(" \t\"'([【"):
        return False
    left = lines.artifacts.left_cell(line.start)
    if left or lines.kind(line) == "table_cell":
        return LABEL.fullmatch(left.strip(" :")) is not None
    above = next(lines.before(line), None)
    return above is not None and LABEL.fullmatch(above.text.strip(" \t:")) is not None


def _goes_on(suffix: str) -> bool:
    """Whether running text follows the level of a label (密级：机密级计算机应当…)."""
    return re.match(HAN, suffix) is not None and _NEXT_LABEL.match(suffix) is None


def _judge(lines: Lines, line: Line, candidate: _Candidate) -> Mark | None:
    text, start = lines.artifacts.view.text, candidate.start
    setting = look(lines, line, start, min(candidate.end, line.end))
    codes = [*candidate.codes, *setting.codes]
    if candidate.shape in _WEAK:
        if not _place(lines, setting, codes):
            return None
        codes = _without_cell_bonus(lines, line, codes)
        if any(code in codes for code in _FIRST_PAGE):
            codes = [code for code in codes if code != "name_of_level"]  # 绝密级 over a red head
        if "everyday_word" in codes and _heads_a_story(lines, line):
            return None
    elif candidate.shape in ("mark_label", "mark_ticked"):
        # A form's line holds more than the mark; what stands before it is the label.
        if _is_form(setting):
            codes = [code for code in codes if code != "in_sentence"]
    elif straddled(text, start, start + len(candidate.name)):
        return None
    if _other_levels(lines, line, start - line.start, candidate.name):
        codes.append("other_levels_beside")
    if candidate.shape != "mark_label" and _in_column(lines, line):
        codes.append("column_of_values")
    mark = settle(start, candidate.end, codes)
    if mark is not None and lifted(lines, line):
        return Mark(start, candidate.end, DECLASSIFIED_SCORE, (DECLASSIFIED, *mark.evidence))
    return mark


def _place(lines: Lines, setting: Setting, codes: list[str]) -> bool:
    """Whether a weak shape stands where marks stand; ``beside_title`` is added to the codes."""
    if setting.alone:
        return not wrapped(lines, setting.line)
    if "mark_brackets" not in codes or setting.line.cut or "in_sentence" in codes:
        return False
    before, after = setting.prefix.strip(" ([【〔〖{<"), setting.suffix.strip(" )]】〕〗}>.")
    if before and after and setting.zone != "file_name":
        return False
    if 4 <= len(before or after) <= 60 and setting.zone in _TITLE_ZONES:
        codes.append("beside_title")
    return True


def _heads_a_story(lines: Lines, line: Line) -> bool:
    """Whether 秘密 alone on its line is the title of what somebody wrote."""
    below = next(lines.after(line), None)
    return below is not None and _BYLINE.match(below.text) is not None


def _is_form(setting: Setting) -> bool:
    """Whether a label stands at the start of its field, not inside a sentence."""
    lead = LABEL.split(setting.prefix)[0].strip(" \t□☐([【★")
    if re.search(r"[。!?]", setting.prefix) or re.search(rf"[。!?].*{HAN}", setting.suffix):
        return False
    return _TALKS.search(lead) is None


def _name(found: re.Match[str]) -> str:
    """The bare level: 机密 of ``机　密级``."""
    return re.sub(r"[^绝机秘极密]", "", found.group())


def _other_levels(lines: Lines, line: Line, start: int, name: str) -> bool:
    """Whether other levels are listed on the line, or on short lines or cells around it."""
    near = max(0, start - _NEAR), start + _NEAR
    labels = [label.span() for label in LABEL.finditer(line.text, *near)]
    for found in LEVEL.finditer(line.text, *near):
        if any(low <= found.start() < high for low, high in labels) or _name(found) == name:
            continue
        if box_state(line.text, found.start(), found.end()) is None:
            return True
    reach = 12 if lines.kind(line) == "table_cell" else 4
    for other in (*lines.before(line, reach), *lines.after(line, reach)):
        if _LISTED.fullmatch(other.text.strip(_LIST_EDGE)):
            level = LEVEL.search(other.text)
            if level is not None and _name(level) != name:
                return True
    return False


def _in_column(lines: Lines, line: Line) -> bool:
    """Whether the cell stands under a header 密级: a row of a list, not this paper's level."""
    header = lines.artifacts.header(line.start)
    if header is not None:
        return LABEL.search(header) is not None
    if not _FIELDS.search(line.text.strip()):
        return False
    above = (other.text for other in lines.before(line, _ROWS))
    return any(_HEADED.search(text) and _FIELDS.search(text.strip()) for text in above)


def _without_cell_bonus(lines: Lines, line: Line, codes: list[str]) -> list[str]:
    """Cells always stand apart, and the top of a table is its first row only."""
    index = lines.artifacts.index(line.start)
    cell = None if index is None else lines.artifacts.layout.cell(index)
    if cell is None:
        return codes
    dropped = ("isolated",) if cell[1] == 0 else ("isolated", "in_first_page_top", "in_page_top")
    return [code for code in codes if code not in dropped]


def lifted(lines: Lines, line: Line) -> bool:
    """Whether the line, or a short line beside it, says that the secret was declassified."""
    if _LIFTED.search(line.text):
        return True
    near = (*lines.before(line), *lines.after(line))
    return any(len(other.text) <= 24 and _LIFTED.search(other.text) for other in near)
