"""宗教信仰: said of somebody, or in a column for it."""

from __future__ import annotations

from recognizers.patterns import late
from recognizers.sensitive import SensitiveRule


class ReligionRule(SensitiveRule):
    """Beliefs of a person. Names of religions alone are silent."""

    terms = ("信仰", "信奉", "教徒", "基督", "穆斯", "受洗", "皈依", "宗教", "信教")
    stated = late(
        "(?P<value>(?:信仰|信奉|皈依)(?:佛教|道教|伊斯兰教|基督教|天主教|东正教|藏传佛教)"
        "|(?<=信仰:)(?:佛教|道教|伊斯兰教|基督教|天主教|东正教|藏传佛教)"
        "|(?:佛|道|基督|天主|伊斯兰|回|东正)教徒|基督徒|穆斯林(?!群众|文化|餐)|受洗入教|信教群众(?=[,)]))"
    )
    column = late("宗教信仰|信仰")
