"""Around every request: id, language, key, size limit, headers, log line, metrics, last resort.

Pure ASGI, because all of this must happen before a body is read: a caller without a key cannot
make the service store a hundred megabytes first.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from dataclasses import dataclass

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.auth import OPEN_PATHS, Keys
from api.metrics import Metrics
from api.problems import Problem
from screener.i18n import DEFAULT_LANGUAGE, LANGUAGES, _, language

JSON_BYTES = 256 * 1024
"""A decision or signature is small; anything larger is not one."""
FORM_OVERHEAD = 256 * 1024
"""What a form may hold beside the file."""
IDLE_SECONDS = 60.0
"""An upload that sends nothing for so long is over."""

_UPLOADS = re.compile(r"/v1/(?:screen|items|items/[^/]+/versions)")
_RESPONSE_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}

logger = logging.getLogger("screener.api")


@dataclass(slots=True)
class _Exchange:
    """What is known of one request while it runs."""

    request_id: str
    began: float
    status: int = 0


class Envelope:
    """The outermost layer of the service."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        keys: Keys,
        file_bytes: int,
        metrics: Metrics,
        default_language: str = DEFAULT_LANGUAGE,
    ) -> None:
        self._app = app
        self._keys = keys
        self._file_bytes = file_bytes
        self._metrics = metrics
        self._default_language = default_language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(request_id=uuid.uuid4().hex, began=time.monotonic())
        headers = Headers(scope=scope)
        spoken = chosen_language(headers.get("accept-language", ""), self._default_language)
        sender = self._sender(exchange, spoken, send)
        with language(spoken):
            try:
                if scope["path"] not in OPEN_PATHS:
                    self._keys.check(headers)
                await self._app(scope, self._limited(scope, headers, receive), sender)
            except Problem as problem:
                await self._last_word(exchange, problems.of_problem(problem), scope, sender)
            except ClientDisconnect:
                logger.info("request %s was given up by the caller", exchange.request_id)
            except Exception as error:  # the last place: no traceback may pass
                problems.log_fault(error)
                logger.error("request %s failed", exchange.request_id)
                await self._last_word(exchange, problems.of_fault(), scope, sender)
            finally:
                self._record(scope, exchange)

    async def _last_word(
        self, exchange: _Exchange, response: ASGIApp, scope: Scope, sender: Send
    ) -> None:
        if not exchange.status:  # else the head is out, and the broken body says enough
            await response(scope, _nothing, sender)

    def _limited(self, scope: Scope, headers: Headers, receive: Receive) -> Receive:
        """``receive`` that stops at the limit, whatever Content-Length says or does not say."""
        upload = scope["method"] == "POST" and _UPLOADS.fullmatch(scope["path"])
        most = self._file_bytes + FORM_OVERHEAD if upload else JSON_BYTES
        declared = headers.get("content-length", "")
        if declared.isascii() and declared.isdigit() and int(declared) > most:
            raise too_large()
        seen = 0
        finished = False

        async def limited() -> Message:
            nonlocal seen, finished
            if finished:  # from here on only a disconnect can come, however late
                return await receive()
            try:
                with anyio.fail_after(IDLE_SECONDS):
                    message = await receive()
            except TimeoutError as error:
                raise Problem(408, "timeout", _("The request did not arrive in time.")) from error
            if message["type"] == "http.request":
                seen += len(message.get("body", b""))
                finished = not message.get("more_body", False)
                if seen > most:
                    raise too_large()
            return message

        return limited

    def _sender(self, exchange: _Exchange, spoken: str, send: Send) -> Send:
        async def sender(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = exchange.request_id
                headers["Content-Language"] = "en" if spoken == "en" else "zh-CN"
                for name, value in _RESPONSE_HEADERS.items():
                    headers[name] = value
            await send(message)

        return sender

    def _record(self, scope: Scope, exchange: _Exchange) -> None:
        """Count and log by the route's template: a path, query or file name may hold a value."""
        route = getattr(scope.get("route"), "path", "-")
        seconds = time.monotonic() - exchange.began
        method = self._metrics.request(scope["method"], route, exchange.status, seconds)
        logger.info(
            "request %s %s %s status=%d ms=%d",
            exchange.request_id,
            method,
            route,
            exchange.status,
            round(seconds * 1000),
        )


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def too_large() -> Problem:
    """413. The connection is closed: the rest of the body is not read."""
    return Problem(
        413,
        "too_large",
        _("The request is larger than the limit."),
        headers={"Connection": "close"},
    )


def chosen_language(header: str, default: str = DEFAULT_LANGUAGE) -> str:
    """``zh`` or ``en`` by the weights of an Accept-Language header, else the default."""
    best, chosen = 0.0, default
    for entry in header.split(",")[:20]:
        name, _semicolon, weight = entry.strip().partition(";")
        spoken = name.strip().lower().split("-")[0]
        try:
            quality = float(weight.partition("=")[2]) if weight else 1.0
        except ValueError:
            continue
        if spoken in LANGUAGES and quality > best:
            best, chosen = quality, spoken
    return chosen
