"""``POST /v1/screen``: look at a file; nothing is stored."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse

from api.openapi import multipart_body, problems
from api.schemas import ScreeningOut
from api.uploads import read_form
from api.work import WorkOf
from screener.i18n import current_language

router = APIRouter(tags=["screen"])


@router.post(
    "/v1/screen",
    summary="Screen a file",
    responses={200: {"model": ScreeningOut, "description": "Screened"}, **problems(413, 415, 422)},
    openapi_extra=multipart_body(None),
)
async def screen(request: Request, work: WorkOf) -> JSONResponse:
    """Read, detect, judge. A file that cannot be read is also 200, with ``unread``."""
    limit = work.application.config.limits.file_bytes
    async with read_form(request, known=(), most=limit) as form:

        def job() -> dict[str, Any]:
            from screener.report.wire import screening_to_json

            screening = work.application.screener.screen_bytes(form.read(), form.name)
            return dict(screening_to_json(screening, path=form.name, language=current_language()))

        result = await work.heavy(job)
    work.metrics.screening(result)
    return JSONResponse(result)
