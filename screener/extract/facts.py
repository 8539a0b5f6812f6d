"""What a document says about itself: title, 文号, 索引号, 发布机构, dates, 公开属性.

Looked for in its first and last lines; a reader that knows better (a page's own header table, a
title property) has set the field already.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from screener.model.facts import Facts

OPENING = 4000
"""Code points looked at from the start: the page's head and the first page of a paper."""
CLOSING = 1500
"""Code points looked at from the end: signature, date and the last page's notes."""

TITLE_LINES = 15
_TITLE = re.compile(
    "^[^。；！？：:，,]{2,}(?:通知|公告|公示|通告|决定|意见|批复|[^来信]函|报告|请示|通报|办法|规定|名单|方案"
    "|总结|答复|纪要|指南|细则|规划|决定书|通知书|判决书|裁定书|一览表|登记表|汇总表|花名册|明细表)"
    "(?:（[^（）]{1,20}）|\\([^()]{1,20}\\))?$"
)
_DOC_NUMBER = re.compile(
    "[\u4e00-\u9fff]{1,14}[ \u3000]?[〔\\[【（(［][ ]?(?:19|20)[0-9]{2}[ ]?[〕\\]】）)］]"
    "[ ]?第?[ ]?[0-9]{1,5}[ ]?号"
)
_DATE = (
    "(?:19|20)[0-9]{2}(?:[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
    "|[ ]?年[ ]?[0-9]{1,2}[ ]?月[ ]?[0-9]{1,2}[ ]?日)"
)
_LABELS = {
    "index_number": "索[ \u3000]*引[ \u3000]*号",
    "publisher": "发布机构|发布机关|发文机关|发文单位|公开主体|发布单位|公开机构|信息来源",
    "doc_number": "文[ \u3000]*号|发文字号|文件编号",
    "disclosure": "公开属性|公开方式|公开类别|公开形式|信息公开选项",
}
_DATE_LABEL = "发文日期|成文日期|生成日期|发布日期|印发日期|公开日期|发布时间|成文时间"
_NOTE = re.compile(
    "此件[^\n。，,（）()]{1,12}|（?(?:主动公开|依申请公开|不予公开|删减后公开)）?(?=\n|$)"
)


def complete(known: Facts, opening: str, closing: str) -> Facts:
    """Fill the fields that the reader left empty from the first and last lines of the text."""
    found = {
        name: _labelled(words, opening)
        for name, words in _LABELS.items()
        if not getattr(known, name)
    }
    if not known.doc_number and not _DOC_NUMBER.search(found.get("doc_number", "")):
        found["doc_number"] = _own_number(opening)
    if not known.disclosure and not found.get("disclosure"):
        notes = _NOTE.findall(closing)
        found["disclosure"] = notes[-1].strip("（） ") if notes else ""
    if not known.dates:
        found_dates = re.findall(f"(?:{_DATE_LABEL})[ \u3000\n：:]{{0,4}}({_DATE})", opening)
        last = re.findall(f"(?:^|\n)[ \u3000]*({_DATE})[ \u3000]*(?=\n|$)", closing)
        dates = tuple(dict.fromkeys((*found_dates, *last[-1:])))
        known = replace(known, dates=dates)
    if not known.title:
        found["title"] = _title(opening)
    return _filled(known, found)


def _filled(known: Facts, found: Mapping[str, str]) -> Facts:
    values: dict[str, Any] = {name: value for name, value in found.items() if value}
    return replace(known, **values)


def from_pairs(known: Facts, pairs: Mapping[str, str]) -> Facts:
    """Fill empty fields from labels and values of a header table (索引号 | …)."""
    found: dict[str, str] = {}
    dates = list(known.dates)
    for label, value in pairs.items():
        word = re.sub("[ \u3000：:\n\xa0]", "", label)
        if not value.strip():
            continue
        if re.fullmatch(_DATE_LABEL, word) and (date := re.search(_DATE, value)):
            dates.append(date.group())
        if word in ("名称", "标题", "信息名称") and not known.title:
            found["title"] = value.strip()
        for name, words in _LABELS.items():
            if re.fullmatch(words, word) and not getattr(known, name):
                found.setdefault(name, value.strip())
    known = replace(known, dates=tuple(dict.fromkeys(dates)))
    return _filled(known, found)


def _own_number(text: str) -> str:
    """The 文号 on a line of its own: one inside a sentence is another paper's."""
    for line in text.split("\n"):
        own = re.split("签发人|份号", line)[0].strip(" \u3000\r\t（）()")
        if _DOC_NUMBER.fullmatch(own):
            return own
    return ""


def _labelled(words: str, text: str) -> str:
    match = re.search(f"(?:{words})[】\\]]?[ \u3000]*[：:\n][ \u3000]*([^\n]{{1,60}})", text)
    if not match:
        return ""
    # several fields on one line: the next label ends the value
    return re.split("[ \u3000]+(?=[^ \u3000:：]{2,8}[:：])", match.group(1).strip())[0].strip()


def _title(text: str) -> str:
    """The first of the top lines that ends as a paper's title does, else the first line."""
    stripped = (line.strip(" \u3000\ufeff\r\t*#") for line in text.split("\n"))
    lines = [line for line in stripped if line][:TITLE_LINES]
    for line in lines:
        if len(line) <= 100 and _TITLE.search(line) and not _DOC_NUMBER.search(line):
            return line
    return lines[0][:120] if lines else ""
