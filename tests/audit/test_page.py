"""What a page says about itself, in the layouts offices use, and which links are attachments."""

from __future__ import annotations

import httpx
import pytest

from screener.audit.page import Page, read_page

URL = httpx.URL("https://www.example.gov.cn/gk/2024/art_1.html")

TABLE = """<table class="xxgk"><tr><td><b>索 引 号：</b></td><td>113401/2024-00012</td>
<td>信息分类：</td><td>社会救助</td></tr>
<tr><th>发布机构</th><td>某县<b>民政局</b></td><th>发文日期:</th><td>2024-03-01</td></tr>
<tr><td>生成日期</td><td>2024年3月2日</td><td>有 效 性</td><td>有效</td></tr>
<tr><td>名　　称：</td><td colspan="3">临时救助公示</td></tr>
<tr><td>文号：</td><td></td><td>关键词：</td><td>救助 公示</td></tr></table>"""

CELL_OF_BOTH = """<table><tr><td>索引号：113401/2024-00012</td><td>信息分类：社会救助</td></tr>
<tr><td>发布机构：某县民政局</td><td>发文日期：2024-03-01</td></tr></table>"""

DEFINITIONS = """<dl><dt>索引号</dt><dd>113401/2024-00012</dd><dt>信息分类</dt><dd>社会救助</dd>
<dt>发布机构</dt><dd>某县民政局</dd><dt>发文日期</dt><dd>2024-03-01</dd></dl>"""

SPANS = """<ul><li><span>索引号：</span><span>113401/2024-00012</span></li>
<li><em>信息分类</em><i>社会救助</i></li><li><strong>发布机构：</strong>某县民政局</li>
<li><label>发文日期</label>：2024-03-01</li></ul>"""

LINES = """<div>索引号：113401/2024-00012　　信息分类：社会救助　　发布机构：某县民政局
发文日期：2024-03-01</div><p>正文。</p>"""

DIVS = """<div class="row"><div class="k">索引号</div><div class="v">113401/2024-00012</div></div>
<div class="row"><div class="k">信息分类</div><div class="v">社会救助</div></div>
<div class="row"><div class="k">发布机构</div><div class="v">某县民政局</div></div>
<div class="row"><div class="k">发文日期</div><div class="v">2024-03-01</div></div>"""


@pytest.mark.parametrize("layout", [TABLE, CELL_OF_BOTH, DEFINITIONS, SPANS, LINES, DIVS])
def test_the_header_table_is_read_in_every_layout(layout: str) -> None:
    header = read_page(f"<html><body>{layout}<p>正文</p></body></html>", URL).header
    assert header["index_number"] == "113401/2024-00012"
    assert header["category"] == "社会救助"
    assert header["publisher"] == "某县民政局"
    assert header["issued"] == "2024-03-01"


def test_labels_set_wide_with_elements_between_their_characters() -> None:
    """As many county sites have it: the characters of a label in elements of their own."""
    body = """<table><tr><td><b>索<i></i>引<i></i>号:</b></td><td>113401/202109-00017</td>
    <td><b>信息分类:</b></td><td>经验交流</td></tr><tr><td><b>发布机构:</b></td>
    <td>某区政府办</td><td><b>生成日期:</b></td><td>2021-09-17</td></tr>
    <tr><td><b>来源单位:</b></td><td>某区教育局</td><td><b>生效时间:</b></td><td></td></tr>
    <tr><td><b>名<span>&emsp;</span>称:</b></td><td>【季度材料】经验交流</td>
    <td><b>文<i></i>号:</b></td><td></td><td><b>关<i></i>键<i></i>词:</b></td><td></td></tr>
    </table>"""
    assert read_page(f"<body>{body}</body>", URL).header == {
        "index_number": "113401/202109-00017",
        "category": "经验交流",
        "publisher": "某区政府办",
        "created": "2021-09-17",
        "title": "【季度材料】经验交流",
    }


def test_a_label_nobody_knows_ends_the_value_before_it() -> None:
    line = "索引号：1 发布机构：某局 生效时间：2024 名称：【通知】开会 字体：大 中 小"
    assert read_page(f"<p>{line}</p>", URL).header == {
        "index_number": "1",
        "publisher": "某局",
        "title": "【通知】开会",
    }


def test_all_fields_of_the_table_and_an_empty_one() -> None:
    header = read_page(TABLE, URL).header
    assert header["created"] == "2024年3月2日"
    assert header["validity"] == "有效"
    assert header["title"] == "临时救助公示"
    assert header["keywords"] == "救助 公示"
    assert "doc_number" not in header


