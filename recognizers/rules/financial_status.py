"""低保、特困、贫困, 负债: said of somebody, or in a column for them."""

from __future__ import annotations

from recognizers.patterns import late
from recognizers.sensitive import SensitiveRule

_KIND = (
    "(?:农村|城市|城镇)?(?:低保户|低保对象|低保边缘户|低保家庭|低保边缘家庭|低保人员)|特困供养人员"
    "|特困人员|特困供养|特困户|五保户|五保供养对象|建档立卡贫困户|建档立卡户|贫困户|脱贫不稳定户"
    "|边缘易致贫户|监测户|低收入家庭|低收入户|困难家庭|特困职工|困难职工|家庭经济困难|家庭困难"
)
_DEBT = (
    "(?:欠债|负债|月薪|信用评分|房贷余额|贷款余额)[为约达共:是有 ]{0,3}"
    "[0-9][0-9,.]{0,14}[ ]?(?:万?元|万|分|亿元)"
)


class FinancialStatusRule(SensitiveRule):
    """Poverty as offices record it, debts and credit."""

    terms = (
        *("低保", "特困", "五保", "建档", "贫困", "脱贫", "边缘", "监测", "低收", "困难"),
        *("欠债", "负债", "月薪", "信用", "房贷", "贷款", "收入", "致贫", "城镇", "农村"),
    )
    stated = late(
        rf"(?:(?<=[系属为是,;(、/:])|(?<=享受)|(?<=属于)|(?<=纳入)|^)"
        rf"(?P<value>(?:{_KIND})(?=[,;。)、/ \n]|$)"
        rf"|(?<![0-9])(?:{_DEBT}))"
    )
    column = late("困难类[别型]|贫困类[别型]|低保类[别型]|致贫原因|家庭(?:人均)?[月年]?收入")
