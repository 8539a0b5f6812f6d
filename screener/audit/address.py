"""Which addresses an audit may connect to: an auditor's tool must not be a way into the intranet.

A name is resolved once, every address it gives must be public, and the connection goes to exactly
the address that was checked (no second resolution that could answer differently). What the caller
names with ``--allow-host HOST:PORT`` is exempt, for exactly this host and port.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import httpx

from screener.errors import UsageProblem
from screener.i18n import _
from screener.model.document import UnreadReason

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Iterable[str]]
"""Host and port to address texts. Raises OSError when the name does not resolve."""

DEFAULT_PORTS = {"http": 80, "https": 443}

# IANA's special-purpose registries (RFC 6890 and later), written out because what Python counts as
# global differs between its patch versions. 168.63.129.16 is public in form, answers only inside a
# cloud and hands out credentials. Tunnels (6to4, Teredo) are refused whole: nothing is published
# there, and each carries an IPv4 address inside.
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32"),
        *("169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24"),
        *("192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
        *("224.0.0.0/4", "240.0.0.0/4"),
        *("::/8", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16"),
        *("3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
    )
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: carries any IPv4 address

_HOST = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")
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
    named = _HOST.fullmatch(host) or ":" in host  # what is in brackets was checked by httpx
    if not named or (url.port is not None and not 0 < url.port < 65536):
        raise FetchProblem(UnreadReason.UNSUPPORTED, _("not a valid web address"))
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
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not any(address in network for network in _NOT_PUBLIC)


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
