"""Who asks, as far as an address tells."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from flask import request

_IPV6_HOUSEHOLD = 64
"""Bits of an IPv6 address that one household or office has for itself (RFC 6177)."""


def client_address() -> str:
    """The asker's address; of IPv6 the part that one household or office shares.

    ``X-Forwarded-For`` is believed only from a proxy on this machine, and of it only the last
    address, which that proxy has written itself.
    """
    peer = request.remote_addr or ""
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return _household(told if told and _is_here(peer) else peer)


def _is_here(peer: str) -> bool:
    """A socket file has no address; it is on this machine."""
    try:
        return not peer or ip_address(peer).is_loopback
    except ValueError:
        return False


def _household(text: str) -> str:
    try:
        address = ip_address(text)
    except ValueError:
        return text[:64]
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ip_network((address, _IPV6_HOUSEHOLD), strict=False))
    return str(address)
