"""``/statistics/``: figures of what is public, for a search or for all of it."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from werkzeug.exceptions import ServiceUnavailable

from credit_site.domain.rulebook import load_rulebook
from credit_site.domain.statistics_rules import statistics_rules
from credit_site.extensions import clock, db, name_directory, search_engine
from credit_site.services.statistics.asking import FiguresLate, PublicFigures
from credit_site.services.statistics.figures import Figures
from credit_site.services.statistics.history import MonthOfList, histories
from credit_site.web.describing import described
from credit_site.web.frame import site_settings, words
from credit_site.web.parameters import given
from credit_site.web.presenters.statistics import CHARTS, TITLES, Row, StatisticsWords
from credit_site.web.search_filters import (
    FACET_TITLES,
    AskedSearch,
    readable_search,
    understood_search,
)
from credit_site.web.search_parameters import SearchParameters, engine_query
from credit_site.web.searching import PersonalNumberAsked
from credit_site.web.spoken import UnreadFilter
from credit_site.web.statistics.files import LISTS, Told, csv_answer, json_answer, lists_csv
from credit_site.web.statistics.narrowing import (
    choices,
    conditions,
    file_name,
    narrowed,
    narrowing,
)
from search_index import SearchUnavailable

blueprint = Blueprint("statistics", __name__)
PATH = "/statistics/"
BACK = (PATH, "回到统计")
LATE, DOWN = "late", "down"
ALL_TITLES = FACET_TITLES | TITLES
_NAMES = ", ".join([*CHARTS, LISTS])


@blueprint.get(PATH)
def page() -> str:
    """Charts, each with its table; while figures cannot be told the page says so."""
    try:
        asked = understood_search()
    except PersonalNumberAsked:
        return render_template("search/refused.html")
    problem, figures = "", Figures(0, {})
    try:
        figures = _figures(asked.parameters)
    except FiguresLate:
        problem = LATE
    except SearchUnavailable:
        problem = DOWN
    return _rendered(asked, figures, problem)


@blueprint.get(f"/statistics/<any({_NAMES}):name>.csv")
def table(name: str) -> Response:
    """One breakdown with all its values, or the lists month by month."""
    if name == LISTS:
        _no_condition()
        return lists_csv(words().names, _histories(_all()))
    parameters, say = readable_search(*BACK), StatisticsWords(load_rulebook())
    called = file_name(ALL_TITLES[name], conditions(parameters, say, name), clock.today())
    told = Told(_told(parameters), say, parameters.filters)
    return csv_answer(name, ALL_TITLES[name], told, called)


@blueprint.get("/statistics/figures.json")
def figures() -> Response:
    """Everything that the page tells, for programs."""
    parameters = readable_search(*BACK)
    found = _told(parameters)
    lists = _histories(found) if not narrowed(parameters) else {}
    told = Told(found, StatisticsWords(load_rulebook()), parameters.filters)
    return json_answer(told, clock.today(), lists)


def _no_condition() -> None:
    """The past of a list is told of all of it alone: whoever narrows it is refused."""
    if given():
        raise UnreadFilter(
            "名单逐月的变化只按整份名单统计，不能加条件：请去掉 ? 和后面的内容。", BACK
        )


def _rendered(asked: AskedSearch, found: Figures, problem: str) -> str:
    parameters, say = asked.parameters, StatisticsWords(load_rulebook())

    def address(name: str, value: str) -> str:
        unset = getattr(parameters, name) == value
        return parameters.address_below(PATH, **{name: "" if unset else value})

    breakdowns = say.breakdowns(found, ALL_TITLES, address, parameters.filters)
    districts = next((one.rows for one in breakdowns if one.name == "division"), ())
    registers = [
        (words().names.register(one.value), f"{one.count:,}", address("register", one.value))
        for one in found.breakdowns.get("register", ())
    ]
    return render_template(
        "statistics/index.html",
        parameters=parameters,
        problem=problem,
        figures=found,
        total=f"{found.total:,}",
        registers=registers,
        breakdowns=breakdowns,
        tiles=say.tiles(districts, address),
        elsewhere=_elsewhere(districts),
        chips=[(label, address(n, v)) for n, v, label in narrowing(parameters, say)],
        said=conditions(parameters, say),
        unread=asked.said,
        said_of=lambda name: conditions(parameters, say, name),
        file_name=lambda title, said: file_name(title, said, clock.today()),
        address=site_settings().url + parameters.address_below(PATH),
        choices=choices(found, say),
        titles=ALL_TITLES,
        narrowed=narrowed(parameters),
        below=lambda path: parameters.address_below(PATH + path),
        search=parameters.address(),
        lists=_lists(found) if not narrowed(parameters) and not problem else [],
        rounding=statistics_rules(load_rulebook()).history_rounding,
        today=clock.today(),
        canonical=site_settings().url + PATH,
        **described(PATH, "统计", ()),
    )


def _told(parameters: SearchParameters) -> Figures:
    """The figures, or 503 while they cannot be told."""
    try:
        return _figures(parameters)
    except (FiguresLate, SearchUnavailable):
        raise ServiceUnavailable(retry_after=5) from None


def _figures(parameters: SearchParameters) -> Figures:
    if not narrowed(parameters):
        return _all()
    return _public().of(engine_query(parameters, clock.today()))


def _all() -> Figures:
    return _public().all(clock.today())


def _public() -> PublicFigures:
    return PublicFigures(db.session(), search_engine(), name_directory())


def _histories(found: Figures) -> dict[str, list[MonthOfList]]:
    rules = statistics_rules(load_rulebook())
    return histories(db.session(), found.listed, clock.today(), rules)


def _lists(found: Figures) -> list[tuple[str, str, list[MonthOfList]]]:
    """Slug, name and months of each list, the most recent month first."""
    names = words().names
    return [(slug, names.list_name(slug), one[::-1]) for slug, one in _histories(found).items()]


def _elsewhere(districts: tuple[Row, ...]) -> list[Row]:
    """Records of the city itself and of places that the map does not have."""
    book = load_rulebook()
    placed = {code for code, division in book.divisions.items() if division.tile}
    return [row for row in districts if row.value not in placed]
