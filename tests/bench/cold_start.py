"""CPU seconds from nothing to done, beside ``import presidio_analyzer`` in the same run."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fixtures.prose import prose
from tests.bench.measure import best, screener

RUNS = 3
_NOTICE = "某某县临时救助对象公示\n王小明（身份证号11010519491231002X）符合条件。\n"


def main() -> None:
    """Print each command's cost and what it may cost."""
    with tempfile.TemporaryDirectory() as folder:
        home = {"SCREENER_HOME": str(Path(folder) / "home")}
        one = Path(folder) / "one.txt"
        one.write_text(_NOTICE + prose(1500), "utf-8")
        best(screener("scan", str(one)), 1, home)  # makes the site key, warms the disk cache
        peer = best([sys.executable, "-c", "import presidio_analyzer"], RUNS).cpu_seconds
        print(f"import presidio_analyzer      {peer:5.2f} CPU-s")
        for name, arguments, bound in (
            ("--help", ["--help"], 0.35),
            ("queue", ["queue"], 0.9),
            ("verify FILE", ["verify", str(one)], 0.9),
            ("scan one.txt", ["scan", str(one)], 1.3 * peer),
        ):
            cost = best(screener(*arguments), RUNS, home)
            verdict = "ok" if cost.cpu_seconds <= bound else "OVER"
            print(
                f"screener {name:20} {cost.cpu_seconds:5.2f} CPU-s  bound {bound:4.2f}  {verdict}"
            )


if __name__ == "__main__":
    main()
