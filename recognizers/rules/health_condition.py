"""病情、残疾: said of somebody, or in a column for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from recognizers.artifacts import ChineseArtifacts
from recognizers.base import Hit
from recognizers.lexicon.surnames import lines
from recognizers.patterns import late
from recognizers.scan import register
from recognizers.sensitive import SensitiveRule

_NO_ILLNESS = late(
    "^(?:患|因|诊|确诊|身患|罹患|经|系|有|查出|开展)|"
    "防治|预防|治疗|医院|医生|医师|科$|中心|门诊|健康|筛查|管理|保险|救助|知识|服务|补[助贴]|患者|病人|病床|人群|"
    "死亡率|发病|疫苗|药|研究|协会|学会|讲座|宣传|康复|日$|人$|者$|检测|检查|培训|手术|赔|报销|人数|病例"
)

_DISEASE = (
    "[一-鿿]{0,9}?(?:癌|肿瘤|白血病|淋巴瘤|尿毒症|肾衰竭|糖尿病|高血压|冠心病|心脏病|艾滋病|HIV阳性|梅毒"
    "|乙肝|丙肝|肝炎|肝硬化|肺结核|结核病|尘肺病?|精神分裂症|精神病|精神障碍|抑郁症|双相情感障碍|脑梗死|脑梗塞|脑梗"
    "|脑出血|中风|偏瘫|瘫痪|脑瘫|癫痫|痴呆症?|自闭症|孤独症|血友病|红斑狼疮|帕金森病?"
    "|矽肺|衰竭|贫血|骨折|截瘫|截肢|失明|烧伤|中毒|重大疾病|传染病|重病|大病|心肌梗[死塞]|[心脑]梗"
    "|心衰|肾衰|房颤|综合[征症]|结石|坏死|突出症?|肺气肿|硬化症?|萎缩症?|溃疡|畸形|新冠(?:肺炎|病毒感染)?|甲亢|甲减|痛风"
    "|青光眼|白内障|息肉|囊肿|血栓|哮喘|植物人|肺疾病|[肾肝胃肺眼骨心血脑]病|[一-鿿]{2}病|[一-鿿][症炎癌瘤])"
    "(?:后遗症|[早中晚]期|[一二三四]期)?"
)
_DISABILITY = "(?:(?:视力|听力|言语|肢体|智力|精神|多重)残疾(?:[ ]?[一二三四1-4]级)?)"
_LONGEST_CELL = 24
_REACH = 48
_BEGUN = late(r"[ \t,、](?=[^ \t,、;:。\n]*\Z)")
_ENDED = late(r"[ \t,;。\n]|\Z")
_PERSONAL = late(r"(?:[ \t,(][男女][ \t,)]|[0-9]{1,3}岁)[^。;\n]{0,32}\Z")
"""A sex or an age in the line before it."""


@cache
def _illnesses() -> tuple[str, ...]:
    return tuple(word for line in lines("illnesses.txt") for word in line.split())


@cache
def _terms() -> tuple[str, ...]:
    """The ends of these words: the scan looks for two characters at least."""
    return tuple(sorted({word[-2:] for word in _illnesses() if len(word) > 1}))


@cache
def _nothing_else() -> re.Pattern[str]:
    """A cell that says nothing but an illness, whatever heads it."""
    named = "|".join(_illnesses())
    return re.compile(f"[一-鿿()、,;/+ ]*?(?:{named})[一-鿿()、,;/+ ]*")


_LABEL = (
    "(?:病种|病名|病情|(?:疾病|病症|病种)名称|诊断(?:结论|结果|意见)?|确诊(?:疾病|结果)?|[患疾]病"
    "|残疾(?:类[别型]|种类|等级|程度|类别及等级|类别等级)|受伤害?部位|伤情|健康状况|伤残等级)"
)
_FINE = "[无否未不略详见一同]|健康|良好|正常|较好|尚可|全部|见|包括|以下"
_ANY = "[一-鿿A-Za-z0-9()+\\-]{2,16}"
"""What fills a field for illnesses is one, whatever it is called."""


class HealthConditionRule(SensitiveRule):
    """Diseases, diagnoses, kinds and degrees of disability."""

    terms = (
        *("患有", "身患", "罹患", "因患", "患上", "确诊", "诊断", "得了", "查出"),
        *("受伤部位", "害部位", "伤情", "住院", "去世", "病逝", "手术"),
        *("困原", "贫原", "难原", "请原", "请理", "助原"),  # of 致困原因, 申请理由 …
        *("人患", "其患", "亲患", "子患", "女患", "妻患", "夫患", "属患", "系患", "现患", "已患"),
        *(",患", "、患", " 患", ";患", "(患", "又患", "均患", "还患", "岁患", "突发"),
        *("残疾", "病种", "病情", "疾病", "病名", "病史", "健康", "致贫"),
    )
    stated = late(
        f"(?:(?:患有|身患|罹患|因患|患上|确诊|诊?断为|诊为|得了|查出)(?:了|过|患有|罹患|为|是|出)?"
        f"|(?<=[人其亲子女妻夫属系现已又均还岁,、 ;(])患(?![者有病上儿难得])"
        f"|突发(?=心|脑|急性|癫痫|中风|[重大]病|疾病)|因(?=[一-鿿]{{2,14}}(?:住院|去世|病逝|手术))"
        f"|(?:致[困贫]|困难|申请|救助)(?:原因|理由)[:\\t ]{{1,3}}"
        f"|(?P<field>{_LABEL}(?:[:\\t]|[ ]{{2,4}})[ ]{{0,4}})|(?={_DISABILITY}))"
        f"(?P<value>(?![后的者为在和并了时病上且率])(?:{_DISEASE})|{_DISABILITY}"
        f"|(?(field)(?!{_FINE}){_ANY}(?=[ ]*(?:[,;。、\\t\\n]|$))|(?!)))"
    )
    column = late(
        "病种|病情|病名|慢病|疾病|诊断|病史|残疾类[别型]|残疾等级|残疾程度|健康状况|受伤害?部位|伤情"
    )

    def load(self) -> None:
        """Make the illnesses known to the scan too."""
        super().load()
        register(_terms())

    def find(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        """What is stated or stands in a column for it, and cells that say nothing else."""
        found = [*super().find(artifacts), *self._cells(artifacts)]
        done = 0
        for hit in sorted(found, key=lambda hit: (hit.start, -hit.end)):
            if hit.start >= done:
                done = hit.end
                yield hit

    def _cells(self, artifacts: ChineseArtifacts) -> Iterator[Hit]:
        text, last = artifacts.view.text, -1
        for _, place in artifacts.scan.occurring(_terms()):
            artifacts.check_clock()
            start, end = self._field(artifacts, place)
            if start == last or not 0 < end - start <= 2 * _LONGEST_CELL:
                continue
            last = start
            written = text[start:end].strip()
            if len(written) > _LONGEST_CELL:
                continue
            if _nothing_else().fullmatch(written) and not _NO_ILLNESS.search(written):
                start += len(text[start:end]) - len(text[start:end].lstrip())
                yield Hit(start, start + len(written), 0.7, ("whole_cell",))

    def _field(self, artifacts: ChineseArtifacts, place: int) -> tuple[int, int]:
        """The cell at this place, or what stands between blanks or commas in a person's line."""
        if artifacts.row_cells(place):
            return artifacts.stretch(place)
        before, after = artifacts.before(place, _REACH), artifacts.after(place, _LONGEST_CELL)
        begun, ended = _BEGUN.search(before), _ENDED.search(after)
        if begun is None or ended is None or not _PERSONAL.search(before):
            return place, place
        return place - len(before) + begun.end(), place + ended.start()
