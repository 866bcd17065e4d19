"""Which addresses web hooks may go to: nobody makes this site ask inside its own network.

An address is checked when it is set up, and what its name stands for at every delivery: only
public IP addresses, or those that the operator has named (SSRF: CWE-918).
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import SplitResult, urlsplit

Networks = tuple[IPv4Network | IPv6Network, ...]
LONGEST = 500
_NAT64 = ip_network("64:ff9b::/96")
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PORTS = {"https": 443, "http": 80}


class AddressProblem(Exception):
    """Nothing may be sent to this address; the text says in Chinese what to do."""


class NotPermitted(Exception):
    """A name stands for an IP address that is neither public nor named by the operator."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: host and port to connect to, ``authority`` for the Host header."""

    secure: bool
    host: str
    port: int
    authority: str
    path: str


def tidy(text: str, networks: Networks) -> str:
    """The address in plain ASCII, host in small letters. Raises AddressProblem."""
    given = text.strip()
    parts = _split(given)
    if parts.username is not None or parts.password is not None:
        raise AddressProblem("地址里不要写用户名和密码；验证身份请用签名。")
    host = _ascii_host(parts.hostname or "")
    shown = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port else ""
    query = f"?{parts.query}" if parts.query else ""
    address = f"{parts.scheme}://{shown}{port}{parts.path or '/'}{query}"
    if len(address) > LONGEST or not address.isascii() or not address.isprintable():
        raise AddressProblem(f"地址最多 {LONGEST} 个字符，路径里的汉字和空格要写成 %XX 的形式。")
    _check_host(parts.scheme, host, networks)
    return address


def target(address: str) -> Target:
    """The parts of an address that was tidied."""
    parts = urlsplit(address)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    port = parts.port or _PORTS[parts.scheme]
    return Target(parts.scheme == "https", parts.hostname or "", port, parts.netloc, path)


def resolve(wanted: Target, networks: Networks) -> list[str]:
    """IP addresses behind the host, all of them permitted.

    Raises NotPermitted, and OSError for a name that nobody knows.
    """
    found = socket.getaddrinfo(wanted.host, wanted.port, type=socket.SOCK_STREAM)
    texts = list(dict.fromkeys(str(one[4][0]) for one in found))
    addresses = [ip_address(text) for text in texts]
    if not texts or not all(permitted(address, networks) for address in addresses):
        raise NotPermitted
    if not wanted.secure and not all(address.is_loopback for address in addresses):
        raise NotPermitted
    return texts


def permitted(
    address: IPv4Address | IPv6Address, networks: Iterable[IPv4Network | IPv6Network]
) -> bool:
    """Whether the address, and an IPv4 address inside it, is public or named by the operator."""
    inner = _inner(address)
    local = isinstance(inner, IPv6Address) and inner.is_site_local
    return any(inner in network for network in networks) or (
        inner.is_global and not inner.is_multicast and not inner.is_reserved and not local
    )


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """What an IPv6 address stands for: mapped, 6to4, Teredo (RFC 4380), NAT64 (RFC 6052)."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo or address


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        if parts.scheme in _PORTS and parts.hostname and parts.port != 0:
            return parts
    except ValueError:
        pass  # brackets or a port that cannot be
    raise AddressProblem("请写完整的地址，以 https:// 开头，例如 https://example.com/hooks。")


def _ascii_host(host: str) -> str:
    try:
        found = host if ":" in host else host.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError:
        found = ""
    # Numbers that are no plain IP address are other ways to write one (WHATWG URL, 3.5).
    number = _NUMBER.fullmatch(found.rpartition(".")[2]) and _literal(found) is None
    if number or not _HOST.fullmatch(found):
        raise AddressProblem("地址里的主机名有误，请核对。")
    return found


def _check_host(scheme: str, host: str, networks: Networks) -> None:
    """A name is looked up at every delivery; what can be told from the address is told at once."""
    address = _literal(host)
    if scheme == "http" and (address is None or not address.is_loopback):
        raise AddressProblem("地址要以 https:// 开头：推送的内容必须加密传输。")
    if address is not None and not permitted(address, networks):
        raise AddressProblem("不能推送到内部网络的地址；确有需要的，请系统管理员在设置里放行。")


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        return None
