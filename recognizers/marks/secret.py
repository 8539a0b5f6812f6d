"""Finds levels of state secrets (绝密 机密 秘密) that are written as marks.

Shapes, after GB/T 9704 and the rules on marking state secrets: level ★ term (or ☆ ⭐ *, or the star
lost by OCR), ``密级：`` and its kin before the level, a ticked box, brackets, the level alone. A
level in any other shape is a mention and not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognizers.marks.context import Setting, look, wrapped
from recognizers.marks.lines import Line, Lines
from recognizers.marks.score import DECLASSIFIED, DECLASSIFIED_SCORE, Mark, settle
from recognizers.words import straddled

TRIGGERS = (
    "绝密",
    "机密",
    "秘密",
    "绝 ",
    "机 ",
    "秘 ",
    "绝\t",
    "机\t",
    "秘\t",
    "绝\n",
    "机\n",
    "秘\n",
)
"""What a level begins with; official papers space it: 秘　密."""

G = r"[ \t]{0,8}"
STAR = r"[★☆⭐🌟✩✪✫✬✭✮✯✰⋆✦✧٭*﹡∗✱✲✳✴✵✶✷✸✹✻※]"
LEVEL = re.compile(rf"(?:(?:极{G})?机|绝|秘)[ \t]{{0,8}}\n?[ \t]{{0,8}}密(?:{G}级(?![一-鿿]))?")
_NUMBER = rf"(?:[0-9OolI]{{1,3}}(?:{G}[0-9])?|[一二三四五六七八九十百两廿卅半壹贰叁肆伍陆柒捌玖拾]{{1,4}})"
_SPAN = rf"(?:{_NUMBER}{G}个?{G}(?:年|月|天|日|周|小时)(?![一-鿿]{{0,4}}[〔(\[][0-9])(?:以?内|止)?){{1,2}}"
_SPAN_OR_LONG = rf"(?:{_SPAN}|长{G}期)"
_LABEL_TERM = re.compile(
    rf"{G}(?:[(]{G}(?:保密期限)?:?{_SPAN_OR_LONG}{G}[)]|[/:★☆*]?{G}{_SPAN_OR_LONG})(?![一-鿿])"
)
_DATE = (
    rf"(?:至|到)?{G}[0-9]{{4}}{G}[年./-]{G}[0-9]{{1,2}}(?:{G}[月./-]{G}(?:[0-9]{{1,2}}{G}日?)?)?"
    rf"{G}(?:前|止|解密|后)?"
)
_EVENT = r"(?!关于)[^,。;:!?()\[\]【】\n★]{1,24}?(?:[之以]?前|[之以]?后解密|时解密)(?:解密|公开)?"
TERM = rf"(?:{_DATE}|{_SPAN}|长{G}期|永{G}久|无{G}限{G}期|{_EVENT})"
_STARRED = re.compile(rf"{G}(?:{STAR}{G})+(?P<term>[(]{G}{TERM}{G}[)]|{TERM})?")
_LOST_STAR = re.compile(
    rf"{G}(?:[:·.\-]|--)?{G}(?:[A-Za-z大女六文米太木+x×]{G})?"
    rf"(?:{_SPAN}|{_DATE}|长{G}期|永{G}久|启{G}用{G}前|[一-鿿]{{2,12}}前)(?![一-鿿])"
)
_NEXT_TERM = re.compile(rf"\n{G}(?:{_SPAN}|{_DATE}|长{G}期|永{G}久|启用前)(?={G}(?:[\n\x1e]|$))")
_STAR_BEFORE = re.compile(rf"{STAR}{G}$")

LABEL = re.compile(
    r"(?:(?:文[ ]*件|资[ ]*料|信[ ]*息|材[ ]*料|档[ ]*案|载[ ]*体|项[ ]*目|保[ ]*密|涉[ ]*密|秘[ ]*密|拟定|所定|原)[ ]*)?密[ \t]{0,6}级"
    r"(?:[ ]*(?:和|及|与|/|、)[ ]*(?:保密期限|解密时间|编号|期限))?"
    r"|(?:保密|秘密|涉密|机密|国家秘密|密)[ ]*(?:等级|级别|程度)|密等(?:及[一-鿿]{2,12})?|定密(?:情况|结果|意见)|涉密情况"
)
_LABEL_BEFORE = re.compile(
    rf"(?P<label>{LABEL.pattern})[\"'】\])>]?(?:[ \t]*[:=][ \t\"'(\[【<]*|[ \t|]+[\"'(\[【]?)$"
)
_LABEL_END = re.compile(rf"(?:{LABEL.pattern})$")
_BRACKETED = re.compile(r"^[ ]*[)\]】〕〗}>]")
_OPEN = re.compile(r"[(\[【〔〖{<][ ]*$")
_WITH_NOUN = re.compile(
    r"[ ]*(?:文[ ]*件|资[ ]*料|材[ ]*料|文[ ]*稿|文电|电报|刊物|简报|件)(?![一-鿿])"
)

_BAD_PREFIX = re.compile(
    r"(?:商业|工作|企业|商|非|不|无|未|个人|国家|核心|普通|军事|警务|内部)[ ]*$"
)
_OTHER_LEVEL_CELL = re.compile(rf"[ ]*(?:{LEVEL.pattern})[级]?[^,。;]{{0,10}}")
_MORE_LEVELS = re.compile(
    r"[ ]*(?:[/、|或和及]|--?)[ ]*(?:绝|机|秘)[ ]*密|(?:绝|机|秘)[ ]*密[级]?[ ]*(?:[/、|或和及]|--?)[ ]*$"
)

_LIFTED = re.compile(
    r"(?<!未)(?<!尚未)(?<!不得)(?:已[经于]?[^,。;]{0,12}解[ ]*密|[(\[【〔][ ]*解[ ]*密[ ]*[)\]】〕]|解密章|予以解密|已变更为公开|^[ ]*解密[ ]*$)"
)

EMPTY = "□☐○◯◻▢\uf0a8\uf0a3\uf06f¨"
TICKED = "☑☒✓✔√■▣⊠🗹✅●◉⬛◼\uf0fe\uf052\uf0fd\uf054\uf0fc"
_BOX = re.compile(rf"[(\[][ ]*[{TICKED}xXvV][ ]*[)\]]|[(\[][ ]*[)\]]|[{TICKED}{EMPTY}]")


def find_levels(lines: Lines, line: Line) -> Iterator[Mark]:
    """All levels on one line that are marks, and those that were lifted."""
    text = line.text
    for found in LEVEL.finditer(text):
        candidate = _shape(lines, line, found)
        if candidate is None:
            continue
        start, end, codes = candidate
        mark = _judge(lines, line, line.start + start, line.start + end, codes, found)
        if mark is not None:
            yield mark


def _shape(lines: Lines, line: Line, found: re.Match[str]) -> tuple[int, int, list[str]] | None:
    """Start, end (on the line) and shape codes of a level, or None for no shape of a mark."""
    text, start, end = line.text, found.start(), found.end()
    prefix, suffix = text[:start], text[end:]
    ticked = box_state(text, start, end)
    if ticked is False:
        return None
    if _BAD_PREFIX.search(prefix):
        return None
    codes = ["mark_spaced"] if any(c in found.group() for c in " \t") else []
    star = _STARRED.match(suffix)
    if star and not _is_emphasis(prefix, star.group()):
        return _starred(lines, line, found, star, codes)
    if ticked:
        return start, end, ["mark_ticked", *codes]
    label = _label(lines, line, prefix)
    if label:
        if _MORE_LEVELS.match(suffix) or _goes_on(suffix):
            return None
        term = _LABEL_TERM.match(suffix)
        return start, end + (term.end() if term else 0), [label, *codes]
    lost = _LOST_STAR.match(suffix)
    if lost:
        return start, end + lost.end(), ["mark_term", *codes]
    if _MORE_LEVELS.match(suffix) or _MORE_LEVELS.search(prefix):
        return None
    if _OPEN.search(prefix) and _BRACKETED.match(suffix):
        return start, end, ["mark_brackets", *codes]
    if _STAR_BEFORE.search(prefix) and "*" not in prefix:
        return start, end, ["mark_star", *codes]
    noun = _WITH_NOUN.match(suffix)
    return start, end + (noun.end() if noun else 0), ["mark_word", *codes]


def _starred(
    lines: Lines, line: Line, found: re.Match[str], star: re.Match[str], codes: list[str]
) -> tuple[int, int, list[str]]:
    end = found.end() + len(star.group().rstrip())
    if star.group("term"):
        return found.start(), end, ["mark_star_term", *codes]
    if not line.text[end:].strip():
        # A narrow frame wraps the term to the next line.
        below = lines.artifacts.view.text[line.end : line.end + 24]
        term = _NEXT_TERM.match(below)
        if term:
            length = line.end + term.end() - line.start
            return found.start(), length, ["mark_star_term", *codes]
    return found.start(), end, ["mark_star", *codes]


def _is_emphasis(prefix: str, star: str) -> bool:
    """Markdown's ``**机密**``: asterisks on both sides."""
    return prefix.rstrip().endswith("*") and star.strip().strip("*") == ""


