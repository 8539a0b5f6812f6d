"""Whose name it is by the sentence around it."""

from __future__ import annotations

import pytest

from tests.recognizers.names.test_finder import Knows, persons


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("二、由李建民牵头，3月底前完成。", "李建民", "official"),
        ("一、李建民汇报了防汛情况。", "李建民", "official"),
        ("李建民强调，要落实责任。", "李建民", "official"),
        ("李建民批示：请抓紧研究。", "李建民", "official"),
        ("云山县民政局人事股李建民，0551-62345678", "李建民", "official"),
        ("关于李建民等3名同志职务任免的通知", "李建民", "official"),
        ("李建民，参战退役人员，享受定期补助。", "李建民", "private"),
        ("1、李建民，驾驶证号略。", "李建民", "private"),
        ("经评审委员会评审，李建民、王丽等人取得副高级职称任职资格。", "李建民", "private"),
        ("公务员面试人员名单\n请到人社局参加面试。\n李建民、王丽、张伟", "王丽", "private"),
        ("李建民去了那里。", "李建民", "unknown"),
        ("县人社局王丽、县法院李建民参加会议。", "李建民", "official"),
        ("刚才，王丽、李建民两位同志作了表态发言。", "李建民", "official"),
        ("未尽事宜请联系李建民（0551-62345678）。", "李建民", "official"),
        ("李建民\n县委常委、常务副县长\n负责县政府常务工作。", "李建民", "official"),
        ("在全县教育工作会议上的讲话\n李建民\n（2024年3月1日）", "李建民", "official"),
        ("李建民（女，31岁，云山县水利局局长）", "李建民", "official"),
        ("由某公司支付李建民、王丽、张伟等20名工人工资。", "王丽", "private"),
        ("村民李建民高兴地说：“路修好了。”", "李建民", "unknown"),
        ("修路爱心捐款公示\n李建民 200元\n王丽 300元", "王丽", "private"),
        ("护士招聘考试成绩公示\n3、李建民，73.62分\n4、王丽，70分", "李建民", "private"),
        ("走访慰问老党员名单\n石桥支部　李建民　92岁", "李建民", "private"),
        ("进入体检考察人员名单\n县水利局（岗位代码123456）：李建民、王丽", "王丽", "private"),
        ("开票人：王丽　收款人：李建民　复核：张伟", "李建民", "unknown"),
        ("指导教师：李建民、王丽", "王丽", "official"),
        ("附受援人名册：李建民，号码略。", "李建民", "private"),
        ("某县人才公寓分配结果\n李建民（某某公司）：3号楼", "李建民", "private"),
        ("干部任职前公示\n姓名：李建民\n性别：男", "李建民", "official"),
        (
            "慰问困难职工公示\n李建民（某市机械制造（集团）公司），致困原因：单亲，慰问金800元",
            "李建民",
            "private",
        ),
        ("某村津贴公示\n1、王丽（女，1931年11月17日生），由李建民代领\n", "李建民", "private"),
        ("会议决定由李建民代领导小组作报告。", "李建民", "unknown"),
        ("李建民一行走访慰问，送上慰问金500元。", "李建民", "unknown"),
        ("调整情况\n石桥村 李建民 *************\n", "李建民", "private"),
    ],
)
def test_the_sentence_tells_whose_name_it_is(text: str, name: str, role: str) -> None:
    found = dict(persons(text, Knows("李建民", "王丽", "张伟")))
    assert found[name].role == role


def test_a_lawyer_is_named_by_profession() -> None:
    text = "委托诉讼代理人：李建民，安徽某律师事务所律师。"
    assert dict(persons(text, Knows("李建民")))["李建民"].role == "official"


def test_a_list_of_candidates_by_units_is_one_of_private_persons() -> None:
    text = "公务员面试资格复审人员公告\n请到县人社局参加资格复审。\n县直机关：李建民、王丽、张伟"
    found = dict(persons(text, Knows("李建民", "王丽", "张伟")))
    assert {person.role for person in found.values()} == {"private"}
