"""``Pledge``: a sum of money that a company promises, commits itself to, or has given."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

import attrs
from attrs.converters import optional

from commonprosperity.errors import RecordError
from commonprosperity.money import Money, ParsedAmount
from commonprosperity.period import Period
from commonprosperity.records.facts import Facts
from commonprosperity.records.fields import (
    Id,
    checked_fields,
    to_member,
    to_money,
    to_moneys,
    to_period,
    to_qualifier,
    to_tags,
)
from commonprosperity.sentence import Sentence
from commonprosperity.tags import Tags
from commonprosperity.units import per
from commonprosperity.wording import Qualifier

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


StageName = Literal["pledge", "commitment", "disbursement"]
InstrumentName = Literal["cash", "shares", "loan", "in_kind"]


def _stage(value: Stage | StageName) -> Stage:
    return to_member(Stage, value)


def _instrument(value: Instrument | InstrumentName) -> Instrument:
    return to_member(Instrument, value)


@attrs.frozen(kw_only=True, repr=False, field_transformer=checked_fields)
class Pledge(Facts):
    """A sum of money that a company promises, commits itself to, or has given.

    ``amount`` is in the currency it was announced in, and 0 is a withdrawal. A commitment or a
    disbursement may be negative: it is a correction or a refund, exact or about, which lowers the
    sum, and its equivalents are negative too. ``high`` is the upper end when the source states a
    range. ``announced`` is when; ``value_date`` is the date whose
    exchange rate values the amount, and the announcement's unless it is given; ``spend`` is when
    the money is to be spent. ``funder`` is who pays, when it is not the company itself;
    ``recipient`` is who gets it. ``equivalents`` are the other currencies' figures that the source
    itself prints. ``tags`` are facts of your own, text by text: ``{"country": "Kenya"}``.

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
    amount: Money = attrs.field(converter=to_money)
    high: Money | None = attrs.field(default=None, converter=optional(to_money))
    qualifier: Qualifier = attrs.field(default=Qualifier.EXACT, converter=to_qualifier)
    stage: Stage = attrs.field(default=Stage.PLEDGE, converter=_stage)
    instrument: Instrument | None = attrs.field(default=None, converter=optional(_instrument))
    announced: Period = attrs.field(converter=to_period)
    value_date: Period = attrs.field(
        default=attrs.Factory(lambda pledge: pledge.announced, takes_self=True), converter=to_period
    )
    spend: Period | None = attrs.field(default=None, converter=optional(to_period))
    funder: str | None = None
    recipient: str | None = None
    part_of: Id | None = None
    supersedes: Id | None = None
    restates: Id | None = None
    equivalents: tuple[Money, ...] = attrs.field(default=(), converter=to_moneys)
    tags: Tags = attrs.field(default=Tags(), converter=to_tags)
    source: Id | None = None
    locator: str | None = None
    note: str | None = None
    funder_zh: str | None = None
    recipient_zh: str | None = None
    locator_zh: str | None = None
    note_zh: str | None = None

    def __attrs_post_init__(self) -> None:
        currency, is_correction = self.amount.currency, self.is_correction
        if is_correction:
            self._check_correction()
        if self.high and (self.high.currency != currency or self.high < self.amount):
            problem = Sentence("is no upper end of a range from {amount}", amount=self.amount)
            raise RecordError("high", str(self.high), problem)
        for equivalent in self.equivalents:
            if equivalent.currency == currency:
                problem = Sentence("is in the amount's own currency; an equivalent is in another")
                raise RecordError("equivalents", str(equivalent), problem)
            if (equivalent.amount < 0) is not is_correction:
                problem = Sentence("is negative, and the amount is not; give both one sign")
                if is_correction:
                    problem = Sentence("is not negative, and the amount is; give both one sign")
                raise RecordError("equivalents", str(equivalent), problem)

    def _check_correction(self) -> None:
        if self.stage is Stage.PLEDGE:
            raise RecordError("amount", str(self.amount), NEGATIVE_PLEDGE)
        if self.high is not None:
            problem = Sentence("is the end of a range, and a correction is none; leave it out")
            raise RecordError("high", str(self.high), problem)
        if self.qualifier not in {Qualifier.EXACT, Qualifier.ABOUT}:
            problem = Sentence("is no qualifier of a correction, whose amount is exact or about")
            raise RecordError("qualifier", str(self.qualifier), problem)

    @property
    def is_correction(self) -> bool:
        """Whether the amount is negative: a correction of what was committed, or a refund.

        >>> Pledge(id="a", company="acme", amount="-326 CHF", announced="2021",
        ...        stage="disbursement").is_correction
        True
        """
        return self.amount.amount < 0

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

        Whole calendar months are counted; else a year has 365.25 days, and a month is a twelfth
        of it. Raises `RecordError` when the time is not given, and
        `UnitError` when the unit is none of time.
        """
        if self.spend is None:
            raise RecordError(
                "spend", None, Sentence("is not given, so there is no time to divide by")
            )
        return per(self.amount, self.spend, unit)

    def amount_in(self, currency: str) -> Money | None:
        """Return the amount in the currency it is in, or the first equivalent in that currency.

        >>> dollars = Pledge(id="a", company="acme", amount="1 million USD", announced="2021",
        ...                  equivalents=["6.5 million CNY"])
        >>> dollars.amount_in("CNY"), dollars.amount_in("EUR")
        (Money('6.5E+6', 'CNY'), None)
        """
        figures = (self.amount, *self.equivalents)
        return next((money for money in figures if money.currency == currency), None)


def format_amount(pledge: Pledge, locale: str, style: str = "words") -> str:
    """Write what a pledge promises for readers of a locale, with its qualifier and its range.

    >>> ten = Pledge(id="a", company="acme", amount="10 billion CNY", qualifier="up_to",
    ...              announced="2021")
    >>> format_amount(ten, "en"), format_amount(ten, "zh_CN")
    ('up to 10 billion yuan', '不超过100亿元')

    The styles are those of `Money.format`, which says what is raised.
    """
    return pledge.stated.format(locale, style)


def tag_keys(pledges: Iterable[Pledge]) -> tuple[str, ...]:
    """Return the keys of the tags of some pledges, in alphabetical order.

    >>> visit = Pledge(id="a", company="acme", amount="1 CNY", announced="2021",
    ...                tags={"sector": "Health", "country": "Kenya"})
    >>> tag_keys([visit])
    ('country', 'sector')
    """
    return tuple(sorted({key for pledge in pledges for key in pledge.tags}))


PLEDGE_FIELDS: tuple[str, ...] = tuple(field.name for field in attrs.fields(Pledge))
NEGATIVE_PLEDGE = Sentence(
    "is negative; a withdrawal is an amount of 0, and a correction is of the stage commitment or "
    "disbursement"
)
SEVERAL = frozenset({"equivalents", "tags"})
"""The fields of a pledge that hold several values, or none."""

READ_BY_PEOPLE = ("funder", "recipient", "locator", "note")
TEXTS = frozenset((*READ_BY_PEOPLE, *(f"{name}_zh" for name in READ_BY_PEOPLE)))
"""The fields of a pledge that hold a text for readers, in English or in Chinese."""
