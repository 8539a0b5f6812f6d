"""CPU seconds from nothing to done, beside ``import presidio_analyzer`` in the same run."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fixtures.prose import prose
from tests.bench.measure import best, run, screener

RUNS = 5
_NOTICE = "某某县临时救助对象公示\n王小明（身份证号11010519491231002X）符合条件。\n"


def main() -> None:
    """Print each command's cost and what it may cost."""
    with tempfile.TemporaryDirectory() as folder:
        home = {"SCREENER_HOME": str(Path(folder) / "home")}
        one = Path(folder) / "one.txt"
        one.write_text(_NOTICE + prose(1500), "utf-8")
        best(screener("scan", str(one)), 1, home)  # makes the site key, warms the disk cache
        commands = {
            "import presidio_analyzer": [sys.executable, "-c", "import presidio_analyzer"],
            "screener --help": screener("--help"),
            "screener queue": screener("queue"),
            "screener verify FILE": screener("verify", str(one)),
            "screener scan one.txt": screener("scan", str(one)),
        }
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for _round in range(RUNS):  # in turn, so that a busy spell of the machine hits them all
            for name, command in commands.items():
                seconds[name].append(run(command, home).cpu_seconds)
    least = {name: min(spent) for name, spent in seconds.items()}
    peer = least.pop("import presidio_analyzer")
    print(f"import presidio_analyzer      {peer:5.2f} CPU-s")
    for (name, spent), bound in zip(least.items(), (0.35, 0.9, 0.9, 1.3 * peer), strict=True):
        verdict = "ok" if spent <= bound else "OVER"
        print(f"{name:29} {spent:5.2f} CPU-s  bound {bound:4.2f}  {verdict}")


if __name__ == "__main__":
    main()