def _label(lines: Lines, line: Line, prefix: str) -> str:
    """``mark_label:密级`` when the words before the level (on the line, in the cell to the left, or
    alone on the line above) announce it, else the empty string.
    """
    found = _LABEL_BEFORE.search(prefix)
    if found:
        return "mark_label:密级"
    if prefix.strip(" \t\"'([【"):
        return ""
    left = lines.artifacts.left_cell(line.start)
    if left:
        return "mark_label:密级" if LABEL.fullmatch(left.strip(" :")) else ""
    above = next(lines.before(line), None)
    if above is not None and lines.kind(line) != "table_cell":
        text = above.text.strip()
        if LABEL.fullmatch(text.rstrip(": ")):
            return "mark_label:密级"
    return ""


def _goes_on(suffix: str) -> bool:
    """Whether running text follows the level of a label (密级：机密级计算机应当…)."""
    follows = re.match(r"[一-鿿]{1,4}", suffix)
    if not follows:
        return False
    return not re.match(
        r"(?:保密|期限|份号|文号|编号|缓急|紧急|签发|知悉|页数|年限|解密|公开|发文|主办|拟稿|特急|加急|平急)",
        suffix,
    )


def box_state(text: str, start: int, end: int) -> bool | None:
    """Whether the box of an option is ticked; None where the line has no boxes for it.

    Boxes stand before all options of a line or behind all of them: the first one tells.
    """
    boxes = list(_BOX.finditer(text))
    if not boxes:
        ocr = re.findall(r"密[ ]?口", text)
        return False if len(ocr) > 1 else None
    lead = text[: boxes[0].start()].rstrip()
    before = not lead or lead[-1] in ":|" or _LABEL_END.search(lead) is not None
    if before:
        near = [box for box in boxes if box.end() <= start]
        box = near[-1] if near else None
        gap = text[box.end() : start] if box else ""
    else:
        box = next((box for box in boxes if box.start() >= end), None)
        gap = text[end : box.start()] if box else ""
    if box is None or len(gap.strip()) > 2:
        return None
    return any(c in box.group() for c in TICKED + "xXvV")


