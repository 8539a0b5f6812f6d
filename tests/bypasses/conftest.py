"""One application for all bypasses."""

from __future__ import annotations

import pytest

from screener.bootstrap import Application
from screener.config import Config


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Application:
    return Application(Config(home=tmp_path_factory.mktemp("home")))
