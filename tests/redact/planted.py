"""Files with a value in every place of a format that people know or forget, made part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from html import escape

NUMBER = "11010519491231002X"
PHONE = "13800138000"
NAME = "欧阳小明"
VALUES = (NUMBER, PHONE, NAME)

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PKG = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "application/vnd.openxmlformats-officedocument"
_CORE = (
    f'<cp:coreProperties xmlns:cp="{_PKG}/metadata/core-properties" '
    f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{NAME}补助</dc:title>'
    f"<dc:creator>{NAME}</dc:creator><cp:keywords>{PHONE}</cp:keywords></cp:coreProperties>"
)
_CUSTOM = (
    f'<Properties xmlns="{_MAIN.replace("application/vnd.openxmlformats-", "http://x/")}" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    f'<property fmtid="{{D5}}" pid="2" name="电话"><vt:r8>{PHONE}</vt:r8></property></Properties>'
)


def package(parts: Mapping[str, str | bytes], types: Mapping[str, str]) -> bytes:
    """An OPC package; ``types`` gives content types by part."""
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items()
    )
    listing = (
        f'{_HEAD}<Types xmlns="{_PKG}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="jpeg" ContentType="image/jpeg"/>{overrides}</Types>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": listing, **parts}.items():
            info = zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return target.getvalue()


def rels(*links: tuple[str, str]) -> str:
    """A relationships part: ``(type's last word, target)``."""
    entries = "".join(
        f'<Relationship Id="rId{n}" Type="{_R}/{kind}" Target="{target}"'
        + (' TargetMode="External"' if ":" in target else "")
        + "/>"
        for n, (kind, target) in enumerate(links, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PKG}/relationships">{entries}</Relationships>'


def _p(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def _r(text: str, properties: str = "") -> str:
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def story(tag: str, inner: str) -> str:
    """A part of a Word document."""
    return f'{_HEAD}<w:{tag} xmlns:w="{_W}" xmlns:r="{_R}">{inner}</w:{tag}>'


def word_body() -> str:
    """The body of the Word document: one value a place."""
    box = f"<w:txbxContent>{_p(_r(f'文本框{PHONE}'))}</w:txbxContent>"
    nested = f"<w:tbl><w:tr><w:tc>{_p(_r(NUMBER))}</w:tc></w:tr></w:tbl>"
    rows = (
        f"<w:tr><w:tc>{_p(_r('姓名'))}</w:tc><w:tc>{_p(_r('身份证号'))}</w:tc></w:tr>"
        f"<w:tr><w:tc>{_p(_r(NAME))}{_p(_r('户主'))}</w:tc>"
        f"<w:tc>{_p(_r(NUMBER[:6]) + _r(NUMBER[6:]))}{nested}{_p('')}</w:tc></w:tr>"
    )
    author = f'w:id="1" w:author="{NAME}" w:date="2026-01-01T00:00:00Z"'
    split = [_r("身份证号"), _r(NUMBER[:3], "<w:b/>"), _r(NUMBER[3:11], "<w:i/>")]
    split += ["<w:proofErr/>", _r(NUMBER[11:] + "，", "<w:u/>"), _r("不变")]
    hyphens = "".join(
        ("<w:r><w:noBreakHyphen/></w:r>" if n else "") + _r(part)
        for n, part in enumerate(("138", "0013", "8000"))
    )
    paragraphs = [
        *("".join(split), _r("普通段落，保持不变。"), _r(f"{PHONE} 与 {PHONE}")),
        f"<w:del {author}><w:r><w:delText>删除{NUMBER}</w:delText></w:r></w:del>{_r('留下')}",
        f"{_r('前')}<w:ins {author}>{_r(f'插入{PHONE}')}</w:ins>{_r('后')}",
        _r(f"隐藏{PHONE}", "<w:vanish/>") + _r("可见"),
        _r("1101051949", "") + _r("隐", "<w:vanish/>") + _r("1231002X"),
        _r(f"白字{NUMBER}", '<w:color w:val="FFFFFF"/>'),
        f'<w:r><w:pict xmlns:v="urn:v"><v:shape alt="图 {NAME}"><v:textbox>{box}</v:textbox>'
        "</v:shape></w:pict></w:r>",
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "tel:{PHONE}"'
        f'</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>{_r("链接")}',
        f'<w:sdt><w:sdtPr><w:alias w:val="{NAME}"/></w:sdtPr><w:sdtContent>{_r(NAME)}'
        "</w:sdtContent></w:sdt>",
        _r("电话") + hyphens,
    ]
    return "".join(map(_p, paragraphs)) + f"<w:tbl>{rows}</w:tbl><w:sectPr/>"


def docx() -> bytes:
    """Body, tables, stories, notes, comments, boxes, revisions, links, properties, custom XML."""
    word = f"{_MAIN}.wordprocessingml"
    note = f'<w:footnote w:id="2">{_p(_r(f"脚注{PHONE}"))}</w:footnote>'
    comment = f'<w:comment w:id="0" w:author="{NAME}">{_p(_r(f"批注{NUMBER}"))}</w:comment>'
    parts: dict[str, str | bytes] = {
        "_rels/.rels": rels(
            ("officeDocument", "word/document.xml"),
            ("metadata/thumbnail", "docProps/thumbnail.jpeg"),
            ("custom-properties", "docProps/custom.xml"),
        ),
        "word/document.xml": story("document", f"<w:body>{word_body()}</w:body>"),
        "word/_rels/document.xml.rels": rels(
            ("styles", "styles.xml"), ("hyperlink", f"mailto:{NAME}{PHONE}@example.com")
        ),
        "word/styles.xml": story("styles", '<w:style w:styleId="a"/>'),
        "word/header1.xml": story("hdr", _p(_r(f"页眉{NAME}"))),
        "word/footer1.xml": story("ftr", _p(_r("页脚" + NUMBER[:9]) + _r(NUMBER[9:]))),
        "word/footnotes.xml": story("footnotes", note),
        "word/comments.xml": story("comments", comment),
        "word/settings.xml": story(
            "settings", f'<w:docVars><w:docVar w:name="v" w:val="{PHONE}"/></w:docVars>'
        ),
        "customXml/item1.xml": f"{_HEAD}<root a='{NUMBER}'><!-- {NAME} --><b>{NAME}</b></root>",
        "word/fontTable.xml": story("fonts", f'<!-- {PHONE} --><w:font w:name="宋体"/>'),
        "docProps/core.xml": _HEAD + _CORE,
        "docProps/custom.xml": _HEAD + _CUSTOM,
        "docProps/thumbnail.jpeg": b"\xff\xd8\xff preview",
    }
    kinds = {
        "word/document.xml": f"{word}.document.main+xml",
        "word/styles.xml": f"{word}.styles+xml",
        "word/header1.xml": f"{word}.header+xml",
        "word/footer1.xml": f"{word}.footer+xml",
        "word/footnotes.xml": f"{word}.footnotes+xml",
        "word/comments.xml": f"{word}.comments+xml",
        "word/settings.xml": f"{word}.settings+xml",
        "word/fontTable.xml": f"{word}.fontTable+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/custom.xml": f"{_MAIN}.custom-properties+xml",
    }
    return package(parts, kinds)


def xlsx() -> bytes:
    """Shared, rich and inline strings, numbers, formulas, hidden parts, comments, names, caches."""
    sheet = f"{_MAIN}.spreadsheetml"
    strings = (
        f"<si><t>姓名</t></si><si><t>{NAME}</t><rPh sb='0' eb='1'><t>{NAME}</t></rPh></si>"
        f"<si><r><rPr><b/></rPr><t>号{NUMBER[:5]}</t></r><r><t>{NUMBER[5:]}末</t></r></si>"
        f"<si><t>没人用 {PHONE}</t></si><si><t>不变</t></si>"
    )
    cells = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>4</v></c></row>'
        '<row r="2"><c r="A2" s="1" t="s"><v>1</v></c><c r="B2" t="s"><v>2</v></c>'
        f'<c r="C2"><v>{PHONE}</v></c><c r="D2" t="inlineStr"><is>'
        f"<t>内联{NUMBER}</t></is></c></row>"
        f'<row r="3" hidden="1"><c r="A3" t="str"><f>"电话"&amp;"{PHONE}"</f><v>电话{PHONE}</v></c>'
        f'<c r="B3"><f>{PHONE}+1</f><v>13800138001</v></c>'
        f'<c r="C3"><f t="shared" ref="C3:C4" si="0">C2+0</f><v>{PHONE}</v></c></row>'
        '<row r="4"><c r="B4" t="s"><v>4</v></c><c r="C4"><f t="shared" si="0"/><v>5</v></c></row>'
    )
    around = (
        f"<dataValidations><dataValidation type='list' sqref='E1' prompt='填{PHONE}'>"
        f'<formula1>"{NAME},李"</formula1></dataValidation></dataValidations>'
        f"<headerFooter><oddHeader>&amp;C{NAME}&amp;R第&amp;P页</oddHeader></headerFooter>"
    )
    book = (
        f'<sheets><sheet name="发放{NAME}" sheetId="1" r:id="rId1"/>'
        '<sheet name="内部" sheetId="2" state="veryHidden" r:id="rId2"/></sheets>'
        f'<definedNames><definedName name="电话">"{PHONE}"</definedName>'
        f"<definedName name=\"区\">'发放{NAME}'!$A$1</definedName></definedNames>"
    )
    spaces = f'xmlns="{_S}" xmlns:r="{_R}"'
    hidden = (
        f'<row><c t="inlineStr"><is><t>{NUMBER}</t></is></c>'
        f"<c><f>'发放{NAME}'!B4</f><v>1</v></c></row>"
    )
    parts: dict[str, str | bytes] = {
        "_rels/.rels": rels(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f"{_HEAD}<workbook {spaces}>{book}</workbook>",
        "xl/_rels/workbook.xml.rels": rels(
            ("worksheet", "worksheets/sheet1.xml"),
            ("worksheet", "worksheets/sheet2.xml"),
            ("sharedStrings", "sharedStrings.xml"),
            ("calcChain", "calcChain.xml"),
        ),
        "xl/worksheets/sheet1.xml": (
            f'{_HEAD}<worksheet {spaces}><cols><col min="4" max="4" hidden="1"/></cols>'
            f"<sheetData>{cells}</sheetData>{around}</worksheet>"
        ),
        "xl/worksheets/_rels/sheet1.xml.rels": rels(("comments", "../comments1.xml")),
        "xl/worksheets/sheet2.xml": (
            f"{_HEAD}<worksheet {spaces}><sheetData>{hidden}</sheetData></worksheet>"
        ),
        "xl/sharedStrings.xml": f'{_HEAD}<sst {spaces} count="9">{strings}</sst>',
        "xl/calcChain.xml": f'{_HEAD}<calcChain {spaces}><c r="A3" i="1"/></calcChain>',
        "xl/comments1.xml": (
            f"{_HEAD}<comments {spaces}><authors><author>{NAME}</author></authors><commentList>"
            f'<comment ref="B2" authorId="0"><text><r><t>批注{PHONE[:4]}</t></r><r><t>{PHONE[4:]}'
            "</t></r></text></comment></commentList></comments>"
        ),
        "xl/pivotCache/pivotCacheDefinition1.xml": (
            f"{_HEAD}<pivotCacheDefinition {spaces}><sharedItems minValue='{PHONE}'>"
            f"<s v='{NAME}'/><n v='{PHONE}'/></sharedItems></pivotCacheDefinition>"
        ),
        "xl/styles.xml": f"{_HEAD}<styleSheet {spaces}/>",
        "docProps/core.xml": _HEAD + _CORE,
    }
    kinds = {
        "xl/workbook.xml": f"{sheet}.sheet.main+xml",
        "xl/worksheets/sheet1.xml": f"{sheet}.worksheet+xml",
        "xl/worksheets/sheet2.xml": f"{sheet}.worksheet+xml",
        "xl/sharedStrings.xml": f"{sheet}.sharedStrings+xml",
        "xl/calcChain.xml": f"{sheet}.calcChain+xml",
        "xl/comments1.xml": f"{sheet}.comments+xml",
        "xl/pivotCache/pivotCacheDefinition1.xml": f"{sheet}.pivotCacheDefinition+xml",
        "xl/styles.xml": f"{sheet}.styles+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    return package(parts, kinds)


def page() -> str:
    """Text, split tags, references, hidden nodes, attributes, comments, scripts, templates."""
    references = "".join(f"&#{ord(c)};" for c in PHONE)
    return f"""<!DOCTYPE html>
<html lang="zh"><head><meta charset="CHARSET"><title>公示 {NAME}</title>
<meta name="description" content="{NAME}，{PHONE}"><style>p {{ color: red }} /* {PHONE} */</style>
</head><body onload="call('{PHONE}')"><!-- 待删 {NUMBER} -->
<h1>补助名单</h1><p>姓名：<b>欧阳</b>小明，{NUMBER[:6]}<i>{NUMBER[6:14]}</i>{NUMBER[14:]}。不变。
<p>电话 {references} &amp; {PHONE[:3]}&nbsp;{PHONE[3:7]}&nbsp;{PHONE[7:]}<br>{PHONE}
<table><tr><th>姓名<th>号码</tr><tr><td>{NAME}<td title='{NUMBER}'>见 {NUMBER}</table>
<div style="display:none">暗处 {NUMBER}</div><p>前<span hidden>隐 {PHONE}</span>后</p>
<p>11010519<span style="display: none">x</span>491231002X</p>
<a href="tel:{PHONE}">电话</a><img alt="{NAME}的照片"><input type=hidden value={PHONE}>
<script>var people = [{{"n": "{NAME}", "p": "{PHONE}"}}];</script>
<template><p>{NUMBER}</p></template><noscript>{PHONE}</noscript><textarea>{NAME}</textarea>
</body></html>
"""


def text() -> str:
    """A notice with every value, twice, in the middle and at the edges of lines."""
    return (
        f"{NAME}\r\n关于发放补助的公示\r\n身份证号：{NUMBER}，电话{PHONE}。\r\n"
        f"{PHONE}\r\n普通的一行，不变。\n{NAME}、李某某\r\n{NUMBER}"
    )


def table() -> str:
    """A csv with quoted fields, a line break in one, and a value in each."""
    return (
        "姓名,身份证号,电话,备注\r\n"
        f'{NAME},{NUMBER},{PHONE},"他说""{PHONE}""，\r\n见附件"\r\n'
        f'"{NAME}","{NUMBER}",{PHONE},不变\r\n'
    )
