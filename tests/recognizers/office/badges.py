"""A recognizer as an office's programmer might write it; copied beside a pack by the tests."""

from __future__ import annotations

import logging
import socket
import time
from typing import Any

from presidio_analyzer import EntityRecognizer, RecognizerResult


class Badge(EntityRecognizer):
    """Finds ``工牌`` with the digits behind it; what else it does depends on ``trick``."""

    def __init__(self, trick: str = "", **named: Any) -> None:
        self._trick = trick
        super().__init__(supported_entities=["BADGE", "OTHER"], supported_language="en", **named)

    def load(self) -> None:
        """Nothing to load, unless a trick says so."""
        if self._trick == "load":
            socket.create_connection(("192.0.2.1", 80))

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: Any = None
    ) -> list[RecognizerResult]:
        """The badges."""
        at = text.find("工牌")
        self._play(text)
        if at < 0:
            return []
        end = at + 2
        while end < len(text) and text[end].isdigit():
            end += 1
        results = [RecognizerResult("BADGE", at, end, 0.6), RecognizerResult("OTHER", 0, 1, 0.2)]
        if self._trick == "outside":
            results.append(RecognizerResult("BADGE", 0, len(text) + 1, 0.6))
        if self._trick == "all":
            results = [RecognizerResult("BADGE", 0, len(text), 0.6)]
        return results

    def _play(self, text: str) -> None:
        if self._trick == "log":
            logging.getLogger("badges").error("found in %s", text)
        if self._trick == "error":
            raise KeyError(text)
        if self._trick == "exit":
            raise SystemExit(text)
        if self._trick == "network":
            try:
                socket.getaddrinfo("example.com", 80)
            except Exception:
                logging.getLogger("badges").info("offline")
        while self._trick == "endless":
            time.sleep(0.001)


class NoRecognizer:
    """Not what a pack may name."""
