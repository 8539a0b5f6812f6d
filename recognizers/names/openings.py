"""Names near the beginning of the lines of a list: behind the unit, or between number and papers.

高台村支部　李建民　78岁
2.马莲，准考证号20240001
"""

from __future__ import annotations

from collections.abc import Iterator

from recognizers.names import cues
from recognizers.names.cues import Cue
from recognizers.names.flow import Flow
from recognizers.names.words import is_only_a_word, is_word, looks_like_name, roles
from recognizers.patterns import late
from recognizers.view import BREAK

_BEGIN = f"(?:^|(?<=[\n{BREAK}]))[ ]*"
_NUMBER = "[(]?[0-9一二三四五六七八九十]{1,4}[.、)][ ]*"
UNIT = (
    "[一-鿿0-9()]{1,24}(?:村|组|社区|支部|镇|乡|街道|学校|小学|中学|幼儿园|公司|厂"
    "|院|站|局|所|馆|委员会|办公室|中心|大队|支队|林场|农场|村委会|居委会|联合会|协会|学会"
    "|工会|商会|政府|党校|集团|银行|支行)"
)
"""A unit as it stands before one of its people, as a pattern."""
_BEHIND_UNIT = late(
    f"{_BEGIN}(?:{_NUMBER})?{UNIT}[ \t]{{1,4}}"
    f"([一-鿿·]{{2,12}}|[一-鿿] [一-鿿])(?=[ \t]{{1,4}}[^ \t\n{BREAK}])"
)
_WITH_PAPERS = late(
    f"{_BEGIN}{_NUMBER}([一-鿿·]{{2,12}})"
    "(?=[ ]?[, ][ ]?(?:准考证|(?:居民|公民)?身份证|公民身份|学籍号|准驾车型|驾驶证|残疾证"
    "|报名序号))"
)
_SAY_PAPERS = ("证", "身份", "学籍号", "准驾车型", "报名序号")
"""A text with none of these names no papers."""
_LISTED = Cue("", "label", cues.UNKNOWN, "list", 0.6)
_PAPERS = Cue("", "identifier", cues.PRIVATE, "identifier_behind", 0.6)
_FEWEST, _SHARE = 2, 0.8


def from_openings(flow: Flow) -> Iterator[tuple[int, int, Cue]]:
    """The names of both kinds; those behind units where nearly all such lines have one."""
    text = flow.text
    for found in _WITH_PAPERS.finditer(text) if any(word in text for word in _SAY_PAPERS) else ():
        if _may_be(found[1]):
            yield *found.span(1), _PAPERS
    if " " not in text and "\t" not in text:
        return
    lines = [*_BEHIND_UNIT.finditer(text)]
    named = [found for found in lines if _may_be(found[1].replace(" ", ""))]
    clear = {found[1] for found in named if not is_word(found[1].replace(" ", ""))}
    if len(clear) >= _FEWEST and len(named) >= _SHARE * len(lines):
        for found in named:
            yield *found.span(1), _LISTED


def _may_be(word: str) -> bool:
    """Whether it has the shape of a name; 马莲 is a word, and a name too."""
    return looks_like_name(word) and not is_only_a_word(word) and word not in roles()
