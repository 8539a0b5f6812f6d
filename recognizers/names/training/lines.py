"""Made-up lines as offices write them, with the places of the names in them.

A template holds slots in braces: ``N`` a name, ``G`` a foreigner's, ``G2`` one part of one, ``N2``
one in Latin letters, ``S`` a surname that stands for one (all labelled), ``M`` a masked name, the
others plain words. Many lines teach what is no name.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

from recognizers.names.training.lists import words
from recognizers.names.training.people import People
from recognizers.names.training.prose import PROSE
from recognizers.names.words import roles

Labelled = tuple[str, list[tuple[int, int]]]
"""A text and the spans of its names."""

_PLACES = words("places")
_LEVELS = words("levels")
_OFFICES = words("offices")
_VERBS = words("verbs")
_THINGS = words("things")
_AIMS = words("aims")
_PRIVATE_ACTS = words("acts")
_ETHNIC = words("ethnic")
_TABLE_HEADS = (
    "序号\t姓名\t性别\t单位",
    "姓名 身份证号 金额",
    "编号 户主 家庭人口 住址",
    "姓名\t职务\t电话",
)
_FIRM_TAILS = words("firms")
_VILLAGE_TAILS = words("villages")
_ROAD_TAILS = words("roads")
_COUNTRIES = words("countries")
_CALLINGS = words("callings")
_WORKS = words("works")
_LINKS = words("links")

_OFFICIAL = (
    "{O}{R}{N}{V}。",
    "由{R}{N}任组长，{R}{N}、{N}任副组长，成员由各科室负责人组成。",
    "{D}，{P}{L}{R}{N}{V}，{R}{N}、{N}参加。",
    "会议由{R}{N}主持，{O}{R}{N}等{V}。",
    "组　长：{N}　{O}{R}",
    "副组长：{N}　{O}{R}\n　　　　{N}　{O}{R}",
    "成　员：{N}、{N}、{N}、{N}",
    "经研究决定：{N}同志任{O}{R}；免去{N}同志的{O}{R}职务。",
    "任命{N}为{O}{R}，免去{N}的{O}{R}职务。",
    "{N}，男，{E}，{D}出生，大学学历，中共党员，现任{O}{R}，拟任{O}{R}。",
    "签发人：{N}",
    "审核：{N}　校对：{N}　拟稿：{N}",
    "联系人：{N}，联系电话：{H}",
    "（联系人：{N}；电话：{H}）",
    "{O}新闻发言人{N}介绍，{T}工作{X}。",
    "由{R}{N}公开开庭进行了审理",
    "{R}{N}独任审理，{Q}{N}及其委托代理人{N}到庭参加诉讼",
    "审　判　长　{N}\n审　判　员　{N}\n人民陪审员　{N}\n{D}\n书　记　员　{N}",
    "执法人员{N}（执法证号{H}）、{N}（执法证号{H}）到{F}进行现场检查。",
    "{N}{R}{V}。",
    "本报记者{N}、通讯员{N}报道",
    "（记者 {N} 通讯员 {N}）",
    "责任编辑：{N}",
    "{O}党组书记、{R}{N}一行到{Y}调研{T}工作。",
    "法定代表人：{N}",
    "{F}法定代表人{N}",
    "专家{N}、{N}、{N}对{T}项目进行了评审。",
    "{N}在会上强调，要{X}{T}工作。",
    "出席：{N} {N} {N} {N} {N}",
    "参加人员：{R}{N}，{R}{N}，{R}{N}。",
    "{R}{N}同志{V}。",
    "值班领导：{N}　值班人员：{N}　电话：{H}",
    "主任委员：{N}（{O}{R}）\n副主任委员：{N}（{O}{R}）",
)
_PRIVATE = (
    "{Q}{N}{Z}。",
    "{Q}：{N}，男，{E}，{D}出生，住{P}{L}{Y}。",
    "{Q}（{Q}）：{N}",
    "{Q}姓名：{N}　性别：女　民族：{E}",
    "姓名：{N}　身份证号：{H}　联系电话：{H}",
    "姓名：{N} 性别：男 年龄：{B}",
    "{N}，女，{E}，{D}生，{P}人。",
    "{N}：你于{D}向本机关提出的{T}申请收悉。",
    "{N}（{Q}{N}之子）{Z}。",
    "原告{N}与被告{N}、{N}买卖合同纠纷一案，本院受理后",
    "{Q}{N}、{N}、{N}{Z}。",
    "{N}等{B}人{Z}",
    "{N}、{N}、{N}、{N}、{N}",
    "{N}，{N}，{N}，{N}",
    "{N} {N} {N} {N} {N} {N}",
    "{N}　{N}　{N}　{N}",
    "{B}.{N}\n{B}.{N}\n{B}.{N}",
    "{B}、{N}",
    "{B}\t{N}\t男\t{O}\t{H}",
    "{B} {N} 女 {P}{L}{Y} {A}",
    "{N} {H} {A}元",
    "{N}{H}",
    "{Q}{N}之母{N}{Z}",
    "{Q}{N}的家属{N}{Z}",
    "拟录用人员名单：{N}、{N}、{N}",
    "请{N}、{N}两位考生于{D}前到{O}报到。",
    "{N}先生：您好！",
    "{N}女士来电反映{Y}{T}问题。",
    "收款人：{N}\n开户行：农业银行\n账号：{H}",
    "委托代理人：{N}，{F}员工。",
    "监护人{N}（与学生关系：父亲）",
    "学生{N}，{P}{L}第一中学高三（2）班",
    "{N}家住{Y}，丈夫{N}因病去世，儿子{N}在外务工。",
    "{N}户家庭人口{B}人，月保障金{A}元。",
    "{N}",
    "户主{N}　配偶{N}　长子{N}",
)
_NEGATIVE = (
    "{Q}{M}{Z2}。",
    "{Q}：{M}，男，{E}。",
    "被告人{M}、{M}、{M}犯盗窃罪一案",
    "{M}诉{M}合同纠纷",
    "{S}女士来电反映{T}问题。",
    "{S}{R}指出，要{X}{T}工作。",
    "{S}先生、{S}老师、{S}师傅",
    "{O}{X}{T}，{X}{T}工作。",
    "{X}{X}{T}{X}。",
    "{T}{X}{X}，{X}{T}。",
    "{R}{X}{T}工作，{R}负责{T}。",
    "任{R}，{R}任副组长，各科室负责人为成员。",
    "由{R}任组长，分管{R}任副组长",
    "{Y}村民委员会{X}{T}工作。",
    "{P}{L}{Y}{X}",
    "{F}{X}",
    "当事人{F}{Z2}。",
    "联系人：办公室　联系电话：{H}",
    "负责人：{O}",
    "{Q}应当{X}，{Q}有权{X}。",
    "姓名：　　　性别：　　　年龄：",
    "{K}",
    "根据{P}{L}{T}工作要求，{X}。",
    "{O}关于{X}{T}的通知",
    "住址：{P}{L}{Y}{B}号",
    "{Y}、{Y}、{Y}",
    "{F}、{F}、{F}",
    "{O}、{O}、{O}",
    "{T}、{X}、{T}",
    "{U}{U}{U}，{U}{U}，{U}{U}{U}。",
    "{U}，{U}{T}{U}{U}",
    "要{U}{U}，{U}、{U}，确保{U}{U}{U}。",
    "{O}{U}{U}，{U}{U}{U}",
    "一是{U}{U}。二是{U}{U}，{U}。",
    "{R}{U}{U}，{Q}{U}{U}。",
    "{D}，{O}{U}{U}。",
    "请{U}{U}{U}，{U}前{U}。",
    "{D}在{W}{X}。",
    "从{W}到{W}，{X}{T}",
    "{W}、{W}、{W}和{W}",
    "{W}市政府{X}",
    "{W}公司{X}，{W}集团{T}",
    "{W}队以{B}比{B}战胜{W}队",
    "{W}地区{X}，前往{W}{X}",
    "{W}晴{B}度，{W}多云{B}度，{P}转阴{B}度，{P}雷阵雨",
    "《{W}》{X}",
)
_SLOT = re.compile(r"\{([A-Z]2?)\}")


class Lines:
    """Draws lines without end.

    ``like_names`` are dictionary words that begin with a surname, ``others`` those that do not,
    ``abroad`` places and firms whose names are transliterated as persons' are.
    """

    def __init__(
        self,
        chance: random.Random,
        people: People,
        like_names: Sequence[str],
        others: Sequence[str],
        abroad: Sequence[str],
    ) -> None:
        self._chance, self._people = chance, people
        self._words, self._others = like_names, others
        table = roles()
        self._official = sorted(word for word, kind in table.items() if kind == "official")
        self._private = sorted(word for word, kind in table.items() if kind == "private")
        pick = chance.choice
        self._named: dict[str, Callable[[], str]] = {
            "N": lambda: self._spaced(people.name()),
            "G": lambda: people.foreign() if chance.random() < 0.85 else people.japanese(),
            "G2": people.surname_abroad,
            "N2": people.latin,
            "S": people.surname,
        }
        self._slots: dict[str, Callable[[], str]] = {
            "R": lambda: pick(self._official),
            "Q": lambda: pick(self._private),
            "O": lambda: pick(_PLACES) + pick(_LEVELS[:5]) + pick(_OFFICES),
            "P": lambda: pick(_PLACES),
            "L": lambda: pick(_LEVELS),
            "V": lambda: pick(_VERBS),
            "T": lambda: pick(_THINGS),
            "X": lambda: pick(_AIMS) if chance.random() < 0.5 else pick(self._words),
            "U": lambda: pick(_AIMS),
            "E": lambda: pick(_ETHNIC),
            "D": self._date,
            "H": lambda: "0" * pick((7, 8, 11, 12, 18)),
            "A": lambda: "0" * pick((3, 4, 5)),
            "B": lambda: str(chance.randint(1, 30)),
            "F": self._firm,
            "Y": self._place,
            "K": lambda: pick(_TABLE_HEADS),
            "M": people.masked,
            "W": lambda: pick(abroad),
            "W2": people.place_abroad,
            "L2": self._latin,
            "B2": lambda: pick(_LINKS),
            "C": lambda: pick(_COUNTRIES),
            "J": lambda: pick(_CALLINGS),
            "I": self._work,
            "S2": lambda: people.given(2),
            "Z": lambda: pick(_PRIVATE_ACTS),
            "Z2": lambda: pick([act for act in _PRIVATE_ACTS if "{N}" not in act]),
        }

    def draw(self) -> Iterator[Labelled]:
        """Lines of all three kinds, and words put together that hold no name."""
        while True:
            dice = self._chance.random()
            if dice < 0.20:
                yield self._fill(self._chance.choice(_OFFICIAL))
            elif dice < 0.40:
                yield self._fill(self._chance.choice(_PRIVATE))
            elif dice < 0.53:
                yield self._fill(self._chance.choice(_NEGATIVE))
            elif dice < 0.80:
                yield self._fill(self._chance.choice(PROSE))
            elif dice < 0.89:
                yield self._pseudo(), []
            else:
                yield self._mixed()

    def _fill(self, template: str) -> Labelled:
        text, spans = "", []
        while found := _SLOT.search(template):
            text += template[: found.start()]
            slot, template = found.group(1), template[found.end() :]
            if slot in self._named:
                name = self._named[slot]()
                spans.append((len(text), len(text) + len(name)))
                text += name
            else:
                template = self._slots[slot]() + template
        return text + template, spans

    def _spaced(self, name: str) -> str:
        if len(name) == 2 and self._chance.random() < 0.1:
            return name[0] + self._chance.choice((" ", "  ")) + name[1]
        return name

    def _date(self) -> str:
        year, month = self._chance.randint(1950, 2026), self._chance.randint(1, 12)
        return f"{year}年{month}月" + self._chance.choice(("", f"{self._chance.randint(1, 28)}日"))

    def _firm(self) -> str:
        pick = self._chance.choice
        core = self._people.given(2) if self._chance.random() < 0.6 else self._people.common()
        return pick(("", pick(_PLACES), pick(_PLACES) + "市")) + core + pick(_FIRM_TAILS)

    def _work(self) -> str:
        pick = self._chance.choice
        return pick(("", pick(self._others))) + pick((pick(_WORKS), pick(self._words)))

    def _latin(self) -> str:
        """What is written in Latin letters and no name: a product, a unit, an abbreviation."""
        length = self._chance.randint(1, 7)
        return self._chance.choice(("A" * min(length, 5), "A" + "a" * length, "a" * length))

    def _place(self) -> str:
        if self._chance.random() < 0.6:
            return self._people.surname() + self._chance.choice(_VILLAGE_TAILS)
        core = self._people.given(2) if self._chance.random() < 0.5 else self._people.common()
        return core + self._chance.choice(_ROAD_TAILS)

    def _pseudo(self) -> str:
        """Words that begin with a surname, some linked by particles: all of it no name."""
        parts = []
        for _ in range(self._chance.randint(2, 9)):
            parts.append(self._chance.choice(self._words))
            if self._chance.random() < 0.35:
                parts.append(self._chance.choice("的了和在与及、，对为是有不也将向"))
        return "".join(parts)

    def _mixed(self) -> Labelled:
        """Any words with names among them, so that many words have stood beside a name."""
        text = ""
        spans: list[tuple[int, int]] = []
        for _ in range(self._chance.randint(3, 12)):
            dice = self._chance.random()
            if dice < 0.2 and not (spans and spans[-1][1] == len(text)):
                name = self._people.name() if dice < 0.17 else self._people.foreign()
                spans.append((len(text), len(text) + len(name)))
                text += name
            else:
                text += self._chance.choice(self._others if dice < 0.75 else self._words)
                if self._chance.random() < 0.3:
                    text += self._chance.choice("的了在和与、，对是不也将,:")
        return text, spans
