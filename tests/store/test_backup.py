"""One archive out, the same data folder back; nothing half, nothing outside it."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest

from screener.config import Config
from screener.errors import Refused, StoreProblem, UsageProblem
from screener.review.ledger import verified
from screener.store.backup import backup, restore
from tests.review.office import Office

PAPER = "名单 <block CN_ID_CARD 11010519491231002X>"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """An archive of an office that released one redacted paper and has another open."""
    office = Office(tmp_path / "home")
    item = office.submit(PAPER)
    office.queue.decide(item.id, office.target(item), "redact", "personal_privacy", actor="乙")
    office.release(office.approve(item))
    office.submit("另一份")
    backup(office.config, tmp_path / "archive.tar.gz")
    office.repository.close()
    return tmp_path / "archive.tar.gz"


def test_what_was_saved_comes_back(saved: Path, tmp_path: Path) -> None:
    before = Office(tmp_path / "home")
    told = restore(saved, tmp_path / "new", verify=verified)
    after = Office(tmp_path / "new")
    assert told.files == 5  # database, key, two originals, one copy
    assert after.queue.list() == before.queue.list()
    assert list(after.queue.ledger()) == list(before.queue.ledger())
    first = after.queue.list().items[0]
    assert after.release(first).data == before.release(first).data
    assert after.submit("第三份").id.endswith("00003")


def test_nobody_else_may_read_it(saved: Path, tmp_path: Path) -> None:
    assert saved.stat().st_mode & 0o777 == 0o600
    restore(saved, tmp_path / "new", verify=verified)
    home = tmp_path / "new"
    assert home.stat().st_mode & 0o777 == 0o700
    modes = {f.stat().st_mode & 0o077 for f in home.rglob("*")}
    assert modes == {0}


def test_it_leaves_nothing_beside_and_overwrites_nothing(saved: Path, tmp_path: Path) -> None:
    assert {p.name for p in tmp_path.iterdir()} == {"home", "archive.tar.gz"}
    with pytest.raises(Refused):
        backup(Config(home=tmp_path / "home"), saved)
    with pytest.raises(Refused):
        restore(saved, tmp_path / "home", verify=verified)
    with pytest.raises(UsageProblem):
        restore(tmp_path / "none", tmp_path / "new", verify=verified)
    (tmp_path / "empty").mkdir()
    restore(saved, tmp_path / "empty", verify=verified)


def test_a_damaged_file_is_told_when_saving(saved: Path, tmp_path: Path) -> None:
    blob = next(p for p in (tmp_path / "home" / "blobs").rglob("*") if p.is_file())
    blob.write_bytes(b"changed")
    with pytest.raises(StoreProblem):
        backup(Config(home=tmp_path / "home"), tmp_path / "second.tar.gz")
    assert not (tmp_path / "second.tar.gz").exists()


def test_postgresql_is_dumped_with_its_own_tools(tmp_path: Path) -> None:
    config = Config(home=tmp_path, database_url="postgresql://localhost/screener")
    with pytest.raises(Refused):
        backup(config, tmp_path / "archive")


def test_a_cut_or_changed_archive_is_refused(saved: Path, tmp_path: Path) -> None:
    whole = saved.read_bytes()
    for damaged in (b"", b"no archive", whole[: len(whole) // 2], whole[:-99]):
        saved.write_bytes(damaged)
        with pytest.raises(StoreProblem):
            restore(saved, tmp_path / "new", verify=verified)
        assert {p.name for p in tmp_path.iterdir()} == {"home", "archive.tar.gz"}


def _members(archive: Path) -> dict[str, bytes]:
    with tarfile.open(archive) as tar:
        return {m.name: tar.extractfile(m).read() for m in tar}  # type: ignore[union-attr]


def _write(archive: Path, members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    with tarfile.open(archive, "w:gz") as tar:
        for info, data in members:
            info.size = len(data) if info.isreg() else 0
            tar.addfile(info, io.BytesIO(data) if info.isreg() else None)


@pytest.mark.parametrize(
    "name", ["../outside", "/tmp/outside", "blobs/../../outside", "config.toml", "blobs/aa/short"]
)
@pytest.mark.parametrize("listed", [True, False])
def test_names_that_lead_elsewhere_are_refused(
    saved: Path, tmp_path: Path, name: str, listed: bool
) -> None:
    members = _members(saved)
    if listed:
        manifest = json.loads(members["manifest.json"])
        manifest["files"][name] = {"sha256": "0" * 64, "size": 1}
        members["manifest.json"] = json.dumps(manifest).encode()
    members[name] = b"x"
    _write(saved, [(tarfile.TarInfo(n), data) for n, data in members.items()])
    with pytest.raises(StoreProblem):
        restore(saved, tmp_path / "new", verify=verified)
    assert {p.name for p in tmp_path.iterdir()} == {"home", "archive.tar.gz"}


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE])
def test_only_plain_files_are_unpacked(saved: Path, tmp_path: Path, kind: bytes) -> None:
    members = _members(saved)
    infos = [(tarfile.TarInfo(n), data) for n, data in members.items()]
    infos[2][0].type = kind
    infos[2][0].linkname = "/etc/passwd"
    _write(saved, infos)
    with pytest.raises(StoreProblem):
        restore(saved, tmp_path / "new", verify=verified)
    assert not (tmp_path / "new").exists()


def test_an_archive_with_a_broken_ledger_is_refused(saved: Path, tmp_path: Path) -> None:
    def broken(_repository: object, _key: bytes) -> None:
        raise StoreProblem("broken")

    with pytest.raises(StoreProblem):
        restore(saved, tmp_path / "new", verify=broken)
    assert not (tmp_path / "new").exists()
