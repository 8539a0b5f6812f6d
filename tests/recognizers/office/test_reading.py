"""Everything a person can get wrong is refused, at its place, with what to do next."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from recognizers.office import problems as problems_module
from recognizers.office.pack import REASONS
from recognizers.office.problems import BrokenPacks, messages
from recognizers.office.reader import load_packs, read_packs
from recognizers.office.template import template
from screener.model.finding import Level
from screener.model.review import REASON_CODES
from tests.recognizers.office.packs import RULE, problems

ROOM = Path(problems_module.__file__).parent
TERMS = "    terms: [长风工程, 蓝鲸行动]\n    hits: [推进长风工程建设]"


def change(old: str, new: str) -> str:
    assert old in RULE
    return RULE.replace(old, new)


def pattern(written: str) -> str:
    return change(TERMS, f"    patterns: [{written}]\n    hits: [CF-2024]")


MISTAKES = {
    "tab": (change("    level", "\tlevel"), "tab", 4),
    "wide colon": (change("level: block", "level：block"), "wide_colon", 4),
    "no blank": (change("level: block", "level:block"), "no_space", 4),
    "wide comma": (change("程, 蓝", "程，蓝"), "joined_words", 6),
    "wide quotes": (change("长风工程, ", "“长风工程”, "), "quoted_word", 6),
    "wide brackets": (change("[长风工程, 蓝鲸行动]", "【长风工程】"), "want_list", 6),
    "twice": (change("    level: block", "    level: block\n    level: note"), "key_twice", 5),
    "misspelt key": (change("level:", "levle:"), "key_near", 4),
    "Chinese key": (change("terms:", "词语:"), "key_near", 6),
    "unknown key": (change("    terms", "    字体: 宋体\n    terms"), "key_unknown", 6),
    "Chinese level": (change("block", "禁止发布"), "value_near", 4),
    "no such level": (change("block", "7"), "value_unknown", 4),
    "no advice": (change("    advice: 发布前改为公开名称\n", ""), "missing_key", 4),
    "no hits": (change("    hits: [推进长风工程建设]\n", ""), "missing_key", 4),
    "empty hits": (change("[推进长风工程建设]", "[]"), "no_examples", 7),
    "hit missed": (change("推进长风工程建设", "推进长河工程建设"), "hit_missed", 7),
    "miss found": (change("[推进工程建设]", "[长风工程简介]"), "miss_found", 8),
    "mark elsewhere": (change("推进长风工程建设", "推进‹长风›工程建设"), "hit_elsewhere", 7),
    "mark in a miss": (change("[推进工程建设]", "[推进‹工程›建设]"), "marked_miss", 8),
    "mark unpaired": (change("推进长风工程建设", "推进‹长风工程建设"), "unpaired", 7),
    "short word": (change("长风工程, ", "风, "), "short_word", 6),
    "no source": (change("    terms: [长风工程, 蓝鲸行动]\n", ""), "no_source", 3),
    "word edge": (pattern(r"'\bCF-[0-9]{4}'"), "word_edge", 6),
    "word edge in quotes": (pattern(r'"\bCF-[0-9]{4}"'), "word_edge", 6),
    "backslash in quotes": (pattern(r'"CF-\d{4}"'), "escape", 6),
    "any space": (pattern(r"'CF\s[0-9]{4}'"), "any_space", 6),
    "nested repeat": (pattern("'(a+)+b'"), "nested_repeat", 6),
    "nested choice": (pattern("'(a|aa)+$'"), "nested_repeat", 6),
    "choice that repeats": (pattern("'(a|a)*b'"), "nested_repeat", 6),
    "matches nothing": (pattern("'[0-9]*'"), "matches_nothing", 6),
    "everything": (pattern("'.+'"), "too_broad", 6),
    "all numbers": (pattern("'[0-9]+'"), "too_broad", 6),
    "all words": (pattern("'[一-龥]{2,}'"), "too_broad", 6),
    "looks around": (pattern("'(?<![0-9])CF'"), "looks_around", 6),
    "refers back": (pattern(r"'(C)\1F'"), "refers_back", 6),
    "possessive": (pattern("'C++F'"), "possessive", 6),
    "text edge": (pattern(r"'\ACF'"), "text_edge", 6),
    "open class": (pattern("'CF-[0-9{4}'"), "open_class", 6),
    "open group": (pattern("'CF-(20'"), "open_group", 6),
    "closed group": (pattern("'CF-20)'"), "closed_group", 6),
    "repeats nothing": (pattern("'*CF'"), "repeats_nothing", 6),
    "range": (pattern("'[9-0]'"), "bad_range", 6),
    "escape": (pattern(r"'\q'"), "bad_escape", 6),
    "too many repeats": (pattern("'[0-9]{2000}'"), "pattern_too_big", 6),
    "repeats multiplied": (pattern("'((a{100}){100}){100}'"), "pattern_too_big", 6),
    "long pattern": (pattern(f"'{'长' * 1001}'"), "pattern_too_long", 6),
    "indent": (change("    advice", "   advice"), "indent", 5),
    "anchor": (change("[长风工程, 蓝鲸行动]", "&a [长风工程]"), "anchor", 6),
    "bomb": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "anchor", 1),
    "tag": (change("block", "!!python/object:os.system x"), "tag", 4),
    "two documents": (RULE + "---\n" + RULE, "two_documents", 9),
    "a list": ("- a\n- b\n", "want_mapping", 1),
    "nothing": ("", "empty", 0),
    "comments": ("# nothing\n", "empty", 0),
    "open quote": (change("推进长风工程建设", "'推进长风工程建设"), "open_quote", 7),
    "open bracket": (change("[推进长风工程建设]", "[推进长风工程建设"), "bracket", 7),
    "a star": (change("长风工程, ", "*长风工程, "), "needs_quotes", 6),
    "an at": (change("长风工程, ", "@长风工程, "), "needs_quotes", 6),
    "colon inside": (change("发布前改为", "注意: 发布前改为"), "colon_inside", 5),
    "one word": (change("[长风工程, 蓝鲸行动]", "长风工程"), "want_list", 6),
    "list in list": (change("[长风工程, 蓝鲸行动]", "[[长风工程]]"), "want_text", 6),
    "empty list": (change("[长风工程, 蓝鲸行动]", ""), "empty_list", 6),
    "pack name": (change("民政局", "民政 局"), "bad_name", 1),
    "rule name": (change("项目代号", "XM-1"), "bad_name", 3),
    "no rules": ("pack: 甲\nrules:\n", "no_rules", 2),
    "no pack": (change("pack: 民政局\n", ""), "missing_key", 1),
    "schema": ("schema: 2\n" + RULE, "schema", 1),
    "reason": (change("    terms", "    reason: worksecret\n    terms"), "value_near", 6),
    "basis": (change("    terms", "    basis: [regs_61]\n    terms"), "value_near", 6),
    "our entity": (change("level: block", "entity: CN_STUDENTID"), "value_near", 4),
    "level of ours": (
        change("    terms", "    entity: CN_USCC\n    terms"),
        "level_of_policy",
        4,
    ),
    "values alone": (change("    terms", "    values: '[0-9]+'\n    terms"), "no_effect", 6),
    "near alone": (RULE.replace("terms:", "columns:") + "    near: [项目]\n", "no_effect", 9),
    "two sources": (
        change("    terms", "    presidio: {name: IbanRecognizer}\n    terms"),
        "not_with_presidio",
        7,
    ),
    "not yes": (change("    terms", "    whole_words: 是\n    terms"), "want_yes", 6),
    "deep": ("a: " + "[" * 50 + "]" * 50, "too_deep", 1),
    "control": (RULE + "\x01", "odd_character", 9),
    "nul": (RULE + "\0", "odd_character", 9),
    "no dictionary": ("dictionary: 没有.txt\n" + RULE, "no_dictionary", 1),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_place(mistake: str, tmp_path: Path) -> None:
    text, code, line = MISTAKES[mistake]
    found = problems(tmp_path, text)
    assert [problem.code for problem in found] == [code]
    assert found[0].place.line == line
    for language in ("zh", "en"):
        said = found[0].message(language)
        assert said.startswith(str(tmp_path / "规则.yaml") + (f":{line}:" if line else ""))
        assert found[0].advice(language).strip()


def test_rules_beside_their_keys_are_told_once(tmp_path: Path) -> None:
    text = change("  项目代号:", "    项目代号:")
    assert [p.code for p in problems(tmp_path, text)] == ["want_mapping", "keys_as_rules"]


def test_every_rule_that_is_wrong_is_told(tmp_path: Path) -> None:
    other = RULE.split("rules:\n")[1].replace("项目代号", "另一条").replace("level", "levle")
    found = problems(tmp_path, change("block", "high") + other)
    assert [(p.code, p.place.line) for p in found] == [("value_unknown", 4), ("key_near", 10)]


def test_the_column_is_that_of_the_mistake(tmp_path: Path) -> None:
    [problem] = problems(tmp_path, change("蓝鲸行动", "蓝"))
    assert (problem.place.line, problem.place.column) == (6, 19)


def write(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def codes(*paths: Path) -> list[str]:
    return [problem.code for problem in read_packs(paths)[1]]


def test_files_that_are_no_utf_8_are_told_by_their_encoding(tmp_path: Path) -> None:
    gbk = write(tmp_path / "a.yaml", RULE.encode("gb18030"))
    wide = write(tmp_path / "b.yaml", RULE.encode("utf-16"))
    found = read_packs([gbk, wide])[1]
    assert [p.code for p in found] == ["encoding", "encoding"]
    assert "GBK" in found[0].message()
    assert "UTF-16" in found[1].message()


def test_a_mark_at_the_start_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    file = write(tmp_path / "a.yaml", b"\xef\xbb\xbf" + RULE.replace("\n", "\r\n").encode())
    assert codes(file) == []


def test_what_is_no_plain_file_is_never_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "a.yaml"
    os.mkfifo(pipe)
    assert codes(pipe) == ["no_file"]
    assert codes(Path("/dev/zero")) == ["no_file"]


def test_links_are_followed_and_dead_ones_told(tmp_path: Path) -> None:
    there = write(tmp_path / "there.yaml", RULE)
    link = tmp_path / "link.yaml"
    link.symlink_to(there)
    assert codes(link, there) == []  # one file, read once
    there.unlink()
    assert codes(link) == ["dead_link"]
    assert codes(tmp_path / "nothing.yaml") == ["not_there"]


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    assert codes(write(tmp_path / "a.yaml", b"#" * (1024 * 1024 + 1))) == ["file_too_large"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read everything")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    file = write(tmp_path / "a.yaml", RULE)
    file.chmod(0)
    assert codes(file) == ["no_access"]


def test_nothing_in_a_folder_of_packs_is_left_out_silently(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml", "dictionary: 词典.txt\n" + RULE)
    for name in ("词典.txt", "README.md", ".hidden", "badge.py", "a.yaml~"):
        write(tmp_path / name, "词\n")
    assert codes(tmp_path) == []
    (tmp_path / "more").mkdir()
    for name in ("b.yaml.txt", "c.docx", "d.txt"):
        write(tmp_path / name, RULE)
    assert sorted(codes(tmp_path)) == ["folder_inside", *["no_pack_file"] * 3]
    assert codes(tmp_path / "more") == ["no_packs"]


def test_two_packs_of_one_name_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml", RULE)
    write(tmp_path / "b.yaml", RULE)
    assert codes(tmp_path) == ["pack_twice"]


def test_one_wrong_pack_stops_all(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml", RULE)
    write(tmp_path / "b.yaml", "pack: 乙\n")
    with pytest.raises(BrokenPacks, match="rules"):
        load_packs([tmp_path])


def test_the_order_of_files_does_not_matter(tmp_path: Path) -> None:
    one = write(tmp_path / "z.yaml", RULE)
    two = write(tmp_path / "a.yaml", change("民政局", "教育局"))
    assert load_packs([one, two]) == load_packs([two, one]) == load_packs([tmp_path])


def test_the_digest_tells_any_change(tmp_path: Path) -> None:
    text = "dictionary: 词典.txt\n" + RULE
    file = write(tmp_path / "a.yaml", text)
    write(tmp_path / "词典.txt", "长风浩荡\n")
    [before] = load_packs([file])
    write(tmp_path / "词典.txt", "长风破浪\n")
    [after] = load_packs([file])
    assert before.digest != after.digest
    assert load_packs([write(file, text + "\n")])[0].digest != after.digest


def test_the_template_loads_and_passes(tmp_path: Path) -> None:
    assert problems(tmp_path, template("民政局", "民政局.yaml")) == []


def test_every_code_has_its_texts_and_every_text_its_code() -> None:
    used = set()
    for file in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                used.add(node.value)
    for code, texts in messages().items():
        assert code in used, code
        assert set(texts) == {"zh", "en", "fix_zh", "fix_en"}
        names = [set(re.findall(r"\{(\w+)\}", text)) for text in texts.values()]
        assert names[0] - {"gloss"} == names[2], code
        assert not re.search("[一-鿿]", texts["en"].replace("“", "")), code


def test_listing_rules_does_not_pay_for_detection(tmp_path: Path) -> None:
    file = write(tmp_path / "a.yaml", RULE)
    program = (
        "import sys; from pathlib import Path; from recognizers.office.reader import load_packs;"
        f"load_packs([Path({str(file)!r})]);"
        "sys.exit(' '.join({'presidio_analyzer', 'jieba', 'onnxruntime'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_levels_and_reasons_are_those_of_the_tool() -> None:
    assert set(REASONS) == set(REASON_CODES)
    assert {level.code for level in Level} >= {"note", "review", "block"}
