"""``GET /v1/releases/{sha256}``: the gate a content system asks before it publishes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import JSONResponse

from api import wire
from api.openapi import problems
from api.problems import Problem
from api.schemas import HASH, SHA256, CertificateOut
from api.work import WorkOf
from screener.i18n import _

router = APIRouter(prefix="/v1/releases", tags=["gate"])


@router.get(
    "/{sha256}",
    summary="The gate: may exactly these bytes be published?",
    responses={200: {"model": CertificateOut, "description": "Yes"}, **problems(404, 422)},
)
async def gate(
    work: WorkOf,
    sha256: Annotated[str, Path(pattern=SHA256, examples=[HASH], description="Of the bytes.")],
) -> JSONResponse:
    """200 only for bytes that were released and not withdrawn. Any other answer, and none at all,
    means: do not publish.
    """
    found = await work.light(lambda: work.application.queue.check_release(sha256.lower()))
    if found is None:
        raise Problem(404, "not_released", _("These bytes were not released."))
    return JSONResponse(wire.release(found))
