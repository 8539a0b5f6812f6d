"""What stands around a term on its line and on the lines beside it, as evidence codes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from recognizers.marks.lines import Line, Lines
from recognizers.marks.shapes import HAN, any_of, spaced
from recognizers.patterns import late

_ZONES = {
    "header": "in_header",
    "footer": "in_footer",
    "file_name": "in_file_name",
    "metadata": "in_property",
    "first_page_top": "in_first_page_top",
    "page_top": "in_page_top",
    "last_note": "in_last_note",
}

DECORATION = " \t★☆✩✪✫✬✭✮✯✰⭐🌟⋆*#>|=_~·•●◆■▲-()[]【】〔〕〖〗{}<>"
_WIDE = late(r"(?:[ ]{2,}|\t[ \t]*|[ ]*\|[ ]*)")
_PIECE_EDGE = tuple(" _-.·,、;+()[]【】|/=&~")
_BETWEEN = late(rf"[{re.escape(DECORATION)},、;:!.。／/]+")

KEEP = (
    rf"(?:(?:注意|严格|妥善|认真)保(?:密|管|存)"
    rf"|{any_of('不得 请勿 严禁 禁止 切勿 勿 不准 不可 不要')}"
    rf"{any_of('外传 外泄 外借 扩散 翻印 复制 复印 转载 传播 泄露 携出 摘抄 拍照 上网 公开 泄密')})"
)
_NUMBER = "[0-9一二三四五六七八九十]+"
_URGENT = spaced(any_of("特急 加急 平急 特提 急件"))
_COMPANY: tuple[tuple[str, str], ...] = (
    ("beside_copy_number", r"份[ ]*号[ ]*:?[ ]*(?:No\.?)?[ ]*[0-9]{1,8}"),
    ("beside_copy_number", r"(?:No\.?|NO\.?|№|编号:?)[ ]*[0-9]{1,8}(?![0-9])"),
    ("beside_copy_number", r"(?:总?第|共)?[ ]*[0-9]{1,6}[ ]*份"),
    ("beside_copy_number", r"(?<![0-9])[0-9]{6}(?![0-9年])"),
    ("beside_urgency", rf"(?:紧急程度[ ]*:?)?[ ]*{_URGENT}"),
    (
        "beside_document_number",
        rf"{HAN}{{2,14}}[ ]*[〔\[(][0-9]{{4}}[〕\])][ ]*第?[ ]*[0-9]{{1,5}}[ ]*号",
    ),
    ("beside_red_head", rf"{HAN}{{4,30}}文[ ]*件(?!{HAN})"),
    ("", r"签发人[ ]*:?[ ]*[一-鿿· ]{2,14}"),
    ("", r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日"),
    ("", rf"第[ ]*{_NUMBER}[ ]*[页期版稿]|共[ ]*[0-9]+[ ]*页|[0-9]{{1,4}}[ ]*/[ ]*[0-9]{{1,4}}"),
    ("", r"(?<![0-9])[0-9]{1,4}(?![0-9])"),
    ("", rf"{any_of('保密期限 解密时间 解密日期 知悉范围')}[ ]*:[^。]{{1,24}}"),
    ("mark_admonition", rf"(?:请|须)?{KEEP}"),
)
_NEIGHBOURS = tuple((code, late(pattern)) for code, pattern in _COMPANY)
"""What may share a line with a mark or stand beside it, and the code for it."""

_NEAR = 30  # code points on each side in which a comma or full stop makes a running sentence
_LEAD = 12  # code points before a term in which the word stands that leads up to it
_OPENING, _CLOSING = "“‘「『《〈", "”’」』》〉"
_QUOTES = '“”‘’「」『』"'
_QUOTE_SIGNS = tuple(_QUOTES)
_ORNATE = ("first_page_top", "header", "footer")
_STOPS = late(r"[,。;!?、]")
_GOES_ON = late(
    r"[ ]*(?:[、,;。?!/][ ]*[一-鿿A-Za-z“《]"
    r"|[的等字和或及与是为到之类以其者并而时后应须可将被不]"
    rf"|级?{any_of('标志 标识 标记 字样 以上 以下 事项的 文件的 公文的 样式')})"
)
_SAID = "标注 标有 标明 标示 标为 标识 标志 注明 载明 写明 写 写有 印有 印 印上 加盖 盖有 盖"
_LIKE = "例如 比如 譬如 如 形如 即 为 是 的 属 属于 列为 列入 定为 定 确定为 含 含有 带 带有"
_LINKS = "和 或 及 与 包括 分 分为 按 以 用 将 把 被 在 对 从 有 无 非 不 未"
_DOES = "涉及 涉 泄露 窃取 保守 严守 保护 知悉 掌握 审议 讨论 通过 印发 修改 起草 形成 完成 提交"
_LEADS_UP = late(rf"{any_of(' '.join((_SAID, _LIKE, _LINKS, _DOES)))}[ ]*:?[ ]*$")
_SHOWS = "如下 示例 例如 比如 样式 样例 样张 范例 示意图 图示 标志为 标识为 标注为 写法 答案"
_SHOWS_HERE = "例 格式 标注方法 标注方式 标注形式 正确答案 选项 正确 错误 标志 标识 形式"
_COUNT = r"[ ]*[0-9一二三四]?[ ]*:?[ ]*$"
_EXAMPLE = late(rf"{any_of(f'{_SHOWS} {_SHOWS_HERE}')}{_COUNT}")
_EXAMPLE_ABOVE = late(rf"{any_of(_SHOWS)}{_COUNT}|(?:标志|标识|标注|例)[^,。]{{0,12}}:$")
_NUMBERED = late(
    r"[ ]*(?:[(]?[ ]*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[A-Ha-h])[ ]*[)、.][ ]*"
    r"|[①-⑳⑴-⒇❶-❿]|第[一二三四五六七八九十0-9]+[条款项章节类]"
    r"|[•·▪◦‣⁃][ ]+|-[ ]+(?!.*-[ ]*$))"
)
_RUNS_ON = late(
    any_of("国家 商业 工作 个人 军事 核心 党的 的 和 或 及 属于 定为 涉及 泄露 窃取 保守 严守")
    + "$"
)
_FULL = 24  # code points of a line that was wrapped because it was full


@dataclass(slots=True)
class Setting:
    """A term's line: what stands before and after the term, and what that says."""

    line: Line
    prefix: str
    suffix: str
    alone: str = ""  # "line", "field" or "" for neither
    codes: list[str] = field(default_factory=list)
    zone: str = "body"


