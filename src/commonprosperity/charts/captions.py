"""What charts say in words: names, amounts, their rates, and the sources of the figures."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Any

from commonprosperity.dataset import Dataset
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.records import (
    Company,
    Initiative,
    Instrument,
    Pledge,
    Record,
    Source,
    format_amount,
    in_two_languages,
    name_in,
)
from commonprosperity.records.labels import STAGE_NAMES
from commonprosperity.sentence import Say, Sentence
from commonprosperity.tags import key_of_tag
from commonprosperity.totals import Total
from commonprosperity.wording import Qualifier

Records = Mapping[str, Record] | Dataset
"""Where a record is found by its id."""

_SOURCES_AT_MOST = 3  # are named, and the others counted
_LONGEST = 80  # characters of a source's name


def stages(say: Say) -> dict[str, str]:
    """Name the stages of money."""
    return {stage.value: say(name) for stage, name in STAGE_NAMES.items()}


def field(name: str, say: Say) -> str:
    """Name a field that groups are made by, as a title does."""
    names = {
        "company": say("company"),
        "initiative": say("initiative"),
        "year": say("year"),
        "month": say("month"),
        "stage": say("stage"),
        "funder": say("funder"),
        "funder_zh": say("funder in Chinese"),
        "recipient_zh": say("recipient in Chinese"),
        "recipient": say("recipient"),
        "tags": say("tags"),
        "instrument": say("instrument"),
        "qualifier": say("qualifier"),
        "source": say("source"),
        "group": say("group"),
        "announced": say("date of announcement"),
        "value_date": say("date of the rate"),
        "spend": say("time of spending"),
        "part_of": say("whole"),
        "amount": say("amount"),
        "high": say("upper end"),
        "id": say("record"),
        "note": say("note"),
        "note_zh": say("note in Chinese"),
        "locator": say("place in the source"),
        "locator_zh": say("place in the source, in Chinese"),
        "equivalents": say("equivalents"),
        "restates": say("pledge told again"),
        "supersedes": say("earlier version"),
    }
    return names.get(name, key_of_tag(name) or name)


def member(value: Any, say: Say) -> str | None:
    """Name a value of an enumeration; None for any other value."""
    if not isinstance(value, StrEnum):
        return None
    names: dict[StrEnum, str] = {stage: say(name) for stage, name in STAGE_NAMES.items()} | {
        Instrument.CASH: say("Cash"),
        Instrument.SHARES: say("Shares"),
        Instrument.LOAN: say("Loan"),
        Instrument.IN_KIND: say("In kind"),
        Qualifier.EXACT: say("Exact"),
        Qualifier.ABOUT: say("About"),
        Qualifier.AT_LEAST: say("At least"),
        Qualifier.UP_TO: say("Up to"),
    }
    return names.get(value)


def pledge_name(pledge: Pledge, records: Records, locale: str, say: Say) -> str:
    """Name a pledge by its company, its initiative, and who pays where that is someone else."""
    linked = [records[id_] for id_ in (pledge.company, pledge.initiative) if id_]
    names = [
        name_in(record, locale) for record in linked if isinstance(record, Company | Initiative)
    ]
    paid = (
        [say(Sentence("paid by {funder}", funder=in_two_languages(pledge, "funder")))]
        if pledge.funder
        else []
    )
    return " – ".join([*names, *paid])


def distinct_names(
    names: Sequence[str], pledges: Sequence[Pledge], locale: str, say: Say
) -> list[str]:
    """Add the date, the amount or the id to each name that several pledges have.

    Two pledges of one day, and a third one, are "Acme (2 billion yuan)", "Acme (3 billion yuan)"
    and "Acme (2021-09-02)".
    """
    distinct = [*names]
    for fact in (
        lambda pledge: dates(pledge.announced, say),
        lambda pledge: format_amount(pledge, locale),
        lambda pledge: pledge.id,
    ):
        counts = Counter(distinct)
        distinct = [
            say(Sentence("{name} ({value})", name=name, value=fact(pledge)))
            if counts[own] > 1
            else own
            for name, own, pledge in zip(names, distinct, pledges, strict=True)
        ]
    return distinct


def dates(period: Period, say: Say) -> str:
    """Write a period for readers: 2022 to 2031, where ISO 8601 has a stroke; in Chinese 2022年."""
    start, end = ends(period)
    if start == end:
        return say(Sentence("{day:date}", day=start))
    return say(Sentence("{start:date} to {end:date}", start=start, end=end))


def ends(period: Period) -> tuple[str, str]:
    """Return the ends of a period: both as years or as months where they are, or else as days.

    >>> ends(Period.parse("2022/2031")), ends(Period.parse("2021/2021-03-02"))
    (('2022', '2031'), ('2021-01-01', '2021-03-02'))
    """
    start, _, end = str(period).partition("/")
    if len(start) != len(end or start):
        start, end = str(period.start), str(period.end)
    return start, end or start


def compact(exact: Fraction, currency: str, locale: str) -> str:
    """Write an amount in few characters."""
    money = Money.rounded(exact, currency) if exact else Money(0, currency)
    return money.format(locale, "compact")


def in_all(amount: Money, total: Total, locale: str, say: Say, *, by_promise: bool = False) -> str:
    """Say what is drawn in all, in which currency, and at which rates or prices of a total.

    ``by_promise`` is whether parts and payments are at the rate of the promise that they are in.
    """
    currency = say(Sentence("{code:currency}", code=total.currency))
    deflators = [item.deflator for item in total.items if item.deflator]
    if deflators:
        return say("{amount} in all; amounts in {currency}, {in_prices} ({prices}).").format(
            amount=amount.format(locale, "compact"),
            currency=currency,
            in_prices=say(total.in_prices),
            prices=_together({deflator.provider for deflator in deflators}, say),
        )
    converted = [item for item in total.items if item.pledge.amount.currency != total.currency]
    sentence = say("{amount} in all; amounts in {currency}.")
    if any(item.rate and item.rate.on != item.pledge.value_date for item in converted):
        sentence = say(
            "{amount} in all; amounts in {currency}, all at the rate of {date} ({rates})."
        )
    elif any(item.rate for item in converted):
        sentence = (
            say(
                "{amount} in all; amounts in {currency}, each promise, and all that is part of "
                "it, at the rate of the promise's date ({rates})."
            )
            if by_promise
            else say(
                "{amount} in all; amounts in {currency}, each at the rate of its own date "
                "({rates})."
            )
        )
    days = {dates(item.rate.on, say) for item in converted if item.rate}
    return sentence.format(
        amount=amount.format(locale, "compact"),
        currency=currency,
        rates=providers(total, say),
        date=_together(days, say),
    )


def providers(total: Total, say: Say) -> str:
    """Name who publishes the rates of a total, if anything was converted."""
    names = {item.rate.provider for item in total.items if item.rate and item.rate.days}
    return _together(names, say)


def _together(texts: Iterable[str], say: Say) -> str:
    return say(Sentence("{texts:list}", texts=sorted(texts)))


def source_line(pledges: Iterable[Pledge], records: Records, say: Say, rates: str = "") -> str:
    """Name the sources of some pledges, those of the most pledges first, and of the rates."""
    counted = Counter(pledge.source for pledge in pledges if pledge.source)
    linked = [records[id_] for id_, _ in counted.most_common()]
    names = [_title(source, say) for source in linked if isinstance(source, Source)]
    sources = _listed(names, say) or say("not given")
    if rates:
        return say("Source: {sources}. Rates: {rates}.").format(sources=sources, rates=rates)
    return say("Source: {sources}.").format(sources=sources)


def _title(source: Source, say: Say) -> str:
    title = say(in_two_languages(source, "title") or "")
    title = title if len(title) <= _LONGEST else title[:_LONGEST] + "…"
    return f"{source.publisher}, {title}" if source.publisher else title


def _listed(names: Sequence[str], say: Say) -> str:
    first = say(Sentence("{texts:semicolons}", texts=names[:_SOURCES_AT_MOST]))
    more = len(names) - _SOURCES_AT_MOST
    return say("{names}; and {count} more").format(names=first, count=more) if more > 0 else first
