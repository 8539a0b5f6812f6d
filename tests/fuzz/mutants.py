"""Broken copies of sound files: bytes flipped, cut, moved, spliced; members of packages swapped.

The same format, seed and number give the same change. Samples of some formats hold the time they
were made, so bytes may differ from run to run: files that matter are kept as they were.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from fixtures.formats import Sample, make

Change = Callable[[bytes, bytes, random.Random], bytes]
"""From a file, another of its format and chance to a broken file."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A broken file: ``how`` it came about, and the values that sound files of its kind hold."""

    number: int
    how: str
    name: str
    data: bytes
    values: tuple[str, ...]


@lru_cache(maxsize=4)
def parents(name: str) -> tuple[Sample, Sample]:
    """Two sound files of a format with different values."""
    return make(name, seed=31), make(name, seed=32)


def mutants(name: str, count: int, seed: int = 1) -> Iterator[Mutant]:
    """``count`` mutants of a format."""
    one, other = parents(name)
    values = (*one.values.values(), *other.values.values())
    packed = zipfile.is_zipfile(io.BytesIO(one.data))
    changes = [*BYTES, *(MEMBERS * 3 if packed else [])]
    for number in range(count):
        chance = random.Random(f"{name} {seed} {number}")
        change = chance.choice(changes)
        data = change(one.data, other.data, chance)
        yield Mutant(number, change.__name__.strip("_"), one.name, data, values)


def _flip(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _byte in range(chance.choice((1, 2, 8, 64))):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _flip_bit(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _cut(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _behead(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    return data[chance.randrange(len(data)) :]


def _part(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.choice((1, 4, 50, 1000, len(data) // 4 + 1)))


def _drop(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    start, end = _part(data, chance)
    return data[:start] + data[end:]


def _double(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    start, end = _part(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 30)) + data[end:]


def _blank(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    start, end = _part(data, chance)
    return data[:start] + chance.choice((b"\0", b"\xff", b" ")) * (end - start) + data[end:]


def _insert(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.randbytes(chance.choice((1, 7, 300))) + data[at:]


def _move(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    start, end = _part(data, chance)
    rest = data[:start] + data[end:]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + data[start:end] + rest[at:]


def _splice(data: bytes, other: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


def _append(data: bytes, other: bytes, chance: random.Random) -> bytes:
    return chance.choice((data + other, data + data, other[: len(other) // 2] + data))


BYTES: list[Change] = [
    *(_flip, _flip, _flip_bit, _cut, _behead, _drop, _double, _blank, _insert, _move, _splice),
    _append,
]


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {entry.filename: package.read(entry) for entry in package.infolist()}


def _pack(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return made.getvalue()


def _in_a_member(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Break one member's content; the package around it stays sound."""
    members, others = _members(data), _members(other)
    name = chance.choice([name for name, content in members.items() if content])
    members[name] = chance.choice(BYTES)(members[name], others.get(name) or b"x", chance)
    return _pack(members)


def _swap_members(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    members = _members(data)
    one, two = chance.choice(list(members)), chance.choice(list(members))
    members[one], members[two] = members[two], members[one]
    return _pack(members)


def _rename_member(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    members = _members(data)
    name = chance.choice(list(members))
    content = members.pop(name)
    new = chance.choice((name.upper(), f"x/{name}", f"../{name}", "[Content_Types].xml", "x.bin"))
    members[new] = content
    return _pack(members)


def _drop_member(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    members = _members(data)
    for _member in range(chance.choice((1, 1, 3))):
        members.pop(chance.choice(list(members)), None)
        if not members:
            break
    return _pack(members)


def _mix_members(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Some members of the one file, the rest of the other."""
    members, others = _members(data), _members(other)
    return _pack({name: chance.choice((members, others)).get(name, b"") for name in members})


def _cross_tags(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    """Swap two tags or attributes of one XML member: well-formed more often than flipped bytes."""
    import re

    members = _members(data)
    name = chance.choice(list(members))
    words = [m.span() for m in re.finditer(rb"[A-Za-z:]{2,30}", members[name])]
    if len(words) > 1:
        (a, b), (c, d) = sorted(chance.sample(words, 2))
        old = members[name]
        members[name] = old[:a] + old[c:d] + old[b:c] + old[a:b] + old[d:]
    return _pack(members)


MEMBERS: list[Change] = [
    *(_in_a_member, _in_a_member, _swap_members, _rename_member, _drop_member, _mix_members),
    _cross_tags,
]
