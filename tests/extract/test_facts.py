"""What a paper says about itself, from its first and last lines."""

from __future__ import annotations

from screener.extract.extractor import Extractor
from screener.model.facts import Facts

PAPER = """000012
机密★10年

某市人民政府文件

某政发〔2024〕3号                    签发人：甲某

关于印发某市补贴发放办法的通知

各县区人民政府：
根据《某省办法》（某省发〔2020〕9号），现将有关事项通知如下。

                          某市人民政府
                          2024年5月6日

（此件主动公开）
"""


def facts(text: str) -> Facts:
    return Extractor().read_bytes(text.encode(), "a.txt").facts


def test_a_paper() -> None:
    found = facts(PAPER)
    assert found.title == "关于印发某市补贴发放办法的通知"
    assert found.doc_number == "某政发〔2024〕3号"
    assert found.dates == ("2024年5月6日",)
    assert found.disclosure == "此件主动公开"


def test_a_number_in_a_sentence_is_another_papers() -> None:
    assert facts("工作总结\n根据某办〔2016〕16号文件要求，开展自查。\n").doc_number == ""


def test_the_labels_of_a_published_page() -> None:
    found = facts(
        "索引号：00301/2024-001 信息分类：通知\n发布机构：某局 生成日期：2024-05-06\n正文\n"
    )
    assert found.index_number == "00301/2024-001"
    assert found.publisher == "某局"
    assert found.dates == ("2024-05-06",)


def test_nothing_said_is_empty() -> None:
    assert facts("第一行\n第二行").doc_number == ""
    assert facts("第一行\n第二行").title == "第一行"
