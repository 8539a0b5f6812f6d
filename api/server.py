"""Runs the service with uvicorn, on loopback unless told otherwise."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from api.auth import check_startup
from screener.errors import UsageProblem
from screener.i18n import _

if TYPE_CHECKING:
    import uvicorn

    from screener.bootstrap import Application


def build_server(
    application: Application,
    host: str | None = None,
    port: int | None = None,
    *,
    insecure_local: bool = False,
) -> uvicorn.Server:
    """A server ready to run; host and port are those of the settings where none are named.

    Raises UsageProblem when it may not start as asked, ConfigProblem for a broken policy or pack,
    StoreProblem for a database that cannot be used.
    """
    host = host or application.config.service.host
    port = application.config.service.port if port is None else port
    check_startup(application.config.service.api_keys, host, insecure_local=insecure_local)
    # A broken policy, pack or database stops the start, not the first request.
    _ = application.screener
    application.queue.ledger(after=0, limit=1)
    import uvicorn

    from api.app import create_app

    return uvicorn.Server(
        uvicorn.Config(
            create_app(application),
            host=host,
            port=port,
            access_log=False,  # it would log query strings; the envelope logs routes
            server_header=False,
            proxy_headers=False,
            ws="none",
            log_level="warning",
            timeout_keep_alive=15,
            timeout_graceful_shutdown=30,
        )
    )


def serve(
    application: Application,
    host: str | None = None,
    port: int | None = None,
    *,
    insecure_local: bool = False,
) -> None:
    """Serve until stopped. Raises UsageProblem when the port cannot be had."""
    server = build_server(application, host, port, insecure_local=insecure_local)
    _log_to_stderr()
    url = f"http://{server.config.host}:{server.config.port}"
    logging.getLogger("screener.api").info("serving on %s", url)
    try:
        server.run()
    except SystemExit as ending:  # uvicorn ends the process when it cannot bind
        if ending.code:
            raise UsageProblem(
                _("The service could not listen on this address and port."),
                advice=_("Another program may have it: choose another --port."),
            ) from None


def _log_to_stderr() -> None:
    """One line for each request: id, method, route, status, milliseconds. In English, no values."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("screener")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
