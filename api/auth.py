"""Who may call, and in whose name: Bearer keys, and the actor until accounts exist."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Iterable
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers
from starlette.requests import Request

from api.problems import Problem, unusable
from screener.errors import UsageProblem
from screener.i18n import _

OPEN_PATHS = frozenset({"/healthz", "/readyz", "/metrics", "/openapi.json"})
"""Answered without a key: no data is in them."""

ACTOR_HEADER = "Screener-Actor"
ACTOR_LENGTH = 100
_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


class Keys:
    """The keys that open the service. Only their digests are kept.

    With no key at all the service must have been told that it is local; then requests that came
    under a foreign name are refused, or a web page could reach it through a name of its own
    (DNS rebinding).
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self._digests = tuple(_digest(key.encode()) for key in usable_keys(keys))

    def check(self, headers: Headers) -> None:
        """Raises Problem 401 for a missing or wrong key, 403 for a foreign host name."""
        if not self._digests:
            if _host_name(headers.get("host", "")) not in _LOCAL_NAMES:
                raise Problem(403, "not_local", _("This service answers only under a local name."))
            return
        scheme, _blank, given = headers.get("authorization", "").partition(" ")
        offered = _digest(given.strip().encode("latin-1", "replace"))
        # Every key is compared, in constant time, so that the time tells nothing.
        matches = [hmac.compare_digest(offered, known) for known in self._digests]
        if scheme.lower() != "bearer" or not any(matches):
            raise Problem(
                401,
                "unauthorised",
                _("A key is needed: Authorization: Bearer KEY."),
                headers={"WWW-Authenticate": 'Bearer realm="screener"'},
            )


def usable_keys(keys: Iterable[str]) -> list[str]:
    """Keys without blank ones: an empty setting must not become an empty password."""
    return [key.strip() for key in keys if key.strip()]


def check_startup(keys: Iterable[str], host: str, *, insecure_local: bool) -> None:
    """Refuse to start without a key, unless told it is local, and then only on loopback.

    Raises UsageProblem.
    """
    if usable_keys(keys):
        return
    if not insecure_local:
        raise UsageProblem(
            _("The service does not start without a key."),
            advice=_(
                "Set SCREENER_API_KEY or api_keys under [service] in config.toml; "
                "--insecure-local is for trying it out on this machine."
            ),
        )
    if not is_loopback(host):
        raise UsageProblem(
            _("Without a key the service only listens on this machine."),
            advice=_("Use --host 127.0.0.1, or set a key."),
        )


def is_loopback(host: str) -> bool:
    """Whether nothing outside this machine can reach a service bound to this host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


async def actor(request: Request) -> str:
    """The person in whose name something is recorded. Raises Problem 422.

    The header is UTF-8, percent-encoded (as headers must be ASCII) or raw.
    """
    raw = [value for name, value in request.headers.raw if name == ACTOR_HEADER.lower().encode()]
    if len(raw) != 1 or not raw[0].strip():
        raise unusable(ACTOR_HEADER, _("it is missing"))
    try:
        name = unquote_to_bytes(raw[0]).decode("utf-8").strip()
    except UnicodeDecodeError as error:
        raise unusable(ACTOR_HEADER, _("it must be UTF-8, percent-encoded")) from error
    if not name or len(name) > ACTOR_LENGTH or not name.isprintable():
        raise unusable(ACTOR_HEADER, _("it must be a name of at most 100 characters"))
    return name


def _digest(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()


def _host_name(host: str) -> str:
    name = host.strip().lower()
    if name.startswith("["):
        return name.partition("]")[0] + "]"
    return name.partition(":")[0]
