"""What all office packages share: properties, pictures, embedded files, macros, loose XML parts."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator

from screener.extract import compound
from screener.extract.blobs import read_blobs
from screener.extract.builder import DocumentBuilder
from screener.extract.compound_open import COMPOUND, opened
from screener.extract.inside import read_inside
from screener.extract.macros import add_macros
from screener.extract.package import (
    Node,
    Package,
    Relationship,
    attribute,
    local,
    readable_type,
    texts,
)
from screener.extract.registry import ReadContext, Unreadable
from screener.extract.strings import runs_of_digits, words
from screener.i18n import _
from screener.model.document import SegmentKind, UnreadReason
from screener.model.place import Property

_CORE = "vnd.openxmlformats-package.core-properties"
_EXTENDED = "officedocument.extended-properties"
_CUSTOM = "officedocument.custom-properties"
_SILENT = frozenset(
    (
        *("theme", "fontTable", "webSettings", "calcChain", "tableStyles", "relationships"),
        *("stylesWithEffects", "customXmlProperties"),
    )
)
"""Parts that only describe looks or the order of calculation."""
_NOT_TEXT = frozenset(
    (
        *("TotalTime", "Pages", "Words", "Characters", "Lines", "Paragraphs", "DocSecurity"),
        *("AppVersion", "ScaleCrop", "LinksUpToDate", "CharactersWithSpaces", "SharedDoc"),
        *("HyperlinksChanged", "revision", "Application", "HeadingPairs", "Template"),
    )
)
_WORDS_ONLY = ("printerSettings", "vbaProjectSignature")
"""Parts of other programs' bytes that a person fills in a word at most."""

_PARAGRAPHS = ("p", "si")
"""Elements whose pieces (runs) a person sees as one line, in all kinds of office XML."""

_LONG_OR_WORDS = re.compile("[\u4e00-\u9fff@]|(?<![0-9.])[0-9]{11}")
"""What attributes of a part with a reader of its own must hold to be looked at: measures and
identifiers of the format have up to ten digits.
"""
_MAY_SPEAK = re.compile(
    rb"""=[ \t\r\n]*(?:"[^"<]*?(?:[@&\x80-\xff]|[0-9]{11})|'[^'<]*?(?:[@&\x80-\xff]|[0-9]{11}))"""
)
"""An attribute, as it is written in a part, that may hold one of these."""
_FONTS = frozenset(("rFonts", "font", "latin", "ea", "cs", "sym", "altName", "buFont"))
"""Elements that name fonts (方正小标宋简体): words, but nobody's."""
_MEASURES = ("}transform", "}enhanced-path", "}viewBox", "}d", "}points", "path", "coordsize")
"""Attributes that hold places and sizes, a number after the other."""
_LONG_NUMBER = re.compile("[0-9]{7}|@")
_SEVEN_DIGITS = re.compile("(?:[^0-9]*[0-9]){7}")
_IDENTIFIERS = re.compile(r"[({]?[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}[)}]?", re.IGNORECASE)


def is_properties(kind: str) -> bool:
    """Whether a part holds properties of the file."""
    return any(word in kind for word in (_CORE, _EXTENDED, _CUSTOM))


def read_properties(package: Package, builder: DocumentBuilder) -> dict[str, str]:
    """Add core, extended and custom properties as metadata; returns the core ones by name."""
    core: dict[str, str] = {}
    for name in package.names():
        kind = package.content_type(name)
        if not is_properties(kind):
            continue
        root = safe_root(package, builder, name)
        if root is None:
            continue
        for entry in root:
            label = local(entry)
            if not label or label in _NOT_TEXT:
                continue
            label = entry.get("name") or label
            text = "\n".join(texts(entry))
            if text:
                builder.add(text, SegmentKind.METADATA, Property(label), visible=False)
                if _CORE in kind:
                    core.setdefault(label, text)
    return core


def report_unread(
    package: Package,
    builder: DocumentBuilder,
    context: ReadContext,
    done: Collection[str] = (),
) -> None:
    """Read pictures, embedded files, macros and what XML parts hold as bytes by their own format.

    Parts in ``done`` were read already.
    """
    read_blobs(package, builder, context)
    for name in package.names():
        kind = package.content_type(name)
        base = posixpath.basename(name)
        if name in done or kind.endswith("xml") or name.endswith((".xml", ".rels", ".vml")):
            continue
        if "obfuscatedFont" in kind:
            continue
        if any(word in kind or word in base for word in _WORDS_ONLY):
            _read_words(package, builder, name)
        elif "vbaProject" in kind or "vbaProject" in base:
            _read_macros(package, builder, context, name)
        else:
            _read_embedded(package, builder, context, name)


def _read_words(package: Package, builder: DocumentBuilder, name: str) -> None:
    """What bytes of a program (settings of a printer, a signature's certificate) say in words."""
    try:
        found = words(package.read(name))
    except Unreadable as problem:
        builder.unread(_("part {part}").format(part=name), problem.reason, problem.detail)
        return
    said = builder.text if found else ""
    for text in found:
        if text not in said:
            builder.add(text, SegmentKind.HIDDEN, Property(name), visible=False)


def _read_macros(
    package: Package, builder: DocumentBuilder, context: ReadContext, name: str
) -> None:
    what = _("macros {name}").format(name=posixpath.basename(name))
    try:
        streams = opened(package.read(name))
    except Unreadable as problem:
        builder.unread(what, problem.reason, problem.detail, key=name)
        return
    with streams:
        add_macros(streams, builder, context.limits.file_bytes)
        compound.left_behind(streams, builder)


