"""前科、刑罚、拘留、戒毒: said of somebody, or in a column for them."""

from __future__ import annotations

from recognizers.patterns import late
from recognizers.sensitive import SensitiveRule

_TERM = (
    "[一二三四五六七八九十0-9]{1,3}(?:年|个月|日|天)(?:[零又]?[一二三四五六七八九十0-9]{1,3}个月)?"
)


class CriminalRecordRule(SensitiveRule):
    """Convictions, detention, drugs, probation."""

    terms = (
        *("前科", "犯罪", "判处", "判刑", "刑满", "矫正", "吸毒", "涉毒", "戒毒"),
        *("行政拘", "刑事拘", "服刑", "缓刑", "被拘"),
    )
    stated = late(
        "(?P<value>(?<!没)有(?:犯罪)?前科"
        f"|(?<!无)(?<!无违法)(?<!没有)(?:有)?(?:违法)?犯罪记录(?!证明|查询)"
        f"|(?:曾)?被?判处(?:有期徒刑|拘役|管制|无期徒刑|死刑)(?:{_TERM})?(?:,?缓刑{_TERM})?"
        f"|(?:被)?判刑{_TERM}|刑满释放(?:人员)?|社区矫正(?:对象|人员)|吸毒人员|涉毒人员"
        f"|(?:被)?强制隔离戒毒(?:{_TERM})?|(?:被)?(?:行政|刑事)拘留(?:{_TERM})?|服刑人员)"
    )
    column = late("前科|犯罪记录|违法犯罪情况|罪名|刑期")
