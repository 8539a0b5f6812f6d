"""``/v1/items``: a paper from submission to release and withdrawal."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api import idempotency, wire
from api.auth import actor
from api.openapi import ACTOR, IDEMPOTENCY_KEY, multipart_body, problems
from api.problems import Problem
from api.schemas import (
    DecisionIn,
    ItemFields,
    ItemOut,
    ItemsOut,
    ItemViewOut,
    ReleasedOut,
    ReleaseIn,
    SignatureIn,
    StateCode,
    VersionFields,
    WithdrawalIn,
)
from api.uploads import Form, read_form
from api.work import WorkOf
from screener.errors import NotFound
from screener.i18n import _

router = APIRouter(prefix="/v1/items", tags=["items"])

Actor = Annotated[str, Depends(actor)]
Fields = TypeVar("Fields", bound=BaseModel)
_BLANK_IS_ABSENT = frozenset({"due", "leader", "workflow", "channel", "disclosure", "version"})


def json_only(request: Request) -> None:
    """Raises Problem 415 for a body that does not call itself JSON."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem(415, "unsupported_media_type", _("Send application/json."))


JSON_BODY = [Depends(json_only)]
RECORDED: dict[str, Any] = {"parameters": [ACTOR]}


def item_id(item: str) -> str:
    """An item's id as it may be; anything else is not there."""
    if not (0 < len(item) <= 40 and item.isascii() and item.replace("-", "").isalnum()):
        raise NotFound(_("There is no such item."))
    return item


ItemId = Annotated[str, Depends(item_id)]


def form_fields(model: type[Fields], form: Form) -> Fields:
    """The text fields of a form, checked. Raises RequestValidationError."""
    given = {k: v for k, v in form.fields.items() if v.strip() or k not in _BLANK_IS_ABSENT}
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise RequestValidationError(
            [{"type": e["type"], "loc": ("body", *e["loc"])} for e in error.errors()]
        ) from None


@router.post(
    "",
    status_code=201,
    summary="Hand in a paper",
    responses={
        201: {"model": ItemOut, "description": "A new item"},
        200: {"model": ItemOut, "description": "The same bytes of the same unit: the same item"},
        **problems(400, 409, 413, 415, 422),
    },
    openapi_extra=multipart_body(ItemFields) | {"parameters": [ACTOR, IDEMPOTENCY_KEY]},
)
async def create(request: Request, work: WorkOf, who: Actor) -> JSONResponse:
    """The drafter's step. ``version`` and ``verdict`` of the answer are where to go on from."""
    key = idempotency.key_of(request)
    limit = work.application.config.limits.file_bytes
    async with read_form(request, known=ItemFields.model_fields, most=limit) as form:
        fields = form_fields(ItemFields, form)

        def job() -> idempotency.Answer:
            data = form.read()
            where = ("POST /v1/items", who)
            call = _call(key, where, data, form, fields)
            return work.replays.run(work.application.repository, call, lambda: submit(data))

        def submit(data: bytes) -> idempotency.Answer:
            given = fields.model_dump() | {"workflow": fields.workflow or None}
            done = work.application.queue.submit(data, form.name, actor=who, **given)
            return (201 if done.created else 200), wire.item(done.item)

        status, content = await work.heavy(job)
    return JSONResponse(content, status, {"Location": f"/v1/items/{content['id']}"})


@router.post(
    "/{item}/versions",
    status_code=201,
    summary="Hand in a new version",
    responses={
        201: {"model": ItemOut, "description": "The item with its new revision"},
        **problems(400, 403, 404, 409, 413, 415, 422),
    },
    openapi_extra=multipart_body(VersionFields) | {"parameters": [ACTOR, IDEMPOTENCY_KEY]},
)
async def add_version(request: Request, work: WorkOf, who: Actor, item: ItemId) -> JSONResponse:
    """Of a returned or open item. Signatures start again; decisions whose finding is unchanged
    stay.
    """
    key = idempotency.key_of(request)
    limit = work.application.config.limits.file_bytes
    async with read_form(request, known=VersionFields.model_fields, most=limit) as form:
        fields = form_fields(VersionFields, form)

        def job() -> idempotency.Answer:
            data = form.read()
            where = (f"POST /v1/items/{item}/versions", who)
            call = _call(key, where, data, form, fields)
            return work.replays.run(work.application.repository, call, lambda: submit(data))

        def submit(data: bytes) -> idempotency.Answer:
            changed = work.application.queue.submit_version(
                item, data, form.name, actor=who, expected_version=fields.version
            )
            return 201, wire.item(changed)

        status, content = await work.heavy(job)
    return JSONResponse(content, status)


