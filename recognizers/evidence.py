"""The closed list of evidence: why a rule believes what it says, for policies and for people.

A rule gives codes, some with an argument behind a colon (``context_word:电话``). The argument is a
word of the rule's own lists, never text of the document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a code means, for a person. ``{argument}`` stands for what follows the colon."""

    zh: str
    en: str


_NUMBERS = {
    "checksum_ok": Explanation("校验位正确", "the check digit is right"),
    "checksum_wrong": Explanation(
        "校验位不符，可能是录入有误的真实号码",
        "the check digit is wrong: maybe a real number with a typing error",
    ),
    "luhn_failed": Explanation(
        "不符合银行卡校验规则，按账号处理", "fails the check of cards: taken for an account number"
    ),
    "length_wrong": Explanation(
        "位数不对，可能是录入有误的真实号码",
        "a digit too few or too many: maybe a real number with a typing error",
    ),
    "no_checksum": Explanation("此类号码无校验位", "numbers of this kind have no check digit"),
    "known_prefix": Explanation("号段已知", "the number begins as such numbers do"),
    "column_header": Explanation("所在列的表头是“{argument}”", "the column is headed {argument}"),
    "column_values": Explanation(
        "整列多为{argument}（表头如何写都一样）",
        "most of the column are such numbers ({argument}), whatever its header says",
    ),
    "misread_letters": Explanation(
        "混有形似数字的字母，可能是录入或识别有误的真实号码",
        "letters stand for digits: maybe a real number, mistyped or misread",
    ),
    "context_word": Explanation("旁边有“{argument}”", "{argument} stands beside it"),
    "name_beside": Explanation("旁边有人名", "a name stands beside it"),
    "old_15_digits": Explanation("15位旧身份证号", "an ID number of the old kind with 15 digits"),
    "inner_number": Explanation(
        "包含在更长的证件号码中（{argument}）", "part of a longer number ({argument})"
    ),
    "stored_as_number": Explanation(
        "被电子表格当作数字保存，末几位可能已丢失",
        "stored as a number by a spreadsheet: its last digits may be lost",
    ),
    "ocr_letter": Explanation("末位X被识别成了形近字符", "its X was read as a similar character"),
    "disguised": Explanation(
        "写法特殊（如圈码、汉字数字、夹杂符号、形近字母），已还原后核对",
        "written in an unusual way (digits in rings or in Chinese, signs between, letters for "
        "digits) and read as a plain one",
    ),
    "residence_permit_number": Explanation(
        "港澳台居民居住证号码", "the number of a residence permit of Hong Kong, Macao or Taiwan"
    ),
}
_OWNERS = {
    "office_list": Explanation(
        "在本单位提供的公职人员、办公电话和邮箱清单上",
        "stands on the office's own list of officials, lines and mailboxes",
    ),
    "office_contact": Explanation(
        "看来是单位对外公布的联系方式", "seems to be the contact an office gives to the public"
    ),
    "office_line": Explanation("单位办公电话", "an office's line"),
    "public_line": Explanation("公共服务号码", "a public service number"),
    "home_line": Explanation("住宅或私人电话", "a home's or private person's line"),
    "private_contact": Explanation("个人联系方式", "the contact of a private person"),
    "organisation_account": Explanation("单位账户", "an organisation's account"),
    "personal_account": Explanation("个人账户", "a person's account"),
    "gov_mailbox": Explanation("政府邮箱", "a mailbox of a government domain"),
    "office_mailbox": Explanation("单位公务邮箱", "an office's mailbox"),
    "private_mailbox": Explanation("个人邮箱", "a private mailbox"),
    "sole_trader": Explanation(
        "个体工商户（对应到个人）", "a sole trader: the code stands for one person"
    ),
    "official_vehicle": Explanation("公务车辆", "an official vehicle"),
    "special_plate": Explanation(
        "专用号牌（{argument}）", "a plate of a special kind ({argument})"
    ),
}

