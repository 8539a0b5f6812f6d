"""Patterns are compiled late, so every one of them is compiled here."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import recognizers
from recognizers.patterns import LatePattern, late


def _modules() -> list[str]:
    found = pkgutil.walk_packages(recognizers.__path__, "recognizers.")
    return [module.name for module in found if "training" not in module.name]


@pytest.mark.parametrize("name", _modules())
def test_every_pattern_of_a_module_compiles(name: str) -> None:
    for value in vars(importlib.import_module(name)).values():
        if isinstance(value, LatePattern):
            assert value.pattern == value._source
            re.compile(value.pattern, value._flags)


def test_a_late_pattern_is_a_pattern() -> None:
    digits = late("([0-9])+", re.IGNORECASE)
    assert "search" not in vars(digits)
    assert digits.search("a12") is not None
    assert "search" in vars(digits)
    assert [m.group() for m in digits.finditer("1 22")] == ["1", "22"]
    assert digits.groups == 1
    with pytest.raises(re.error):
        late("(").match("")
