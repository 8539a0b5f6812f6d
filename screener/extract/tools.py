"""Tools beside Python that some readers need: whether they are here, and what installs them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from screener.i18n import _


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that a format needs: ``install`` is the command that brings it."""

    install: str
    available: Callable[[], bool]


def missing(formats_need: tuple[str, ...]) -> list[str]:
    """What is not installed of the tools with these names, in words."""
    told = []
    for name in dict.fromkeys(formats_need):
        tool = _tool(name)
        if not tool.available():
            told.append(_consequence(name).format(command=tool.install))
    return told


def _tool(name: str) -> Tool:
    if name == "ocr":
        ocr = import_module("screener.extract.ocr")
        return Tool(ocr.INSTALL, ocr.available)
    library = import_module("screener.extract.formats.archive.lib")
    return Tool(library.PACKAGE, library.available)


def _consequence(name: str) -> str:
    if name == "ocr":
        return _("Text in pictures and scans is not read: {command}")
    return _("7z and rar archives are not read: {command}")
