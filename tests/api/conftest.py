"""One installation for all tests of the service: the real parts over a temporary data folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from screener.bootstrap import Application
from screener.config import Config, Limits, Service

KEY = "a-key-for-tests-only"
OTHER_KEY = "another-key-for-tests"
FILE_LIMIT = 600_000


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    return Config(
        home=tmp_path_factory.mktemp("service") / "home",
        limits=replace(Limits(), file_bytes=FILE_LIMIT),
        service=Service(api_keys=(KEY, OTHER_KEY)),
    )


@pytest.fixture(scope="session")
def application(config: Config) -> Application:
    return Application(config)


@pytest.fixture
def fresh(application: Application, tmp_path: Path) -> Application:
    """Another installation with empty books; the loaded rules are shared, for they are slow."""
    made = Application(replace(application.config, home=tmp_path / "home"))
    made.__dict__["screener"] = application.screener
    return made


@pytest.fixture(scope="session")
def client(application: Application) -> Iterator[TestClient]:
    with TestClient(
        create_app(application),
        headers={"Authorization": f"Bearer {KEY}"},
        raise_server_exceptions=False,
    ) as made:
        yield made