def _judge(
    lines: Lines, line: Line, start: int, end: int, shape: list[str], found: re.Match[str]
) -> Mark | None:
    setting = look(lines, line, start, min(end, line.end))
    codes = [*shape, *setting.codes]
    strong = shape[0].partition(":")[0]
    if strong in ("mark_word", "mark_brackets", "mark_term") and not _place(lines, setting, codes):
        return None
    if strong in ("mark_label", "mark_ticked"):
        # A form's line holds more than the mark; what stands before it is the label.
        codes = [c for c in codes if c not in ("in_sentence",)] if _is_form(setting) else codes
    if strong.startswith("mark_star") and straddled(
        lines.artifacts.view.text, start, start + len(found.group())
    ):
        return None
    if strong == "mark_word" and found.group() == "秘密":
        codes.append("everyday_word")
    if found.group().endswith("级") and strong in ("mark_word", "mark_brackets"):
        codes.append("name_of_level")
    if strong in ("mark_word", "mark_brackets", "mark_term"):
        codes = _without_cell_bonus(lines, line, codes)
    if _other_levels(lines, line, found):
        codes.append("other_levels_beside")
    if _in_column(lines, line, strong):
        codes.append("column_of_values")
    mark = settle(start, end, codes)
    if mark is not None and _lifted(lines, line):
        return Mark(start, end, DECLASSIFIED_SCORE, (DECLASSIFIED, *mark.evidence))
    return mark


