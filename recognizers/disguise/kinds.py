"""ID numbers, cards and mobile phones in disguise: what their own tests and their shape allow.

With signs or letters between the digits, or letters for digits, anything could be a number. So only
what passes the test of its kind is rewritten, and the looser the test the more its shape, or a word
before it, has to say.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise

import numpy as np

from recognizers.checksums import luhn_valid, plausible_birth, uscc_valid
from recognizers.disguise.chain import HAN, LIKENESS, Array, Chain, Flags
from recognizers.patterns import late
from recognizers.regions import PROVINCES

_CHUNK = 1 << 16
_MAY_LIST = frozenset(",、;:/+=×÷*|%。\t&")
"""Joints that part the figures of a list or a sum as well."""
_MASKS = frozenset("*×xX●○■□#•⁎")
_APART = frozenset(" ,、;:。\n\t")
"""Signs that stand between two numbers as well."""
_MOST_GROUPS = 4
_THREE_RINGS = late("[○◯]{3}")
_SURE_LETTERS = frozenset("OoIlЗзб")
"""Letters that people and machines take for digits."""
_PHONE_GROUPS = {(3, 4, 4), (3, 8), (7, 4), (4, 7), (3, 3, 5), (4, 4, 3)}
_ID_GROUPS = {(6, 8, 4), (6, 4, 4, 4), (6, 12), (14, 4), (6, 6, 6), (3, 3, 4, 4, 4)}
_ID_GROUPS |= {(6, 8, 3), (6, 4, 4, 3), (6, 11), (14, 3), (6, 6, 5), (3, 3, 4, 4, 3)}
_CARD_GROUPS = {(4, 4, 4, 4), (4, 4, 4, 4, 3), (4, 4, 4, 4, 2), (4, 4, 4, 4, 1), (6, 13), (6, 10)}
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], dtype=np.int64)
_CHECKS = np.array([1, 0, -1, 9, 8, 7, 6, 5, 4, 3, 2], dtype=np.int64)
"""The check digit of an ID number by the sum modulo 11; -1 is the X."""
_PROVINCE = np.zeros(110, dtype=np.bool_)
_PROVINCE[[int(code) for code in PROVINCES]] = True
_CARD_PREFIX = late("62|9558|955[69]|60[13]")


class _Shape:
    """The joints of one window: what stands between, and in groups of how many."""

    def __init__(self, chain: Chain, first: int, last: int) -> None:
        every = chain.joints(first, last)
        cuts = [0, *(n for n, joint in enumerate(every, 1) if joint), last - first]
        self.joints = [joint for joint in every if joint]
        self.groups = tuple(b - a for a, b in pairwise(cuts))
        self.uniform = len(set(self.joints)) == 1
        self.spelled = len(self.joints) == last - first - 1

    @property
    def mixed(self) -> bool:
        """Whether each digit stands alone with another sign than the last one: no list does."""
        return self.spelled and all(a != b for a, b in pairwise(self.joints))

    @property
    def masked(self) -> bool:
        """Whether the only thing between the digits is a row of stars or the like: a mask."""
        joint = self.joints[0]
        return len(self.joints) == 1 and len(joint) > 1 and _MASKS.issuperset(joint)

    @property
    def may_list(self) -> bool:
        """Whether something between them parts the figures of a list too."""
        return any(c in _MAY_LIST or c.isalnum() for joint in self.joints for c in joint)


class Kind(ABC):
    """One kind of number. ``size``: its digits, without an X; ``x``: whether one may follow."""

    x = False

    def __init__(self, size: int, groups: set[tuple[int, ...]], says: re.Pattern[str]) -> None:
        self.size = size
        self._groups = groups
        self._says = says

    @abstractmethod
    def survivors(self, chain: Chain, first: Array) -> Array:
        """Those of these first digits at which such a number may begin."""

    @abstractmethod
    def read(self, chain: Chain, first: int) -> tuple[int, str] | None:
        """The digit behind the number that begins here, and the number written plainly."""

    def _fits(self, chain: Chain, first: int, last: int, *, sure: bool) -> bool:
        """Whether it is written as one number. ``sure``: its own test leaves little to chance."""
        said = self._says.search(chain.before(first)) is not None
        if not _letters_fit(chain, first, last, said=said or sure):
            return False
        shape = _Shape(chain, first, last)
        if _continues(chain, first, last, shape):
            return False
        if not shape.joints or shape.masked:
            return not shape.joints
        if said:
            return shape.uniform or shape.spelled or len(shape.joints) < _MOST_GROUPS
        if shape.uniform and shape.spelled and _bracketed(chain, first, last):
            return True
        return self._regular(chain, first, last, shape, sure=sure)

    def _regular(self, chain: Chain, first: int, last: int, shape: _Shape, *, sure: bool) -> bool:
        """Whether, with no word beside it, its groups and joints are those of one number."""
        regular = shape.uniform and (shape.spelled or shape.groups in self._groups)
        regular |= shape.mixed
        if sure:
            few = len(shape.joints) < (2 if shape.may_list else _MOST_GROUPS)
            return regular or few
        return regular and (not shape.may_list or shape.mixed) and not _hangs(chain, first, last)


def _letters_fit(chain: Chain, first: int, last: int, *, said: bool) -> bool:
    """Whether what stands for digits may do so here."""
    kinds, raw = chain.kinds[first:last], chain.raw(first, last)
    letters = [c for c, kind in zip(raw, kinds.tolist(), strict=True) if kind == LIKENESS]
    if letters:
        before = chain.before(first)[-1:]
        if (before.isascii() and before.isalnum()) or len(raw) - len(letters) < len(raw) // 3:
            return False
        behind = chain.behind(last)
        if behind.isascii() and behind.isalpha() and behind not in "Xx":
            return False
        if not said and not _SURE_LETTERS.issuperset(letters):
            return False
        if len(raw) == 18 and uscc_valid(raw.upper()):
            return False
    if _THREE_RINGS.search(raw):
        return bool((kinds == HAN).sum() > sum(c in "○◯" for c in raw))
    return True


def _continues(chain: Chain, first: int, last: int, shape: _Shape) -> bool:
    """Whether the same digits go on before or behind: a slice of something longer."""
    joint = shape.joints[0] if shape.uniform else None
    if joint is not None and first > 0 and chain.joints(first - 1, first + 1)[0] == joint:
        return True
    if last >= len(chain.places):
        return False
    if chain.gaps[last - 1] == 0:
        return True
    return joint is not None and chain.joints(last - 1, last + 1)[0] == joint


def _bracketed(chain: Chain, first: int, last: int) -> bool:
    """Whether the digits fill a bracket behind a word, and are no series: (1、3、8、6 …)."""
    values = chain.values[first:last]
    before = chain.before(first)[-2:]
    behind = chain.behind(last)
    series = bool((np.diff(values) >= 0).all())
    return before[-1:] == "(" and "一" <= before[:1] <= "鿿" and behind == ")" and not series


def _hangs(chain: Chain, first: int, last: int) -> bool:
    """Whether more digits hang on either end by a single sign: a part of a longer code."""
    sides = [chain.text[int(chain.places[first]) - 1]] if first > 0 else []
    if first > 0 and chain.gaps[first - 1] != 1:
        sides = []
    if last < len(chain.places) and chain.gaps[last - 1] == 1:
        sides.append(chain.behind(last))
    return any(side not in _APART for side in sides)


class _IdNumber(Kind):
    """17 digits and a check digit or X."""

    x = True

    @cached_property
    def _today(self) -> date:
        return date.today()

    def survivors(self, chain: Chain, first: Array) -> Array:
        v = chain.values
        first = first[_PROVINCE[v[first] * 10 + v[first + 1]]]
        month = v[first + 10] * 10 + v[first + 11]
        day = v[first + 12] * 10 + v[first + 13]
        century = v[first + 6] * 10 + v[first + 7]
        ok = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
        first = first[ok & ((century == 19) | (century == 20))]
        total = v[first[:, None] + np.arange(17)] @ _WEIGHTS
        check = _CHECKS[total % 11]
        behind = np.minimum(first + 17, len(v) - 1)
        linked = np.concatenate((chain.linked, [False]))[first + 16]
        kept: Array = first[(check < 0) | (linked & (first + 17 < len(v)) & (v[behind] == check))]
        return kept

    def read(self, chain: Chain, first: int) -> tuple[int, str] | None:
        digits = chain.plain(first, first + 17)
        if not plausible_birth(digits[6:14], self._today):
            return None
        last = first + 17
        if _CHECKS[sum(int(d) * int(w) for d, w in zip(digits, _WEIGHTS, strict=True)) % 11] < 0:
            if chain.letter_x(last) < 0:
                return None
            plain = digits + "X"
        else:
            last += 1
            plain = chain.plain(first, last)
        return (last, plain) if self._fits(chain, first, last, sure=True) else None


class _Phone(Kind):
    """1[3-9] and nine digits."""

    def survivors(self, chain: Chain, first: Array) -> Array:
        kept: Array = first[(chain.values[first] == 1) & (chain.values[first + 1] >= 3)]
        return kept

    def read(self, chain: Chain, first: int) -> tuple[int, str] | None:
        last = first + self.size
        fits = self._fits(chain, first, last, sure=False)
        return (last, chain.plain(first, last)) if fits else None


class _Card(Kind):
    """Cards by prefix and Luhn."""

    def survivors(self, chain: Chain, first: Array) -> Array:
        v = chain.values
        first = first[np.isin(v[first], (3, 4, 5, 6, 9))]
        digits = v[first[:, None] + np.arange(self.size)]
        doubled = digits[:, -2::-2] * 2
        doubled = np.where(doubled > 9, doubled - 9, doubled)
        total = digits[:, ::-2].sum(axis=1) + doubled.sum(axis=1)
        kept: Array = first[total % 10 == 0]
        return kept

    def read(self, chain: Chain, first: int) -> tuple[int, str] | None:
        last = first + self.size
        plain = chain.plain(first, last)
        if not luhn_valid(plain) or len(set(plain)) < 4:
            return None
        if not _CARD_PREFIX.match(plain) and not self._says.search(chain.before(first)):
            return None
        return (last, plain) if self._fits(chain, first, last, sure=False) else None


_SAYS_ID = late("身份|证件|证号|户口|公民号")
_SAYS_PHONE = late(
    "手机|电话|联系|致电|拨打|来电|热线|微信|支付宝|号码|短信|[Tt][Ee][Ll]|[Mm]ob|[Pp]hone|PHONE|MOB"
)
_SAYS_CARD = late("卡|账号|帐号|账户|帐户|银行")
KINDS: Sequence[Kind] = (
    _IdNumber(17, _ID_GROUPS, _SAYS_ID),
    *(_Card(size, _CARD_GROUPS, _SAYS_CARD) for size in (19, 16, 18, 17)),
    _Phone(11, _PHONE_GROUPS, _SAYS_PHONE),
)
"""The kinds in the order in which they are tried."""
_SHORTEST, _LONGEST = min(kind.size for kind in KINDS), max(kind.size for kind in KINDS)


def beginnings(chain: Chain, low: int, high: int) -> Array:
    """The digits between the offsets low and high with which a disguised number may begin.

    They stand at a number's edge, enough digits are linked to them, and one of these is disguised,
    or an X may follow that is. Looked at for the longest kind: most texts have no such digit.
    """
    enough = chain.reach >= _SHORTEST
    first, reach = chain.begins[enough], chain.reach[enough]
    hidden = chain.may_hide(first, _LONGEST) if len(first) else enough[:0]
    for kind in KINDS:
        if kind.x:
            hidden = hidden | (reach == kind.size)
    begun: Array = first[hidden]
    return begun[(chain.places[begun] >= low) & (chain.places[begun] < high)]


def windows(
    chain: Chain, kind: Kind, taken: Flags, begins: Array
) -> Iterator[tuple[tuple[int, int], str]]:
    """The disguised numbers of one kind that begin with one of these digits.

    First and last digit of each, and the number written plainly. ``taken`` marks digits that are
    spoken for; those found here are added.
    """
    for first in _begins(chain, kind, begins):
        if taken[first]:
            continue
        found = kind.read(chain, first)
        if found is None or taken[first : found[0]].any():
            continue
        if chain.hides(first, found[0]) or chain.odd_x(found[0], found[1]):
            taken[first : found[0]] = True
            yield (first, found[0]), found[1]


def _begins(chain: Chain, kind: Kind, begins: Array) -> Iterator[int]:
    """Those of these digits with which so many linked ones begin, disguised somewhere."""
    first = begins[chain.reach_of(begins) >= kind.size]
    if not len(first):
        return
    first = first[chain.may_hide(first, kind.size, x=kind.x)]
    for at in range(0, len(first), _CHUNK):
        yield from kind.survivors(chain, first[at : at + _CHUNK]).tolist()
