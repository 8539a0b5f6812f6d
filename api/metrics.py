"""Counters for operators, in the Prometheus text format. Codes and numbers only, never a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

CONTENT_TYPE = CONTENT_TYPE_LATEST
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_SECONDS = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0)


class Metrics:
    """The counters of one app."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "screener_requests",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "screener_request_seconds",
            "Time to answer.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._screenings = Counter(
            "screener_screenings", "Files screened.", ("verdict",), registry=self._registry
        )
        self._findings = Counter(
            "screener_findings", "Findings.", ("entity", "level"), registry=self._registry
        )
        self._unread = Counter(
            "screener_unread", "Parts that were not read.", ("reason",), registry=self._registry
        )
        self.running = Gauge(
            "screener_running", "Heavy jobs running or waiting.", registry=self._registry
        )

    def request(self, method: str, route: str, status: int, seconds: float) -> str:
        """Count a request; returns the method under which it was counted."""
        counted = method if method in _METHODS else "OTHER"  # callers make methods up
        self._requests.labels(counted, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)
        return counted

    def screening(self, screening: Mapping[str, Any]) -> None:
        """Count a screening by the wire JSON of a scan."""
        self._screenings.labels(screening["verdict"]).inc()
        for finding in screening["findings"]:
            self._findings.labels(finding["entity"], finding["level"]).inc()
        for part in screening["unread"]:
            self._unread.labels(part["reason"]).inc()

    def text(self) -> bytes:
        """The exposition."""
        return generate_latest(self._registry)
