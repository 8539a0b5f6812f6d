"""What stands beside a name, without any network: cues, lists, roles, mentions."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from recognizers.layout import PlainLayout
from recognizers.names.finder import NameFinder, Person
from recognizers.names.model import NameSpan
from recognizers.view import View
from tests.recognizers.steps import steps


class Silent:
    """A network that never finds anything, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def find(self, texts: Sequence[str]) -> list[list[NameSpan]]:
        self.asked += texts
        return [[] for _ in texts]


class Knows:
    """A network that finds exactly these strings."""

    def __init__(self, *names: str, score: float = 0.9) -> None:
        self._names, self._score = names, score

    def find(self, texts: Sequence[str]) -> list[list[NameSpan]]:
        return [
            sorted(
                (
                    NameSpan(text.find(name), text.find(name) + len(name), self._score)
                    for name in self._names
                    if name in text
                ),
                key=lambda span: span.start,
            )
            for text in texts
        ]


def persons(text: str, model: Silent | Knows | None = None) -> list[tuple[str, Person]]:
    layout = PlainLayout(text)
    view = View(text, layout)
    found = NameFinder(model or Silent()).find(view, layout)
    return [(text[slice(*view.raw_span(p.start, p.end))], p) for p in found]


def names(text: str, model: Silent | Knows | None = None) -> list[str]:
    return [name for name, _ in persons(text, model)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("由局长董立诚任组长。", "董立诚"),
        ("副局长杨子勤、", "杨子勤"),
        ("联系人：赵晓梅，电话", "赵晓梅"),
        ("申请人姓名：阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        ("经办人：王　强", "王　强"),
        ("患者姓名 ：欧阳海", "欧阳海"),
        ("由高宏刚兼任办公室主任", "高宏刚"),
        ("免去李立新同志职务", "李立新"),
        ("3. 许平，男，汉族", "许平"),
        ("请与刘建军先生联系", "刘建军"),
        ("市長陳冰冰，", "陳冰冰"),
        ("三十日内与于爱民联系，", "于爱民"),
        ("镇自然资源所：乔勇", "乔勇"),
        ("要由钟琼同志牵头", "钟琼"),
        ("评标委员会名单：陆红梅 ", "陆红梅"),
        ("责任编辑：热依汗古丽·吐尔地", "热依汗古丽·吐尔地"),
        ("名单  斯琴高娃·宝音  ", "斯琴高娃·宝音"),
        ("关于才让多杰等5名同志任免的通知", "才让多杰"),
        ("被执行人努尔买买提·阿布都拉借款一案", "努尔买买提·阿布都拉"),
        ("批示：请努尔买买提·阿布都拉同志阅处", "努尔买买提·阿布都拉"),
        ("【来信人】范忠文", "范忠文"),
        ("拟提拔干部公示如下。\n赖国文　女，1981年2月出生", "赖国文"),
        ("2. 贺胜文，台湾居民居住证号码：＊＊＊", "贺胜文"),
        ("朱锦文，在乡复员军人", "朱锦文"),
        ("1、于新文，证号610925", "于新文"),
        ("贾金文　男　1926年6月　91岁", "贾金文"),
        ("高琼文 14***************0　已分配", "高琼文"),
        ("6　文利　3××××××××××××××××5　12.7亩", "文利"),
        ("请与教育局优抚股余东联系，电话", "余东"),
        ("县农业农村局人事股　彭倩文　0898-2099996", "彭倩文"),
        ("县市场监督管理局就业股邵新文\n附件", "邵新文"),
        ("钱金文，台湾身份证号", "钱金文"),
        ("本报讯（记者马力）今后", "马力"),
    ],
)
def test_words_beside_a_name_find_it_without_the_network(text: str, found: str) -> None:
    assert names(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "申请人李某某，男",
        "当事人：王×",
        "姓名：张*",
        "学生都喊着口号",
        "组长任副主任",
        "住东风镇长江路105号",
        "联系人：办公室",
        "姓名：    性别：",
        "由县长负责",
        "王女士来电",
        "对低保对象和孤儿，按规定救助",
        "大写：伍拾万圆整",
        "高龄老人政策解读",
        "甲方：县残联",
        "计生办电话：01012345678",
        "申请执行人：天泽信息技术厂",
        "记者高水平报道",
        "但王大娘说",
        "包村干部和陈庄村支书到场",
        "公示期2022年",
        "为残疾人和孤寡老人服务",
        "扎西次仁路12号",
    ],
)
def test_what_is_no_name_stays_silent(text: str) -> None:
    assert names(text) == []


