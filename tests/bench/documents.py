"""``python -m tests.bench.documents [--count N] [--seed S] [--show K]``: right and wrong, counted.

Counts, for each entity, labels found with exactly their span, and findings that no label explains;
the roles of persons; and whether whole documents get the verdict a careful reviewer would give.
Entities that no rule finds yet are listed, not hidden.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

from fixtures.documents import Labelled, documents
from screener.bootstrap import Application
from screener.config import Config, default_home
from screener.masking import excerpt
from screener.model.finding import Level, Screening


@dataclass(slots=True)
class Tally:
    """Counts over all documents."""

    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    roles_right: int = 0
    roles_wrong: int = 0
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def add(self, made: Labelled, screening: Screening) -> None:
        """Compare one document's findings with its labels."""
        text = made.document.text
        findings = {(f.start, f.end, f.entity): f for f in screening.findings}
        wanted = {(a.start, a.end, a.entity): a for a in made.labels}
        for key, label in wanted.items():
            side = self.found if key in findings else self.missed
            side[label.entity] += 1
            if key not in findings:
                self._note("missed", made, label.entity, text, label.start, label.end)
            elif label.role:
                role = findings[key].role
                right = role is not None and role.value == label.role
                self.roles_right += right
                self.roles_wrong += not right
                if not right:
                    kind = f"role {role.value if role else '-'} not {label.role}"
                    self._note(kind, made, label.entity, text, label.start, label.end)
        for (start, end, entity), finding in findings.items():
            if (start, end, entity) not in wanted:
                self.false[entity] += 1
                why = f"false ({', '.join(finding.evidence)})"
                self._note(why, made, entity, text, start, end)
        self.verdicts[made.verdict, screening.verdict.value] += 1
        if made.verdict != screening.verdict.value:
            worst = [
                f"{f.entity}({', '.join(f.evidence)})"
                for f, j in zip(screening.findings, screening.judgements, strict=True)
                if j.level >= Level.REVIEW
            ]
            title = made.document.facts.title
            self.notes.append(
                f"verdict {screening.verdict} not {made.verdict}: {title} {worst[:4]}"
            )

    def _note(self, why: str, made: Labelled, entity: str, text: str, start: int, end: int) -> None:
        value = excerpt(entity, text[start:end])
        before = text[max(0, start - 12) : start].replace("\n", "⏎")
        behind = text[end : end + 8].replace("\n", "⏎")
        self.notes.append(f"{why}: {entity} {before}‹{value}›{behind}  [{made.kind}]")

    def print(self, entities: set[str]) -> None:
        """The table."""
        print(f"{'entity':20}{'labels':>8}{'recall':>9}{'precision':>11}")
        for entity in sorted({*self.found, *self.missed, *self.false}):
            hit, miss, false = self.found[entity], self.missed[entity], self.false[entity]
            recall = hit / (hit + miss) if hit + miss else float("nan")
            precision = hit / (hit + false) if hit + false else float("nan")
            rule = "" if entity in entities else "   no rule yet"
            print(f"{entity:20}{hit + miss:8}{recall:9.4f}{precision:11.4f}{rule}")
        roles = self.roles_right + self.roles_wrong
        print(f"role of found persons right: {self.roles_right}/{roles}")
        print("verdicts (wanted -> given):")
        for (wanted, given), count in sorted(self.verdicts.items()):
            print(f"  {wanted:7} -> {given:7} {count:6}{'' if wanted == given else '   *'}")


def main(arguments: list[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=310)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", type=int, default=0, help="print this many differences")
    options = parser.parse_args(arguments or [])
    application = Application(Config(home=default_home()))
    made = list(documents(options.count, options.seed))
    tally, size = Tally(), 0
    application.screener.screen_document(made[0].document)  # load what is loaded once
    started = time.process_time()
    for document in made:
        tally.add(document, application.screener.screen_document(document.document))
        size += len(document.document.text)
    spent = time.process_time() - started
    tally.print({rule.entity for rule in application.catalogue.rules.values()})
    print(f"{len(made)} documents, {size} characters, {size / spent:,.0f} characters a CPU-second")
    for note in tally.notes[: options.show]:
        print("-", note)


if __name__ == "__main__":
    main(sys.argv[1:])
