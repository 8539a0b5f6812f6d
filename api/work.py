"""What routes share: the parts of the installation, and threads for whatever takes time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, TypeVar

import anyio
import anyio.to_thread
from fastapi import Depends
from starlette.requests import Request

from api.idempotency import Replays
from api.metrics import Metrics
from api.problems import log_fault

if TYPE_CHECKING:
    from screener.bootstrap import Application

Result = TypeVar("Result")

HEAVY_AT_ONCE = 2
"""Detections that run at the same time. They share the interpreter: more would only slow each."""
BRIEF_AT_ONCE = 2
LIGHT_AT_ONCE = 8


@dataclass(slots=True)
class Work:
    """The parts of one installation, as requests use them: never on the event loop."""

    application: Application
    metrics: Metrics
    heavy_limit: anyio.CapacityLimiter = field(
        default_factory=lambda: anyio.CapacityLimiter(HEAVY_AT_ONCE)
    )
    brief_limit: anyio.CapacityLimiter = field(
        default_factory=lambda: anyio.CapacityLimiter(BRIEF_AT_ONCE)
    )
    light_limit: anyio.CapacityLimiter = field(
        default_factory=lambda: anyio.CapacityLimiter(LIGHT_AT_ONCE)
    )
    replays: Replays = field(default_factory=Replays)
    warm: threading.Event = field(default_factory=threading.Event)

    async def heavy(self, job: Callable[[], Result]) -> Result:
        """Run something that detects, in a thread; waits its turn without holding one."""
        self.metrics.running.inc()
        try:
            return await anyio.to_thread.run_sync(job, limiter=self.heavy_limit)
        finally:
            self.metrics.running.dec()

    async def brief(self, job: Callable[[], Result]) -> Result:
        """Run something that looks at a short text (a note), in a thread: it must not wait behind
        the scans of large files.
        """
        return await anyio.to_thread.run_sync(job, limiter=self.brief_limit)

    async def light(self, job: Callable[[], Result]) -> Result:
        """Run something that asks the database or the disk, in a thread."""
        return await anyio.to_thread.run_sync(job, limiter=self.light_limit)

    def warm_up(self) -> None:
        """Load what detection needs, so that the first caller does not wait for it.

        A fault here is logged and leaves the service not ready.
        """
        try:
            self.application.screener.mask_text("预热")
        except Exception as error:
            log_fault(error)
        else:
            self.warm.set()

    def ping(self) -> None:
        """Ask the database for the last thing it would refuse. Raises StoreProblem."""
        self.application.queue.ledger(after=0, limit=1)


def work_of(request: Request) -> Work:
    """The Work of the app that answers this request."""
    work: Work = request.app.state.work
    return work


WorkOf = Annotated[Work, Depends(work_of)]
