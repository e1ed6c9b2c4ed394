"""The amounts of a text as a table."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from commonprosperity.errors import RateNotFoundError
from commonprosperity.mentions.equivalents import without_equivalents
from commonprosperity.mentions.mention import Mention
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.quoting import one_line
from commonprosperity.rates import Rates
from commonprosperity.sentence import Sentence, together
from commonprosperity.table import Column, Table
from commonprosperity.totals import in_currency

_SENTENCE_AT_MOST = 100  # characters


def overview(mentions: Iterable[Mention], to: str | None, on: Period | None, rates: Rates) -> Table:
    """Show each amount once, with its equivalents and its sentence."""
    columns = [Column("line"), Column("stated"), Column("equivalents")]
    columns += [in_currency(to)] if to else []
    rows, notes = [], set[Sentence]()
    for mention in without_equivalents(mentions):
        row: list[Any] = [str(mention.line), *_texts(mention)]
        if to:
            row.append(_amount_in(to, mention, on, rates, notes))
        rows.append([*row, mention.excerpt(_SENTENCE_AT_MOST)])
    return Table([*columns, Column("sentence")], rows, note=together(sorted(notes)))


def _texts(mention: Mention) -> list[str]:
    equivalents = [one_line(" ".join(one.text.split())) for one in mention.equivalents]
    return [one_line(" ".join(mention.text.split())), "; ".join(equivalents)]


def _amount_in(
    to: str, mention: Mention, on: Period | None, rates: Rates, notes: set[Sentence]
) -> Decimal | None:
    """Return an amount in one currency: as it is, as the text states it, or converted."""
    for one in (mention, *mention.equivalents):
        if one.stated and one.stated.money.currency == to:
            return one.amount
    if mention.stated is None:
        notes.add(Sentence("blank: an amount whose symbol is of several currencies; give symbols="))
        return None
    if on is None:
        notes.add(
            Sentence(
                "blank: an amount that is not stated in {code:currency}; give on= to convert it",
                code=to,
            )
        )
        return None
    return _converted(mention.stated.money, to, on, rates, notes)


def _converted(
    money: Money, to: str, on: Period, rates: Rates, notes: set[Sentence]
) -> Decimal | None:
    try:
        return rates.convert(money, to, on).amount
    except RateNotFoundError as error:
        notes.add(Sentence("blank: {known:say}", known=error.sentence))
        return None