def _call(
    key: str | None, where: tuple[str, str], data: bytes, form: Form, fields: BaseModel
) -> idempotency.Call | None:
    if key is None:
        return None
    asked: Mapping[str, Any] = {
        "sha256": hashlib.sha256(data).hexdigest(),
        "name": form.name,
        "fields": fields.model_dump(mode="json"),
    }
    return idempotency.call(key, where, asked)


@router.get("", summary="The queue", responses={200: {"model": ItemsOut}, **problems(422)})
async def queue(
    work: WorkOf,
    state: StateCode | None = None,
    unit: Annotated[str | None, Query(max_length=100)] = None,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> JSONResponse:
    """Oldest first."""
    found = await work.light(
        lambda: work.application.queue.list(state=state, unit=unit, cursor=cursor, limit=limit)
    )
    return JSONResponse(wire.page(found))


@router.get(
    "/{item}",
    summary="One item",
    responses={200: {"model": ItemViewOut}, **problems(404)},
)
async def show(work: WorkOf, item: ItemId) -> JSONResponse:
    """Findings with their decisions, steps, signatures, releases and the item's ledger lines."""
    found = await work.light(lambda: work.application.queue.show(item))
    return JSONResponse(wire.view(found))


@router.post(
    "/{item}/decisions",
    summary="Decide about a finding or unread part",
    responses={200: {"model": ItemOut}, **problems(403, 404, 409, 415, 422)},
    dependencies=JSON_BODY,
    openapi_extra=RECORDED,
)
async def decide(work: WorkOf, who: Actor, item: ItemId, asked: DecisionIn) -> JSONResponse:
    """A decision that replaces another makes the signatures of this round void."""
    changed = await work.brief(
        lambda: work.application.queue.decide(
            item,
            asked.finding,
            asked.action,
            asked.reason,
            asked.note,
            actor=who,
            expected_version=asked.version,
        )
    )
    return JSONResponse(wire.item(changed))


@router.post(
    "/{item}/signatures",
    summary="Sign the step that is due, or return the item",
    responses={200: {"model": ItemOut}, **problems(403, 404, 409, 415, 422)},
    dependencies=JSON_BODY,
    openapi_extra=RECORDED,
)
async def sign(work: WorkOf, who: Actor, item: ItemId, asked: SignatureIn) -> JSONResponse:
    """Each step by another person, none of them the drafter."""
    changed = await work.brief(
        lambda: work.application.queue.sign(
            item, asked.opinion, asked.note, actor=who, expected_version=asked.version
        )
    )
    return JSONResponse(wire.item(changed))


@router.post(
    "/{item}/release",
    summary="Release",
    responses={200: {"model": ReleasedOut}, **problems(403, 404, 409, 415, 422)},
    dependencies=JSON_BODY,
    openapi_extra=RECORDED,
)
async def release(work: WorkOf, who: Actor, item: ItemId, asked: ReleaseIn) -> JSONResponse:
    """Makes the bytes that go out and screens them again; ``…/released`` hands them out."""
    done = await work.heavy(
        lambda: work.application.queue.release(item, actor=who, expected_version=asked.version)
    )
    view = await work.light(lambda: work.application.queue.show(item))
    made = wire.release(view.releases[-1])
    content = made | {"version": done.item.version, "repeated": done.repeated}
    return JSONResponse(content)


@router.post(
    "/{item}/withdrawal",
    summary="Take a release back",
    responses={200: {"model": ItemOut}, **problems(403, 404, 409, 415, 422)},
    dependencies=JSON_BODY,
    openapi_extra=RECORDED,
)
async def withdraw(work: WorkOf, who: Actor, item: ItemId, asked: WithdrawalIn) -> JSONResponse:
    """From now on the gate refuses these bytes."""
    changed = await work.brief(
        lambda: work.application.queue.withdraw(
            item, asked.reason, asked.note, actor=who, expected_version=asked.version
        )
    )
    return JSONResponse(wire.item(changed))


@router.get(
    "/{item}/released",
    summary="The released bytes",
    response_class=Response,
    responses={
        200: {"content": {"application/octet-stream": {}}, "description": "Exactly these bytes"},
        **problems(404),
    },
)
async def released(work: WorkOf, item: ItemId) -> Response:
    """Exactly what the gate knows, while the release is in force."""

    def job() -> tuple[bytes, str]:
        view = work.application.queue.show(item)
        in_force = [found for found in view.releases if found.withdrawn_at is None]
        if not in_force:
            raise NotFound(_("This item has no release in force."))
        return work.application.blobs.get(in_force[-1].released_sha256), in_force[-1].name

    data, name = await work.light(job)
    disposition = f"attachment; filename*=UTF-8''{quote(name or 'released', safe='')}"
    return Response(
        data,
        media_type="application/octet-stream",
        headers={"Content-Disposition": disposition},
    )
