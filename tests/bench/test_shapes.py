"""The stock engine is measured with a shape for every rule of ours."""

from __future__ import annotations

import re

from recognizers.catalogue import load
from tests.bench.shapes import PATTERNS
from tests.bench.throughput import ENTITIES_LEFT_OUT


def test_every_entity_has_a_shape_that_compiles() -> None:
    entities = {rule.entity for rule in load().rules.values()} - ENTITIES_LEFT_OUT
    assert entities == set(PATTERNS)
    for patterns in PATTERNS.values():
        for pattern in patterns:
            assert not re.search(pattern, "")