def look(lines: Lines, line: Line, start: int, end: int) -> Setting:
    """The setting of ``[start, end)`` (view offsets) on its line."""
    prefix, suffix = line.text[: start - line.start], line.text[end - line.start :]
    setting = Setting(line, prefix, suffix)
    setting.zone = lines.zone(line)
    codes = setting.codes
    if setting.zone in _ZONES:
        codes.append(_ZONES[setting.zone])
    if not line.cut:
        setting.alone = _alone(prefix, suffix, codes)
        if not setting.alone and setting.zone in ("file_name", "metadata"):
            setting.alone = _piece(prefix, suffix)
    if setting.alone:
        codes.append("own_line" if setting.alone == "line" else "own_field")
        if setting.alone == "line" and lines.isolated(line):
            codes.append("isolated")
        codes += beside(lines, line)
    elif in_sentence(prefix, suffix):
        codes.append("in_sentence")
    if quoted(lines, line, prefix, suffix):
        codes.append("in_quotes")
    if (
        _NUMBERED.match(prefix + ("-" if suffix.strip() == "-" else ""))
        and setting.zone != "file_name"
    ):
        codes.append("numbered_item")
    if _is_example(lines, line, prefix):
        codes.append("shown_as_example")
    return setting


def _alone(prefix: str, suffix: str, codes: list[str]) -> str:
    """``line`` when nothing but ornaments and usual neighbours shares the line, ``field`` when wide
    blanks part it from the rest; the neighbours' codes are added.
    """
    found: list[str] = []
    before, after = _leftover(prefix, found), _leftover(suffix, found)
    if not before and not after:
        codes += found
        return "line"
    free_before = not before or _WIDE.fullmatch(prefix[len(prefix.rstrip(DECORATION)) :])
    free_after = not after or _WIDE.match(suffix)
    if free_before and free_after:
        codes += found
        return "field"
    return ""


