"""Which addresses may be connected to."""

from __future__ import annotations

import ipaddress

import httpx
import pytest

from screener.audit.address import (
    AddressGuard,
    Endpoint,
    FetchProblem,
    endpoint,
    is_public,
    parse_endpoint,
    parse_url,
    same_site,
)
from screener.errors import UsageProblem

INSIDE = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "198.18.0.1",
    "203.0.113.7",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "::8.8.8.8",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::808:808",
    "2002:7f00:1::1",
    "2002:a00:1::1",
    "2001:0:7f00:1::1",
    "2001:db8::1",
]
OUTSIDE = [
    "8.8.8.8",
    "114.114.114.114",
    "223.5.5.5",
    "2400:3200::1",
    "64:ff9b::808:808",
    "::ffff:8.8.8.8",
]


@pytest.mark.parametrize("address", INSIDE)
def test_inside_addresses_are_refused(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))
    guard = AddressGuard(resolver=lambda _host, _port: [address])
    with pytest.raises(FetchProblem):
        guard.addresses("www.example.gov.cn", 80)


@pytest.mark.parametrize("address", OUTSIDE)
def test_public_addresses_are_taken(address: str) -> None:
    guard = AddressGuard(resolver=lambda _host, _port: [address])
    assert guard.addresses("www.example.gov.cn", 443) == [address]


def test_one_inside_address_among_public_ones_refuses_the_name() -> None:
    guard = AddressGuard(resolver=lambda _host, _port: ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(FetchProblem):
        guard.addresses("www.example.gov.cn", 80)


@pytest.mark.parametrize("answer", [[], ["fe80::1%eth0"], ["not an address"]])
def test_answers_that_are_no_addresses_refuse_the_name(answer: list[str]) -> None:
    with pytest.raises(FetchProblem):
        AddressGuard(resolver=lambda _host, _port: answer).addresses("a.example", 80)


def test_allow_host_names_exactly_one_host_and_port() -> None:
    allowed = [Endpoint("intranet.example", 8080)]
    guard = AddressGuard(allowed, lambda _host, _port: ["10.0.0.1"])
    assert guard.addresses("Intranet.example.", 8080) == ["10.0.0.1"]
    for host, port in (("intranet.example", 80), ("other.example", 8080), ("10.0.0.1", 8080)):
        with pytest.raises(FetchProblem):
            guard.addresses(host, port)


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://127.1/",
        "http://017700000001/",
        "http://127.0.0.1.:0/x/../../",
    ],
)
def test_numbers_in_disguise_never_get_through(url: str) -> None:
    try:
        parsed = parse_url(url)
    except FetchProblem:
        return
    where = endpoint(parsed)
    with pytest.raises(FetchProblem):
        AddressGuard().addresses(where.host, where.port)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.gov.cn/a",
        "gopher://example.gov.cn/",
        "javascript:alert(1)",
        "data:text/html,x",
        "www.example.gov.cn",
        "//example.gov.cn/",
        "http://",
        "http:///a",
        "http://user:secret@example.gov.cn/",
        "http://example.gov.cn:99999/",
        "http://[::1",
        "http://exa mple.gov.cn/",
        "",
    ],
)
def test_only_plain_web_addresses_are_taken(url: str) -> None:
    with pytest.raises(FetchProblem):
        parse_url(url)


def test_fragments_are_dropped_and_names_of_any_script_are_encoded() -> None:
    assert str(parse_url("https://www.example.gov.cn/a#b")) == "https://www.example.gov.cn/a"
    assert endpoint(parse_url("https://中国政府网.政务/")).host.startswith("xn--")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://a.gov.cn/", "https://a.gov.cn/x", True),
        ("http://a.gov.cn/", "http://A.gov.cn:80/", True),
        ("http://a.gov.cn/", "http://a.gov.cn:8080/", False),
        ("http://a.gov.cn:8080/", "https://a.gov.cn/", False),
        ("http://a.gov.cn/", "http://b.a.gov.cn/", False),
        ("http://a.gov.cn/", "http://a.gov.cn.evil.com/", False),
    ],
)
def test_a_site_is_a_host_and_its_port(one: str, other: str, same: bool) -> None:
    assert same_site(httpx.URL(one), httpx.URL(other)) is same


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("10.1.2.3:8080", "10.1.2.3", 8080),
        (" Intranet.Example:80 ", "intranet.example", 80),
        ("[::1]:8000", "::1", 8000),
    ],
)
def test_allow_host_is_a_host_and_a_port(text: str, host: str, port: int) -> None:
    assert parse_endpoint(text) == Endpoint(host, port)


@pytest.mark.parametrize(
    "text", ["", "10.1.2.3", "host:", ":80", "host:0", "host:99999", "host:8o", "::1:80", "a/b:80"]
)
def test_allow_host_needs_both(text: str) -> None:
    with pytest.raises(UsageProblem):
        parse_endpoint(text)
