"""What a page's own style sheets and attributes say about its elements (CSS 2.2, CSS Cascade 5).

Only what stands in the page is known: sheets on a server are never fetched. Of two rules the one
with the more specific selector holds, else the later; a style attribute holds over both,
``!important`` over all. Rules for other screens than an office's are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from lxml import etree

from screener.extract.formats.html.media import applies
from screener.extract.package import Node

MOST_RULES = 2000
"""Rules of a page's sheets that are looked at; a page with more says nothing by hiding this way."""
MOST_CHOSEN = 1_000_000
"""Elements that the rules of a page may choose, one counted as often as it is chosen."""
MOST_SHEET = 400_000
"""Characters of style sheets that are parsed."""
_WORTH = re.compile(
    "display|visibility|opacity|color|background|font|text-indent|left|top|right|clip|height|width"
    "|transform|content-visibility|filter|scale|zoom|mask|size|text-security|inset|translate|spacing|--|\\\\",
    re.IGNORECASE,
)
_FLEETING = re.compile(":(?:hover|focus|active|target|visited)")
"""What holds only under the pointer."""
_BESIDE = ("before", "after")
"""What a sheet draws within an element, before or after its words (CSS Pseudo-Elements 4)."""
_ESCAPE = re.compile(r"\\([0-9A-Fa-f]{1,6})[ ]?")
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_VARIABLE = re.compile(r"var\(\s*(--[^\s,()]+)\s*(?:,([^()]*))?\)")
_DEEPEST_VARIABLE = 4
_IMPORTANT = "!important"
_TELLING = frozenset(
    (
        *("display", "visibility", "opacity", "color", "background", "background-color", "font"),
        *("font-size", "text-indent", "left", "top", "right", "bottom", "clip", "clip-path"),
        *("height", "width", "max-height", "max-width", "block-size", "inline-size", "transform"),
        *("margin-left", "margin-top", "position", "overflow", "content-visibility", "filter"),
        *("background-image", "scale", "zoom", "line-height", "-webkit-text-fill-color"),
        *("-webkit-text-security", "direction", "unicode-bidi", "inset", "translate", "z-index"),
        *("letter-spacing", "mask", "mask-image", "backface-visibility", "content"),
    )
)
_DRAWN_FAR = re.compile("-[0-9]{3,}")
_DRAWN = ("opacity", "visibility", "display", "font-size")
"""Properties that drawn text may have as attributes (SVG 2)."""

_UNDRAWN = frozenset(
    (
        *("desc", "metadata", "defs", "progress", "meter", "video", "audio", "canvas", "object"),
        *("datalist", "rp"),
    )
)
"""Elements whose words are for programs, or for old browsers that do not know the element."""
_OWN_LOOKS = _UNDRAWN | {"dialog", "details", "summary", "title"}

Declarations = dict[str, str]
"""Properties of a style by name, in small letters."""


def declarations(style: str) -> tuple[Declarations, Declarations]:
    """The properties of a style, those marked important apart; of two of one name the last."""
    found: Declarations = {}
    important: Declarations = {}
    plain = _ESCAPE.sub(_unescaped, _REMARK.sub("", style)) if "\\" in style else style
    for part in _REMARK.sub("", plain).split(";"):
        name, colon, value = part.partition(":")
        if not colon:
            continue
        value = " ".join(value.lower().split())
        strong = value.endswith(_IMPORTANT) or value.endswith("! important")
        value = value.partition("!")[0].strip() if strong else value
        (important if strong else found)[name.strip().lower()] = value
    return found, important


def _unescaped(found: re.Match[str]) -> str:
    code = int(found.group(1), 16)
    return chr(code) if 0 < code < 0xD800 else "\ufffd"


class Sheets:
    """What the style sheets of one page say about its elements."""

    def __init__(self, root: Node) -> None:
        self._said: dict[Node, _Told] = {}
        self._strong: dict[Node, _Told] = {}
        self.beside: dict[Node, Declarations] = {}
        self._variables: Declarations = {}
        self._chosen = 0
        text = "\n".join("".join(node.itertext()) for node in root.iter("style"))[:MOST_SHEET]
        if not _WORTH.search(text):
            return
        for selector, (said, strong) in _rules(text):
            self._variables.update({k: v for k, v in {**said, **strong}.items() if k[:2] == "--"})
            if (said.keys() | strong.keys()) & _TELLING and self._chosen < MOST_CHOSEN:
                self._keep(root, selector, said, strong)

    def _keep(self, root: Node, rule: str, said: Declarations, strong: Declarations) -> None:
        for weight, beside, nodes in _chosen(root, rule):
            self._chosen += len(nodes)
            for node in nodes:
                if beside:
                    self.beside.setdefault(node, {}).update(said | strong)
                    continue
                for kept, told in ((self._said, said), (self._strong, strong)):
                    if told:
                        kept.setdefault(node, []).append((weight, told))

    def placed(self) -> set[Node]:
        """The elements that a sheet may place over others."""
        return {
            node
            for kept in (self._said, self._strong)
            for node, told in kept.items()
            if any("position" in said for _weight, said in told)
        }

    def of(self, node: Node) -> Declarations:
        """All that sheets, old attributes and its own style say about an element."""
        said = _merged(self._said.get(node))
        if node.attrib or node.tag in _OWN_LOOKS:
            said = _old_attributes(node) | said
            if _is_closed(node):
                said["display"] = "none"
            elif node.tag in ("details", "summary"):
                folded = node.tag == "details" and "open" not in node.attrib
                said.setdefault("visibility", "hidden" if folded else "visible")
            weak, strong = declarations(str(node.get("style", "")))
            said |= weak | _merged(self._strong.get(node)) | strong
        else:
            said |= _merged(self._strong.get(node))
        if any("var(" in value for value in said.values()):
            known = self._variables | {k: v for k, v in said.items() if k[:2] == "--"}
            said = {name: _filled(value, known) for name, value in said.items()}
        return said


