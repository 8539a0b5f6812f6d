"""Addresses: borders, names of regions, and inputs made to be slow."""

from __future__ import annotations

import time

import pytest

from recognizers.addresses import addresses
from recognizers.artifacts import ChineseArtifacts
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
        ("人民路12号锦绣家园\n3幢501室", "人民路12号锦绣家园"),
    ],
)
def test_borders(text: str, address: str) -> None:
    assert found(text) == [address]


def test_regions_are_told_in_full_and_in_short() -> None:
    text = "安徽合肥市瑶海区"
    assert [text[a:b] for a, b in regions(text)] == ["安徽", "合肥市", "瑶海区"]
    assert region_end("无此地名", 0) is None
    assert same_region("浙江", "浙江省")
    assert not same_region("浙江", "江苏省")


@pytest.mark.parametrize(
    "unit", ["1号", "5-", "路5", "十号一号", "A座", "住住住", "号楼幢栋单元室1", "安徽省合肥市"]
)
def test_long_runs_cost_no_more_than_their_length(unit: str) -> None:
    def cost(length: int) -> float:
        artifacts = ChineseArtifacts(unit * (length // len(unit)))
        started = time.process_time()
        list(addresses(artifacts))
        return time.process_time() - started

    cost(1_000)
    assert cost(40_000) < 8 * cost(10_000) + 0.2
