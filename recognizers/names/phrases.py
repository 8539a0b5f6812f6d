"""Phrases in which a name stands: 由高宏刚兼任, 免去李立新同志, 张三,男,, 付李四清运垃圾."""

from __future__ import annotations

import re

from recognizers.names import cues
from recognizers.names.cues import Cue
from recognizers.patterns import late
from recognizers.view import BREAK

_APPOINTED = late(
    "(?:由|免去|任命|聘任|聘请|选举|推选|增补|同意|批准|决定:)([㐀-鿿]{2,4}?)"
    "(?=同志|为[㐀-鿿]|任[㐀-鿿]|兼任|担任|负责|主持|牵头|的[㐀-鿿]|、)"
)
_ADDRESSED = late(
    f"(?:^|(?<=[\n{BREAK}]))[ ]*([㐀-鿿·]{{2,12}}?)"
    "(?=(?:先生|女士|同志|委员|代表)?(?:并转[^\n:]{0,20})?"
    f":[ \t]*(?:[\n{BREAK}]|$|你|您))"
)
_DESCRIBED = late(
    "(?<![㐀-鿿·])([㐀-鿿·]{2,12})(?=[ ]*[,、(][ ]*[男女][,、;。) ]"
    "|[ \t]{1,4}[男女](?:[,、;。]|[ \t]{1,4}[0-9]))"
)
_NUMBERED = late(
    f"(?:^|(?<=[\n{BREAK}]))[ ]*(?:[0-9]{{1,4}}[.、 \t]{{1,4}})?([㐀-鿿·]{{2,12}})"
    "(?=[ \t]{1,8}[0-9*×＊○●#xX]{11,19})"
)
_BEFORE_NUMBER = late(
    "(?:证|号码?|账户?|卡):[ ]?([㐀-鿿·]{2,12})(?=[ ]?[,、][ ]?[0-9*×＊○●#xX]{15,19})"
)
_CITIZEN = late(
    f"(?:^|(?<=[\n{BREAK}。.、]))[ ]*([㐀-鿿·]{{2,12}})"
    "(?=,[ ]?(?:在乡|参战|参试|退役|复员|烈士|烈属|伤残|低保|特困|五保|孤儿|村民|"
    "(?:台湾|港澳)?居民))"
)
_OFFICE_REACHED = late("(?:[局股科办所站室处]|中心|大队)([㐀-鿿]{2,4}?)(?=(?:同志)?联系[,。;])")
_IDENTIFIED = late(
    "(?<![㐀-鿿·])([㐀-鿿·]{2,12}?)"
    f"(?=[ ,(:的]{{0,3}}(?:行政执法证|执法证|警号|档案编号|{cues.PARTICULARS}))"
)
_BEFORE_TITLE = late(
    f"(?:^|(?<=[\n{BREAK}]))[ \t]*([㐀-鿿·]{{2,12}})"
    f"(?=[ \t]{{1,8}}[㐀-鿿、()]{{2,30}}(?:[\n{BREAK}]|$))"
)
_OF_PROFESSION = late(
    f"(?:^|(?<=[\n{BREAK}]))[ \t]*(?:[0-9]{{1,3}}[.、)]?[ \t]*)?([㐀-鿿·]{{2,4}})"
    f"(?={cues.PROFESSION})"
)
_ITEM = late(
    f"(?:^|(?<=[\n{BREAK}]))[ \t]*[0-9]{{1,3}}[.、 ][ \t]*([㐀-鿿]{{2,4}})"
    "(?=\\([㐀-鿿][^()\n]{1,30}\\))"
)
_SPEAKER = late(
    f"(?:讲话|致辞|发言|报告|主持词)[)]?[\n{BREAK}]{{1,2}}[ \t]*([㐀-鿿]{{2,4}})"
    f"(?=[ \t]*[\n{BREAK}]{{1,2}}[ \t]*[(]?(?:19|20)[0-9]{{2}})"
)
"""Who gave a speech: alone on a line between its title and its date."""
_PAID = late(
    "(?:(?:支出|开支|支付|摘要):|元[,;])付([㐀-鿿]{2,3}?)(?=[清修购买打维租垃工劳材运挖砍割栽护拉])"
)
"""Whom an account of a village paid: 付常晓东清运垃圾."""
ROSTER = late(
    f"(?:^|(?<=[\n{BREAK}]))[ \t]*(?:[0-9]{{1,4}}[.、)]?[ \t]*)?([㐀-鿿·]{{2,9}})"
    "(?=[ \t,]{1,4}[男女][ \t,]{1,4}[1-9][0-9]{16}[0-9Xx])"
)
"""A name, a sex and an ID number: whatever stands first is the name."""
_REACHED = late(
    "(?:与|请找|请向|请与|可向)([㐀-鿿·]{2,12}?)(?=(?:同志|先生|女士)?(?:联系|咨询|报名|领取))"
)
_OFFICE_HAS = late(
    "(?:[局股科办所站室处]|中心|大队|机关|村委会|居委会):"
    f"[ ]?([㐀-鿿]{{2,4}})(?=[ 、,。;(\n{BREAK}]|$)"
)
_AT_DESK = late(
    f"(?:[局股科办所站室][ \t]{{1,4}}([㐀-鿿]{{2,4}})(?=[ \t]{{1,4}}0[0-9]{{2,3}}-)"
    f"|[股科]([㐀-鿿]{{3}})(?=[\n{BREAK}]|$))"
)
_LISTED = late(f"名单(?:如下)?:[ \n]?([㐀-鿿·]{{2,12}})(?=[ 、,;(\n{BREAK}]|$)")
PHRASES: tuple[tuple[re.Pattern[str], str, Cue | None], ...] = (
    (_APPOINTED, "", None),
    (_ADDRESSED, ":", None),
    (_DESCRIBED, "男女", None),
    (_NUMBERED, " \t", Cue("", "identifier", cues.PRIVATE, "identifier_behind", 0.6)),
    (_BEFORE_NUMBER, ":", Cue("", "identifier", cues.PRIVATE, "identifier_behind", 0.6)),
    (_CITIZEN, ",", Cue("", "biography", cues.PRIVATE, "biography", 0.6)),
    (_OFFICE_REACHED, "系", Cue("联系", "contact", cues.OFFICIAL, "contact:联系", 0.6)),
    (_IDENTIFIED, "", None),
    (_BEFORE_TITLE, " \t", None),
    (_REACHED, "", Cue("联系", "contact", cues.UNKNOWN, "contact:联系", 0.7, tight=True)),
    (_OFFICE_HAS, ":", Cue("", "official", cues.OFFICIAL, "role_word:单位", 0.5)),
    (_AT_DESK, "", Cue("", "official", cues.OFFICIAL, "role_word:单位", 0.6)),
    (_OF_PROFESSION, "师授员士", None),
    (_ITEM, "(", Cue("", "label", cues.UNKNOWN, "list", 0.3)),
    (_SPEAKER, "", Cue("", "official", cues.OFFICIAL, "speaker", 0.6)),
    (_PAID, "", Cue("", "label", cues.UNKNOWN, "paid", 0.6)),
    (_LISTED, "", Cue("名单", "label", cues.UNKNOWN, "name_label:名单", 0.6)),
)
"""What tells that a name stands there; where nothing beside the name says so, the cue does. A text
without any of the characters between has no such phrase: it need not be searched.
"""
TELLING = frozenset("".join(telling for _, telling, _ in PHRASES))
