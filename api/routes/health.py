"""Open without a key, and without data: is it alive, is it ready, how busy is it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from api.metrics import CONTENT_TYPE
from api.openapi import problems
from api.problems import Problem, log_fault
from api.work import WorkOf
from screener.i18n import _

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Alive")
async def healthz() -> JSONResponse:
    """Answers as long as the service runs, also while it is busy."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz", summary="Ready", responses=problems(503))
async def readyz(work: WorkOf) -> JSONResponse:
    """Whether detection is loaded and the database answers."""
    try:
        ready = work.warm.is_set()
        if ready:
            await work.light(work.ping)
    except Exception as error:
        log_fault(error)
        ready = False
    if not ready:
        raise Problem(503, "not_ready", _("The service is not ready yet."))
    return JSONResponse({"status": "ready"})


@router.get("/metrics", summary="Counters for Prometheus")
async def metrics(work: WorkOf) -> Response:
    """Codes and numbers only."""
    return Response(work.metrics.text(), media_type=CONTENT_TYPE)
