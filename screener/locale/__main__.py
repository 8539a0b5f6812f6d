"""``python -m screener.locale [--check]``: compile the catalogue; tell what is not translated.

Needs babel (a development tool). ``--check`` writes nothing and fails when the compiled file is
stale or a message in the code has no translation.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent / "zh_CN"
COMPILED = FOLDER / "LC_MESSAGES" / "screener.mo"
ROOT = Path(__file__).parents[2]
PACKAGES = ("screener", "api", "cli")


def merged() -> Catalog:
    """All fragments in one catalogue."""
    catalogue = Catalog(locale="zh_CN", domain="screener", charset="utf-8")
    for fragment in sorted(FOLDER.glob("*.po")):
        with fragment.open("rb") as file:
            for message in read_po(file, locale="zh_CN"):
                if not message.id:
                    continue
                known = catalogue.get(message.id)
                if known is not None and known.string != message.string:
                    raise SystemExit(f"{fragment.name}: two translations of {message.id!r}")
                catalogue.add(message.id, message.string)
    return catalogue


def untranslated(catalogue: Catalog) -> list[str]:
    """Messages in the code that the catalogue lacks, with their places."""
    missing = []
    methods = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
    for package in PACKAGES:
        for name, line, message, _c, _x in extract_from_dir(
            str(ROOT / package), methods, keywords={"_": None}
        ):
            entry = catalogue.get(message) if isinstance(message, str) else None
            if entry is None or not entry.string:
                missing.append(f"{package}/{name}:{line}: {message!r}")
    return missing


def translations(catalogue: Catalog) -> dict[str, str]:
    """Message to translation, for comparing."""
    return {str(m.id): str(m.string) for m in catalogue if m.id}


def main() -> int:
    """Exit code 0 when all is translated (and, with --check, fresh)."""
    catalogue = merged()
    missing = untranslated(catalogue)
    for line in missing:
        print("not translated:", line)
    if "--check" in sys.argv:
        fresh = COMPILED.exists() and translations(catalogue) == translations(
            read_mo(io.BytesIO(COMPILED.read_bytes()))
        )
        if not fresh:
            print("stale: run python -m screener.locale")
        return 0 if fresh and not missing else 1
    COMPILED.parent.mkdir(parents=True, exist_ok=True)
    with COMPILED.open("wb") as file:
        write_mo(file, catalogue)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
