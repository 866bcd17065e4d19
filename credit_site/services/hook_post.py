"""One POST to a subscriber: short, to a checked IP address, without following redirects."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass

from credit_site.services.hook_addresses import Networks, NotPermitted, Target, resolve, target

CONNECT_SECONDS = 5.0
DEADLINE_SECONDS = 15.0
"""From the first byte sent to the status read, however slowly it comes."""
_LONGEST_WAIT = 8 * 3600


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be sent where."""

    address: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: status (None: no answer), a word for what went wrong ("" for success).

    ``wait`` is how many seconds the receiver asks for before the next try (Retry-After), 0: none.
    """

    status: int | None
    problem: str
    milliseconds: int
    wait: int = 0


def post(letter: Letter, networks: Networks, tls: ssl.SSLContext) -> Outcome:
    """Sends it; whatever happens is an outcome."""
    began = time.monotonic()
    status, problem, wait = None, "", 0
    try:
        status, wait = _exchange(target(letter.address), letter, networks, tls)
        problem = _problem_of(status)
    except (OSError, http.client.HTTPException, NotPermitted, UnicodeError) as error:
        problem = _named(error)
    elapsed = time.monotonic() - began
    if problem and status is None and elapsed >= DEADLINE_SECONDS:
        problem = "timeout"
    return Outcome(status, problem, round(elapsed * 1000), wait)


def _exchange(
    wanted: Target, letter: Letter, networks: Networks, tls: ssl.SSLContext
) -> tuple[int, int]:
    plain = _connect(resolve(wanted, networks), wanted.port)
    with closing(plain), _Deadline(plain):
        plain.settimeout(DEADLINE_SECONDS)
        stream = tls.wrap_socket(plain, server_hostname=wanted.host) if wanted.secure else plain
        with closing(stream):
            connection = http.client.HTTPConnection(wanted.host, wanted.port)
            connection.sock, connection.auto_open = stream, 0
            headers = {"Host": wanted.authority, "Connection": "close", **letter.headers}
            connection.request("POST", wanted.path, letter.body, headers)
            with closing(connection.getresponse()) as response:
                return response.status, _seconds(response.headers.get("Retry-After", ""))


def _connect(addresses: list[str], port: int) -> socket.socket:
    for address in addresses[:-1]:
        try:
            return socket.create_connection((address, port), CONNECT_SECONDS)
        except OSError:
            continue
    return socket.create_connection((addresses[-1], port), CONNECT_SECONDS)


class _Deadline:
    """Cuts the line when the time is over: a timeout alone starts anew with every byte."""

    def __init__(self, line: socket.socket) -> None:
        # A copy of the handle, for wrapping a socket in TLS takes it away from its object.
        self._line = line.dup()
        self._timer = threading.Timer(DEADLINE_SECONDS, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._line.close()

    def _cut(self) -> None:
        with suppress(OSError):  # it was over already
            self._line.shutdown(socket.SHUT_RDWR)


def _problem_of(status: int) -> str:
    if 200 <= status < 300:
        return ""
    return "redirect" if 300 <= status < 400 else "status"


def _named(error: Exception) -> str:
    names: tuple[tuple[type[Exception], str], ...] = (
        (NotPermitted, "not_permitted"),
        (UnicodeError, "unknown_host"),
        (socket.gaierror, "unknown_host"),
        (TimeoutError, "timeout"),
        (ssl.SSLError, "tls"),
        (http.client.HTTPException, "no_http"),
    )
    return next((name for kind, name in names if isinstance(error, kind)), "unreachable")


def _seconds(text: str) -> int:
    number = text.isascii() and text.isdigit() and len(text) < 9
    return min(int(text), _LONGEST_WAIT) if number else 0