def test_titles_of_works_name_nobody_but_those_of_papers_do() -> None:
    assert names("读《吴三桂演义》有感", Knows("吴三桂", score=0.85)) == []
    assert names("读《陈伊文的故事》有感", Knows("陈伊文", score=0.95)) == ["陈伊文"]
    assert names("看《机器人瓦力》", Knows("瓦力", score=0.95)) == []
    assert names("《关于吴三桂的处理决定》", Knows("吴三桂")) == ["吴三桂"]


def test_a_name_beside_one_with_a_role_is_one() -> None:
    found = persons("副总指挥于立新、文爱民。", Knows("于立新"))
    assert [(name, person.role) for name, person in found] == [
        ("于立新", "official"),
        ("文爱民", "official"),
    ]


def test_a_county_is_a_person_only_where_something_says_so() -> None:
    assert names("安平2024年临时救助对象公示", Knows("安平")) == []
    assert names("安平市2024年临时救助对象公示", Knows("安平市")) == []
    assert names("安平市长期停放车辆", Knows("安平")) == []
    assert names("由安平同志负责", Knows("安平")) == ["安平"]


def test_a_name_that_is_a_word_needs_evidence() -> None:
    assert names("客流高峰时段", Knows("高峰", score=0.7)) == []
    assert names("由高峰同志负责", Knows("高峰", score=0.7)) == ["高峰"]


def test_organisations_and_places_are_not_named_after_persons() -> None:
    for text in ("李宁公司", "张建国村", "王庄镇人民政府", "孙中山路", "周黑鸭门店", "鲁迅中学"):
        assert names(text, Knows("李宁", "张建国", "王庄", "孙中山", "周黑鸭")) == []
    assert names("受让方:凯盛园林绿化股份有限公司", Knows("凯盛")) == []
    assert names("张建国与和顺商贸有限公司", Knows("张建国")) == ["张建国"]


def test_three_sure_names_make_the_others_of_the_list_names() -> None:
    text = "成员：张建华、李国庆、王晓东、谈笑、孔明亮"
    assert names(text, Knows("张建华", "李国庆", "王晓东")) == [
        "张建华", "李国庆", "王晓东", "谈笑", "孔明亮",
    ]  # fmt: skip


def test_a_list_shares_the_role_of_its_lead() -> None:
    roles = [
        p.role
        for _, p in persons("成员：张建华、李国庆、王晓东", Knows("张建华", "李国庆", "王晓东"))
    ]
    assert roles == ["official"] * 3
    text = "拟录用人员名单公示如下：\n张建华、李国庆、王晓东"
    assert {p.role for _, p in persons(text, Knows("张建华", "李国庆", "王晓东"))} == {"private"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("局长董立诚，", "official"),
        ("签发人：刘德成", "official"),
        ("执法人员孙立，", "official"),
        ("法定代表人：孙国强", "official"),
        ("联系人：赵晓梅，联系电话：0551-62345678", "official"),
        ("联系人：赵晓梅", "unknown"),
        ("当事人：何秀英", "private"),
        ("当事人姓名：何秀英", "private"),
        ("姓名：何秀英", "private"),
        ("王强，男，1970年3月出生，现任县民政局副局长，拟任局长", "official"),
        ("王强，男，1970年3月出生，住三里街道", "private"),
        ("马彤：\n你于3月5日提出的申请收悉", "private"),
    ],
)
def test_the_passage_tells_who_it_is(text: str, role: str) -> None:
    assert [p.role for _, p in persons(text)] == [role]


