"""Turns typed words into values of the few plain types our commands take.

typer does this with pydantic, whose import costs a fifth of a CPU-second on every call: too much
for ``queue`` and ``verify``. What is not one of the plain types stays with typer.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

import typer

PLAIN: tuple[type, ...] = (str, int, bool, Path)


class Coercion:
    """What typer asks of a parameter's type: ``coerce``."""

    def __init__(self, kind: Callable[[Any], Any]) -> None:
        self._kind = kind

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value, or several for a parameter that takes several. Raises typer.BadParameter."""
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        try:
            return [self._one(v, param) for v in value] if several else self._one(value, param)
        except ValueError as error:
            raise typer.BadParameter("", ctx=ctx, param=param) from error

    def _one(self, value: Any, param: Any) -> Any:
        made = self._kind(value)
        least, most = getattr(param, "min", None), getattr(param, "max", None)
        if (least is not None and made < least) or (most is not None and made > most):
            raise ValueError
        return made


def lighten(params: list[Any]) -> list[Any]:
    """The parameters, each one of a plain type with a coercion of ours."""
    for param in params:
        descriptor = getattr(param, "type_descriptor", None)  # a typer without it needs no help
        kind = _plain(descriptor.annotation) if descriptor is not None else None
        if kind is not None:
            coercion = Coercion(kind)
            param.get_runtime_param = lambda coercion=coercion: coercion
    return params


def _plain(annotation: Any) -> Callable[[Any], Any] | None:
    """The one plain type in an annotation like ``list[str] | None``, or None."""
    if get_origin(annotation) in (list, Union, UnionType):
        kinds = [part for part in get_args(annotation) if part is not type(None)]
        return _plain(kinds[0]) if len(kinds) == 1 else None
    if annotation in PLAIN or (isinstance(annotation, type) and issubclass(annotation, Enum)):
        kind: Callable[[Any], Any] = annotation
        return kind
    return None
