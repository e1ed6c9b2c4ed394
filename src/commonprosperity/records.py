"""The records: sources, companies, initiatives, pledges and figures, as plain facts.

A record is frozen and hashable, holds tuples and never lists, and links to other records by their
ids, so that a dataset can check the links. Only the fields without a default are required. A field
that is a period takes its text or a date, one that is money takes its text, and one that is an
enumeration takes its value. A record shows the facts that it is given, as a table and in its repr.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import attrs
from attrs.converters import optional

from commonprosperity.errors import RecordError
from commonprosperity.facts import Facts
from commonprosperity.money import Money, ParsedAmount
from commonprosperity.period import Period
from commonprosperity.quoting import UNSEEN, suggestion
from commonprosperity.units import per, quantity
from commonprosperity.wording import Qualifier, known_locale, number

if TYPE_CHECKING:
    from pint import Quantity


class Stage(StrEnum):
    """How far a promise has come: the IATI transaction types 12, 2 and 3."""

    PLEDGE = "pledge"
    COMMITMENT = "commitment"
    DISBURSEMENT = "disbursement"


class Instrument(StrEnum):
    """What is given."""

    CASH = "cash"
    SHARES = "shares"
    LOAN = "loan"
    IN_KIND = "in_kind"


_Member = TypeVar("_Member", bound=StrEnum)

_PLAIN_ID = re.compile(r"[A-Za-z0-9_.-]+")
_URL = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)


def _member(kind: type[_Member], value: str) -> _Member:
    try:
        return kind(value)
    except ValueError:
        values = [member.value for member in kind]
        problem = f"is none of {', '.join(values)}{suggestion(str(value), values)}"
        raise RecordError(kind.__name__.lower(), value, problem) from None


def _qualifier(value: str) -> Qualifier:
    return _member(Qualifier, value)


def _stage(value: str) -> Stage:
    return _member(Stage, value)


def _instrument(value: str) -> Instrument:
    return _member(Instrument, value)


def _period(value: Period | date | str) -> Period:
    return Period.of(value)


def _money(value: Money | str) -> Money:
    return Money.of(value)


def _moneys(values: Money | str | Iterable[Money | str]) -> tuple[Money, ...]:
    return tuple(map(Money.of, _each("equivalents", values, (Money, str))))


def _number(value: Decimal | int | str) -> Decimal:
    return number(value)


def _texts(field: str, values: str | Iterable[str]) -> tuple[str, ...]:
    return tuple(_text(field, value) for value in _each(field, values, str))


def _themes(values: str | Iterable[str]) -> tuple[str, ...]:
    return _texts("themes", values)


def _aliases(values: str | Iterable[str]) -> tuple[str, ...]:
    return _texts("aliases", values)


def _each(field: str, values: Any, alone: Any) -> Iterable[Any]:
    """Take several values, or one of a kind that may stand alone."""
    if isinstance(values, tuple):
        return values
    if isinstance(values, alone):
        return [values]
    if isinstance(values, Iterable) and not isinstance(values, Mapping):
        return values
    raise RecordError(field, values, "is no list")


def composed(text: str) -> str:
    """Put a text in Unicode's composed form, in which texts that look equal are equal.

    What is no text is left as it is.
    """
    return unicodedata.normalize("NFC", text) if isinstance(text, str) else text


def composed_key(key: Any) -> Any:
    """Put the texts of a key, or of a tuple of keys, in Unicode's composed form."""
    return tuple(map(composed, key)) if isinstance(key, tuple) else composed(key)


def _text(field: str, value: str) -> str:
    text = composed(value)
    if not isinstance(text, str):
        raise RecordError(field, text, "is no text")
    if not text.strip():
        raise RecordError(field, text, "is empty; leave it out or write something")
    if UNSEEN.search(text):
        problem = "has a control character; write visible characters, on one line"
        raise RecordError(field, text, problem)
    return text


def _id(field: str, value: str) -> str:
    if type(value) is str and _PLAIN_ID.fullmatch(value):
        return value  # as most are; what follows takes four times as long
    text = _text(field, value)
    # Letters of some scripts are written with marks, which are no letters of their own.
    if not all(c.isalnum() or c in "-_." or unicodedata.category(c)[0] == "M" for c in text):
        raise RecordError(field, text, "is no id; write letters, digits, -, _ and . only")
    return text


def _url(field: str, value: str) -> str:
    text = _text(field, value)
    if not _URL.fullmatch(text):
        raise RecordError(field, text, "is no web address; it starts with http:// or https://")
    return text


def _check_not_negative(_: object, field: "attrs.Attribute[Any]", value: Money) -> None:
    if value.amount < 0:
        raise RecordError(field.name, str(value), "is negative; a withdrawal is an amount of 0")


