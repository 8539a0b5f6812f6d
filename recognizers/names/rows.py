"""Tables written as lines of plain text: a line of headers, then lines with as many entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from recognizers.names.columns import DRIVERS, ON_DUTY, Cell, column, may_be_name, sure_shape, whose
from recognizers.names.cues import OFFICIAL, Cue
from recognizers.names.latin import is_latin_name
from recognizers.names.words import is_word, looks_like_name
from recognizers.patterns import late
from recognizers.view import BREAK

_LINE = late(f"[^\n{BREAK}]+")
_TABS = late("[^\t|]+")
_SPACES = late("[^ \t|]+(?: [^ \t|]+)*?(?=  |[ \t|]|$)")
_GAP = late("[ \t|]")
_SENTENCE = late("[。;!?]")
_LONGEST_LINE, _LONGEST_HEADER, _MOST_ENTRIES = 400, 14, 40
_FEWEST_SURE = 3  # headers of a table among which one of no known word counts
_LOOSE = 4  # entries of a ragged line that are looked at

Entry = tuple[int, int]


def names_in_rows(text: str, tick: Callable[[], None]) -> Iterator[Cell]:
    """Names in the columns of all such tables."""
    header: list[str] = []
    cues: dict[int, Cue] = {}
    for number, line in enumerate(_LINE.finditer(text)):
        if number % 4096 == 0:
            tick()
        start, end = line.span()
        if end - start > _LONGEST_LINE:
            header = []
            continue
        if not header and not _GAP.search(text, start, end):
            continue  # one entry heads nothing
        entries = _entries(text, start, end)
        found = _header(text, entries)
        if found is not None:
            header, cues = found
        elif header and not _SENTENCE.search(text, start, end):
            if len(entries) < 2 and len(header) > 1:
                header = [] if entries and end - start > 20 else header
                continue
            yield from _row(text, entries, header, cues)
        elif header:
            header = []


def _entries(text: str, start: int, end: int) -> list[Entry]:
    """The entries of a line: between tabs or bars if it has any, else between spaces."""
    pattern = _TABS if "\t" in text[start:end] or "|" in text[start:end] else _SPACES
    found = []
    for entry in pattern.finditer(text, start, end):
        first, last = entry.span()
        while first < last and text[first] == " ":
            first += 1
        while last > first and text[last - 1] == " ":
            last -= 1
        if last > first:
            found.append((first, last))
        if len(found) > _MOST_ENTRIES:
            break
    return found


def _header(text: str, entries: list[Entry]) -> tuple[list[str], dict[int, Cue]] | None:
    """The headers of a line that heads a table with names, and which of them do."""
    if len(entries) < 2 or any(last - first > _LONGEST_HEADER for first, last in entries):
        return None
    heads = ["".join(text[first:last].split()) for first, last in entries]
    cues = {}
    for at, head in enumerate(heads):
        if ":" in head or any(char.isdigit() for char in head):
            return None
        kind = column(head)
        if kind.cue is not None and (not kind.sure or len(heads) >= _FEWEST_SURE):
            cues[at] = kind.cue
    if not cues or len(cues) == len(heads):
        return None
    whole = " ".join(heads)
    role = whose(whole)
    for at, cue in cues.items():
        if cue.section == "label":
            cues[at] = Cue(cue.word, cue.section, role, cue.code, cue.weight)
        elif cue.word in DRIVERS and ON_DUTY.search(whole):
            cues[at] = Cue(cue.word, "official", OFFICIAL, cue.code, cue.weight)
    return heads, cues


def _row(
    text: str, entries: list[Entry], header: list[str], cues: dict[int, Cue]
) -> Iterator[Cell]:
    if len(entries) == len(header):
        for at, cue in cues.items():
            first, last = entries[at]
            word = text[first:last]
            sure = column(header[at]).sure
            named = is_latin_name(word) or may_be_name(word.replace(" ", ""))
            if named and (not sure or sure_shape(word)):
                yield Cell(first, last, cue)
        return
    loose = [cue for at, cue in cues.items() if not column(header[at]).sure]
    for first, last in entries[: _LOOSE if loose else 0]:
        word = text[first:last]
        if looks_like_name(word) and not is_word(word):
            yield Cell(first, last, loose[0])
            return
