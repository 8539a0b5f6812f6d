"""Peak memory of scanning a text of 5 MB, beside the bare import of the engine, and scanned pages.

The peak is that of the largest process of a scan, reading ones included.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fixtures.pictures import chinese_font, scanned, written
from fixtures.prose import prose
from screener.extract import ocr
from tests.bench.measure import Cost, best, screener

BOUND = 400  # MiB
SCAN_BOUND = 800  # MiB
PAGES, LINES, WIDTH, LETTER = 3, 38, 30, 30
A4 = (1654, 2339)
"""A page at 200 dots an inch."""


def main() -> None:
    """Print the peaks."""
    with tempfile.TemporaryDirectory() as folder:
        home = {"SCREENER_HOME": str(Path(folder) / "home")}
        large = Path(folder) / "large.txt"
        text = prose(1_850_000)
        large.write_text(text, "utf-8")
        peer = best([sys.executable, "-c", "import presidio_analyzer"], 1)
        cost = best(screener("scan", str(large)), 1, home)
        print(f"import presidio_analyzer      {peer.peak_mib:5.0f} MiB")
        _tell(f"scan {large.stat().st_size / 1e6:.1f} MB of text", cost, BOUND)
        if chinese_font() is None or not ocr.available():
            print("scanned pages: left out, no font with Chinese characters or no OCR here")
            return
        pages = Path(folder) / "pages.pdf"
        pages.write_bytes(_pages())
        _tell(
            f"scan {PAGES} scanned pages", best(screener("scan", str(pages)), 1, home), SCAN_BOUND
        )


def _pages() -> bytes:
    words = prose(PAGES * LINES * WIDTH * 2).replace("\n", "")
    lines = [words[at : at + WIDTH] for at in range(0, PAGES * LINES * WIDTH, WIDTH)]
    parts = [lines[at : at + LINES] for at in range(0, len(lines), LINES)]
    return scanned([written(part, A4, height=LETTER) for part in parts])


def _tell(what: str, cost: Cost, bound: int) -> None:
    verdict = "ok" if cost.peak_mib <= bound else "OVER"
    print(
        f"{what:28}  {cost.peak_mib:5.0f} MiB  bound {bound}  {verdict}"
        f"  ({cost.cpu_seconds:.1f} CPU-s)"
    )


if __name__ == "__main__":
    main()
