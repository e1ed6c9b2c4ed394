"""``Rates``: the base class of every source of exchange rates."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from commonprosperity.errors import RateNotFoundError
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.rates.rate import Rate
from commonprosperity.wording import currency_code

REACH = timedelta(days=7)
"""How far a published day may lie from the day that it answers for: a week of holidays."""

_EVER = Period(date.min, date.max)


class Rates(ABC):
    """A source of exchange rates.

    A subclass names its ``provider`` and its ``pivot``, the currency that all others are quoted
    in, and gives one method, `published`. Conversion, cross rates, inverses and means follow.

    On a day, each leg of a rate is the last number published on or before it, at most seven days
    old. In a longer period, it is the mean of the numbers published in it.
    """

    provider: str
    pivot: str = "EUR"

    @abstractmethod
    def published(self, currency: str, period: Period) -> Mapping[date, Fraction]:
        """Return, by day, how many units of a currency one unit of the pivot was in a period.

        An empty mapping when nothing was published for that currency in that period.
        """

    def rate(self, base: str, quote: str, on: Period | date | str) -> Rate:
        """Return the rate from one currency to another on a day, or its mean over a period.

        The factor of a currency to itself is 1, on any date.

        Raises `RateNotFoundError` when nothing was published near enough, and `CurrencyError`
        for an unknown code.
        """
        on = Period.of(on)
        if currency_code(base) == currency_code(quote):
            return Rate(base, quote, Fraction(1), on)
        if base == self.pivot:
            return self._leg(quote, on, base, quote)
        inverse = self._leg(base, on, base, quote).inverse()
        if quote == self.pivot:
            return inverse
        return inverse.then(self._leg(quote, on, base, quote))

    def convert(self, money: Money, quote: str, on: Period | date | str) -> Money:
        """Convert money at the rate of a day, or the mean of a period; rounded once, half to even.

        Money of the currency asked for is returned as it is.
        """
        rate = self.rate(money.currency, quote, on)
        if rate.base == rate.quote:
            return money
        return Money.rounded(Fraction(money.amount) * rate.factor, quote)

    def _leg(self, currency: str, on: Period, base: str, quote: str) -> Rate:
        """Return the rate from the pivot to a currency; the pair asked for is for the error."""
        found = self._on_day(currency, on) if on.is_day else self._in_period(currency, on)
        if not found:
            raise self._not_found(currency, on, base, quote)
        mean = sum(found.values(), Fraction()) / len(found)
        return Rate(self.pivot, currency, mean, on, tuple(sorted(found)), self.provider)

    def _on_day(self, currency: str, on: Period) -> Mapping[date, Fraction]:
        near = self.published(currency, Period(_moved(on.start, -REACH), on.end))
        return {last: near[last] for last in sorted(near)[-1:]}

    def _in_period(self, currency: str, on: Period) -> Mapping[date, Fraction]:
        begun = Period(on.start, _moved(on.start, REACH)), Period(date.min, on.start)
        lasts = Period(_moved(on.end, -REACH), on.end), Period(on.end, date.max)
        # The near window almost always answers, and spares reading the whole history.
        if all(any(self.published(currency, days) for days in end) for end in (begun, lasts)):
            return self.published(currency, on)
        return {}

    def _not_found(self, currency: str, on: Period, base: str, quote: str) -> RateNotFoundError:
        days = sorted(self.published(currency, _EVER))
        before = [day for day in days if day < on.start][-1:]
        after = [day for day in days if day > on.end][:1]
        if not days:
            known = f"{self.provider} has never published one"
        elif before and after:
            known = f"{self.provider}'s nearest are of {before[0]} and {after[0]}"
        else:
            known = f"{self.provider}'s are known from {days[0]} to {days[-1]}"
        return RateNotFoundError(base, quote, str(on), currency, known, (*before, *after))


def _moved(day: date, by: timedelta) -> date:
    """Move a day, but not past the first or last that a date can be."""
    try:
        return day + by
    except OverflowError:
        return date.min if by < timedelta() else date.max
