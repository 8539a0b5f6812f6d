"""Peak memory of scanning a text of 5 MB, beside the bare import of the engine."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fixtures.prose import prose
from tests.bench.measure import best, screener

BOUND = 400  # MiB


def main() -> None:
    """Print the peak."""
    with tempfile.TemporaryDirectory() as folder:
        home = {"SCREENER_HOME": str(Path(folder) / "home")}
        large = Path(folder) / "large.txt"
        text = prose(1_850_000)
        large.write_text(text, "utf-8")
        peer = best([sys.executable, "-c", "import presidio_analyzer"], 1)
        cost = best(screener("scan", str(large)), 1, home)
        size = large.stat().st_size / 1e6
        print(f"import presidio_analyzer      {peer.peak_mib:5.0f} MiB")
        print(
            f"scan {size:.1f} MB of text          {cost.peak_mib:5.0f} MiB  bound {BOUND}  "
            f"{'ok' if cost.peak_mib <= BOUND else 'OVER'}  ({cost.cpu_seconds:.1f} CPU-s)"
        )


if __name__ == "__main__":
    main()