def _check_none_negative(
    record: object, field: "attrs.Attribute[Any]", values: tuple[Money, ...]
) -> None:
    for value in values:
        _check_not_negative(record, field, value)


Id = Annotated[str, "id"]
Url = Annotated[str, "url"]

_TAKEN: dict[Any, Callable[[str, str], str]] = {str: _text, Id: _id, Url: _url}
_TAKEN_IF_GIVEN = {kind | None: take for kind, take in _TAKEN.items()}


def _checked(_: type, fields: "list[attrs.Attribute[Any]]") -> "list[attrs.Attribute[Any]]":
    """Let every field of a text, an id or a web address take what is one, and refuse the rest."""
    return [*map(_checking, fields)]


def _checking(field: "attrs.Attribute[Any]") -> "attrs.Attribute[Any]":
    # In one call: a converter and then a validator took twice as long, for ten fields of a pledge.
    if field.type in _TAKEN:
        return field.evolve(converter=partial(_TAKEN[field.type], field.name))
    if field.type in _TAKEN_IF_GIVEN:
        return field.evolve(converter=optional(partial(_TAKEN_IF_GIVEN[field.type], field.name)))
    return field


@attrs.frozen(kw_only=True, repr=False, field_transformer=_checked)
class Source(Facts):
    """Where facts come from: an article, a press release, a report."""

    id: Id
    title: str
    publisher: str | None = None
    published: Period | None = attrs.field(default=None, converter=optional(_period))
    url: Url | None = None
    note: str | None = None


@attrs.frozen(kw_only=True, repr=False, field_transformer=_checked)
class Company(Facts):
    """A company that promises money.

    ``aliases`` are other names that it goes by, in any language.

    >>> Company(id="tencent", name="Tencent", name_zh="腾讯", aliases="Tencent Holdings").aliases
    ('Tencent Holdings',)
    """

    id: Id
    name: str
    name_zh: str | None = None
    aliases: tuple[str, ...] = attrs.field(default=(), converter=_aliases)
    note: str | None = None


@attrs.frozen(kw_only=True, repr=False, field_transformer=_checked)
class Initiative(Facts):
    """A programme of a company, perhaps part of a larger one (``part_of``).

    ``started`` and ``ends`` are as precise as the source has them.
    """

    id: Id
    company: Id
    name: str
    name_zh: str | None = None
    started: Period | None = attrs.field(default=None, converter=optional(_period))
    ends: Period | None = attrs.field(default=None, converter=optional(_period))
    themes: tuple[str, ...] = attrs.field(default=(), converter=_themes)
    lead: str | None = None
    part_of: Id | None = None
    source: Id | None = None
    locator: str | None = None
    note: str | None = None


