"""Old office papers: converted out of harm's way, read, and told apart when they cannot be."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from fixtures.formats import docx
from fixtures.people import People
from screener.config import Limits
from screener.extract import sniff
from screener.extract.extractor import Extractor
from screener.extract.registry import DOCX, XLSX
from screener.extract.sandbox import office
from screener.extract.sandbox.office import Office
from screener.model.document import UnreadReason

NUMBERS = [person.id_number for person in People(8).persons(12)]
SHOWN, HIDDEN, CELL = NUMBERS[:3]
FIB = b"\xec\xa5"
"""How the stream WordDocument begins."""

needs_office = pytest.mark.skipif(
    office.missing() is not None,
    reason="LibreOffice and bubblewrap are not here or cannot run: " + office.INSTALL,
)


def rtf(shown: str, hidden: str = "", cell: str = "") -> bytes:
    """A paper in rich text with a line, a hidden line and a table of one cell."""
    parts = [r"{\rtf1\ansi\ansicpg936\uc0 " + shown + r"\par"]
    parts += [r"{\v " + hidden + r"}\par"] if hidden else []
    parts += [r"\trowd\cellx4000\intbl " + cell + r"\cell\row"] if cell else []
    return ("\n".join(parts) + "}").encode("ascii")


@pytest.fixture(autouse=True)
def _look_again() -> Iterator[None]:
    """What programs are there is remembered: forget it around tests that take them away."""
    yield
    office._program.cache_clear()
    office._shut_in.cache_clear()


@pytest.fixture(scope="module")
def old_word(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A Word document as programs of the last century write it."""
    folder = tmp_path_factory.mktemp("old")
    made = folder / "a.docx"
    values = dict.fromkeys((place.name for place in docx.PLACES), "")
    values |= {"paragraph": SHOWN, "hidden text": HIDDEN, "table cell": CELL}
    made.write_bytes(docx.build(values))
    program = shutil.which("soffice") or "soffice"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [program, profile, "--headless", "--convert-to", "doc", "--outdir", str(folder)]
    subprocess.run([*command, str(made)], check=True, capture_output=True, timeout=120)
    return (folder / "a.doc").read_bytes()


@needs_office
def test_rich_text_is_read_with_its_places() -> None:
    document = Extractor().read_bytes(rtf(SHOWN, HIDDEN, CELL), "通知.rtf")
    assert document.unread == ()
    assert document.source.media_type == "application/rtf"
    seen = {
        number: (document.segments.visible(index), document.segments.place(index).locate(0, 1))
        for number in (SHOWN, HIDDEN, CELL)
        if (index := document.segments.index_at(document.text.index(number))) is not None
    }
    assert [seen[number][0] for number in (SHOWN, HIDDEN, CELL)] == [True, False, True]
    assert seen[SHOWN][1].describe().startswith("通知.rtf → 经转换.docx → ")
    assert "第1个表" in seen[CELL][1].describe()


@needs_office
@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.txt"])
def test_old_word_documents_are_told_by_their_bytes(old_word: bytes, name: str) -> None:
    document = Extractor().read_bytes(old_word, name)
    assert document.source.media_type == "application/msword"
    assert document.unread == ()
    for number in (SHOWN, HIDDEN, CELL):
        assert number in document.text
    assert document.facts.named_as == ("text/plain" if name == "a.txt" else "")


@needs_office
def test_what_stands_in_the_old_bytes_only_is_read_as_hidden(old_word: bytes) -> None:
    remnant = NUMBERS[5]
    planted = remnant.encode("utf-16-le")
    at = old_word.index(b"\0" * (len(planted) + 8), old_word.index(FIB) + 0x400) + 4
    data = old_word[:at] + planted + old_word[at + len(planted) :]
    document = Extractor().read_bytes(data, "a.doc")
    index = document.segments.index_at(document.text.index(remnant))
    assert index is not None
    assert not document.segments.visible(index)


@needs_office
def test_a_paper_with_a_password_is_encrypted(old_word: bytes) -> None:
    at = old_word.index(FIB) + 11
    locked = old_word[:at] + bytes([old_word[at] | 1]) + old_word[at + 1 :]
    (entry,) = Extractor().read_bytes(locked, "a.doc").unread
    assert entry.reason is UnreadReason.ENCRYPTED


