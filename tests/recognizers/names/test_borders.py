"""Where names begin and end when the network took too much or too little."""

from __future__ import annotations

import pytest

from tests.recognizers.names.test_finder import Knows, names


def test_a_title_is_never_swallowed() -> None:
    assert names("董健任组长", Knows("董健任")) == ["董健"]
    assert names("局长董健", Knows("局长董健")) == ["董健"]
    assert names("董健局长讲话", Knows("董健局长")) == ["董健"]


def test_a_word_behind_is_never_swallowed_nor_a_given_name_left_out() -> None:
    assert names("工作人员邱翰已电话告知", Knows("邱翰已")) == ["邱翰"]
    assert names("由胡毅作辅导", Knows("胡毅作")) == ["胡毅"]
    assert names("李宝均先生", Knows("李宝均")) == ["李宝均"]
    assert names("查明，慕容有才与原告", Knows("慕容")) == ["慕容有才"]


def test_hyphens_join_the_parts_of_a_foreign_name_only() -> None:
    assert names("影星汤姆-克鲁斯说", Knows("汤姆", "克鲁斯")) == ["汤姆-克鲁斯"]
    assert names("决赛:张建国-李卫东", Knows("张建国", "李卫东")) == ["张建国", "李卫东"]


@pytest.mark.parametrize(
    ("text", "seen", "found"),
    [
        ("诚如周文老所说", "周文老", "周文"),
        ("祭奠伏羲氏这位祖先", "伏羲氏", "伏羲"),
        ("女王和明文天皇乘车", "明文天皇", "明文"),
        ("年仅六岁的小俊文被送医", "小俊文", "俊文"),
        ("教练老雷德克纳普说", "老雷德克纳普", "雷德克纳普"),
        ("前首相小泉文表示", "小泉文", "小泉文"),
        ("总编辑张晨都表示要办好", "张晨都", "张晨"),
        ("工作的于文则更加郁闷", "于文则", "于文"),
        ("作者林松以《归途》获奖", "林松以", "林松"),
        ("外援里贝罗各攻入一球", "里贝罗各", "里贝罗"),
        ("关于上官爱文的任职", "官爱文", "上官爱文"),
        ("外长古哈尔·阿尤布·汗说", "古哈尔·阿尤布·汗", "古哈尔·阿尤布·汗"),
        ("局长巴图·苏和陪同", "巴图·苏和", "巴图·苏和"),
        ("李宝均先生", "李宝均", "李宝均"),
        ("办公室主任由萧文同志兼任", "由萧文", "萧文"),
    ],
)
def test_words_of_respect_particles_and_nicknames_are_no_part(
    text: str, seen: str, found: str
) -> None:
    assert names(text, Knows(seen)) == [found]


def test_two_names_with_a_gap_between_are_two() -> None:
    assert names("经评审，孔倩文  文洋等同志", Knows("孔倩文  文洋")) == ["孔倩文", "文洋"]
    assert names("经办 张　三 ", Knows("张　三")) == ["张　三"]


def test_no_rule_makes_a_name_longer_than_the_network_clearly_sees_it() -> None:
    assert names("选手王娴以684环夺冠", Knows("王娴")) == ["王娴"]
    assert names("听课的学生陈维说，好", Knows("陈维")) == ["陈维"]
