"""What each feed is about: its name, its page, and which records belong to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from credit_site.domain.feed_addresses import FeedKind
from credit_site.domain.identifiers import is_uscc
from credit_site.domain.rulebook import Rulebook
from credit_site.services.public_records import Selection
from credit_site.web.feeds.addresses import SiteAddresses
from credit_site.web.presenters.words import Names, spoken_days
from credit_site.web.search_parameters import SearchParameters
from search_index import Days, read_query

STANDING = (
    FeedKind.ALL,
    FeedKind.LIST,
    FeedKind.CAMPAIGN,
    FeedKind.DIVISION,
    FeedKind.AGENCY,
)
"""Kinds of feeds that always exist and are told of by the hub, in the order they are shown."""


@dataclass(frozen=True, slots=True)
class FeedSubject:
    """A feed that exists; ``name`` is that of the agency or list, or the code.

    ``selection`` says which records belong to it; ``search``, where it is one, finds and orders
    them, and the selection is that of its filters alone.
    """

    kind: FeedKind
    key: str
    name: str
    subtitle: str
    selection: Selection
    search: SearchParameters | None = None

    @property
    def standing(self) -> bool:
        """Whether it always exists."""
        return self.kind in STANDING

    @property
    def sparse(self) -> bool:
        """Whether no index leads to its records, or none may lead to what has ended of them."""
        return self.kind in (FeedKind.DIVISION, FeedKind.CAMPAIGN, FeedKind.COMPANY)

    def page_url(self, addresses: SiteAddresses) -> str:
        """The page that shows the same to a browser."""
        match self.kind:
            case FeedKind.AGENCY:
                return addresses.agency(self.key)
            case FeedKind.COMPANY:
                return addresses.company(self.key)
            case FeedKind.LIST:
                return addresses.list_page(self.key)
            case FeedKind.DIVISION:
                return addresses.filtered("division", self.selection.division)
            case FeedKind.CAMPAIGN:
                return addresses.filtered("campaign", self.selection.campaign)
            case FeedKind.SEARCH:
                return addresses.search(self.key)
            case FeedKind.ALL:
                return addresses.home()


def find_subject(kind: FeedKind, key: str, rulebook: Rulebook) -> FeedSubject | None:
    """The feed's subject; None for names nobody knows, and for impossible codes.

    A code of which nothing is known has an empty feed: who follows a company wants to hear of its
    first record.
    """
    match kind:
        case FeedKind.AGENCY:
            return _of_agency(key, rulebook)
        case FeedKind.DIVISION:
            return _of_division(key, rulebook)
        case FeedKind.LIST:
            return _of_list(key, rulebook)
        case FeedKind.CAMPAIGN:
            return _of_campaign(key, rulebook)
        case FeedKind.COMPANY:
            return _of_company(key)
        case FeedKind.ALL:
            return everything()
        case FeedKind.SEARCH:
            return None


def of_search(parameters: SearchParameters, names: Names) -> FeedSubject:
    """What a search finds, in the order of its page."""
    narrowed = [names.facet(name, value) for name, value in parameters.filters.items()]
    said = "、".join([*_typed(parameters.q), *narrowed])
    name = f"查询{said}" if said else "全部公示信息（按查询的顺序）"
    scope = Selection(
        register=parameters.register,
        agency=parameters.agency,
        list_name=parameters.list_name,
        division=parameters.division,
        campaign=parameters.campaign,
        branch=parameters.branch,
    )
    return FeedSubject(
        FeedKind.SEARCH,
        parameters.address_below("").removeprefix("?"),
        name,
        f"{name}的结果，次序与查询页面相同。",
        scope,
        parameters,
    )


def _typed(text: str) -> Iterator[str]:
    """What was typed, as written; days alone in words, since links and forms write them too."""
    if text:
        node = read_query(text).node
        yield spoken_days(node.first, node.last) if isinstance(node, Days) else f"“{text}”"


def everything() -> FeedSubject:
    """All that is public."""
    return FeedSubject(
        FeedKind.ALL, "", "全部公示信息", "全市各机关最新公示和更正的信用信息。", Selection()
    )


def standing_subjects(rulebook: Rulebook) -> tuple[FeedSubject, ...]:
    """The feeds that always exist, kind by kind, each in the rulebook's order."""
    return tuple(_standing(rulebook))


def _standing(rulebook: Rulebook) -> Iterator[FeedSubject]:
    keys = {
        FeedKind.ALL: ("",),
        FeedKind.LIST: tuple(rulebook.lists),
        FeedKind.CAMPAIGN: tuple(rulebook.campaigns),
        FeedKind.DIVISION: tuple(rulebook.divisions),
        FeedKind.AGENCY: tuple(rulebook.agencies),
    }
    for kind in STANDING:
        for key in keys[kind]:
            found = find_subject(kind, key, rulebook)
            assert found is not None, "the rulebook knows its own names"
            yield found


def _of_agency(slug: str, rulebook: Rulebook) -> FeedSubject | None:
    agency = rulebook.agencies.get(slug)
    if agency is None:
        return None
    subtitle = f"{agency.name}最新公示和更正的信用信息。"
    return FeedSubject(FeedKind.AGENCY, slug, agency.name, subtitle, Selection(agency=slug))


def _of_division(code: str, rulebook: Rulebook) -> FeedSubject | None:
    division = rulebook.divisions.get(code)
    if division is None:
        return None
    subtitle = f"{division.name}最新公示和更正的信用信息。"
    return FeedSubject(FeedKind.DIVISION, code, division.name, subtitle, Selection(division=code))


def _of_list(name: str, rulebook: Rulebook) -> FeedSubject | None:
    found = rulebook.lists.get(name)
    if found is None:
        return None
    subtitle = f"最新列入、更正和移出“{found.name}”的信息。"
    return FeedSubject(FeedKind.LIST, name, found.name, subtitle, Selection(list_name=name))


def _of_campaign(slug: str, rulebook: Rulebook) -> FeedSubject | None:
    found = rulebook.campaigns.get(slug)
    if found is None:
        return None
    name = f"专项行动“{found.name}”"
    subtitle = f"{name}中最新公示和更正的信用信息。"
    return FeedSubject(FeedKind.CAMPAIGN, slug, name, subtitle, Selection(campaign=found.name))


def _of_company(uscc: str) -> FeedSubject | None:
    if not is_uscc(uscc):
        return None
    name = f"统一社会信用代码 {uscc}"
    subtitle = f"{name} 名下最新公示和更正的信用信息。"
    return FeedSubject(FeedKind.COMPANY, uscc, name, subtitle, Selection(uscc=uscc))
