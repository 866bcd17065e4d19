"""Schemathesis, a stranger who knows nothing but the description, finds nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from flask import Flask
from schemathesis.config import (
    ChecksConfig,
    GenerationConfig,
    PhasesConfig,
    PositiveDataAcceptanceConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
    SimpleCheckConfig,
    StatefulPhaseConfig,
)
from schemathesis.engine import events, from_schema
from schemathesis.schemas import BaseSchema

from credit_site.extensions import clock, db, vault
from credit_site.services.api_keys import make_key
from tests.support.entries import penalty, saying
from tests.web.conftest import Publish
from tests.web.invented import listed

pytestmark = pytest.mark.both_databases

EXAMPLES = 6
SEED = 20_260_601
BUREAUS = "submissions|lookups"
ACCEPTED = tomllib.loads(Path("schemathesis.toml").read_text(encoding="utf-8"))["checks"][
    "positive_data_acceptance"
]["expected-statuses"]
"""What the project's own file tells whoever tries a running site."""


def described(app: Flask, **headers: str) -> BaseSchema:
    """The description of a site, and how it is to be tried: in the same way every time."""
    project = ProjectConfig(
        headers=headers,
        continue_on_failure=True,
        checks=ChecksConfig(
            # This one cannot follow a WSGI application; tests/web/bureau/test_keys.py does it.
            ignored_auth=SimpleCheckConfig(enabled=False),
            # 422 says what no schema can: one Idempotency-Key stands for one content.
            positive_data_acceptance=PositiveDataAcceptanceConfig(expected_statuses=ACCEPTED),
        ),
        generation=GenerationConfig(max_examples=EXAMPLES, database="none"),
        phases=PhasesConfig(stateful=StatefulPhaseConfig(enabled=False)),
    )
    config = SchemathesisConfig(seed=SEED, projects=ProjectsConfig(default=project))
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, config=config)


def tried(schema: BaseSchema) -> tuple[set[str], list[str]]:
    """Which calls were tried, and what was found."""
    calls: set[str] = set()
    found: list[str] = []
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            found.append(str(event))
        if isinstance(event, events.ScenarioFinished):
            calls.add(event.recorder.label)
            found += faults(event)
    return calls, found


def faults(event: events.ScenarioFinished) -> Iterator[str]:
    """What a scenario has against a call."""
    for checks in event.recorder.checks.values():
        for check in checks:
            if check.failure_info is not None:
                failure = check.failure_info.failure
                asked = check.failure_info.code_sample
                yield f"{event.recorder.label}: {failure.title}: {failure.message}\n{asked}"


@pytest.mark.long
def test_nothing_is_found_in_what_everybody_may_call(app: Flask, publish: Publish) -> None:
    publish(penalty(1), saying(listed(2), subject_type="法人及非法人组织"))
    calls, found = tried(described(app).exclude(path_regex=BUREAUS))
    assert not found, "\n".join(found)
    assert len(calls) >= 11


def test_nothing_is_found_in_what_bureaus_call(app: Flask) -> None:
    with app.app_context():
        key = make_key(db.session(), vault(), "commerce", "系统", "t", clock.now())
    schema = described(app, Authorization=f"Bearer {key}").include(path_regex=BUREAUS)
    calls, found = tried(schema)
    assert not found, "\n".join(found)
    assert len(calls) == 5


def test_a_promise_that_is_not_kept_would_be_found(app: Flask, publish: Publish) -> None:
    publish(penalty(1))
    app.view_functions["api.lists"] = lambda: {"items": "none"}
    _, found = tried(described(app).include(path="/api/v1/lists"))
    assert found
