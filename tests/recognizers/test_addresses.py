"""Addresses: borders, names of regions, and inputs made to be slow."""

from __future__ import annotations

import time
from itertools import chain

import pytest

from fixtures.addresses import framed, offices, passages
from recognizers.addresses.owner import owner
from recognizers.addresses.search import addresses
from recognizers.artifacts import ChineseArtifacts
from recognizers.engine import Engine
from recognizers.places import region_end, regions, same_region


def found(text: str) -> list[str]:
    return [text[a.start : a.end] for a in addresses(ChineseArtifacts(text))]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("浙江省温州市浙江省温州市鹿城区车站大道12号", "浙江省温州市鹿城区车站大道12号"),
        ("北京市北京市朝阳区人民路12号8栋1203室", "北京市北京市朝阳区人民路12号8栋1203室"),
        ("住南山深南大道100号5栋", "南山深南大道100号5栋"),
        ("家住云山县东湖南路12号。", "云山县东湖南路12号"),
        ("住合肥市瑶海区将军路12号内2号", "合肥市瑶海区将军路12号内2号"),
        ("住合肥市瑶海区向阳村12号之一", "合肥市瑶海区向阳村12号之一"),
        ("住青河县大王村第七村民小组", "青河县大王村第七村民小组"),
        ("住肥西县上派镇御景湾6#楼1802，电话", "肥西县上派镇御景湾6#楼1802"),
        ("王小明 合肥市瑶海区长江路12号 13800000000", "合肥市瑶海区长江路12号"),
        ("业主王小明的3栋2单元501室漏水", "3栋2单元501室"),
        ("住义乌市工人北路167、169、171号", "义乌市工人北路167、169、171号"),
        ("臺南市安平區建平四街18巷84弄130號5樓之2", "臺南市安平區建平四街18巷84弄130號5樓之2"),
        ("系云岭县青山镇李庄村四组居民", "云岭县青山镇李庄村四组"),
        ("住青山镇石桥村委会大坪村民小组。", "青山镇石桥村委会大坪村民小组"),
        ("住敦化市大石头镇三道河子屯", "敦化市大石头镇三道河子屯"),
        ("住杭州市下城区石大路市场8一5室", "杭州市下城区石大路市场8一5室"),
        ("住义乌市前成小区16--7--426", "义乌市前成小区16--7--426"),
        ("宁波市慈溪市慈溪市人民路12号3幢501室", "人民路12号3幢501室"),
        ("住南昌市丁公路118号(省五建宿舍)3栋702", "南昌市丁公路118号(省五建宿舍)3栋702"),
        ("恩施州咸丰县黄金洞乡麻柳溪村3组", "恩施州咸丰县黄金洞乡麻柳溪村3组"),
        ("广西南宁市上林县巷贤镇长联村25号", "广西南宁市上林县巷贤镇长联村25号"),
        ("住瑞金市海港苑4号楼2门301，3月2日发热", "瑞金市海港苑4号楼2门301"),
        ("1963.02 磨盘乡陈庄村二组", "磨盘乡陈庄村二组"),
    ],
)
def test_borders(text: str, address: str) -> None:
    assert found(text) == [address]


@pytest.mark.parametrize(
    "text",
    ["云岭县李庄村党员互助组成立", "青山镇石桥村工作组", "李庄村领导小组", "石桥村民主评议小组。"],
)
def test_a_team_is_no_group_of_villagers(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("留言人：邱琼　联系地址：龙华区国贸路13号楼4单元404", "home_address"),
        ("常倩，在乡复员军人，灵川县大坪村二社37-1号，身份证号", "home_address"),
        ("系云岭县青山镇李庄村四组居民", "home_address"),
        ("甲方住所：合肥市庐阳区亳州路12号3幢501室", ""),
        ("拟对位于东湖县城关镇人民路30号的房屋进行征收", ""),
        ("业主王小明的3栋2单元501室漏水", ""),
        ("王小明（团结村4组）", ""),
        ("石桥村3组道路硬化", "office_address"),
        ("网友反映：望江路12号门前污水横流", "office_address"),
        ("法定代表人：周强。住所地：合肥市庐阳区人民路8号A座901室", "office_address"),
        ("住　　址：合肥市庐阳区亳州路12号", "home_address"),
        ("联系地址：合肥市瑶海区人民法院执行局302室", "office_address"),
        ("承办人：王小明　电话：0551-62345678　地址：东湖县府前街14号", "office_address"),
        ("报名：携带身份证到东湖县健康路250号", "office_address"),
        ("当事人的仓库位于东湖县人民路188号", "office_address"),
        ("请到3号楼302室领取", "office_address"),
        ("任课教师：王小明\n教学楼207", "office_address"),
    ],
)
def test_whose_it_is(text: str, code: str) -> None:
    artifacts = ChineseArtifacts(text)
    (address,) = addresses(artifacts)
    codes = owner(artifacts, address)
    assert codes[:1] == ((code,) if code else ())


def test_an_estate_and_a_door_on_two_lines_are_two() -> None:
    assert found("人民路12号锦绣家园\n3幢501室") == ["人民路12号锦绣家园", "3幢501室"]


def test_an_item_of_a_list_begins_a_new_address() -> None:
    assert found("1. 王小明，桂花小区13-4-2602\n4. 李红，桂花小区9-1-101") == [
        "桂花小区13-4-2602",
        "桂花小区9-1-101",
    ]


def test_a_full_line_may_end_inside_a_name() -> None:
    text = "患者王小明系阜新蒙古族自治县工农路218号和谐家\n园A区5号楼4门2203号居民"
    assert found(text) == ["阜新蒙古族自治县工农路218号和谐家\n园A区5号楼4门2203号"]


def test_most_homes_of_all_provinces_are_found_and_no_office_is_one() -> None:
    engine = Engine(entities=["CN_ADDRESS"])
    wanted = told = right = 0
    for passage in chain(framed(7), passages(), offices()):
        matches, failures = engine.analyze(passage.text)
        assert not failures
        homes = {(m.start, m.end) for m in matches if "office_address" not in m.evidence}
        wanted += len(passage.spans)
        told += len(homes)
        right += len(homes & set(passage.spans))
    assert right >= 0.95 * wanted
    assert right >= 0.95 * told


def test_regions_are_told_in_full_and_in_short() -> None:
    text = "安徽合肥市瑶海区"
    assert [text[a:b] for a, b in regions(text)] == ["安徽", "合肥市", "瑶海区"]
    assert region_end("无此地名", 0) is None
    assert same_region("浙江", "浙江省")
    assert not same_region("浙江", "江苏省")


@pytest.mark.parametrize(
    "unit",
    [
        "1号",
        "5-",
        "路5",
        "十号一号",
        "A座",
        "住住住",
        "号楼幢栋单元室1",
        "安徽省合肥市",
        "住址：",
        "家住",
        "居民",
        "园(二期)1号",
    ],
)
def test_long_runs_cost_no_more_than_their_length(unit: str) -> None:
    engine = Engine(entities=["CN_ADDRESS"])

    def cost(length: int) -> float:
        started = time.process_time()
        engine.analyze(unit * (length // len(unit)))
        return time.process_time() - started

    cost(1_000)
    assert cost(40_000) < 8 * cost(10_000) + 0.2


def test_rooms_that_are_counted_are_no_number_of_a_room() -> None:
    assert found("1. 萧县乡村振兴局　李建民　两室一厅") == []
    assert found("萧县龙城镇人民路12号3栋201室。") == ["萧县龙城镇人民路12号3栋201室"]
