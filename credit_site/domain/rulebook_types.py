"""What the rulebook's files say, as plain frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Visibility(StrEnum):
    """Who sees a field: everybody, everybody in masked form, nobody."""

    PUBLIC = "public"
    MASKED = "masked"
    NEVER = "never"


class FieldType(StrEnum):
    """How a field's values are read and shown."""

    STRING = "string"
    TEXT = "text"
    DATE = "date"
    YUAN = "yuan"
    USCC = "uscc"
    CHOICE = "choice"
    CHOICES = "choices"


class SearchRole(StrEnum):
    """As what a field's text is found."""

    NONE = "none"
    NAME = "name"
    CODE = "code"
    NUMBER = "number"
    AGENCY = "agency"
    FACTS = "facts"
    BASIS = "basis"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a register; ``max_length`` in characters, ``tone_titles`` by tone of a list."""

    name: str
    title: str
    type: FieldType
    required: bool = False
    max_length: int | None = None
    choices: tuple[str, ...] = ()
    choice_aliases: Mapping[str, str] = field(default_factory=dict)
    visibility: Visibility = Visibility.PUBLIC
    search: SearchRole = SearchRole.NONE
    help: str = ""
    example: str = ""
    tone_titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together on a form."""

    title: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """A kind of public record; ``groups`` say which fields stand together on a form."""

    name: str
    title: str
    fields: tuple[Field, ...]
    subject_field: str
    uscc_field: str
    number_field: str
    date_field: str
    amount_fields: tuple[str, ...]
    category_field: str
    groups: tuple[Group, ...] = ()
    second_person: tuple[str, ...] = ()  # a correction of these is published by somebody else

    def field(self, name: str) -> Field:
        """The field of that name; raises KeyError."""
        if (found := next((one for one in self.fields if one.name == name), None)) is None:
            raise KeyError(name)
        return found

    @property
    def public_fields(self) -> tuple[Field, ...]:
        """Fields that are shown, masked ones among them."""
        return tuple(f for f in self.fields if f.visibility is not Visibility.NEVER)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a layout; ``required_with`` are penalty types that make it required."""

    title: str
    code: str
    field: str
    required: bool = False
    aliases: tuple[str, ...] = ()
    unit: str = ""
    max_length: int | None = None
    required_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is laid out that fills a register."""

    name: str
    title: str
    register: str
    columns: tuple[Column, ...]
    subject_kind: str = ""
    defaults: Mapping[str, str] = field(default_factory=dict)
    at_least_one_of: tuple[tuple[str, ...], ...] = ()
    spreadsheet_note: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """A bureau; ``uscc_invented``: no public code is known; ``review_body``: who reviews it.

    ``credit_office``: it is the level above that reviews the listings of all others.
    """

    slug: str
    name: str
    short_name: str
    aliases: tuple[str, ...] = ()
    uscc: str = ""
    uscc_invented: bool = False
    division: str = ""
    kind: str = ""
    note: str = ""
    review_body: str = ""
    credit_office: bool = False


@dataclass(frozen=True, slots=True)
class Division:
    """A district or zone of the city; ``aliases`` are short names in use.

    ``tile``: column and line, from 0, on the schematic map; empty for what has no place of its own
    there, and ``short_name`` as it is written on it.
    """

    code: str
    name: str
    note: str = ""
    aliases: tuple[str, ...] = ()
    short_name: str = ""
    tile: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign of enforcement."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TipTopic:
    """What a tip can be about; ``agency`` is the slug of the bureau that deals with it."""

    slug: str
    name: str
    agency: str


@dataclass(frozen=True, slots=True)
class PenaltyType:
    """A kind of penalty after 行政处罚法 (2021) 第九条."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    severity: str = "general"


@dataclass(frozen=True, slots=True)
class Basis:
    """The document a rule rests on; ``verified``: read in the source.

    ``lists`` and ``branches`` of lists: of these alone; empty for all. ``prolongs``: it carries a
    period longer than the usual one, and nothing else.
    """

    document: str
    article: str = ""
    url: str = ""
    verified: bool = False
    lists: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    prolongs: bool = False

    def holds_for(self, list_name: str, branch: str) -> bool:
        """Whether it carries what a list, or a branch of it ("" for none known), does."""
        of_list = not self.lists or list_name in self.lists
        return of_list and (not self.branches or branch in self.branches)


@dataclass(frozen=True, slots=True)
class ListDefinition:
    """A list; ``tone``: black, watch, red; ``kind`` in a word; ``only_natural_persons`` on it.

    ``ends_beside``: the lists that take their subject off this one at once.
    """

    slug: str
    name: str
    kind: str
    register: str
    natural_persons: bool
    tone: str
    description: str
    basis: tuple[Basis, ...]
    only_natural_persons: bool = False
    ends_beside: tuple[str, ...] = ()

    @property
    def grave(self) -> bool:
        """Whether standing on it says how serious a dishonesty is: only of a list in black."""
        return self.tone == "black"


@dataclass(frozen=True, slots=True)
class Measure:
    """What follows from standing on a list; ``kind``: punish, manage, favour.

    ``target`` whom it meets, ``body`` who carries it out. A ministry's decree binds its own bureaus
    alone: what a measure rests on is asked for each branch (``list_measures.measures_of``).
    """

    slug: str
    name: str
    kind: str
    content: str
    target: str
    body: str
    basis: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class ListGround:
    """Why a subject may be entered on a list, and the article that says so."""

    slug: str
    name: str
    basis: str


@dataclass(frozen=True, slots=True)
class ListBranch:
    """One field of a list with its own law: grounds, measures, way off, remedies.

    ``agencies`` may decide (empty: all); ``in_force_*`` bound the days of the facts. With
    ``heavier_penalty`` nothing is listed without one of ``heavier_types`` or a huge fine; with
    ``with_penalty`` notice and decision go together with the penalty's. ``review`` is above or
    none. ``extension`` says on what an entry is prolonged: none, repetition, restriction; which
    restrictions of law that are, ``restrictions``.
    """

    slug: str
    list: str
    name: str
    agencies: tuple[str, ...]
    in_force_from: date
    heavier_penalty: bool
    heavier_types: tuple[str, ...]
    with_penalty: bool
    no_intent_spared: bool
    review: str
    extension: str
    measures: tuple[str, ...]
    removal: str
    remedies: str
    grounds: tuple[ListGround, ...]
    basis: tuple[Basis, ...]
    in_force_to: date | None = None
    restrictions: tuple[str, ...] = ()

    def covers(self, day: date) -> bool:
        """Whether facts of that day come under it."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def ground(self, slug: str) -> ListGround | None:
        """The ground of that slug; None where the catalogue has none."""
        return next((ground for ground in self.grounds if ground.slug == slug), None)
