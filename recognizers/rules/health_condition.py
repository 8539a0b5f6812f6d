"""病情、残疾: said of somebody, or in a column for them."""

from __future__ import annotations

from recognizers.patterns import late
from recognizers.sensitive import SensitiveRule

_DISEASE = (
    "[一-鿿]{0,5}?(?:癌|肿瘤|白血病|淋巴瘤|尿毒症|肾衰竭|糖尿病|高血压|冠心病|心脏病|艾滋病|HIV阳性|梅毒"
    "|乙肝|丙肝|肝炎|肝硬化|肺结核|结核病|尘肺病?|精神分裂症|精神病|精神障碍|抑郁症|双相情感障碍|脑梗死|脑梗塞|脑梗"
    "|脑出血|中风|偏瘫|瘫痪|脑瘫|癫痫|痴呆症?|自闭症|孤独症|血友病|红斑狼疮|帕金森病?|重大疾病|传染病|重病|大病)"
    "(?:[早中晚]期|[一二三四]期)?"
)


class HealthConditionRule(SensitiveRule):
    """Diseases, diagnoses, kinds and degrees of disability."""

    terms = (
        *("患有", "身患", "罹患", "因患", "患上", "确诊", "诊断", "得了", "查出"),
        *("残疾", "病种", "病情", "疾病", "病名", "病史", "健康", "致贫"),
    )
    stated = late(
        "(?P<value>(?:(?<=患有)|(?<=身患)|(?<=罹患)|(?<=因患)|(?<=患上)|(?<=确诊)|(?<=断为)|(?<=诊为)"
        f"|(?<=断:)|(?<=得了)|(?<=查出))(?!患有|罹患|为|是)(?:{_DISEASE})"
        "|(?:视力|听力|言语|肢体|智力|精神|多重)残疾[ ]?(?:[一二三四1-4]级)?)"
    )
    column = late("病种|病情|病名|疾病|诊断|病史|残疾类[别型]|残疾等级|残疾程度|健康状况")