@needs_office
@pytest.mark.parametrize("part", [0.2, 0.6])
def test_a_torn_old_paper_is_never_silent(old_word: bytes, part: float) -> None:
    document = Extractor().read_bytes(old_word[: int(len(old_word) * part)], "a.doc")
    assert document.unread or SHOWN in document.text


@needs_office
def test_old_papers_inside_others_are_read() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("附件/通知.rtf", rtf(SHOWN))
        archive.writestr("b.txt", CELL)
    document = Extractor().read_bytes(held.getvalue(), "a.zip")
    assert document.unread == ()
    index = document.segments.index_at(document.text.index(SHOWN))
    assert index is not None
    described = document.segments.place(index).locate(0, 1).describe()
    assert described.startswith("a.zip → 附件/通知.rtf → 经转换.docx → ")


@needs_office
def test_papers_that_come_next_are_converted_in_the_same_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = []
    real = office._call

    def counted(command: Sequence[str], seconds: float) -> bool:
        runs.append(sum(word.startswith("/job/in/") and word[-1].isalpha() for word in command))
        return real(command, seconds)

    monkeypatch.setattr(office, "_call", counted)
    paths = [tmp_path / f"{number}.rtf" for number in range(4)]
    for path, number in zip(paths, NUMBERS, strict=False):
        path.write_bytes(rtf(number))
    (tmp_path / "note.txt").write_text("正文")
    extractor = Extractor()
    for at, path in enumerate(paths):
        extractor.expect([tmp_path / "note.txt", *paths[at + 1 :]])
        assert NUMBERS[at] in extractor.read_path(path).text
    assert runs == [4]


@needs_office
def test_the_converter_sees_no_network_and_no_file_of_the_machine(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("x")
    wall = [str(office._shut_in()), *office._walls(), "/bin/sh", "-c"]
    for forbidden in (f"cat {secret}", "cat /etc/passwd", "echo x > /usr/x", "ls /root"):
        assert subprocess.run([*wall, forbidden], capture_output=True, check=False).returncode
    lines = subprocess.run([*wall, "cat /proc/net/dev"], capture_output=True, check=True)
    assert [line.split(b":")[0].strip() for line in lines.stdout.splitlines()[2:]] == [b"lo"]


def test_without_the_programs_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    office._program.cache_clear()
    office._shut_in.cache_clear()
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    document = Extractor().read_bytes(rtf(SHOWN), "a.rtf")
    (entry,) = document.unread
    assert entry.reason is UnreadReason.MISSING_TOOL
    assert "libreoffice-writer-nogui" in entry.detail
    assert "bubblewrap" in entry.detail


def test_a_converter_that_takes_too_long_is_ended() -> None:
    assert office._call(["sleep", "30"], 0.2) is False
    assert office._call(["true"], 10) is True


def test_what_the_converter_leaves_is_looked_at(tmp_path: Path) -> None:
    outcome = Office(Limits(unpacked_bytes=10))._outcome
    (tmp_path / "0.docx").write_bytes(b"x" * 11)
    (tmp_path / "1.docx").symlink_to("/etc/passwd")
    (tmp_path / "2.docx").write_bytes(b"fine")
    answers = [outcome(tmp_path / f"{number}.doc", "docx", in_time=True) for number in range(4)]
    reasons = [getattr(answer, "reason", answer) for answer in answers]
    assert reasons == [
        UnreadReason.TOO_LARGE,
        UnreadReason.CORRUPT,
        b"fine",
        UnreadReason.CORRUPT,
    ]
    late = outcome(tmp_path / "3.doc", "docx", in_time=False)
    assert getattr(late, "reason", late) is UnreadReason.TIMEOUT


def test_names_of_old_and_new_office_programs_are_no_disguise() -> None:
    assert sniff.named_as("a.wps", "application/msword") == ""
    assert sniff.named_as("a.wps", DOCX) == ""
    assert sniff.named_as("a.et", XLSX) == ""
    assert sniff.named_as("a.dps", "application/vnd.ms-powerpoint") == ""
    assert sniff.named_as("a.doc", DOCX) == "application/msword"
