"""The HTTP service: routes, errors and the envelope around them, in one place."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from api import openapi, problems
from api.auth import Keys
from api.envelope import Envelope
from api.metrics import Metrics
from api.routes import health, items, ledger, releases, screen
from api.work import Work
from screener import __version__
from screener.i18n import normalise_language

if TYPE_CHECKING:
    from screener.bootstrap import Application

_ROUTERS = (screen.router, items.router, releases.router, ledger.router, health.router)
_DESCRIPTION = """\
Checks documents of Chinese public bodies for personal data and secrets before publication, records
the review, and answers the one question a content system has to ask: may exactly these bytes go
online? Errors are problem+json (RFC 9457); texts are Chinese unless Accept-Language asks for
English."""


def methods_of(path: str) -> list[str]:
    """The methods that a path takes."""
    routes = [route for router in _ROUTERS for route in router.routes]
    return sorted(
        method
        for route in routes
        if isinstance(route, APIRoute) and route.path_regex.fullmatch(path)
        for method in route.methods or ()
    )


def create_app(application: Application) -> FastAPI:
    """The ASGI app over one installation."""
    metrics = Metrics()
    work = Work(application, metrics)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        threading.Thread(target=work.warm_up, name="warm-up", daemon=True).start()
        yield

    app = FastAPI(
        title="Screener",
        version=__version__,
        description=_DESCRIPTION,
        docs_url=None,  # its pages load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    app.state.work = work
    problems.install(app, methods_of)
    for router in _ROUTERS:
        app.include_router(router)
    config = application.config
    app.add_middleware(
        Envelope,
        keys=Keys(config.service.api_keys),
        file_bytes=config.limits.file_bytes,
        metrics=metrics,
        default_language=normalise_language(config.language),
    )

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
            )
            app.openapi_schema = openapi.describe(made)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]
    return app
