"""Which row of a table is its header: also below a title, over two rows, or none (a form)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

LOOK_AT = 15
"""Rows looked at from the top. A header further down is not one."""

_LABEL = re.compile(
    "姓名|名字|序号|编号|身份证|证件|证号|号码|电话|手机|联系|地址|住址|住所|户籍|籍贯|账号|帐号|账户|卡号"
    "|开户|银行|一卡通|金额|元）|单位|部门|科室|职务|职位|岗位|职称|性别|出生|生日|年龄|年月|日期|时间|民族"
    "|备注|说明|学校|院系|专业|年级|班级|学历|学位|户主|家庭|成员|人数|关系|监护|残疾|病|类别|类型|种类|等级"
    "|级别|村|乡镇|街道|社区|小组|车牌|牌照|护照|邮箱|邮编|微信|QQ|签名|签字|标准|数量|合计|小计|面积|项目"
    "|名称|内容|结果|状态|原因|情况|依据|成绩|得分|总分|排名|名次|准考证|考号|代码|信用|法定代表|负责人"
    "|申请人|当事人|经办|受理|文号|案号|来源|区划|户号|证书|籍|政治面貌|党派|婚姻|电子邮件|邮件|地点"
    "|职业|就业|健康|文化程度|理由|意见$|对象$|期限|罪名|刑期|事由|事项|用途|方式|机构|批次|年份|年度|月份|季度|增速|比重|总值|产值|收入|人口"
    "|户数|比例|标段|地块|宗地|称谓|亲属|家长|班主任|荣誉|奖项|拟任|现任|拟聘|岗|笔试|面试|体检|考察|违法"
    "|案由|律师$|[^本他家夫别个一二两三四五六七八九十几]人$"
    "|医生$|医师$|护士$|人员$|网格|团队|队长$|组长$|值班|带班|导师|评委|摘要|经手|证明人|事主|会长$|理事$|教练|裁判"
    "|处罚|许可|相对人|决定书|有效期|评审|专家|中标|供应商|报价|型号|规格|单价|总价|产地|品牌"
    "|身份證|證件|證號|號碼|編號|序號|電話|手機|聯絡|聯繫|帳號|賬號|帳戶|賬戶|卡號|開戶|銀行|金額|單位|部門"
    "|職務|性別|年齡|備註|學校|年級|班級|學歷|戶主|家庭成員|關係|監護|殘疾|類別|等級|車牌|護照|郵箱|項目|狀態"
)
_ENGLISH = re.compile(
    r"(?:^|[ _])(?:name|id|no|phone|mobile|tel|address|email|card|account|date|birth|sex|gender|"
    r"age|amount|type|department|title|remark|note|number|code)(?:$|[ _.])",
    re.IGNORECASE,
)
_OWN_NAME = re.compile(
    ".(?:村|乡|镇|街道|社区|组|支行|分行|银行|信用社|小学|中学|大学|学院|学校|医院|公司|局|厅|委员会|村委会|中心"
    "|联合会|协会|学会|政府|办公室|管委会|支队|大队|派出所|法院|检察院|幼儿园|卫生院|服务站|合作社|河|水库|路|桥)$"
)
"""Endings of names of places and bodies: 李庄村 is a value, not the name of a column."""
_FIELD_NAME = re.compile(
    "^(?:所在|所属|行政|毕业|就读|开户|代发|就诊|申报|推荐|主管|经办|发卡|户籍|现|执行|承办|审理|受理|鉴定|评定|定点)|乡镇"
)
_ONE_OF_MANY = re.compile(
    "第[0-9０-９一二三四五六七八九十百]+(?:团队|网格|小?组|村|社区|单元|大?队|班|片区?)"
)
"""第4团队: which one, a value."""
_SURE = re.compile("姓名|序号|身份证|证件号|户主|联系电话|手机号|账号|帐号")
_WORD = re.compile("[^0-9０-９，。；：:,;]{1,12}")
_VALUE = re.compile(r"[0-9０-９]{4,}|@|[。；！？]|[：:].")


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """``headers`` by column; ``first_row`` is the first row below them; a form has none.

    ``title`` is the text of a title row above the header, where there is one.
    """

    headers: Mapping[int, str] = field(default_factory=dict)
    first_row: int = 0
    form: bool = False
    title: str = ""


def tidy(text: str) -> str:
    """A header cell's text without the spaces and line wraps that only lay it out."""
    return re.sub(r"[ \t\r\n\u3000\xa0]+", "", text)


def is_label(text: str) -> bool:
    """Whether a cell's text is the name of a column or field, by its words and shape."""
    squeezed = tidy(text)
    if not squeezed or len(squeezed) > 30 or _VALUE.search(squeezed):
        return False
    if _ONE_OF_MANY.fullmatch(squeezed):
        return False
    if _OWN_NAME.search(squeezed) and not _FIELD_NAME.search(squeezed):
        return False
    return bool(_LABEL.search(squeezed) or _ENGLISH.search(text.strip()))


