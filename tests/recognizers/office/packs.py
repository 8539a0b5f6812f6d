"""Packs for tests: written to a file, read, run over a text."""

from __future__ import annotations

from pathlib import Path

from recognizers.artifacts import ChineseArtifacts
from recognizers.catalogue import load
from recognizers.engine import Engine
from recognizers.layout import Layout
from recognizers.office.examples import prove
from recognizers.office.pack import OfficePack
from recognizers.office.problems import PackProblem
from recognizers.office.reader import load_packs, read_packs

RULE = """pack: 民政局
rules:
  项目代号:
    level: block
    advice: 发布前改为公开名称
    terms: [长风工程, 蓝鲸行动]
    hits: [推进长风工程建设]
    misses: [推进工程建设]
"""


def pack(folder: Path, rule: str, *, name: str = "民政局", top: str = "") -> OfficePack:
    """A pack with one rule, whose keys are given as YAML without indent. It has no examples."""
    lines = [f"pack: {name}", *top.splitlines(), "rules:", "  测试:"]
    given = rule.strip("\n").splitlines()
    keys = {line.partition(":")[0] for line in given}
    if "level" not in keys and "entity" not in keys:
        given.append("level: block")
    given += ["advice: 核对", "hits: [不运行]", "misses: [不运行]"]
    file = folder / f"{name}.yaml"
    file.write_text("\n".join([*lines, *(f"    {line}" for line in given)]) + "\n", "utf-8")
    [made] = load_packs([file])
    return made


def found(office: OfficePack, text: str, layout: Layout | None = None) -> list[str]:
    """What the pack's rules find in a text, raw, in order of the rules."""
    artifacts = ChineseArtifacts(text, layout)
    return [
        text[result.start : result.end]
        for info in office.rules
        for result in info.make(10.0).analyze(text, [], artifacts)
    ]


def problems(folder: Path, text: str) -> list[PackProblem]:
    """All that is wrong with a pack of this text, its examples run."""
    file = folder / "规则.yaml"
    file.write_text(text, "utf-8")
    packs, wrong = read_packs([file])
    return wrong + [p for pack in packs for proof in prove(pack) for p in proof.problems]


def engine(*packs: OfficePack) -> Engine:
    """Our number rules that matter here and these packs."""
    return Engine(catalogue=load().with_office(packs), entities=wanted(*packs))


def wanted(*packs: OfficePack) -> set[str]:
    """The entities of the packs and a few of ours."""
    own = {info.entity for office in packs for info in office.rules}
    return own | {"CN_ID_CARD", "CN_MOBILE_PHONE", "CN_STUDENT_ID"}
