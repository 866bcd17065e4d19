"""People of one bureau, and one of another."""

from __future__ import annotations

import pytest
from flask import Flask

from credit_site.domain.permissions import Role
from tests.support.people import Person, signed_in
from tests.support.uploads import decision, published

BUREAU = "market-supervision"


@pytest.fixture
def clerk(app: Flask) -> Person:
    return signed_in(app, Role.CLERK, BUREAU)


@pytest.fixture
def reviewer(app: Flask) -> Person:
    return signed_in(app, Role.REVIEWER, BUREAU)


@pytest.fixture
def stranger(app: Flask) -> Person:
    """A reviewer of another bureau."""
    return signed_in(app, Role.REVIEWER, "health")


@pytest.fixture
def record(app: Flask, clerk: Person, reviewer: Person) -> str:
    """The address of a published record on the desk."""
    return published(app, clerk, reviewer, decision(1))