@attrs.frozen(kw_only=True, repr=False, field_transformer=_checked)
class Pledge(Facts):
    """A sum of money that a company promises, commits itself to, or has given.

    ``amount`` is in the currency it was announced in, and 0 is a withdrawal; ``high`` is the upper
    end when the source states a range. ``announced`` is when; ``value_date`` is the date whose
    exchange rate values the amount, and the announcement's unless it is given; ``spend`` is when
    the money is to be spent. ``funder`` is who pays, when it is not the company itself.
    ``equivalents`` are the other currencies' figures that the source itself prints.

    Three links keep money from being counted twice. This record's money is inside that of
    ``part_of``; this record is a later version of ``supersedes``; or it tells ``restates`` again.

    >>> acme = Pledge(id="acme-1", company="acme", amount="2 billion CNY", announced="2021-09-15")
    >>> print(acme.amount, acme.value_date, acme.stage)
    2,000,000,000 CNY 2021-09-15 pledge

    Raises `RecordError`, `AmountError`, `CurrencyError` or `PeriodError` for what a field cannot
    hold.
    """

    id: Id
    company: Id
    initiative: Id | None = None
    amount: Money = attrs.field(converter=_money, validator=_check_not_negative)
    high: Money | None = attrs.field(default=None, converter=optional(_money))
    qualifier: Qualifier = attrs.field(default=Qualifier.EXACT, converter=_qualifier)
    stage: Stage = attrs.field(default=Stage.PLEDGE, converter=_stage)
    instrument: Instrument | None = attrs.field(default=None, converter=optional(_instrument))
    announced: Period = attrs.field(converter=_period)
    value_date: Period = attrs.field(
        default=attrs.Factory(lambda pledge: pledge.announced, takes_self=True), converter=_period
    )
    spend: Period | None = attrs.field(default=None, converter=optional(_period))
    funder: str | None = None
    part_of: Id | None = None
    supersedes: Id | None = None
    restates: Id | None = None
    equivalents: tuple[Money, ...] = attrs.field(
        default=(), converter=_moneys, validator=_check_none_negative
    )
    source: Id | None = None
    locator: str | None = None
    note: str | None = None

    def __attrs_post_init__(self) -> None:
        currency = self.amount.currency
        if self.high and (self.high.currency != currency or self.high < self.amount):
            problem = f"is no upper end of a range from {self.amount}"
            raise RecordError("high", str(self.high), problem)
        for equivalent in self.equivalents:
            if equivalent.currency == currency:
                problem = "is in the amount's own currency; an equivalent is in another"
                raise RecordError("equivalents", str(equivalent), problem)

    @property
    def stated(self) -> ParsedAmount:
        """The amount as it is stated: with how firm it is, and its upper end if it is a range.

        >>> print(Pledge(id="a", company="acme", amount="2 billion CNY", qualifier="up_to",
        ...              announced="2021").stated)
        up to 2 billion CNY
        """
        return ParsedAmount(self.amount, self.qualifier, self.high)

    def per(self, unit: str) -> "Quantity[Any]":
        """Return the amount for each unit of the time that it is to be spent in (``spend``).

        >>> from commonprosperity.units import words
        >>> three = Pledge(id="a", company="acme", amount="3 billion CNY", announced="2021",
        ...                spend="2022/2024")
        >>> words(three.per("year"))
        '1,000,000,000.00 CNY/year'

        Whole calendar months are counted; else a year has 365.25 days, of which a month is a
        twelfth. Raises `RecordError` when the time is not given, and
        `UnitError` when the unit is none of time.
        """
        if self.spend is None:
            raise RecordError("spend", None, "is not given, so there is no time to divide by")
        return per(self.amount, self.spend, unit)

    def amount_in(self, currency: str) -> Money | None:
        """Return the amount in the currency it is in, or the first equivalent in that currency.

        >>> dollars = Pledge(id="a", company="acme", amount="1 million USD", announced="2021",
        ...                  equivalents=["6.5 million CNY"])
        >>> dollars.amount_in("CNY"), dollars.amount_in("EUR")
        (Money('6.5E+6', 'CNY'), None)
        """
        told = (self.amount, *self.equivalents)
        return next((money for money in told if money.currency == currency), None)


@attrs.frozen(kw_only=True, repr=False, field_transformer=_checked)
class Figure(Facts):
    """A number about a company or an initiative that is no pledge: revenue, donors, growth.

    ``unit`` is a unit of `units.registry`: ``CNY``, ``person``, ``percent``, ``CNY/year``.
    """

    id: Id
    about: Id
    measure: str | None = None
    value: Decimal = attrs.field(converter=_number)
    unit: str | None = None
    qualifier: Qualifier = attrs.field(default=Qualifier.EXACT, converter=_qualifier)
    period: Period | None = attrs.field(default=None, converter=optional(_period))
    source: Id | None = None
    locator: str | None = None
    note: str | None = None

    @property
    def quantity(self) -> "Quantity[Any]":
        """The value with its unit; without one it is a plain number.

        >>> from commonprosperity.units import words
        >>> words(Figure(id="f", about="acme", value="89", unit="percent").quantity)
        '89.00 percent'

        Raises `UnitError` for a unit that `units.registry` does not have.
        """
        return quantity(self.value, self.unit or "")


def format_amount(pledge: Pledge, locale: str, style: str = "words") -> str:
    """Write what a pledge promises for readers of a locale, with its qualifier and its range.

    >>> ten = Pledge(id="a", company="acme", amount="10 billion CNY", qualifier="up_to",
    ...              announced="2021")
    >>> format_amount(ten, "en"), format_amount(ten, "zh_CN")
    ('up to 10 billion yuan', '不超过100亿元')

    The styles are those of `Money.format`, which says what is raised.
    """
    return pledge.stated.format(locale, style)


def name_in(record: Company | Initiative, locale: str) -> str:
    """Return what a company or an initiative is called by readers of a locale.

    >>> tencent = Company(id="tencent", name="Tencent", name_zh="腾讯")
    >>> name_in(tencent, "en"), name_in(tencent, "zh_CN")
    ('Tencent', '腾讯')

    Raises `LocaleError` for an unknown locale.
    """
    chinese = known_locale(locale).language == "zh"
    return (chinese and record.name_zh) or record.name


PLEDGE_FIELDS: tuple[str, ...] = tuple(field.name for field in attrs.fields(Pledge))
TUPLE_FIELDS = frozenset(field.name for field in attrs.fields(Pledge) if field.default == ())

Record = Source | Company | Initiative | Pledge | Figure
