"""What a published page says about itself, and the attachments it links to.

Offices put the same table on their pages (国办发〔2019〕61号 names the meta tags, local rules the
table): 索引号, 信息分类, 发布机构, 发文日期, 生成日期, 名称, 文号, 关键词, 有效性. The layouts
differ: table rows of alternating label and value, definition lists, lists of spans, lines of
``label：value``. All of them become one sequence of text blocks here, so one reading serves all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx

from screener.audit.address import FetchProblem, parse_url

HEADER_FIELDS = (
    "index_number",
    "category",
    "publisher",
    "issued",
    "created",
    "title",
    "doc_number",
    "keywords",
    "validity",
)
"""Keys of the header table, in the order people know them."""

_LABELS = {
    "index_number": "索引号 索引码 索取号 信息索引号 索引号码",
    "category": "信息分类 主题分类 信息类别 内容分类 所属分类 信息所属类别 组配分类 公开类别 分类",
    "publisher": "发布机构 发文机关 发文机构 发布机关 发布单位 发文单位 公开主体 责任单位 信息来源 "
    "来源单位 来源",
    "issued": "发文日期 成文日期 发文时间 成文时间 印发日期",
    "created": "生成日期 发布日期 发布时间 公开日期 公开时间 公布日期 发布于",
    "title": "信息名称 文件名称 标题 名称",
    "doc_number": "发文字号 文件编号 文件字号 发文文号 文号",
    "keywords": "关键词 主题词 关键字",
    "validity": "有效性 效力状态 时效性 是否有效 文件状态 有效期",
}
# These stand in ordinary tables and sentences too: they count only near one of the others.
_COMMON = frozenset({"分类", "来源", "标题", "名称", "关键词", "主题词", "关键字", "有效期"})
_NEAR = 24
"""Blocks between a common label and the nearest telling one."""

_META = {
    "title": ("articletitle",),
    "created": ("pubdate", "publishdate", "publishtime"),
    "publisher": ("contentsource", "source"),
    "keywords": ("keywords",),
    "category": ("columnname",),
}

_PART = "\x1f"
_BLANK = "[ \t\r\n\u3000\u00a0\u2003\u2002]"
_FIELD_OF = {label: key for key, labels in _LABELS.items() for label in labels.split()}
_LABEL = "|".join(
    f"[{_PART}{_BLANK[1:-1]}]*".join(label) for label in sorted(_FIELD_OF, key=len, reverse=True)
)
# A label, then a colon or the edge of its element; full-width brackets are worn by some sites.
_LABELLED = re.compile(
    rf"(?:^|(?<=[{_PART} \t\n\u3000\u00a0；;|【\[]))({_LABEL}){_BLANK}*[】\]]?{_BLANK}*"
    rf"(?:[：:]|{_PART}|$)"
)
_OTHER_LABEL = re.compile(rf"(?:^|[{_PART}{_BLANK[1:-1]}])[\u4e00-\u9fff]{{2,6}}[：:]")
_VALUE_LENGTH = 200
_HEADER_BLOCK = 600
"""A block longer than this is the article, not a header line."""

_FILE = re.compile(
    r"pdf|docx?|docm|dotx?|xls[xm]?|ett?|pp[ts]x?|dps|wp[st]|ofd|rtf|txt|csv|zip|rar|7z|tar|gz|tgz"
    r"|eml|msg|xml|od[ts]"
)
_PAGE = re.compile(r"[sx]?html?|jhtml|jspx?|aspx?|php|do|action")
_DOWNLOAD = re.compile(r"down(?:load)?|attach|annex|getfile|readfile|fujian", re.IGNORECASE)
_ATTACHED = re.compile(
    rf"附{_BLANK}*件{_BLANK}*(?:[0-9一二三四五六七八九十]+|[：:])|点击下载|下载附件"
)
_QUOTED = re.compile(r"""["']([^"'<>]{1,500})["']""")
_SKIPPED_TAGS = frozenset({"script", "style", "noscript", "template", "option", "select"})
_INLINE = re.compile(r"a|abbr|b|big|em|font|i|label|nobr|small|span|strong|sub|sup|u|ins|mark|s")


@dataclass(frozen=True, slots=True)
class Link:
    """An attachment or frame of the page. ``url`` is None when only a script could open it."""

    url: httpx.URL | None
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says about itself: its ``<title>``, its header table, what belongs to it."""

    title: str = ""
    header: Mapping[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()


def read_page(html: str, url: httpx.URL) -> Page:
    """Read a page that stood at ``url``. Broken HTML gives what is there."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(huge_tree=True, encoding="utf-8")
    try:
        root = lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Page()
    title = " ".join(str(root.xpath("string(//title)")).split())[:_VALUE_LENGTH]
    return Page(title=title, header=_header(root), links=tuple(_links(root, url)))


def _header(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    blocks = list(_blocks(root))
    telling = [
        number
        for number, block in enumerate(blocks)
        if len(block) <= _HEADER_BLOCK
        and any(_plain(match[1]) not in _COMMON for match in _LABELLED.finditer(block))
    ]
    for number, block in enumerate(blocks):
        for label, value in _pairs(block, blocks[number + 1] if number + 1 < len(blocks) else ""):
            if label in _COMMON and not any(abs(number - other) <= _NEAR for other in telling):
                continue
            key = _FIELD_OF[label]
            if value and key not in found:
                found[key] = value
    for key, value in _meta(root):
        found.setdefault(key, value)
    return {key: found[key] for key in HEADER_FIELDS if key in found}


def _pairs(block: str, following: str) -> Iterator[tuple[str, str]]:
    """Labels of a block with their values; a label alone has its value in the next block."""
    if len(block) > _HEADER_BLOCK:
        return
    matches = list(_LABELLED.finditer(block))
    for number, match in enumerate(matches):
        later = matches[number + 1] if number + 1 < len(matches) else None
        value = _plain_value(block[match.end() : later.start(1) if later else len(block)])
        if not value and later is None and not _LABELLED.match(following):
            value = _plain_value(following) if len(following) <= _HEADER_BLOCK else ""
        if len(value) <= _VALUE_LENGTH:
            yield _plain(match[1]), value


def _plain(label: str) -> str:
    return re.sub(_BLANK, "", label.replace(_PART, ""))


def _plain_value(value: str) -> str:
    """A value on one line, without the marks around it and the next label that is not known."""
    if unknown := _OTHER_LABEL.search(value):
        value = value[: unknown.start()]
    return " ".join(value.replace(_PART, "").split()).lstrip("：:|]】 ").rstrip("：:|[【 ")


def _blocks(root: Any) -> Iterator[str]:
    """The page's text by block element, inline parts joined by a mark, in reading order."""
    pieces: list[str] = []
    for event, text in _text_events(root):
        if event == "break":
            if pieces:
                yield _PART.join(pieces)
            pieces = []
        elif text:
            pieces.append(text)
    if pieces:
        yield _PART.join(pieces)


def _text_events(root: Any) -> Iterator[tuple[str, str]]:
    """Texts and block edges in document order. Iterative: pages nest a thousand levels deep."""
    from lxml import etree

    skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            yield "text", "" if skipped else _trim(element.tail)
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        hidden = tag in _SKIPPED_TAGS
        if event == "start":
            skipped += hidden
            if not skipped:
                if not _INLINE.fullmatch(tag):
                    yield "break", ""
                yield "text", _trim(element.text)
            continue
        skipped -= hidden
        if not skipped:
            if not _INLINE.fullmatch(tag):
                yield "break", ""
            yield "text", _trim(element.tail)


def _trim(text: str | None) -> str:
    return (text or "").strip(" \t\r\n\u3000\u00a0\ufeff")


def _meta(root: Any) -> Iterator[tuple[str, str]]:
    named = {
        (element.get("name") or "").strip().lower(): _plain_value(element.get("content") or "")
        for element in root.iter("meta")
    }
    for key, names in _META.items():
        for name in names:
            if value := named.get(name):
                yield key, value[:_VALUE_LENGTH]


def _links(root: Any, page: httpx.URL) -> Iterator[Link]:
    base = _base(root, page)
    seen: set[str] = {str(page)}
    for element in root.iter("a", "area", "iframe", "frame", "embed", "object", "source", "meta"):
        address, text = _address(element)
        if not address:
            continue
        link = _link(element.tag, address, text, base, download=element.get("download") is not None)
        if link is None:
            continue
        key = str(link.url) if link.url is not None else f"script {address}"
        if key not in seen:
            seen.add(key)
            yield link


def _base(root: Any, page: httpx.URL) -> httpx.URL:
    for element in root.iter("base"):
        try:
            return parse_url(element.get("href") or "", page)
        except FetchProblem:
            break
    return page


def _address(element: Any) -> tuple[str, str]:
    """The address an element leads to, and the words a person clicks on."""
    if element.tag == "meta":
        return _refresh(element), ""
    attribute = {"a": "href", "area": "href", "object": "data"}.get(element.tag, "src")
    text = " ".join("".join(element.itertext()).split()) if element.tag == "a" else ""
    address = (element.get(attribute) or "").strip()
    clicked = element.get("onclick") or ""
    if clicked and (not address or address.startswith(("#", "javascript:"))):
        address = "javascript:" + clicked
    return address, (text or (element.get("title") or "").strip())[:_VALUE_LENGTH]


def _refresh(element: Any) -> str:
    """Where ``<meta http-equiv=refresh>`` sends a visitor."""
    if (element.get("http-equiv") or "").strip().lower() != "refresh":
        return ""
    found = re.search(r"url\s*=\s*['\"]?([^'\"]+)", element.get("content") or "", re.IGNORECASE)
    return found[1].strip() if found else ""


def _link(tag: str, address: str, text: str, base: httpx.URL, *, download: bool) -> Link | None:
    if address.lower().startswith("javascript:"):
        return _script_link(address, text, base)
    if address.lower().startswith(("mailto:", "tel:", "data:", "about:", "blob:", "#")):
        return None
    try:
        url = parse_url(address, base)
    except FetchProblem:
        # An attachment whose address makes no sense is one that was not read.
        return Link(None, text) if _FILE.fullmatch(_suffix(text)) else None
    framed = tag in ("iframe", "frame", "meta") and url.host == base.host
    if framed or download or tag in ("embed", "object") or is_attachment(url, text):
        return Link(url, text)
    return None


def _script_link(code: str, text: str, base: httpx.URL) -> Link | None:
    """``javascript:down('/files/a.xlsx')``: the address if it stands there, else an unread link."""
    for quoted in _QUOTED.findall(code):
        if _FILE.fullmatch(_suffix(quoted)) and ("/" in quoted or "." in quoted):
            try:
                return Link(parse_url(quoted, base), text)
            except FetchProblem:
                continue
    if _FILE.fullmatch(_suffix(text)) or _ATTACHED.search(text):
        return Link(None, text)
    return None


def is_attachment(url: httpx.URL, text: str) -> bool:
    """Whether a link leads to a file rather than another page, by its address and its words."""
    suffix = _suffix(unquote(url.path))
    if _FILE.fullmatch(suffix):
        return True
    query = parse_qsl(urlsplit(str(url)).query, keep_blank_values=False)
    if any(_FILE.fullmatch(_suffix(value)) for _name, value in query):
        return True
    if _FILE.fullmatch(_suffix(text)):
        return True
    if _DOWNLOAD.search(url.path) or _ATTACHED.search(text):
        # "/download/" is a list of downloads, "/download/77" and "down.jsp?id=7" are one.
        return bool(query) or not (url.path.endswith("/") or _PAGE.fullmatch(suffix))
    return False


def _suffix(name: str) -> str:
    """``xlsx`` of ``附件：名单.xlsx`` or ``/a/b.xlsx``; empty where there is none."""
    found = re.search(r"\.([A-Za-z0-9]{1,5})[）)\]】》”\"' ]*$", name.strip())
    return found[1].lower() if found else ""