def _read_embedded(
    package: Package, builder: DocumentBuilder, context: ReadContext, name: str
) -> None:
    base = posixpath.basename(name)
    try:
        content = package.read(name)
    except Unreadable as problem:
        what = _("embedded file {name}").format(name=base)
        builder.unread(what, problem.reason, problem.detail, key=name)
    else:
        is_control = "activeX" in package.content_type(name) or "activeX" in name
        if is_control and not content.startswith(COMPOUND):
            _read_words(package, builder, name)
        else:
            read_inside(builder, context, content, base)


def read_loose(package: Package, builder: DocumentBuilder, name: str) -> None:
    """Add every text of an XML part that has no reader of its own, as hidden."""
    kind = package.content_type(name)
    if readable_type(kind) in _SILENT or name.endswith(".rels"):
        return
    is_drawing = name.endswith(".vml")
    root = safe_root(package, builder, name, recover=is_drawing)
    if root is None:
        return
    for text in said_in(root):
        if is_drawing and not _says_something(text):
            continue  # old drawings are full of measures
        builder.add(text, SegmentKind.HIDDEN, Property(name), visible=False)


def said_in(root: Node) -> list[str]:
    """Every text of a part in order, then what its attributes say; each once."""
    return list(dict.fromkeys((*_said(root), *_spoken(root))))


def _said(root: Node) -> Iterator[str]:
    """Every text of a part in order; what stands in pieces inside one paragraph is one text."""
    joined: set[Node] = set()
    for node in root.iter():
        if node in joined or not isinstance(node.tag, str):
            continue
        text = node.text or ""
        if local(node) in _PARAGRAPHS:
            joined.update(node.iter())
            text = "".join(node.itertext())
        yield from filter(None, (text.strip(), (node.tail or "").strip()))


def _spoken(root: Node) -> list[str]:
    """Attribute values that people may have written: with Han characters or long digits."""
    return [
        str(value)
        for node in root.iter()
        if isinstance(node.tag, str)
        for key, value in node.attrib.items()
        if not str(key).rpartition("}")[2].startswith(("rsid", "paraId", "textId", "spid"))
        and not _IDENTIFIERS.fullmatch(str(value))
        and _says_something(str(value))
        and not (local(node) in _FONTS and not _LONG_NUMBER.search(str(value)))
        and not (str(key).endswith(_MEASURES) and not _LONG_OR_WORDS.search(str(value)))
    ]


def _says_something(value: str) -> bool:
    if value.isascii():
        return "@" in value or _SEVEN_DIGITS.match(value) is not None
    return (
        any("\u4e00" <= c <= "\u9fff" for c in value)
        or sum(map(str.isdigit, value)) >= 7
        or "@" in value
    )


def add_spoken(package: Package, builder: DocumentBuilder, name: str) -> None:
    """Add what attributes of a part that was read say beside its text: default texts of forms,
    names of bookmarks, data bindings, whatever else may hold words or long numbers.
    """
    if may_speak(package, name) and (root := safe_root(package, builder, name)) is not None:
        add_spoken_in(root, builder, name)


def may_speak(package: Package, name: str) -> bool:
    """Whether attributes of a part may say something: told from its bytes, since most say nothing
    and walking over all of them takes longer than all the rest of reading it.
    """
    try:
        content = package.read(name)
    except Unreadable:
        return True
    if b"\0" in content[:256]:  # two bytes a character
        return True
    if content.isascii() and b"@" not in content and b"&" not in content:
        return next(runs_of_digits(content, 11), None) is not None
    return _MAY_SPEAK.search(content) is not None


def add_spoken_in(root: Node, builder: DocumentBuilder, name: str) -> None:
    """The same for a tree of the part with this name."""
    found = dict.fromkeys(value for value in _spoken(root) if _LONG_OR_WORDS.search(value))
    said = builder.text if found else ""
    for value in found:
        if value not in said:
            builder.add(value, SegmentKind.HIDDEN, Property(name), visible=False)


def safe_links(package: Package, builder: DocumentBuilder, name: str) -> list[Relationship]:
    """The links of a part, or none with an Unread naming the part."""
    try:
        return package.relationships(name)
    except Unreadable as problem:
        builder.unread(_("part {part}").format(part=name), problem.reason, problem.detail)
        return []


def add_links(package: Package, builder: DocumentBuilder, name: str) -> None:
    """Add the targets outside the package that a part links to; nothing is fetched."""
    for link in safe_links(package, builder, name):
        if link.external and link.target:
            builder.add(link.target, SegmentKind.HIDDEN, Property(link.kind), visible=False)
            if link.kind in ("oleObject", "externalLinkPath", "frame", "subDocument", "image"):
                what = _("linked file ({kind})").format(kind=link.kind)
                detail = _("it lies outside this file and is not fetched")
                builder.unread(what, UnreadReason.EXTERNAL, detail, key=f"{name} {link.id}")


def safe_root(
    package: Package, builder: DocumentBuilder, name: str, *, recover: bool = False
) -> Node | None:
    """The root of a part, or None with an Unread naming the part."""
    try:
        return package.xml(name, recover=recover)
    except Unreadable as problem:
        builder.unread(_("part {part}").format(part=name), problem.reason, problem.detail)
        return None


def on(element: Node, child: str) -> bool:
    """Whether an on/off property (``<w:vanish/>``, ``w:val="0"`` means off) is set."""
    for node in element:
        if local(node) == child:
            return (attribute(node, "val") or "1").lower() not in ("0", "false", "off", "none")
    return False
