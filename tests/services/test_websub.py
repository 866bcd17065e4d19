"""A hub on the loopback is told of feeds that changed, and again when it did not listen."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from credit_site.services import websub
from credit_site.services.followers import position
from credit_site.services.publication import EndReason, end_record
from credit_site.services.websub import NAME, HubFollower, HubSite, post_form
from tests.support.entries import penalty
from tests.support.publishing import Desk
from tests.support.sites import StandingClock

SITE = HubSite("http://hub.example/", "https://credit.example", {"清风": "clear-wind"})


class Hub:
    """Hears, or answers otherwise, or is silent."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.answer: int | None = 204
        self.waits: threading.Event | None = None

    def __call__(self, url: str, form: Mapping[str, str]) -> int:
        assert (url, form["hub.mode"]) == (SITE.hub, "publish")
        if self.waits is not None:
            self.waits.wait()
        if self.answer is None:
            raise TimeoutError
        if self.answer == 204:
            self.heard.append(form["hub.url"])
        return self.answer


def finish(follower: HubFollower, desk: Desk) -> None:
    """Steps until there is nothing to do, waiting for what is being told."""
    while follower.step(desk.session) or follower._telling is not None:
        if follower._telling is not None:
            follower._telling.result()


def paths(hub: Hub) -> set[str]:
    """What was heard of, once for all formats."""
    assert all(topic.startswith("https://credit.example/feeds/") for topic in hub.heard)
    return {topic.removeprefix("https://credit.example/feeds/") for topic in hub.heard}


def test_a_change_is_told_in_every_feed_it_stands_in_and_in_every_format(desk: Desk) -> None:
    hub = Hub()
    follower = HubFollower(SITE, StandingClock(), hub)
    finish(follower, desk)
    desk.publish(penalty(1))
    finish(follower, desk)
    names = ("all", "agencies/market-supervision", "divisions/410105")
    assert paths(hub) == {f"{name}.{end}" for name in names for end in ("atom", "rss", "json")}
    assert position(desk.session, NAME) == 1


def test_an_ending_is_told_too(desk: Desk) -> None:
    desk.publish(penalty(1))
    hub = Hub()
    follower = HubFollower(SITE, StandingClock(), hub)
    finish(follower, desk)
    assert not hub.heard, "what was published before there was a hub is nobody's news"
    end_record(desk.session, desk.vault, 1, EndReason.REPAIRED, "t", desk.now)
    finish(follower, desk)
    assert "all.atom" in paths(hub)


@pytest.mark.parametrize("answer", [None, 500])
def test_what_a_hub_did_not_take_is_told_again_later_even_by_another_process(
    desk: Desk, answer: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = Hub()
    follower = HubFollower(SITE, StandingClock(), hub)
    finish(follower, desk)
    hub.answer = answer
    desk.publish(penalty(1))
    finish(follower, desk)
    assert position(desk.session, NAME) == 0
    hub.answer = 204
    finish(follower, desk)
    assert not hub.heard, "it is left alone for a while"
    finish(HubFollower(SITE, StandingClock(), hub), desk)
    assert "all.atom" in paths(hub)
    monkeypatch.setattr(follower, "_resting_until", 0.0)
    finish(follower, desk)
    assert position(desk.session, NAME) == 1


def test_pauses_grow_to_an_hour_and_end_with_the_first_success(desk: Desk) -> None:
    hub = Hub()
    follower = HubFollower(SITE, StandingClock(), hub)
    finish(follower, desk)
    desk.publish(penalty(1))
    hub.answer = 503
    pauses = []
    for _ in range(9):
        follower._resting_until = 0.0
        finish(follower, desk)
        pauses.append(follower._pause)
    assert pauses[:3] == [30.0, 60.0, 120.0]
    assert pauses[-1] == websub.LONGEST_PAUSE_SECONDS
    hub.answer, follower._resting_until = 204, 0.0
    finish(follower, desk)
    assert follower._pause == 0.0


def test_the_worker_never_waits_for_a_hub(desk: Desk) -> None:
    hub = Hub()
    hub.waits = threading.Event()
    follower = HubFollower(SITE, StandingClock(), hub)
    follower.step(desk.session)
    desk.publish(penalty(1))
    try:
        assert follower.step(desk.session) == 1
        assert follower.step(desk.session) == 0
        assert follower._telling is not None
        desk.publish(penalty(2))
        assert follower.step(desk.session) == 0
        assert not hub.heard
    finally:
        hub.waits.set()
    finish(follower, desk)
    assert position(desk.session, NAME) == 2


@pytest.fixture
def loopback_hub() -> Iterator[tuple[str, list[dict[str, list[str]]]]]:
    heard: list[dict[str, list[str]]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append(parse_qs(body.decode()))
            self.send_response({"/hub": 202, "/moved": 302}.get(self.path, 404))
            self.send_header("Location", "/hub")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", heard
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_form_goes_out_by_http_and_follows_no_redirect(
    loopback_hub: tuple[str, list[dict[str, list[str]]]],
) -> None:
    address, heard = loopback_hub
    form = {"hub.mode": "publish", "hub.url": "https://credit.example/feeds/all.atom"}
    assert post_form(f"{address}/hub", form) == 202
    assert heard == [{name: [value] for name, value in form.items()}]
    assert post_form(f"{address}/moved", form) == 302
    assert post_form(f"{address}/nowhere", form) == 404
    assert len(heard) == 3
    with pytest.raises(OSError, match="the web"):
        post_form("file:///etc/hostname", form)
