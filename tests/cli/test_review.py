"""The review from the command line, from submission to release."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from fixtures.demo import SAMPLES, SUBSIDY
from fixtures.people import Person
from tests.cli.conftest import Screener


@pytest.fixture(autouse=True)
def own_books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has books of its own."""
    monkeypatch.setenv("SCREENER_HOME", str(tmp_path / "home"))


def submit(screener: Screener, file: Path, *more: str) -> str:
    result = screener("submit", file, "--unit", "民政局", "--title", "公示", "--as", "王芳", *more)
    assert result.code == 0, result.err
    found = re.search(r"[0-9]{4}-[0-9]{5}", result.out)
    assert found
    return found[0]


def sign_all(screener: Screener, item: str) -> None:
    for name in ("李强", "陈静", "赵敏"):
        assert screener("sign", item, "--opinion", "agree", "--as", name).code == 0


def test_a_paper_goes_from_submission_to_release(
    screener: Screener, tmp_path: Path, leaking: Path, person: Person
) -> None:
    item = submit(screener, leaking)
    assert item in screener("queue").out
    shown = screener("show", item).out
    assert "待处理" in shown
    assert person.id_number not in shown

    decided = screener(
        *("decide", item, "cn_id_card", "--action", "redact"),
        *("--reason", "personal_privacy", "--as", "王芳"),
    )
    assert decided.code == 0
    assert "还有 0 处" in decided.out
    sign_all(screener, item)
    released = screener("release", item, "--output", tmp_path / "out", "--as", "赵敏")
    assert released.code == 0
    paper = tmp_path / "out" / leaking.name
    assert person.id_number not in paper.read_text("utf-8")
    certificate = json.loads(Path(f"{paper}.certificate.json").read_text("utf-8"))
    assert certificate["item"] == item

    verified = screener("verify", paper)
    assert verified.code == 0
    assert "赵敏" in verified.out
    assert screener("verify", leaking).code == 1
    paper.write_bytes(paper.read_bytes() + b" ")
    assert screener("verify", paper).code == 1

    again = screener("release", item, "--output", tmp_path / "again", "--as", "赵敏")
    assert again.code == 0
    withdrawn = screener(
        "withdraw", item, "--reason", "personal_privacy", "--note", "更正", "--as", "赵敏"
    )
    assert withdrawn.code == 0
    assert screener("verify", tmp_path / "again" / leaking.name).code == 1
    assert "台账完好" in screener("ledger", "verify").out


def test_a_release_never_writes_over_another_file(
    screener: Screener, tmp_path: Path, harmless: Path
) -> None:
    item = submit(screener, harmless)
    sign_all(screener, item)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / harmless.name).write_text("别的文件")
    result = screener("release", item, "--output", tmp_path / "out", "--as", "赵敏")
    assert result.code == 2
    assert (tmp_path / "out" / harmless.name).read_text() == "别的文件"
    assert screener("release", item, "--output", tmp_path / "b", "--as", "赵敏").code == 0


def test_undecided_findings_and_wrong_people_are_refused(screener: Screener, leaking: Path) -> None:
    item = submit(screener, leaking)
    by_drafter = screener("sign", item, "--opinion", "agree", "--as", "王芳")
    assert by_drafter.code == 5
    assert "处理办法" in by_drafter.err
    assert screener("sign", item, "--opinion", "agree", "--as", "李强").code == 0
    undecided = screener("sign", item, "--opinion", "agree", "--as", "陈静")
    assert undecided.code == 5
    assert screener("release", item, "--output", "out", "--as", "赵敏").code == 5


def test_a_returned_paper_gets_a_new_version_that_shows_what_changed(
    screener: Screener, leaking: Path, person: Person
) -> None:
    item = submit(screener, leaking)
    returned = screener("sign", item, "--opinion", "return", "--note", "请脱敏", "--as", "李强")
    assert returned.code == 0
    assert "已退回" in screener("queue").out
    leaking.write_text(f"公示名单\n联系电话：{person.mobile}\n", "utf-8")
    assert screener("submit", leaking, "--item", item, "--as", "王芳").code == 0
    shown = screener("show", item).out
    assert "（新出现）" in shown
    assert "上一稿中有、这一稿已消除" in shown


