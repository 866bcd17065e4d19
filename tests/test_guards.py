"""The guards around every test hold."""

from __future__ import annotations

import socket
import warnings
from collections.abc import Callable

import pytest
from pytest_socket import SocketConnectBlockedError


def test_no_test_reaches_the_network() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_STREAM) as outward,
        pytest.raises(SocketConnectBlockedError),
        pytest.warns(UserWarning, match="connect"),
    ):
        outward.connect(("192.0.2.1", 80))


def test_a_server_of_our_own_can_be_asked() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as asked,
    ):
        assert asked.getpeername() == server.getsockname()


def test_a_warning_is_an_error() -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_invented_id_numbers_have_a_right_check_digit_and_an_impossible_region(
    id_number: Callable[..., str],
) -> None:
    number = id_number(sequence=7, born="19991231")
    values = [10 if character == "X" else int(character) for character in number]
    weights = [2**power % 11 for power in range(17, -1, -1)]
    assert number.startswith("990000")
    assert sum(a * b for a, b in zip(values, weights, strict=True)) % 11 == 1
