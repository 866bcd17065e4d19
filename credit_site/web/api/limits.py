"""Fair use: how many calls an address or a key has in a window, and what its answers say of it.

Windows are counted for all processes together (``tally``). The fields are those of the IETF draft
«RateLimit header fields for HTTP» (draft-ietf-httpapi-ratelimit-headers-10), 3 and 4.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g
from limits import RateLimitItem, parse_many

from credit_site.settings import Settings
from credit_site.web.api.answers import problem
from credit_site.web.tally import counted, visitor

View = TypeVar("View", bound=Callable[..., Any])
_COST = "api_cost"


class Cost(StrEnum):
    """What a call is counted as."""

    SEARCH = "search"
    READ = "read"


class TooOften(Exception):
    """The calls of a window are used up."""


@dataclass(frozen=True, slots=True)
class Window:
    """A policy with what is left of it: ``seconds`` until it begins anew."""

    name: str
    quota: int
    length: int
    left: int
    seconds: int

    @property
    def policy(self) -> str:
        """As the field RateLimit-Policy says it."""
        return f'"{self.name}";q={self.quota};w={self.length}'

    @property
    def state(self) -> str:
        """As the field RateLimit says it."""
        return f'"{self.name}";r={max(self.left, 0)};t={self.seconds}'


def costs(cost: Cost) -> Callable[[View], View]:
    """Marks a view with what a call of it is counted as; unmarked ones are counted as READ."""

    def mark(view: View) -> View:
        setattr(view, _COST, cost)
        return view

    return mark


def cost_of(endpoint: str | None) -> Cost:
    """What a call of an endpoint is counted as."""
    view = current_app.view_functions.get(endpoint or "")
    found: Cost = getattr(view, _COST, Cost.READ)
    return found


def charge(cost: Cost, calls: int = 1, key: str = "", times: int = 1) -> None:
    """Counts calls against a key, or the asker's address. Raises TooOften.

    ``times`` as many as an address has are the key's.
    """
    who = key or visitor()
    windows = [_counted(item, cost, who, calls, times) for item in _items(cost)]
    g.api_charged = (cost, key, times)
    g.api_windows = windows
    if any(window.left < 0 for window in windows):
        raise TooOften


def charge_more(calls: int) -> None:
    """The present call is worth so many more. Raises TooOften."""
    if calls > 0:
        cost, key, times = g.api_charged
        charge(cost, calls, key, times)


def too_often(_error: Exception) -> Response:
    """429 with the policies that are used up and when to come again."""
    spent = [window for window in _windows() if window.left < 0]
    seconds = max(window.seconds for window in spent)
    response = problem(
        429,
        detail=f"这段时间的次数用完了，请等 {seconds} 秒再试。用得多可以申请密钥，见接口文档。",
        more={"violated-policies": [window.name for window in spent]},
    )
    response.headers["Retry-After"] = str(seconds)
    return response


def tell(response: Response) -> Response:
    """Adds what is left to an answer."""
    windows = _windows()
    if windows:
        response.headers["RateLimit-Policy"] = ", ".join(one.policy for one in windows)
        response.headers["RateLimit"] = ", ".join(one.state for one in windows)
    return response


def init_limits(app: Flask, settings: Settings) -> None:
    """What counting needs of the application. Raises ValueError for a limit that is none."""
    app.config["API_LIMITS"] = {
        Cost.SEARCH: parse_many(settings.api_search_limit),
        Cost.READ: parse_many(settings.api_read_limit),
    }


def quotas(cost: Cost) -> list[tuple[int, int]]:
    """Number of calls and seconds of each window, for people to read."""
    return [(item.amount, item.get_expiry()) for item in _items(cost)]


def _items(cost: Cost) -> Sequence[RateLimitItem]:
    found: Sequence[RateLimitItem] = current_app.config["API_LIMITS"][cost]
    return found


def _counted(item: RateLimitItem, cost: Cost, who: str, calls: int, times: int) -> Window:
    length, quota = item.get_expiry(), item.amount * times
    name = f"{cost.value}-{length}s"
    used = counted(name, who, item, calls)
    return Window(name, quota, length, quota - used.calls, ceil(used.seconds))


def _windows() -> list[Window]:
    found: list[Window] = g.get("api_windows", [])
    return found
