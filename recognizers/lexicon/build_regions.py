"""Writes ``regions.txt``: names of provinces, prefectures and counties.

``python -m recognizers.lexicon.build_regions PATH/TO/adcodes.csv`` reads the table inside the cpca
package (columns ``adcode`` with 12 digits and ``name``). Townships in it, if any, are left out.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
_WIDTH = 96
_HEAD = "# Provinces, prefectures and counties; see NOTICE.txt. Rebuilt by build_regions.py."


def _level(code: str) -> str | None:
    if code.endswith("0000000000"):
        return "province"
    if code.endswith("00000000"):
        return "prefecture"
    return "county" if code.endswith("000000") else None


def main(path: Path) -> None:
    """Write the list next to this file: the level, then names, sorted, on lines of one length."""
    names: dict[str, set[str]] = {"province": set(), "prefecture": set(), "county": set()}
    with path.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            level = _level(row["adcode"])
            if level and len(row["name"]) > 1 and row["name"] not in ("市辖区", "县"):
                names[level].add(row["name"])
    lines = [_HEAD]
    for level, found in names.items():
        line = f"{level}:"
        for name in sorted(found):
            if len(line) + len(name) >= _WIDTH:
                lines.append(line)
                line = f"{level}:"
            line += f" {name}"
        lines.append(line)
    (FOLDER / "regions.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
