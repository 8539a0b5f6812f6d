"""Shared by the tests of the recognizers."""

from __future__ import annotations

import pytest

from recognizers.engine import Engine


@pytest.fixture(scope="session")
def engine() -> Engine:
    """All rules; made once."""
    return Engine()