_MARKS = {
    "mark_star_term": Explanation("密级、★和期限齐全", "a level with its star and term"),
    "mark_star": Explanation("密级带有★", "a level with a star"),
    "mark_label": Explanation("前面标有“{argument}”", "announced by {argument}"),
    "mark_ticked": Explanation("选项已勾选", "its box is ticked"),
    "mark_phrase": Explanation("标志的固定用语", "a fixed phrase of such marks"),
    "mark_brackets": Explanation("单独用括号括起", "in brackets by itself"),
    "mark_term": Explanation(
        "密级后接期限，缺★（可能识别时丢失）",
        "a level with a term; the star may be lost in reading",
    ),
    "mark_word": Explanation("标志用词", "a word of such marks"),
    "mark_spaced": Explanation("字间加空，按标志排版", "spaced as marks are set"),
    "mark_admonition": Explanation("附有保管要求", "says how it must be kept"),
    "under_black_box": Explanation(
        "黑色方块只盖住了画面，底下的文字仍可复制",
        "a black box only covers the picture: the text below can still be copied",
    ),
    "under_box": Explanation(
        "被色块盖住，底下的文字仍可复制", "a box covers it: the text below can still be copied"
    ),
    "under_picture": Explanation(
        "被图片盖住，底下的文字仍可复制", "a picture covers it: the text below can still be copied"
    ),
    "blacked_out": Explanation(
        "用黑色底纹涂黑，文字并未删除", "blacked out with a black ground: the text is not deleted"
    ),
    "in_header": Explanation("位于页眉", "stands in the page header"),
    "in_footer": Explanation("位于页脚", "stands in the page footer"),
    "in_file_name": Explanation("位于文件名", "stands in the file's name"),
    "in_property": Explanation("位于文件属性", "stands in a property of the file"),
    "in_first_page_top": Explanation("位于首页上部", "stands at the top of the first page"),
    "in_page_top": Explanation("位于页面上部", "stands at the top of a page"),
    "in_last_note": Explanation("位于文末附注、版记处", "stands among the notes at the end"),
    "own_line": Explanation("独占一行", "has the line to itself"),
    "own_field": Explanation("与同一行其他内容分开", "set apart from the rest of its line"),
    "isolated": Explanation("上下均有空行或边界", "blank above and below"),
    "beside_title": Explanation("紧接标题", "stands beside a title"),
    "beside_copy_number": Explanation("旁有份号", "a copy number stands beside it"),
    "beside_urgency": Explanation("旁有紧急程度", "a degree of urgency stands beside it"),
    "beside_document_number": Explanation("旁有发文字号", "a document number stands beside it"),
    "beside_red_head": Explanation("旁有发文机关标志", "a red letterhead stands beside it"),
    "number_with_secret_letter": Explanation(
        "发文机关代字带“密”字", "the office's code holds the letter for secret papers"
    ),
    "number_of_cipher_service": Explanation(
        "机要部门的文号或电报号", "a number of the cipher service"
    ),
    "number_label": Explanation("填写在“{argument}”之后", "written behind the label {argument}"),
    "number_in_list": Explanation("是文号清单中的一项", "one of a list of document numbers"),
    "copy_number": Explanation("涉密文件的份号", "the number of a copy of a classified paper"),
    "beside_level": Explanation("旁有密级标志", "a level of secrecy is marked beside it"),
    "everyday_word": Explanation("也是日常用词", "also a word of everyday use"),
    "name_of_level": Explanation(
        "“某密级”是密级的名称，多见于定义", "the name of a level, as definitions use it"
    ),
    "in_quotes": Explanation("在引号内", "inside quotation marks"),
    "in_sentence": Explanation("在句子中", "inside a sentence"),
    "other_levels_beside": Explanation("旁边并列其他密级", "other levels are listed beside it"),
    "numbered_item": Explanation("是编号条目", "a numbered item"),
    "shown_as_example": Explanation("作为示例出现", "shown as an example"),
    "column_of_values": Explanation("是清单中的一列", "a column of a list"),
    "declassified": Explanation("旁边注明已解密", "said to be declassified"),
    "star_on_internal_mark": Explanation(
        "★只用于国家秘密，此处误用", "the star is for state secrets only and wrong here"
    ),
    "business_secret": Explanation("商业秘密标志", "a mark of a business secret"),
    "disclosure_open": Explanation("标注为公开", "marked as open"),
    "disclosure_on_request": Explanation("标注为依申请公开", "marked as open on request"),
    "disclosure_none": Explanation("标注为不公开", "marked as not open"),
    "disclosure_partial": Explanation("标注为部分公开", "marked as open in part"),
}

_ADDRESSES = {
    "home_address": Explanation("看来是个人住址", "seems to be where a person lives"),
    "office_address": Explanation(
        "看来是单位、场所或项目的地址，不是个人住址",
        "seems to be the place of an office, a firm or a project, not of a home",
    ),
    "address_parts": Explanation("地址写到了{argument}", "the address is given down to {argument}"),
}

_RECORD = {
    "bound": Explanation(
        "同一行或同一句中有{argument}", "{argument} stands in the same row or sentence"
    ),
}

