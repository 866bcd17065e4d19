from __future__ import annotations

import base64
from datetime import timedelta

import pytest

from credit_site.domain.web_hooks import new_message_id, new_secret, pause_after, signature


def test_a_signature_is_that_of_the_specification_s_example() -> None:
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    signed = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_secrets_and_ids_are_long_and_never_the_same() -> None:
    secrets = {new_secret() for _ in range(50)}
    assert len(secrets) == len({new_message_id() for _ in range(50)}) == 50
    assert {len(base64.b64decode(one.removeprefix("whsec_"))) for one in secrets} == {32}


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(1, 10), (2, 30), (3, 90), (7, 7290), (8, 21870), (9, 28800), (10**6, 28800)],
)
def test_pauses_grow_threefold_to_eight_hours_with_some_chance(failures: int, seconds: int) -> None:
    pauses = {pause_after(failures) for _ in range(40)}
    assert len(pauses) > 1
    assert min(pauses) >= timedelta(seconds=0.8 * seconds)
    assert max(pauses) <= timedelta(seconds=1.2 * seconds)
