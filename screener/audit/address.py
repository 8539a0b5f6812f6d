"""Which addresses an audit may connect to: an auditor's tool must not be a way into the intranet.

A name is resolved once, every address it gives must be public, and the connection goes to exactly
the address that was checked (no second resolution that could answer differently). What the caller
names with ``--allow-host HOST:PORT`` is exempt, for exactly this host and port.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import httpx

from screener.errors import UsageProblem
from screener.i18n import _
from screener.model.document import UnreadReason

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Iterable[str]]
"""Host and port to address texts. Raises OSError when the name does not resolve."""

DEFAULT_PORTS = {"http": 80, "https": 443}

# Public addresses of cloud hosts that answer only from inside and hand out credentials.
_METADATA = frozenset({ipaddress.ip_address("168.63.129.16")})
# RFC 6052 (the well-known prefix embeds any IPv4 address) and RFC 8215 (for local use only).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NAT64_LOCAL = ipaddress.ip_network("64:ff9b:1::/48")
_COMPATIBLE = ipaddress.ip_network("::/96")  # RFC 4291 2.5.5.1, deprecated
_SITE_LOCAL = ipaddress.ip_network("fec0::/10")  # RFC 3879, deprecated

# inet_aton reads 2130706433, 0x7f.1 and 0177.0.0.1 as addresses; no published page uses these.
_NUMERIC = re.compile(r"(?:0[xX][0-9a-fA-F]*|[0-9]+)(?:\.(?:0[xX][0-9a-fA-F]*|[0-9]+))*")


class FetchProblem(Exception):
    """Something could not be fetched. ``detail`` is in the reader's language and holds no value."""

    def __init__(self, reason: UnreadReason, detail: str) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A host as written in a URL (lower case, no final dot, no brackets) and a port."""

    host: str
    port: int


def parse_endpoint(text: str) -> Endpoint:
    """``HOST:PORT`` of ``--allow-host``. Raises UsageProblem."""
    host, colon, port = text.strip().rpartition(":")
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    known = bare and (":" not in bare or host != bare) and not re.search(r"[/@?# ]", bare)
    if not (colon and known and port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise UsageProblem(
            _("--allow-host needs a host and a port"),
            advice=_("For example: --allow-host 10.1.2.3:8080"),
        )
    return Endpoint(bare.lower().rstrip("."), int(port))


def endpoint(url: httpx.URL) -> Endpoint:
    """Host and port a URL leads to, the scheme's port when it names none."""
    port = url.port if url.port is not None else DEFAULT_PORTS.get(url.scheme, 0)
    return Endpoint(url.raw_host.decode("ascii").lower().rstrip("."), port)


def same_site(one: httpx.URL, other: httpx.URL) -> bool:
    """The same host and port; the two default ports count as one site (http moved to https)."""
    first, second = endpoint(one), endpoint(other)
    if first.host != second.host:
        return False
    return first.port == second.port or {first.port, second.port} == set(DEFAULT_PORTS.values())


def parse_url(text: str, base: httpx.URL | None = None) -> httpx.URL:
    """An http or https URL, without its fragment. Raises FetchProblem for anything else."""
    try:
        url = base.join(text.strip()) if base is not None else httpx.URL(text.strip())
        url = url.copy_with(fragment=None)
        host = url.raw_host.decode("ascii").rstrip(".")
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise FetchProblem(UnreadReason.UNSUPPORTED, _("not a valid web address")) from error
    if url.scheme not in DEFAULT_PORTS or not host:
        raise FetchProblem(UnreadReason.UNSUPPORTED, _("only http and https addresses are fetched"))
    if url.userinfo:
        raise FetchProblem(
            UnreadReason.UNSUPPORTED, _("web addresses with a user name in them are not fetched")
        )
    if _NUMERIC.fullmatch(host) and not _is_plain_ipv4(host):
        raise FetchProblem(UnreadReason.NO_ACCESS, _("the host is a number in disguise"))
    return url


def _is_plain_ipv4(host: str) -> bool:
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True


def is_public(address: Address) -> bool:
    """Whether anyone on the internet could reach this address, IPv4 inside IPv6 included."""
    if any(not is_public(inner) for inner in _embedded(address)):
        return False
    if address in _METADATA:
        return False
    if isinstance(address, ipaddress.IPv6Address) and (
        address in _NAT64_LOCAL or address in _SITE_LOCAL or address in _COMPATIBLE
    ):
        return False
    return address.is_global and not (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_unspecified
        or (address.is_reserved and not _carries_ipv4(address))
    )


def _carries_ipv4(address: Address) -> bool:
    return isinstance(address, ipaddress.IPv6Address) and address in _NAT64


def _embedded(address: Address) -> Iterator[Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    if address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


def system_resolver(host: str, port: int) -> list[str]:
    """What the system's resolver says, IPv4 and IPv6, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class AddressGuard:
    """Resolves hosts to addresses that may be connected to."""

    def __init__(
        self, allowed: Iterable[Endpoint] = (), resolver: Resolver = system_resolver
    ) -> None:
        self._allowed = frozenset(allowed)
        self._resolver = resolver

    def addresses(self, host: str, port: int) -> list[str]:
        """Checked addresses of a host, never empty. Raises FetchProblem.

        One address that is not public refuses the name: a name that answers with both is either
        an inside name or an attempt to get in.
        """
        bare = host.lower().rstrip(".")
        try:
            found = list(self._resolver(bare, port))
        except (OSError, UnicodeError) as error:
            raise FetchProblem(
                UnreadReason.NO_ACCESS, _("the host's name could not be resolved")
            ) from error
        if not found:
            raise FetchProblem(UnreadReason.NO_ACCESS, _("the host's name could not be resolved"))
        if Endpoint(bare, port) in self._allowed:
            return found
        for text in found:
            if not self._public_text(text):
                raise FetchProblem(
                    UnreadReason.NO_ACCESS,
                    _("the address is not public; allow it with --allow-host HOST:PORT"),
                )
        return found

    @staticmethod
    def _public_text(text: str) -> bool:
        try:
            return "%" not in text and is_public(ipaddress.ip_address(text))
        except ValueError:
            return False