_PERSONS = {
    "role_word": Explanation("紧挨着“{argument}”", "stands beside {argument}"),
    "title": Explanation("后接职务“{argument}”", "followed by the title {argument}"),
    "honorific": Explanation("后接称呼“{argument}”", "followed by {argument}"),
    "name_label": Explanation("填写在“{argument}”之后", "written behind the label {argument}"),
    "legal_representative": Explanation(
        "单位的法定代表人或负责人", "stands for an organisation by law or as its head"
    ),
    "contact": Explanation("写作“{argument}”", "named as {argument}"),
    "badge": Explanation("后接执法证号或警号", "followed by an officer's badge number"),
    "appointed": Explanation("文中写明任职", "said to hold an office"),
    "biography": Explanation("后接性别等个人情况", "followed by sex and other particulars"),
    "identifier_behind": Explanation(
        "后接证件号、电话等", "followed by a number or the word for one"
    ),
    "life_dates": Explanation(
        "后接生卒年或表字", "followed by the years of a life or a courtesy name"
    ),
    "kin": Explanation("括注亲属关系", "a family relation in brackets"),
    "addressee": Explanation("文书的致送对象", "the paper is addressed to them"),
    "dotted": Explanation("带间隔点的姓名", "a name with a dot between its parts"),
    "public_figure": Explanation("众所周知的公众人物", "a person everyone knows"),
    "list": Explanation("与其他人名并列", "listed with other names"),
    "spaced": Explanation("两字姓名中间空格", "a name of two characters set apart"),
    "propagated": Explanation(
        "文中另一处已认定的姓名", "a name that is sure elsewhere in the text"
    ),
    "known_parts": Explanation(
        "由少数民族常用名字组成", "put together from given names that minorities use"
    ),
    "own_letters": Explanation(
        "译名后括注的外文原名", "a foreigner's own name in brackets behind the one in Chinese"
    ),
    "surname_only": Explanation(
        "只有姓氏，后接职务或称呼", "no more than a surname, before a title or a form of address"
    ),
    "model": Explanation("姓名模型认定", "the name model says so"),
}
_ACCESS = {
    "public_account": Explanation("公开的账号或群", "a public account or group"),
    "account_pair": Explanation("账号和密码成对写出", "account and password written as a pair"),
    "key_shape": Explanation("符合已知密钥、令牌的写法", "written as known keys and tokens are"),
    "private_key": Explanation("私钥", "a private key"),
    "address_shape": Explanation("符合网络地址的写法", "written as network addresses are"),
    "coordinate_pair": Explanation("成对的经度和纬度", "a pair of longitude and latitude"),
}
_SENSITIVE = {
    "stated": Explanation("文中写明", "the text says so"),
    "paid": Explanation("账目中的收款人", "whom the account says it paid"),
    "speaker": Explanation("讲话稿的署名", "the name under the title of a speech"),
    "whole_cell": Explanation("单元格的内容就是病名", "the cell says nothing but an illness"),
    "minor_by_birth": Explanation(
        "按出生日期和文中日期推算未满18周岁",
        "under 18 on the day of the paper, by the date of birth",
    ),
    "list_of_minors": Explanation(
        "按标题或称谓是未成年人（{argument}）",
        "a child, says the title of the list or the word beside ({argument})",
    ),
    "in_need": Explanation(
        "按标题或称谓属于救助、残疾或患病人员（{argument}）",
        "in need, disabled or ill, says the title of the list or the word beside ({argument})",
    ),
    "masked_person": Explanation(
        "同一行或同一句中的姓名已遮盖", "a masked name stands in the same row or sentence"
    ),
    "village_named": Explanation(
        "同一句写明了所在的村", "the sentence names the village that somebody is from"
    ),
    "birth_month": Explanation("只到出生年月", "year and month of birth only"),
    "beside_sex": Explanation("紧跟在性别后面", "it stands right behind the sex"),
}
_OFFICE = {
    "office_term": Explanation("本单位规则中列出的词语", "a term that a rule of the office lists"),
    "office_pattern": Explanation(
        "符合本单位规则规定的写法", "written as a rule of the office describes"
    ),
    "plugged_in": Explanation(
        "外接识别器“{argument}”认定", "found by the plugged-in recognizer {argument}"
    ),
}
_MASKS = {
    "masked": Explanation("部分字符已遮盖", "some characters are hidden"),
    "record_tells": Explanation(
        "同一行、同一句或同一表单还写有{argument}，能缩小范围",
        "the same row, sentence or form tells more ({argument}), so fewer originals fit",
    ),
    "adds_up": Explanation(
        "同一人的另一处遮盖露出了其他位数，合起来能缩小范围",
        "another mask of the same person shows other characters: together they leave fewer",
    ),
    "named_beside": Explanation(
        "同一行或同一句写出了符合的全名",
        "the full name that fits stands in the same row or sentence",
    ),
    "named_elsewhere": Explanation(
        "文件另一处（含文件名、属性）写出了符合的全名",
        "a full name that fits stands elsewhere in the document, its name or its properties",
    ),
    "fits": Explanation(
        "能对上露出部分的还有{argument}个", "originals that still fit what is shown: {argument}"
    ),
}

EVIDENCE: Mapping[str, Explanation] = {
    **_MASKS,
    **_OFFICE,
    **_SENSITIVE,
    **_ACCESS,
    **_PERSONS,
    **_RECORD,
    **_NUMBERS,
    **_OWNERS,
    **_ADDRESSES,
    **_MARKS,
}


def check(code: str) -> None:
    """Raises ValueError when the code is not on the list."""
    if code.partition(":")[0] not in EVIDENCE:
        raise ValueError("an evidence code that is not on the list")


@lru_cache(maxsize=1024)
def explain(code: str, language: str = "zh") -> str:
    """A code in words. ``language`` is ``zh`` or ``en``. Raises KeyError for an unknown code."""
    name, _, argument = code.partition(":")
    explanation = EVIDENCE[name]
    template = explanation.zh if language == "zh" else explanation.en
    return template.replace("{argument}", argument)
