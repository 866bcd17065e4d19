"""What was done with a matter: each step with its days and its document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from credit_site.domain.matter_clocks import Rest
from credit_site.domain.matters import MatterAction
from credit_site.services.matters.views import MatterView, StepView
from credit_site.web.matters.wording import step_words
from credit_site.web.presenters.words import spoken_days


@dataclass(frozen=True, slots=True)
class Passed:
    """A step in words; ``facts`` are days and document, "" for none.

    ``late``: it is a test that was entered after the term had run out.
    """

    step: StepView
    text: str
    facts: str
    late: bool


def history(found: MatterView) -> list[Passed]:
    """Every step, the first one first."""
    return [_passed(found, step, test) for step, test in _with_tests(found)]


def _with_tests(found: MatterView) -> Iterator[tuple[StepView, Rest | None]]:
    """Each step with the test that it is about: they begin in the order of their steps.

    The oldest steps are of the time when no days of a test were kept.
    """
    begun = [step for step in found.steps if step.action is MatterAction.EXCLUDE]
    unknown = len(begun) - len(found.line.dates.tests)
    tests: list[Rest | None] = [*([None] * unknown), *found.line.dates.tests]
    told, last = iter(tests), None
    for step in found.steps:
        if step.action is MatterAction.EXCLUDE:
            last = next(told, None)
        ours = step.action in (MatterAction.EXCLUDE, MatterAction.TESTED)
        yield step, last if ours else None


def _passed(found: MatterView, step: StepView, test: Rest | None) -> Passed:
    facts = ""
    if test is not None:
        facts = "，".join(filter(None, _facts(test, over=step.action is MatterAction.TESTED)))
    elif not step.state.open:
        facts = found.document
    return Passed(step, step_words(step, found.line.kind), facts, test is not None and test.late)


def _facts(test: Rest, *, over: bool) -> tuple[str, ...]:
    """What a step says of a test: at its end all its days, at its beginning the first.

    One that has no end of its own was entered with both.
    """
    if over:
        return spoken_days(test.first, test.last or date.max), test.report
    whole = test.entered is None and test.last is not None
    days = spoken_days(test.first, test.last if whole and test.last else date.max)
    return days, test.institution, test.document
