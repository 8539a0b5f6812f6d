"""``GET /v1/ledger``: who did what when, for auditors."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import JSONResponse

from api import wire
from api.openapi import problems
from api.schemas import LedgerOut
from api.work import WorkOf

router = APIRouter(prefix="/v1/ledger", tags=["ledger"])


@router.get(
    "",
    summary="Ledger lines in order",
    responses={200: {"model": LedgerOut}, **problems(422)},
)
async def ledger(
    work: WorkOf,
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> JSONResponse:
    """Lines behind number ``after``; ask again with the answer's ``after`` until it is null."""
    entries = await work.light(lambda: work.application.queue.ledger(after=after, limit=limit))
    wires = [wire.ledger_entry(entry) for entry in entries]
    more = wires[-1]["seq"] if len(wires) == limit else None
    return JSONResponse({"entries": wires, "after": more})
