"""Short papers as offices write them: who is named, and who that is. All people are made up."""

from __future__ import annotations

import pytest

from recognizers.layout import PlainLayout
from recognizers.names.finder import NameFinder
from recognizers.rules.cn_person import model
from recognizers.view import View

OFFICIAL, PRIVATE, UNKNOWN = "official", "private", "unknown"

PAPERS = {
    "penalty": (
        "行政处罚决定书\n当事人：王建国，男，汉族，1975年6月12日出生，住某某县城关镇。\n"
        "经查，王建国未取得许可经营。以上事实有证人李秀兰的证言证实。\n"
        "执法人员：赵磊 执法证号：1234\n          钱勇 执法证号：1235\n",
        [
            ("王建国", PRIVATE),
            ("王建国", PRIVATE),
            ("李秀兰", PRIVATE),
            ("赵磊", OFFICIAL),
            ("钱勇", OFFICIAL),
        ],
    ),
    "judgment": (
        "原告：张翠花，女，1980年1月1日出生，住某县。\n法定代表人：孙大明，总经理。\n"
        "原告张翠花到庭参加诉讼。\n审 判 员  陈 思\n二〇二三年五月六日\n书 记 员  何 苗",
        [
            ("张翠花", PRIVATE),
            ("孙大明", OFFICIAL),
            ("张翠花", PRIVATE),
            ("陈 思", OFFICIAL),
            ("何 苗", OFFICIAL),
        ],
    ),
    "leading group": (
        "组　长：陈　刚　县委副书记、县长\n副组长：林晓燕　副县长\n"
        "　　　　牛得草　县政府办公室主任\n"
        "成　员：吕　静　县发改委主任\n　　　　欧阳慧　县财政局局长",
        [
            ("陈　刚", OFFICIAL),
            ("林晓燕", OFFICIAL),
            ("牛得草", OFFICIAL),
            ("吕　静", OFFICIAL),
            ("欧阳慧", OFFICIAL),
        ],
    ),
    "appointments": (
        "经研究决定：\n任命王立新为县发展和改革委员会主任；\n免去赵刚的县财政局副局长职务；\n"
        "孙涛不再担任县信访局局长职务。",
        [("王立新", OFFICIAL), ("赵刚", OFFICIAL), ("孙涛", OFFICIAL)],
    ),
    "before an appointment": (
        "马志远，男，汉族，1978年5月生，大学学历，中共党员，现任县住建局副局长，拟任县住建局局长。",
        [("马志远", OFFICIAL)],
    ),
    "reply to a petition": (
        "信访人：周大妹，女，住某县石桥镇。\n周大妹同志：\n您反映的情况，经驻村干部吴斌调查核实如下：",
        [("周大妹", PRIVATE), ("周大妹", PRIVATE), ("吴斌", OFFICIAL)],
    ),
    "welfare list": (
        "2024年度城乡低保对象名单（城关镇）\n序号 户主姓名 家庭人口 月补助金额（元）\n"
        "1 王秀兰 2 800\n2 李二牛 3 1200\n3 买买提·吐尔逊 4 1500\n4 张某某 1 400\n合计 10 3900",
        [("王秀兰", PRIVATE), ("李二牛", PRIVATE), ("买买提·吐尔逊", PRIVATE)],
    ),
    "contract": (
        "出租方（甲方）：张国栋\n承租方（乙方）：李娜\n联系电话：13800000000\n"
        "甲方（签字）：张国栋    乙方（签字）：李娜",
        [("张国栋", PRIVATE), ("李娜", PRIVATE), ("张国栋", PRIVATE), ("李娜", PRIVATE)],
    ),
    "minutes": (
        "主持：县长周文斌\n出席：副县长李卫东、王晓梅，县政府办主任高峰\n记录：吴迪",
        [
            ("周文斌", OFFICIAL),
            ("李卫东", OFFICIAL),
            ("王晓梅", OFFICIAL),
            ("高峰", OFFICIAL),
            ("吴迪", OFFICIAL),
        ],
    ),
    "nobody": (
        "各村（居）委会要高度重视，安排专人负责，严格落实安全生产责任制。惠及群众5600户，"
        "周边地区要加强管理，方便群众，于6月底前完成。感谢张书记、李县长的大力支持。",
        [],
    ),
}


@pytest.mark.parametrize("kind", PAPERS)
def test_who_is_named_in_a_paper(kind: str) -> None:
    text, wanted = PAPERS[kind]
    layout = PlainLayout(text)
    view = View(text, layout)
    found = NameFinder(model()).find(view, layout)
    assert [(text[slice(*view.raw_span(p.start, p.end))], p.role) for p in found] == wanted
