"""The package of an OFD paper: its parts by every kind of path that programs write."""

from __future__ import annotations

import posixpath

from screener.config import Limits
from screener.extract.package import Node, Package, local
from screener.extract.registry import Unreadable
from screener.i18n import _
from screener.model.document import UnreadReason

_LOCKS = ("encryptions.xml", "decryptseed.dat", "encentries.dat")


class OfdPackage(Package):
    """Parts by name whatever their case; ``read_names`` are those that were asked for."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        super().__init__(data, limits)
        self.read_names: set[str] = set()
        self._by_lower = {_plain(name).lower(): name for name in self.names()}
        entry = min(
            (n for n in self._by_lower if posixpath.basename(n) == "ofd.xml"),
            key=lambda name: name.count("/"),
            default=None,
        )
        if entry is None:
            raise Unreadable(UnreadReason.CORRUPT, _("the package has no list of parts"))
        self.entry = self._by_lower[entry]
        self.root = posixpath.dirname(_plain(self.entry))
        if any(posixpath.basename(name) in _LOCKS for name in self._by_lower):
            raise Unreadable(UnreadReason.ENCRYPTED, _("protected by a password"))

    def _read_types(self) -> None:
        """An OFD package has no list of content types."""

    def find(self, path: str, *bases: str) -> str | None:
        """The part that a path means, seen from one of some folders; None when there is none.

        An absolute path begins at the package's root; programs also write such paths without the
        slash, with backslashes, or in another case.
        """
        path = _plain(path.strip())
        tries = [posixpath.join(base, path.lstrip("/")) for base in (*bases, self.root, "")]
        if path.startswith("/"):
            tries = tries[::-1]
        for candidate in tries:
            name = self._by_lower.get(posixpath.normpath(candidate).lstrip("/").lower())
            if name is not None:
                return name
        return None

    def tree(self, name: str) -> Node:
        """The root of a part, which then counts as read."""
        self.read_names.add(name)
        return self.xml(name)


def _plain(path: str) -> str:
    return path.replace("\\", "/")


def folder(name: str) -> str:
    """The folder of a part."""
    return posixpath.dirname(_plain(name))


def child(node: Node, *names: str) -> Node | None:
    """The node down a path of local names, or None."""
    for name in names:
        node = next((below for below in node if local(below) == name), None)
        if node is None:
            return None
    return node


def children(node: Node | None, name: str) -> list[Node]:
    """All children of a local name."""
    return [] if node is None else [below for below in node if local(below) == name]


def words(node: Node | None) -> str:
    """The text directly in a node, without surrounding space."""
    return (node.text or "").strip() if node is not None else ""
