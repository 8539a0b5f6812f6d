"""``python -m tests.bench [NAME...]``: the figures of the README, each beside its peer or floor.

Figures are ratios or CPU seconds taken in this one run: the machine may be busy, so nothing here is
a test.
"""

from __future__ import annotations

import importlib
import sys

BENCHES = ("throughput", "cold_start", "memory", "jobs", "reading", "containment")


def main(names: list[str]) -> int:
    """Run the named benches, or all."""
    unknown = sorted(set(names) - set(BENCHES))
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are: {', '.join(BENCHES)}")
        return 2
    for name in names or BENCHES:
        print(f"== {name}", flush=True)
        importlib.import_module(f"tests.bench.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
