"""Every error as problem+json (RFC 9457), in the caller's language, without a value.

This is the one place where errors become HTTP: the classes of ``screener.errors``, what the
framework raises, and whatever nobody expected.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from screener.errors import (
    Conflict,
    NotAllowed,
    NotFound,
    Refused,
    ScreenerError,
    SomethingLeft,
    StoreProblem,
    Undecided,
    UsageProblem,
)
from screener.i18n import _

MEDIA_TYPE = "application/problem+json"

_STATUS: tuple[tuple[type[ScreenerError], int], ...] = (
    (Conflict, 409),
    (NotAllowed, 403),
    (Undecided, 422),
    (Refused, 409),
    (NotFound, 404),
    (UsageProblem, 422),
    (SomethingLeft, 409),
    (StoreProblem, 503),
)
"""The first class that fits decides; anything else is a fault of ours (500)."""

_FIELD = re.compile(r"[a-z][a-z0-9_]{0,40}|Screener-Actor|Idempotency-Key")

logger = logging.getLogger("screener.api")


class Problem(HTTPException):
    """A problem found by the service itself. ``title`` and ``detail`` are for people."""

    def __init__(
        self,
        status: int,
        code: str,
        title: str,
        *,
        detail: str = "",
        headers: Mapping[str, str] | None = None,
        fields: Sequence[Mapping[str, str]] = (),
    ) -> None:
        super().__init__(status, detail=title, headers=headers)
        self.code = code
        self.title = title
        self.text = detail
        self.fields = tuple(fields)


def unusable(field: str, why: str) -> Problem:
    """422 for one field of a form, header or query."""
    return Problem(
        422,
        "invalid",
        _("The request cannot be used as it is."),
        fields=[{"field": field, "why": why}],
    )


def answer(
    status: int,
    code: str,
    title: str,
    *,
    detail: str = "",
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> JSONResponse:
    """A problem document. ``more`` are its extension members; empty ones are left out."""
    content: dict[str, Any] = {
        "type": f"urn:screener:problem:{code}",
        "title": title,
        "status": status,
        "code": code,
    }
    if detail:
        content["detail"] = detail
    content.update({key: value for key, value in more.items() if value})
    return JSONResponse(content, status, dict(headers or {}), media_type=MEDIA_TYPE)


def of_problem(problem: Problem) -> JSONResponse:
    """A problem of the service itself."""
    return answer(
        problem.status_code,
        problem.code,
        problem.title,
        detail=problem.text,
        headers=problem.headers,
        errors=list(problem.fields),
    )


def of_error(error: ScreenerError) -> JSONResponse:
    """An expected error of the product. A fault shows its code only."""
    status = next((number for kind, number in _STATUS if isinstance(error, kind)), 500)
    if status == 500:
        log_fault(error)
        return of_fault()
    targets = list(error.targets) if isinstance(error, Undecided) else []
    return answer(status, error.code, error.message, detail=error.advice, targets=targets)


def of_fault() -> JSONResponse:
    """500: nothing about what happened leaves the service."""
    return answer(
        500,
        "internal",
        _("Something went wrong inside the service."),
        detail=_("Nothing was released. The request id leads to the line in the log."),
    )


def log_fault(error: BaseException) -> None:
    """Type and place of a fault. Never its message: a library may have put a value there."""
    place, trace = "", error.__traceback__
    while trace is not None:
        place = f"{trace.tb_frame.f_globals.get('__name__', '')}:{trace.tb_lineno}"
        trace = trace.tb_next
    logger.error("fault %s at %s", type(error).__name__, place)


def install(app: FastAPI, methods_of: Callable[[str], list[str]]) -> None:
    """Route every error of this app through here. ``methods_of`` tells what a path takes."""

    async def on_product_error(_request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, ScreenerError)
        return of_error(error)

    async def on_http_error(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        if isinstance(error, Problem):
            return of_problem(error)
        code, title = _framework_words(error.status_code)
        headers = error.headers
        if error.status_code == 405:  # the framework names the methods of one route only
            headers = {"Allow": ", ".join(methods_of(request.url.path))}
        return answer(error.status_code, code, title, headers=headers)

    async def on_invalid(_request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        return answer(
            422,
            "invalid",
            _("The request cannot be used as it is."),
            errors=list(_fields(error.errors())),
        )

    app.add_exception_handler(ScreenerError, on_product_error)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(RequestValidationError, on_invalid)


def _framework_words(status: int) -> tuple[str, str]:
    known = {
        400: ("malformed", _("The request cannot be read.")),
        404: ("not_found", _("There is nothing at this address.")),
        405: ("method_not_allowed", _("This address does not take this method.")),
        413: ("too_large", _("The request is larger than the limit.")),
        415: ("unsupported_media_type", _("This content type is not taken here.")),
    }
    return known.get(status, ("http", _("The request was refused.")))


def _fields(errors: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, str]]:
    """Where and why, never what was sent. Keys a caller made up are not repeated either."""
    for error in errors:
        kind = str(error.get("type", ""))
        place = [part for part in error.get("loc", ())[1:] if isinstance(part, str)]
        if kind == "extra_forbidden":
            place = place[:-1]
        name = ".".join(part for part in place if _FIELD.fullmatch(part))
        yield {"field": name, "why": _why(kind)}


def _why(kind: str) -> str:
    known = {
        "missing": _("it is missing"),
        "extra_forbidden": _("there is a field that is not known here"),
        "json_invalid": _("it is not valid JSON"),
        "enum": _("it is none of the values that are taken"),
        "literal_error": _("it is none of the values that are taken"),
        "string_too_long": _("it is too long"),
        "string_too_short": _("it is empty"),
        "string_unicode": _("it is not valid Unicode"),
        "string_pattern_mismatch": _("it does not have the right form"),
    }
    return known.get(kind, _("it is of the wrong type or form"))