def _place(lines: Lines, setting: Setting, codes: list[str]) -> bool:
    """Whether a weak shape stands where marks stand; ``beside_title`` is added to the codes."""
    if setting.alone:
        return not wrapped(lines, setting.line)
    if "mark_brackets" not in codes or setting.line.cut or "in_sentence" in codes:
        return False
    title = (setting.prefix.strip(" ([【〔") or setting.suffix.strip(" )]】〕")).strip()
    if (
        setting.prefix.strip(" ([【〔")
        and setting.suffix.strip(" )]】〕.")
        and (setting.zone != "file_name")
    ):
        return False
    if 4 <= len(title) <= 60 and setting.zone in (
        "first_page_top",
        "page_top",
        "header",
        "footer",
        "file_name",
        "metadata",
    ):
        codes.append("beside_title")
    return True


def _is_form(setting: Setting) -> bool:
    """Whether a label stands at the start of its field, not inside a sentence."""
    lead = LABEL.split(setting.prefix)[0].strip(" \t□☐([【★")
    tail = setting.suffix.strip()
    if re.search(r"[。!?]", setting.prefix) or re.search(r"[。!?].*[一-鿿]", tail):
        return False
    return not re.search(r"(?:如|例|在|将|把|对|为|的|注明|标明|填写|标注|应|须|是)[ ]*:?$", lead)


def _other_levels(lines: Lines, line: Line, found: re.Match[str]) -> bool:
    """Whether other levels are listed on the line, in the row, or on the lines around."""
    own = re.sub(r"[ \t\n级]", "", found.group())
    labels = [label.span() for label in LABEL.finditer(line.text)]
    for match in LEVEL.finditer(line.text):
        if any(low <= match.start() < high for low, high in labels):
            continue
        if (
            re.sub(r"[ \t\n级]", "", match.group()) != own
            and box_state(line.text, match.start(), match.end()) is None
        ):
            return True
    reach = 12 if lines.kind(line) == "table_cell" else 4
    for other in (*lines.before(line, reach), *lines.after(line, reach)):
        match2 = _OTHER_LEVEL_CELL.fullmatch(other.text.strip(" \t·-•*()[]【】0123456789.、"))
        if match2:
            level = LEVEL.search(other.text)
            if level and re.sub(r"[ \t\n级]", "", level.group()) != own:
                return True
    return False


def _in_column(lines: Lines, line: Line, shape: str) -> bool:
    """Whether the cell stands under a header 密级: a row of a list, not this paper's level."""
    if shape == "mark_label":
        return False
    header = lines.artifacts.header(line.start)
    if header is None:
        return False
    return LABEL.search(header) is not None


def _without_cell_bonus(lines: Lines, line: Line, codes: list[str]) -> list[str]:
    """Cells always stand apart, and the top of a table is its first row only."""
    index = lines.artifacts.index(line.start)
    cell = None if index is None else lines.artifacts.layout.cell(index)
    if cell is None:
        return codes
    dropped = ("isolated",) if cell[1] == 0 else ("isolated", "in_first_page_top", "in_page_top")
    return [code for code in codes if code not in dropped]


def _lifted(lines: Lines, line: Line) -> bool:
    """Whether the line, or a short line beside it, says that the secret was declassified."""
    if _LIFTED.search(line.text):
        return True
    near = (*lines.before(line), *lines.after(line))
    return any(len(o.text) <= 24 and _LIFTED.search(o.text) for o in near)