def test_the_same_name_can_be_both_and_other_mentions_take_what_is_unique() -> None:
    both = persons("局长王立军，\n当事人：王立军，")
    assert [p.role for _, p in both] == ["official", "private"]
    again = persons("当事人：王立军，\n经查王立军的行为属实")
    assert [(name, p.role) for name, p in again] == [("王立军", "private")] * 2
    assert "propagated" in again[1][1].evidence


def test_mentions_stop_at_words_and_masks() -> None:
    assert names("联系人：高峰\n客流高峰期\n高峰某") == ["高峰"]


def test_a_wrapped_name_is_one_and_a_list_of_lines_is_not_joined() -> None:
    wrapped = "本次会议由某某县人民政府办公室负责组织，会上局长张\n建国，同志们听取了汇报"
    assert names(wrapped) == ["张\n建国"]
    assert names("姓名：张伟\n国籍：中国") == ["张伟"]


def test_zero_width_characters_inside_a_name_are_covered() -> None:
    assert names("联系人：张\u200b建国，") == ["张\u200b建国"]


def test_tables_in_plain_text() -> None:
    text = "序号\t姓名\t性别\t单位\n1\t买买提\t男\t县民政局\n2\t何玲\t女\t县教育局"
    found = persons(text)
    assert [name for name, _ in found] == ["买买提", "何玲"]
    assert {p.role for _, p in found} == {"private"}
    spaced = "姓名 职务 办公电话\n李建国 局长 62345678\n何玲 副局长 62345679"
    assert [(name, p.role) for name, p in persons(spaced)] == [
        ("李建国", "official"),
        ("何玲", "official"),
    ]


def test_the_network_is_not_asked_where_no_name_can_begin() -> None:
    model = Silent()
    assert names("2024年1月1日 12:00 100% ABC", model) == []
    assert model.asked == []


def test_ten_thousand_names_and_no_punctuation_take_linear_time() -> None:
    def cost(count: int) -> int:
        text = "、".join(f"张{chr(0x4E00 + n % 5000)}{chr(0x5000 + n // 50)}" for n in range(count))
        return steps(lambda: (names("成员：" + text), names("联系人张建国说" * count)))

    cost(10)
    assert cost(2000) < 5 * cost(500)


def test_parts_of_minorities_names_stay_together_when_the_network_sees_one() -> None:
    assert names("关于才让多杰等5名同志任免的通知", Knows("多杰", score=0.98)) == ["才让多杰"]


def test_gaps_lead_back_to_the_names_before_the_first_sure_one() -> None:
    text = "予以表扬：\n文建文  方倩  龙志刚  卢健  牟伟杰"
    assert names(text, Knows("龙志刚", "卢健", "牟伟杰")) == [
        "文建文", "方倩", "龙志刚", "卢健", "牟伟杰",
    ]  # fmt: skip


def test_governments_are_called_after_leaders_but_villages_are_places() -> None:
    assert names("反对克林顿政府的政策", Knows("克林顿")) == ["克林顿"]
    assert names("由张家湾政府负责", Knows("张家湾")) == []


def test_the_years_of_a_life_and_a_courtesy_name_speak_for_a_name() -> None:
    for text in ("陈文成（1837年—1862年），将领", "陈文成，字秉文，号敬轩"):
        assert names(text, Knows("陈文成", score=0.3)) == ["陈文成"]
    assert names("陈文成：男，1963年生", Knows("陈文成", score=0.3)) == ["陈文成"]
    assert names("陈文成（1837号），将领", Knows("陈文成", score=0.3)) == []
