"""Where web hooks may go: nowhere inside, unless the operator has named the network."""

from __future__ import annotations

import socket
from ipaddress import ip_address, ip_network

import pytest

from credit_site.services.hook_addresses import (
    AddressProblem,
    NotPermitted,
    permitted,
    resolve,
    target,
    tidy,
)

HTTPS, HTTP = "https://", "http://"
LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
INSIDE = [
    "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "0.0.0.7", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "::", "::1",
    "fe80::1", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "2002:7f00:1::", "2002:a00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2001:db8::1",
]  # fmt: skip
OUTSIDE = ["1.1.1.1", "223.5.5.5", "2400:3200::1", "::ffff:1.1.1.1", "64:ff9b::101:101"]


@pytest.mark.parametrize("text", INSIDE)
def test_no_address_inside_is_permitted(text: str) -> None:
    assert not permitted(ip_address(text), ())


@pytest.mark.parametrize("text", OUTSIDE)
def test_public_addresses_are_permitted(text: str) -> None:
    assert permitted(ip_address(text), ())


def test_what_the_operator_named_is_permitted_and_nothing_beside_it() -> None:
    named = (ip_network("10.20.0.0/16"), ip_network("fd00::/8"))
    assert permitted(ip_address("10.20.3.4"), named)
    assert permitted(ip_address("::ffff:10.20.3.4"), named)
    assert permitted(ip_address("fd12::1"), named)
    assert not permitted(ip_address("10.21.3.4"), named)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (" https://Example.com/Hooks?a=1#part ", "https://example.com/Hooks?a=1"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com:8443/x", "https://example.com:8443/x"),
        ("https://例子.example/x", "https://xn--fsqu00a.example/x"),
        (HTTPS + "[2400:3200::1]/x", HTTPS + "[2400:3200::1]/x"),
    ],
)
def test_an_address_is_kept_in_plain_characters(given: str, kept: str) -> None:
    assert tidy(given, ()) == kept


@pytest.mark.parametrize(
    "given",
    [
        "", "example.com", "ftp://example.com/", "https://", "https:///x", "http://example.com/",
        "https://user@example.com/", "https://a:b@example.com/", "https://example.com:0/",
        "https://example.com:99999/", HTTPS + "[::1/", HTTPS + "127.0.0.1/", HTTPS + "localhost/",
        HTTPS + "[::1]/", HTTPS + "10.0.0.1/", HTTPS + "169.254.169.254/latest",
        "https://example.com/路径", "https://example.com/" + "x" * 500, HTTPS + "exa mple.com/",
        "http://127.0.0.1/", f"https://{'a' * 64}.com/", HTTPS + "2130706433/", HTTPS + "127.1/",
        HTTPS + "0x7f000001/",
        HTTPS + "exa_mple!.com/",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_is_refused_with_advice(given: str) -> None:
    with pytest.raises(AddressProblem, match=r"。$"):
        tidy(given, ())


def test_plain_http_goes_to_this_machine_alone_and_only_where_that_was_named() -> None:
    assert tidy("http://localhost:9000/x", LOOPBACK) == "http://localhost:9000/x"
    assert tidy("http://127.0.0.1:9000", LOOPBACK) == "http://127.0.0.1:9000/"
    with pytest.raises(AddressProblem, match="https"):
        tidy(HTTP + "10.0.0.1/", (ip_network("10.0.0.0/8"),))


def answering(*addresses: str) -> object:
    return lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 1)) for a in addresses]


@pytest.mark.parametrize("inside", ["10.0.0.1", "127.0.0.1", "169.254.169.254"])
def test_a_public_name_that_stands_for_an_address_inside_is_refused(
    monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answering("1.1.1.1", inside))
    with pytest.raises(NotPermitted):
        resolve(target("https://example.com/"), ())
    monkeypatch.setattr(socket, "getaddrinfo", answering("1.1.1.1", "1.0.0.1"))
    assert resolve(target("https://example.com/"), ()) == ["1.1.1.1", "1.0.0.1"]


def test_plain_http_is_refused_when_the_name_leads_off_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answering("1.1.1.1"))
    with pytest.raises(NotPermitted):
        resolve(target("http://localhost/"), LOOPBACK)