def test_meta_tags_fill_what_the_page_does_not_show() -> None:
    head = (
        '<meta name="ArticleTitle" content="临时救助公示"><meta name="PubDate" '
        'content="2024-03-02 10:00"><meta name="ContentSource" content="某县民政局">'
    )
    header = read_page(f"<head>{head}</head><body>正文</body>", URL).header
    assert header == {
        "publisher": "某县民政局",
        "created": "2024-03-02 10:00",
        "title": "临时救助公示",
    }
    shown = read_page(f"<head>{head}</head><body>{DEFINITIONS}</body>", URL).header
    assert shown["publisher"] == "某县民政局"


def test_common_words_elsewhere_are_not_header_fields() -> None:
    body = (
        "<table><tr><td>名称</td><td>某某超市</td></tr><tr><td>来源</td><td>财政</td></tr></table>"
    )
    assert read_page(f"<body>{body}</body>", URL).header == {}
    assert read_page("<p>关于发布机构改革的通知，名称：无。</p>", URL).header == {}


def test_a_page_without_anything_gives_nothing() -> None:
    assert read_page("", URL) == Page()
    assert read_page("\0\1\2", URL).header == {}
    assert read_page("<div>" * 5000 + "索引号：1", URL).title == ""


def links(body: str) -> list[tuple[str | None, str]]:
    found = read_page(f"<body>{body}</body>", URL).links
    return [(str(link.url) if link.url else None, link.text) for link in found]


@pytest.mark.parametrize(
    ("html", "target"),
    [
        ('<a href="名单.xlsx">a</a>', "https://www.example.gov.cn/gk/2024/%E5%90%8D%E5%8D%95.xlsx"),
        ('<a href="/f/a.PDF?v=1#p2">a</a>', "https://www.example.gov.cn/f/a.PDF?v=1"),
        (
            '<a href="/view.jsp?file=a.docx">a</a>',
            "https://www.example.gov.cn/view.jsp?file=a.docx",
        ),
        ('<a href="/downfile.jsp?id=7">表</a>', "https://www.example.gov.cn/downfile.jsp?id=7"),
        ('<a href="/api/download/77">表</a>', "https://www.example.gov.cn/api/download/77"),
        ('<a href="/u/1">附件：名单.xls</a>', "https://www.example.gov.cn/u/1"),
        ('<a href="/u/1">附件1</a>', "https://www.example.gov.cn/u/1"),
        ('<a href="/u/1" download>表</a>', "https://www.example.gov.cn/u/1"),
        ('<a href="http://x.example.com/a.zip">a</a>', "http://x.example.com/a.zip"),
        ('<a onclick="down(\'/f/a.ofd\')" href="#">a</a>', "https://www.example.gov.cn/f/a.ofd"),
        ("<a href=\"javascript:open('/f/a.wps')\">a</a>", "https://www.example.gov.cn/f/a.wps"),
        ('<iframe src="/body/1.html"></iframe>', "https://www.example.gov.cn/body/1.html"),
        ('<embed src="/f/a.pdf">', "https://www.example.gov.cn/f/a.pdf"),
        (
            '<meta http-equiv="Refresh" content="0; url=/new/2.html">',
            "https://www.example.gov.cn/new/2.html",
        ),
        (
            '<base href="https://www.example.gov.cn/files/"><a href="a.doc">a</a>',
            "https://www.example.gov.cn/files/a.doc",
        ),
    ],
)
def test_attachments_are_known_by_address_words_and_place(html: str, target: str) -> None:
    assert [url for url, _text in links(html)] == [target]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/gk/2.html">下一页</a>',
        '<a href="/zwgk/download/">下载中心</a>',
        '<a href="mailto:a@example.gov.cn">信箱.doc</a>',
        '<a href="#top">顶部</a>',
        '<a href="art_1.html#a">本页</a>',
        '<a href="javascript:window.print()">打印</a>',
        '<a href="/gk/2.html">附件二的说明</a>',
        '<iframe src="https://map.example.com/x"></iframe>',
        "<a>无</a>",
    ],
)
def test_other_links_are_left_alone(html: str) -> None:
    assert links(html) == []


def test_a_link_only_a_script_can_open_is_kept_as_unread() -> None:
    assert links('<a href="javascript:void(0)" onclick="d(7)">附件：名单.xlsx</a>') == [
        (None, "附件：名单.xlsx")
    ]


def test_a_file_linked_twice_is_one_link() -> None:
    assert len(links('<a href="a.xls">1</a><a href="./a.xls#x">2</a>')) == 1