def test_nobody_is_not_somebody(screener: Screener, leaking: Path) -> None:
    result = screener("submit", leaking, "--unit", "民政局", "--title", "公示")
    assert result.code == 2
    assert "--as" in result.err


def test_the_environment_names_the_actor(
    screener: Screener, leaking: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCREENER_USER", "王芳")
    assert screener("submit", leaking, "--unit", "民政局", "--title", "公示").code == 0


def test_an_unknown_item_or_finding_is_wrong_usage(screener: Screener, leaking: Path) -> None:
    assert screener("show", "2026-99999").code == 2
    item = submit(screener, leaking)
    result = screener(
        *("decide", item, "nothing", "--action", "keep"),
        *("--reason", "false_alarm", "--as", "王芳"),
    )
    assert result.code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("--action", "destroy", "--reason", "false_alarm"),
        ("--action", "keep", "--reason", "no_such_reason"),
    ],
)
def test_wrong_values_are_wrong_usage(
    screener: Screener, leaking: Path, words: tuple[str, ...]
) -> None:
    item = submit(screener, leaking)
    assert screener("decide", item, "cn_id_card", *words, "--as", "王芳").code == 2


def test_titles_and_notes_are_stored_masked(
    screener: Screener, leaking: Path, person: Person, tmp_path: Path
) -> None:
    item = submit(screener, leaking, "--doc-number", person.id_number)
    screener(
        *("decide", item, "cn_id_card", "--action", "redact", "--reason", "personal_privacy"),
        *("--note", f"身份证号{person.id_number}", "--as", "王芳"),
    )
    shown = screener("show", item, "--history", "--notes").out + screener("queue").out
    assert person.id_number not in shown
    for file in (tmp_path / "home").glob("screener.db*"):
        assert person.id_number.encode() not in file.read_bytes()


def test_a_copy_without_the_values_is_made_from_a_file_and_an_item(
    screener: Screener, tmp_path: Path, leaking: Path, person: Person
) -> None:
    for source in (str(leaking), submit(screener, leaking)):
        copy = tmp_path / f"copy-{Path(source).name}.txt"
        result = screener("redact", source, "--output", copy)
        assert result.code == 0, result.err
        assert person.id_number not in copy.read_text("utf-8")
        assert screener("scan", copy).code == 0


def test_what_cannot_be_redacted_says_so_and_writes_nothing(
    screener: Screener, tmp_path: Path
) -> None:
    pdf = next(path for path in SAMPLES.iterdir() if path.suffix == ".pdf")
    result = screener("redact", pdf, "--output", tmp_path / "copy.pdf")
    assert result.code == 1
    assert "PDF" in result.err
    assert not (tmp_path / "copy.pdf").exists()


def test_whoever_decides_learns_that_a_format_is_corrected_by_hand(screener: Screener) -> None:
    pdf = next(path for path in SAMPLES.iterdir() if path.suffix == ".pdf")
    item = submit(screener, pdf)
    words = ("--action", "redact", "--reason", "personal_privacy", "--as", "李强")
    assert f"--item {item}" in screener("decide", item, "cn_id_card", *words).out


def test_the_original_is_never_replaced(screener: Screener, leaking: Path) -> None:
    before = leaking.read_bytes()
    assert screener("redact", leaking, "--output", leaking).code == 2
    assert leaking.read_bytes() == before


def test_a_hidden_column_is_redacted(screener: Screener, tmp_path: Path) -> None:
    copy = tmp_path / "copy.xlsx"
    assert screener("redact", SAMPLES / SUBSIDY, "--output", copy, "--level", "block").code == 0
    report = json.loads(screener("scan", copy, "--format", "json").out)
    assert not any(f["level"] == "block" for f in report[0]["findings"])


def test_a_backup_comes_back_whole(
    screener: Screener, tmp_path: Path, leaking: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = submit(screener, leaking)
    archive = tmp_path / "backup.tar.gz"
    assert screener("backup", archive).code == 0
    assert screener("restore", archive).code == 5  # this folder is in use
    monkeypatch.setenv("SCREENER_HOME", str(tmp_path / "other"))
    assert screener("restore", archive).code == 0
    assert screener("show", item).code == 0
    assert screener("ledger", "verify").code == 0


def test_serving_without_a_key_is_refused(screener: Screener) -> None:
    result = screener("serve")
    assert result.code == 2
    assert "处理办法" in result.err
