"""An installation for tests: real books, blobs, review and release over a fast screener."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

from fastapi.testclient import TestClient

from api.app import create_app
from screener.config import Config, Limits, Service
from screener.model.finding import Screening
from screener.redact.plan import plan
from screener.redact.redactor import DocumentRedactor
from screener.release.desk import ReleaseDesk
from screener.report.wire import screening_to_json
from screener.review.queue import ReviewQueue
from screener.store.blobs import BlobFolder
from screener.store.repository import Repository
from screener.store.site_key import load_site_key
from tests.number_screener import NumberScreener

if TYPE_CHECKING:
    from screener.bootstrap import Application

KEY = "a-key-for-tests-only"
OTHER_KEY = "another-key-for-tests"
FILE_LIMIT = 600_000


class SlowScreener(NumberScreener):
    """Waits where a test tells it to, and fails where a test tells it to."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Event()
        self.fault: Exception | None = None

    def screen_bytes(self, data: bytes, name: str, origin: str = "") -> Screening:
        self.entered.set()
        assert self.gate.wait(20)
        if self.fault is not None:
            raise self.fault
        return super().screen_bytes(data, name, origin)


class Installation:
    """What ``Application`` is to the service, built by hand."""

    def __init__(self, home: Path, keys: tuple[str, ...] = (KEY, OTHER_KEY)) -> None:
        limits = replace(Limits(), file_bytes=FILE_LIMIT)
        self.config = Config(home=home, limits=limits, service=Service(api_keys=keys))
        self.screener = SlowScreener(limits)
        key = load_site_key(self.config)
        self.site_key = key
        self.repository = Repository(self.config.database, key)
        self.blobs = BlobFolder(self.config.blobs)
        self.queue = ReviewQueue(
            self.repository,
            self.blobs,
            self.screener,
            ReleaseDesk(self.screener, DocumentRedactor(), key, plan),
            to_wire=lambda screening, name: screening_to_json(screening, path=name),
        )

    @property
    def application(self) -> Application:
        return cast("Application", self)

    def client(self, **headers: str) -> TestClient:
        """A client with a key; errors of the service come as answers, as for any caller."""
        return TestClient(
            create_app(self.application),
            headers={"Authorization": f"Bearer {KEY}", **headers},
            raise_server_exceptions=False,
        )


def person(name: str) -> dict[str, str]:
    """The header that names who acts."""
    return {"Screener-Actor": quote(name)}


def upload(data: bytes | str, name: str = "通知.txt") -> dict[str, Any]:
    """The ``files`` of a form with one file."""
    return {"file": (name, data.encode() if isinstance(data, str) else data)}


Form = dict[str, str]
FORM: Form = {"unit": "民政局", "title": "临时救助公示"}
Post = Callable[..., Any]
