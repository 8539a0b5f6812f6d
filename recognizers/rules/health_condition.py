"""病情、残疾: said of somebody, or in a column for them."""

from __future__ import annotations

from recognizers.patterns import late
from recognizers.sensitive import SensitiveRule

_DISEASE = (
    "[一-鿿]{0,9}?(?:癌|肿瘤|白血病|淋巴瘤|尿毒症|肾衰竭|糖尿病|高血压|冠心病|心脏病|艾滋病|HIV阳性|梅毒"
    "|乙肝|丙肝|肝炎|肝硬化|肺结核|结核病|尘肺病?|精神分裂症|精神病|精神障碍|抑郁症|双相情感障碍|脑梗死|脑梗塞|脑梗"
    "|脑出血|中风|偏瘫|瘫痪|脑瘫|癫痫|痴呆症?|自闭症|孤独症|血友病|红斑狼疮|帕金森病?"
    "|矽肺|衰竭|贫血|骨折|截瘫|截肢|失明|烧伤|中毒|重大疾病|传染病|重病|大病)"
    "(?:[早中晚]期|[一二三四]期)?"
)
_DISABILITY = "(?:(?:视力|听力|言语|肢体|智力|精神|多重)残疾(?:[ ]?[一二三四1-4]级)?)"
_LABEL = (
    "(?:病种|病名|病情|(?:疾病|病症|病种)名称|诊断(?:结论|结果|意见)?|确诊(?:疾病|结果)?|[患疾]病"
    "|残疾(?:类[别型]|种类|等级|程度|类别及等级|类别等级)|受伤部位|伤情|健康状况|伤残等级)"
)
_FINE = "[无否未不略详见一同]|健康|良好|正常|较好|尚可|全部|见|包括|以下"
_ANY = "[一-鿿A-Za-z0-9()+\\-]{2,16}"
"""What fills a field for illnesses is one, whatever it is called."""


class HealthConditionRule(SensitiveRule):
    """Diseases, diagnoses, kinds and degrees of disability."""

    terms = (
        *("患有", "身患", "罹患", "因患", "患上", "确诊", "诊断", "得了", "查出"),
        *("受伤部位", "伤情"),
        *("残疾", "病种", "病情", "疾病", "病名", "病史", "健康", "致贫"),
    )
    stated = late(
        f"(?:(?:患有|身患|罹患|因患|患上|确诊|诊?断为|诊为|得了|查出)(?:了|过|患有|罹患|为|是|出)?"
        f"|{_LABEL}(?:[:\\t]|[ ]{{2,4}})[ ]{{0,4}}|(?={_DISABILITY}))"
        f"(?P<value>{_DISEASE}|{_DISABILITY}"
        f"|(?<=[:\\t ])(?!{_FINE}){_ANY}(?=[ ]*(?:[,;。、\\t\\n]|$)))"
    )
    column = late(
        "病种|病情|病名|慢病|疾病|诊断|病史|残疾类[别型]|残疾等级|残疾程度|健康状况|受伤部位|伤情"
    )
