"""A tree being read: asks for what must be there and tells the place of what is not."""

from __future__ import annotations

from collections.abc import Sequence as Many
from difflib import get_close_matches

from recognizers.catalogue import folded_lines
from recognizers.office.problems import PackProblem, Place
from recognizers.office.texts import folded
from recognizers.office.tree import Mapping, Node, Scalar, Sequence

_LIST_MARKS = "，、；"
_QUOTES = {"“": "”", "‘": "’", "「": "」", '"': '"', "'": "'"}
_CHINESE_KEYS = {
    "名称": "title", "标题": "title", "规则": "rules", "规则包": "pack", "包名": "pack",
    "词语": "terms", "词": "terms", "关键词": "terms", "关键字": "terms", "敏感词": "terms",
    "正则": "patterns", "表达式": "patterns", "写法": "patterns", "模式": "patterns",
    "列": "columns", "表头": "columns", "列名": "columns", "排除": "exclusions",
    "例外": "exclusions", "级别": "level", "等级": "level", "建议": "advice", "处理建议": "advice",
    "依据": "basis", "说明": "what", "正例": "hits", "命中": "hits", "反例": "misses",
    "不命中": "misses", "词典": "words", "附近": "near", "理由": "reason", "严重程度": "severity",
}  # fmt: skip
_CHINESE_VALUES = {
    "提示": "note", "备注": "note", "审查": "review", "需审查": "review", "人工审查": "review",
    "禁止": "block", "禁止发布": "block", "阻断": "block",
    "低": "low", "中": "medium", "高": "high", "严重": "critical",
}  # fmt: skip


class Reading:
    """A node with the questions a reader asks."""

    def __init__(self, node: Node) -> None:
        self._node = node

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self._node.place

    @property
    def node(self) -> Node:
        """The plain tree."""
        return self._node

    @property
    def is_mapping(self) -> bool:
        """Whether keys with values stand here."""
        return isinstance(self._node, Mapping)

    def _mapping(self) -> Mapping:
        if isinstance(self._node, Mapping):
            return self._node
        if isinstance(self._node, Scalar) and ("：" in self._node.text or ":" in self._node.text):
            raise PackProblem("no_space", self.place)
        raise PackProblem("want_mapping", self.place)

    def __contains__(self, key: str) -> bool:
        return self._mapping().get(key) is not None

    def __getitem__(self, key: str) -> Reading:
        value = self._mapping().get(key)
        if value is None:
            chinese = next((word for word, known in _CHINESE_KEYS.items() if known == key), "")
            gloss = f"（{chinese}）" if chinese else ""
            raise PackProblem("missing_key", self.place, key=key, gloss=gloss)
        return Reading(value)

    def entries(self) -> list[tuple[str, Place, Reading]]:
        """Keys, their places and values."""
        return [(e.key, e.place, Reading(e.value)) for e in self._mapping().entries]

    def only(self, *known: str) -> None:
        """Refuse keys that are not known, with the nearest one that is."""
        for entry in self._mapping().entries:
            if entry.key in known:
                continue
            key = entry.key.strip()
            if "：" in key:
                raise PackProblem("wide_colon", entry.place)
            near = _CHINESE_KEYS.get(key)
            nearest = [near] if near in known else get_close_matches(key.lower(), known, 1)
            if nearest:
                raise PackProblem("key_near", entry.place, key=key, near=nearest[0])
            raise PackProblem("key_unknown", entry.place, key=key, known=", ".join(known))

    def items(self) -> list[Reading]:
        """The items of a list."""
        if isinstance(self._node, Sequence):
            return [Reading(item) for item in self._node.items]
        if isinstance(self._node, Scalar) and not self._node.text:
            return []
        raise PackProblem("want_list", self.place)

    def list(self, key: str) -> list[Reading]:
        """The items under a key that need not be there. A list that is there is not empty."""
        if key not in self:
            return []
        items = self[key].items()
        if not items:
            raise PackProblem("empty_list", self[key].place, key=key)
        return items

    def raw_text(self) -> str | None:
        """The text as written, or None when it is no text."""
        return self._node.text if isinstance(self._node, Scalar) else None

    def text(self) -> str:
        """A text that is not empty."""
        if isinstance(self._node, Scalar):
            if self._node.text.strip():
                return self._node.text.strip(" ") if not self._node.quoted else self._node.text
            raise PackProblem("empty_text", self.place)
        raise PackProblem("want_text", self.place)

    def word(self) -> str:
        """A word as texts are searched for it. Quotation marks and lists in it are mistakes."""
        text = self.text()
        if text[0] in _QUOTES and text[-1] == _QUOTES[text[0]] and len(text) > 1:
            raise PackProblem("quoted_word", self.place, word=text)
        if any(mark in text for mark in _LIST_MARKS) and not self._quoted:
            raise PackProblem("joined_words", self.place, word=text)
        if "\n" in text:
            raise PackProblem("word_of_lines", self.place)
        return folded(text)

    @property
    def _quoted(self) -> bool:
        return isinstance(self._node, Scalar) and self._node.quoted

    def texts(self) -> dict[str, str]:
        """Chinese and English; one text stands for both."""
        if isinstance(self._node, Scalar):
            text = folded_lines(self.text())
            return {"zh": text, "en": text}
        self.only("zh", "en")
        zh = folded_lines(self["zh"].text())
        return {"zh": zh, "en": self["en"].text() if "en" in self else zh}

    def yes(self) -> bool:
        """``true`` or ``false``."""
        text = self.text().lower()
        if text not in ("true", "false"):
            raise PackProblem("want_yes", self.place, value=text)
        return text == "true"

    def one_of(self, known: Many[str]) -> str:
        """One of these words."""
        text = self.text()
        if text in known:
            return text
        near = _CHINESE_VALUES.get(text)
        nearest = [near] if near in known else get_close_matches(text, known, 1)
        if nearest:
            raise PackProblem("value_near", self.place, value=text, near=nearest[0])
        shown = ", ".join(known[:12]) + ("…" if len(known) > 12 else "")
        raise PackProblem("value_unknown", self.place, value=text, known=shown)
