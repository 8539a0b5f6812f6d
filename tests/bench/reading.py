"""What reading costs: a workbook of 100,000 rows beside calamine, PDFs of 200 pages.

CPU seconds of readers called in this process, so that nothing is hidden in a worker; peak memory of
one scan with all its processes. The PDFs: pages of running text, the same with an opaque box over a
line on each page (every page is then looked at closely), and one object for each character.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fixtures.prose import prose
from screener.config import Limits
from screener.extract.builder import DocumentBuilder
from screener.extract.formats.pdf.reader import PdfReader
from screener.extract.formats.xlsx.reader import XlsxReader
from screener.extract.registry import ReadContext, Reader
from tests.bench import measure

ROWS, COLUMNS, PAGES, LINES, WIDTH = 100_000, 8, 200, 30, 34


def _workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("发放表")
    sheet.append([f"第{column}项" for column in range(COLUMNS)])
    for row in range(ROWS):
        sheet.append([f"项目{row}-{column}" if column % 2 else row * column for column in range(8)])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _pdf(draw: Callable[[Any, str, float], None], *, box: bool = False) -> bytes:
    from fixtures.formats.pdf import FONT, canvas

    words = prose(60_000).replace("\n", "")
    made = io.BytesIO()
    page = canvas(made)
    at = 0
    for _number in range(PAGES):
        page.setFont(FONT, 12)
        for line in range(LINES):
            text = words[at : at + WIDTH]
            at = (at + WIDTH) % max(len(words) - WIDTH, 1)
            draw(page, text, 780 - line * 24)
        if box:
            page.rect(80, 775, 60, 16, fill=1)
        page.showPage()
    page.save()
    return made.getvalue()


def _line(page: Any, text: str, height: float) -> None:
    page.drawString(80, height, text)


def _characters(page: Any, text: str, height: float) -> None:
    for number, character in enumerate(text):
        page.drawString(80 + number * 12, height, character)


def _seconds(work: Callable[[], object], times: int = 2) -> float:
    """CPU seconds of the cheapest run: noise only ever adds."""
    spent = []
    for _time in range(times):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)


def _read(reader: Reader, data: bytes) -> None:
    reader.read(data, DocumentBuilder(), ReadContext("sample", Limits()))


def _calamine(data: bytes) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=True)


def _peak(data: bytes, name: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        home = {"SCREENER_HOME": folder}
        return measure.run(measure.screener("scan", str(path), "--format", "json"), home).peak_mib


def main() -> None:
    """Print the figures."""
    workbook = _workbook()
    ours, bare = (
        _seconds(lambda: _read(XlsxReader(), workbook)),
        _seconds(lambda: _calamine(workbook)),
    )
    print(f"xlsx, {ROWS:,} rows of {COLUMNS}: {ours:.2f} CPU-s, calamine alone {bare:.2f}", end="")
    print(f", ratio {ours / bare:.2f}; scan peak {_peak(workbook, 'a.xlsx'):.0f} MiB")
    kinds = {
        "text": _pdf(_line),
        "a box over text on each page": _pdf(_line, box=True),
        "one object a character": _pdf(_characters),
    }
    for name, data in kinds.items():
        spent = _seconds(lambda data=data: _read(PdfReader(), data), times=1)  # type: ignore[misc]
        print(f"pdf, {PAGES} pages, {name}: {spent:.2f} CPU-s; ", end="")
        print(f"scan peak {_peak(data, 'a.pdf'):.0f} MiB")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