_Told = list[tuple[tuple[int, int, int], Declarations]]


def _merged(told: _Told | None) -> Declarations:
    """What rules say of one element, the most specific last; of equal ones the last holds."""
    if not told:
        return {}
    merged: Declarations = {}
    for _weight, said in sorted(told, key=itemgetter(0)):
        merged |= said
    return merged


def _is_closed(node: Node) -> bool:
    """Whether an element does not show before a script or a button opens it."""
    if "hidden" in node.attrib or "popover" in node.attrib:
        return True
    if node.tag == "input" and str(node.get("type", "")).lower() == "hidden":
        return True
    if node.tag in _UNDRAWN:
        return True
    if node.tag == "title":
        return next(node.iterancestors("svg"), None) is not None
    return bool(node.tag == "dialog" and "open" not in node.attrib)


def _old_attributes(node: Node) -> Declarations:
    """What attributes say that CSS took the place of, and those of drawn text."""
    said: Declarations = {}
    if ground := node.get("bgcolor"):
        said["background-color"] = str(ground).lower()
    if letters := (node.get("color") if node.tag == "font" else node.get("text")):
        said["color"] = str(letters).lower()
    if node.tag in ("text", "tspan", "g", "svg"):
        said |= {name: str(node.get(name)).lower() for name in _DRAWN if node.get(name)}
        letters = str(node.get("fill", "")).lower()
        if letters == "none" and not node.get("stroke"):
            said["color"] = "transparent"
        elif letters not in ("", "none", "transparent"):  # outlines, words over a picture of them
            said["color"] = letters
        if node.get("fill-opacity"):
            said["opacity"] = str(node.get("fill-opacity"))
        if _DRAWN_FAR.match(str(node.get("x", ""))) and not _has_view(node):
            said["translate"] = "-999em"
    if node.tag == "bdo" and str(node.get("dir", "")).lower() == "rtl":
        said |= {"direction": "rtl", "unicode-bidi": "bidi-override"}
    return said


def _has_view(node: Node) -> bool:
    """Whether a drawing has a coordinate system of its own, so that no place is far."""
    return any(
        "viewbox" in map(str.lower, map(str, svg.attrib)) for svg in node.iterancestors("svg")
    )


def _filled(value: str, known: Declarations) -> str:
    """A value with its variables put in (CSS Custom Properties 1)."""
    for _depth in range(_DEEPEST_VARIABLE):
        if "var(" not in value:
            break
        value = _VARIABLE.sub(lambda found: known.get(found[1], found[2] or ""), value)[:1000]
    return value.strip()


Said = tuple[Declarations, Declarations]


def _rules(text: str) -> Iterator[tuple[str, Said]]:
    """Selectors with what they say, media queries for a screen and nested rules looked into."""
    import tinycss2

    parsed: list[Any] = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    waiting: list[tuple[Any, str]] = [(rule, "") for rule in reversed(parsed)]
    seen = 0
    while waiting and seen < MOST_RULES:
        rule, outer = waiting.pop()
        seen += 1
        if rule.type == "at-rule" and rule.content is not None:
            query = tinycss2.serialize(rule.prelude).lower()
            known = ("media", "supports", "layer", "container", "scope")
            fitting = rule.lower_at_keyword != "media" or applies(query)
            if rule.lower_at_keyword in known and fitting:
                inner = tinycss2.parse_rule_list(rule.content, True, True)
                waiting.extend((part, outer) for part in reversed(inner))
        elif rule.type == "qualified-rule":
            selector = _inside(tinycss2.serialize(rule.prelude).strip(), outer)
            content = rule.content
            if any(token.type == "{} block" for token in content):
                parts: list[Any] = tinycss2.parse_blocks_contents(content, True, True)
                nested = [part for part in parts if part.type in ("qualified-rule", "at-rule")]
                waiting.extend((part, selector) for part in reversed(nested))
                content = [part for part in parts if part.type == "declaration"]
                yield selector, declarations(";".join(part.serialize() for part in content))
            else:
                yield selector, declarations(tinycss2.serialize(content))


def _inside(selector: str, outer: str) -> str:
    """The selector of a rule within another (CSS Nesting 1); lists are taken apart."""
    if not outer:
        return selector
    return ",".join(
        one.replace("&", above) if "&" in one else f"{above} {one}"
        for one in map(str.strip, selector.split(","))
        for above in map(str.strip, outer.split(","))
    )[:1000]


def _chosen(root: Node, rule: str) -> Iterator[tuple[tuple[int, int, int], bool, list[Node]]]:
    """The elements that each selector of a rule means, with its weight, and whether it means what
    is drawn beside their words; none where it is not understood or depends on the pointer.
    """
    from cssselect import HTMLTranslator, SelectorError, parse

    if ":" in rule and _FLEETING.search(rule):
        return
    try:
        for selector in parse(rule):
            beside = selector.pseudo_element in _BESIDE
            if selector.pseudo_element is None or beside:
                found: Any = root.xpath(HTMLTranslator().selector_to_xpath(selector))
                yield selector.specificity(), beside, list(found)
    except (SelectorError, ValueError, etree.XPathError):
        return
