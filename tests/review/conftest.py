"""Every test gets its own office."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.review.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A fresh data folder."""
    return Office(tmp_path / "home")
