"""Word edges by jieba: whether a term that is written inside a run of Han begins or ends a word.

司机密切配合 holds the letters of 机密, but its words are 司机 | 密切. The dictionary costs about a
second, so it is loaded for the first term that could straddle two words and never before.
"""

from __future__ import annotations

import logging
from collections import ChainMap
from functools import cache, lru_cache
from typing import Any

from recognizers.patterns import late

RUN = 24
"""Code points of Han handed over on each side of a term: jieba is quadratic in long runs."""

_HAN_BEFORE = late("[一-鿿㐀-䶿]*\\Z")
_HAN_AFTER = late("[一-鿿㐀-䶿]*")


@cache
def _tokenizer() -> Any:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    # jieba keeps a marshalled cache in the common temporary folder, where anyone could plant one:
    # the dictionary is read afresh instead.
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


@lru_cache(maxsize=64)
def _with_words(dictionary: tuple[str, ...]) -> Any:
    """Jieba with words of an office beside its own; the shared dictionary stays as it is."""
    import jieba

    shared = _tokenizer()
    if not dictionary:
        return shared
    own = jieba.Tokenizer()
    own.FREQ, own.total = ChainMap({}, shared.FREQ), shared.total
    own.initialized = True
    for word in dictionary:
        own.add_word(word)
    return own


def straddled(text: str, start: int, end: int, dictionary: tuple[str, ...] = ()) -> bool:
    """Whether a word of the Han around holds a part of ``text[start:end]`` and something outside.

    So 机密 in 司机密切 is straddled, and 内部 in 公司内部资料 is not, whatever words jieba makes of
    it. ``text`` is Simplified, as in a view. ``dictionary`` are words that jieba does not know.
    Without Han beside the term nothing is loaded.
    """
    before = _HAN_BEFORE.search(text, max(0, start - RUN), start)
    after = _HAN_AFTER.match(text, end, end + RUN)
    head = before.group() if before else ""
    tail = after.group() if after else ""
    if not head and not tail:
        return False
    first, last = len(head), len(head) + end - start
    begin = 0
    for word in _with_words(dictionary).cut(head + text[start:end] + tail, HMM=False):
        finish = begin + len(word)
        if begin < first < finish < last or first < begin < last < finish:
            return True
        begin = finish
    return False
