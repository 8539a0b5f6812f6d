"""An installation and a client for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.api.installation import Installation


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path / "home")
    yield made
    made.screener.gate.set()
    made.repository.close()


@pytest.fixture
def client(installation: Installation) -> Iterator[TestClient]:
    with installation.client() as made:
        yield made
