"""Why some ways get through, in Chinese."""

from __future__ import annotations

CHINESE = {
    "": "应当拦住而没有拦住",
    "any character with a like sound would do": "谐音字无穷无尽",
    "nothing is decoded that nobody reads as text": "没有人当作文字来读的编码不解码",
    "any order of the digits would do": "数字次序可以任意打乱",
    "without a word or a heading that says what it is, such figures could be anything": (
        "旁边没有提示词或表头时，这样的数字可以是任何东西"
    ),
    "a sum, a size or a list of figures looks the same": "与算式、尺寸、并列的数字写法相同",
    "figures that stand below each other look the same": "与上下排列的数字写法相同",
    "no host is written": "没有写出邮箱的域名",
    "a sign between the characters hides a name": "姓名中间夹了符号",
    "a name of four characters set apart is found in parts": "四字姓名逐字隔开时只认出一部分",
    "an address with blanks all through is found in parts": "地址逐字隔开时只认出一部分",
    "signs inside a level are not read away": "密级两字之间夹了符号",
    "a level is not put together from two lines": "密级两字被换行隔开",
    "a character taken apart into two": "一个字被拆成两个",
    "letters stand for the words": "用字母代替密级",
    "the direction of a tag is not carried into the text": "标签规定的书写方向没有带入文字",
    "blocks that only their style puts on one line are read one below the other": (
        "只靠样式排成一行的块，按上下各行读出"
    ),
    "what two pages say is not put together": "跨两页的文字不拼接",
}
"""By the reason that the samples give."""
