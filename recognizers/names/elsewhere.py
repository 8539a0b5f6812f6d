"""What transliterated names are besides persons': of cities, clubs, firms, by the words around."""

from __future__ import annotations

from recognizers.lexicon.surnames import TRANSLITERATED
from recognizers.patterns import late

_AT_HOME = "主场|客场|主客场|客队|主队"
_BEFORE = late(
    "(?:首都|位于|坐落在|家住|驻|飞抵|运抵|飞往|抵达|边陲城市|部城市|城市|市郊|火车站|"
    "球队|俱乐部|客场|主场|客队|主队|拿下|做客|坐镇|vs|VS|推荐:|厂商|开发商|"
    "总公司|公司|品牌|种植)\\Z"
)
_BEHIND = late(
    f"(?:在)?(?:{_AT_HOME})|客战|客胜|近况|近期反弹|[0-9]胜|:[0-9]+[.][0-9]|vs|VS|(?:提前|此前|刚刚|目前|近期|本赛季|在上轮|在本轮)[^,。]{{0,6}}"
    f"(?:{_AT_HOME}|保级|联赛)|让球|能让球|赢球|要赢球|联赛|比值|初赔|提高赔|指数|"
    "在(?:[㐀-鿿]{1,6})?(?:联赛|杯赛|预选赛|小组赛)|(?:小|城|县|等)镇|城(?:市|镇)|"
    "(?:[、及和][㐀-鿿]{2,6}){0,3}等(?:大|中|小|[0-9]+个)?[、大中]*(?:城|市|县|村|镇)|"
    "国际|半岛|群岛|海峡|平原|高原|盆地|峰|观景台|自然保护区|空军|基地|外海|海域|"
    "博物馆|太空中心|新闻中心|儿童|研究会|研究院|机构|信托|现代|心理|出版|金融|总公司|阶梯|舞|树"
)
"""What stands right behind the name of a city, a club or a firm."""


def names_elsewhere(text: str, start: int, end: int) -> bool:
    """Whether the words beside it make a transliterated name a place's, a club's or a firm's."""
    word = text[start:end].replace("·", "")
    strange = sum(char not in TRANSLITERATED for char in word)
    if strange > (len(word) > 2):  # one character of a longer name may be a rare one
        return False
    if _BEHIND.match(text, end):
        return True
    return _BEFORE.search(text, max(0, start - 6), start) is not None