def _piece(prefix: str, suffix: str) -> str:
    """``field`` when signs part the term from the rest of a file name or property."""
    free = prefix[-1:] in _PIECE_EDGE or not prefix
    return "field" if free and (suffix[:1] in _PIECE_EDGE or not suffix) else ""


def _leftover(part: str, found: list[str]) -> str:
    """What is left of one side of the line without ornaments and usual neighbours."""
    rest = part.strip(DECORATION + _QUOTES)
    if rest in ("。", ".", "!", ";", ","):
        return rest
    for code, pattern in _NEIGHBOURS:
        if not rest:
            break
        cleaned, count = pattern.subn("", rest)
        if count:
            rest = cleaned
            if code:
                found.append(code)
    return _BETWEEN.sub("", rest)


def beside(lines: Lines, line: Line) -> list[str]:
    """Codes for 份号, 紧急程度, 红头 and 文号 on the two lines above and below."""
    codes: list[str] = []
    for other in (*lines.before(line, 2), *lines.after(line, 3)):
        text = other.text.strip()
        if other.cut or len(text) > 40:
            continue
        for code, pattern in _NEIGHBOURS:
            if code.startswith("beside") and pattern.fullmatch(text):
                codes.append(code)
    return codes


def quoted(lines: Lines, line: Line, prefix: str, suffix: str) -> bool:
    """Whether the term stands inside quotation marks or a title, begun on a full line above too.

    Marks that hold nothing but the term and have the line to themselves are ornaments.
    """
    ornaments = prefix.strip() in _QUOTE_SIGNS and suffix.strip() in _QUOTE_SIGNS
    if ornaments and prefix.strip() and lines.zone(line) in _ORNATE:
        return False
    above = lines.same_stretch_before(line)
    last = above[:-1].rpartition("\n")[2] if above.endswith("\n") else ""
    before = (last if len(last) >= _FULL else "") + prefix
    opened = max(before.rfind(mark) for mark in _OPENING)
    closed = max(before.rfind(mark) for mark in _CLOSING)
    if opened > closed:
        return True
    if suffix.lstrip()[:1] in tuple(_CLOSING):
        return True
    cell = prefix.strip() == '"' and suffix.strip() == '"'
    return prefix.count('"') % 2 == 1 and '"' in suffix and not cell


def in_sentence(prefix: str, suffix: str) -> bool:
    """Whether the line reads on around the term as running text does."""
    return bool(
        _GOES_ON.match(suffix.lstrip(" )】]〕"))
        or _LEADS_UP.search(prefix.rstrip(" (【[〔")[-_LEAD:])
        or _STOPS.search(prefix[-_NEAR:])
        or _STOPS.search(suffix.rstrip("。!; ")[:_NEAR])
    )


def wrapped(lines: Lines, line: Line) -> bool:
    """Whether the line above, in the same stretch, is full and runs on into this one."""
    above = lines.same_stretch_before(line)
    if not above.endswith("\n"):
        return False
    last = above[:-1].rpartition("\n")[2]
    text = last.strip()
    if not text or not ("一" <= text[-1] <= "鿿"):
        return False
    return len(text) >= _FULL or _RUNS_ON.search(text) is not None


def _is_example(lines: Lines, line: Line, prefix: str) -> bool:
    lead = prefix.strip(DECORATION)
    if lead:
        return _EXAMPLE.search(lead[-_LEAD:]) is not None
    above = next(lines.before(line), None)
    return above is not None and _EXAMPLE_ABOVE.search(above.text.rstrip()[-24:]) is not None
