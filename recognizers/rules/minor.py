"""未成年人: an age below 18, a class of a kindergarten or school, said of somebody."""

from __future__ import annotations

from recognizers.patterns import late
from recognizers.sensitive import SensitiveRule

_NOT_PUPIL = (
    "(?!.{0,6}(?:老师|教师|班主任|语文|数学|英语|组长|教研|任教|备课|组|全体|家长会|课程|教材))"
)
_KIND = (
    "留守儿童|孤儿|困境儿童|事实无人抚养儿童|未成年人?|小学生|幼儿园学生|初中生|在校小学生|新生儿"
    "|婴儿"
)


class MinorRule(SensitiveRule):
    """Signs that the person of the same record is a child."""

    terms = (
        *("年龄", "周岁", "年级", "小班", "中班", "大班", "留守", "孤儿", "困境", "事实无"),
        *("未成", "小学", "幼儿", "初中", "新生儿", "婴儿", "班级"),
        *(f"{c}岁" for c in "0123456789一二三四五六七八九十"),
    )
    stated = late(
        "(?P<value>(?<![0-9.])(?:[1-9]|1[0-7])(?:周岁|岁)(?![以至到及\\-~或]|[的]?以)"
        "|(?<![一二三四五六七八九十])(?:十[一二三四五六七]?|[一二三四五六七八九])(?:周岁|岁)(?![以至到及])"
        f"|(?:(?<=[系为是,;(、/])|^)(?:{_KIND})(?=[,;。)、/ \\n]|$)"
        "|幼儿园[小中大]班"
        f"|(?:小学|初中)?[一二三四五六七八九]年级(?:[(]?[0-9一二三四五六七八九十]{{1,2}}[)]?班)?{_NOT_PUPIL})"
    )
    column = late("^(?:年龄|周岁|实足年龄|年龄[(].{1,4}[)])$|年级|班级")
    cell = late(
        "(?:[0-9]|1[0-7])(?:周?岁)?|(?:小学|幼儿园|初中)?(?:[一二三四五六七八九]年级|[小中大]班).{0,8}"
    )