def find_header(rows: Sequence[Sequence[str]], marked: Sequence[int] = ()) -> HeaderRow:
    """Find the header among the first rows (each a list of cell texts, empty where nothing stands).

    ``marked`` are rows that the file itself marks as header (th cells, repeated header rows); they
    are believed.
    """
    top = rows[:LOOK_AT]
    if marked:
        first = marked[0]
        last = first
        for number in marked[1:]:
            if number != last + 1:
                break
            last = number
        return _header(top if last < len(top) else rows, first, last)
    counts = [_filled(row) for row in top]
    labels = [sum(1 for cell in row if cell and is_label(cell)) for row in top]
    if _is_form(top, labels):
        return HeaderRow(form=True, title=_title(top, counts, 1))
    widest = max(counts, default=0)
    for number, count in enumerate(counts):
        if count < 2 and widest > 1:
            continue
        most = labels[number] * 2 >= count and labels[number] >= min(2, widest)
        if count and (most or (count == widest and _opens(top[number]))):
            last = number
            if number + 1 < len(top) and _continues(top[number], top[number + 1]):
                last += 1
            return _header(top, number, last)
    return _by_contrast(top, counts)


def _opens(row: Sequence[str]) -> bool:
    """Whether a full row reads as a header for one sure word in it: short words, no two alike."""
    words = [tidy(cell) for cell in row if cell.strip()]
    sure = any(_SURE.search(word) for word in words)
    return sure and len(set(words)) == len(words) and all(map(_WORD.fullmatch, words))


def _is_form(rows: Sequence[Sequence[str]], labels: Sequence[int]) -> bool:
    """Label, value, label, value … in most rows: 姓名 | 张某 | 性别 | 男."""
    paired = other = 0
    for row, count in zip(rows, labels, strict=True):
        cells = [cell for cell in row if cell.strip()]
        if len(cells) < 2:
            continue
        first = not paired and not other
        if count >= 3 and count >= len(cells) - (first and count > 3):
            # a row of labels only is a header, of the table or of a list inside the form
            return paired >= 2 and not other
        alternate = [is_label(cell) for cell in cells]
        starts = sum(alternate[0::2])
        ends = sum(alternate[1::2])
        if count and starts > ends and starts * 2 > len(alternate[0::2]):
            paired += 1
        else:
            other += 1
    return (paired >= 2 and paired > other) or (paired == 1 and not other and len(rows) == 1)


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _continues(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether a second row goes on with the header: it fills gaps and holds labels only."""
    filled = [cell for cell in lower if cell.strip()]
    if not filled or not all(is_label(cell) for cell in filled):
        return False
    gaps = sum(
        1
        for column, cell in enumerate(lower)
        if cell.strip() and not (column < len(upper) and upper[column].strip())
    )
    return gaps > 0 or len(filled) < _filled(upper)


def _header(rows: Sequence[Sequence[str]], first: int, last: int) -> HeaderRow:
    width = max((len(row) for row in rows[first : last + 1]), default=0)
    headers: dict[int, str] = {}
    for number in range(first, last + 1):
        row = rows[number]
        spread = ""
        for column in range(width):
            own = tidy(row[column]) if column < len(row) else ""
            if own:
                spread = own
            elif number < last and _below(rows, number, column):
                own = spread  # a merged cell heads all the columns under it
            if own and own != headers.get(column):
                headers[column] = f"{headers[column]} {own}" if column in headers else own
    counts = [_filled(row) for row in rows]
    return HeaderRow(headers, last + 1, title=_title(rows, counts, first))


def _below(rows: Sequence[Sequence[str]], number: int, column: int) -> bool:
    lower = rows[number + 1]
    return column < len(lower) and bool(lower[column].strip())


def _title(rows: Sequence[Sequence[str]], counts: Sequence[int], before: int) -> str:
    for row, count in zip(rows[:before], counts, strict=False):
        if count == 1:
            return next(cell for cell in row if cell.strip()).strip()
    return ""


def _by_contrast(rows: Sequence[Sequence[str]], counts: Sequence[int]) -> HeaderRow:
    """No known label: the first full row counts if it holds words and the next row values."""
    full = [n for n, count in enumerate(counts) if count >= 2 and count == max(counts)]
    if len(full) < 2:
        return HeaderRow()
    upper, lower = rows[full[0]], rows[full[1]]
    words = [cell.strip() for cell in upper if cell.strip()]
    short = all(len(tidy(word)) <= 12 and not re.search("[0-9]", word) for word in words)
    values = sum(1 for cell in lower if re.search("[0-9０-９]", cell))
    if short and len(set(words)) == len(words) and values * 3 >= counts[full[1]]:
        return _header(rows, full[0], full[0])
    return HeaderRow()
