"""``Rates``: the base class of every source of exchange rates."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import reduce
from itertools import pairwise

from commonprosperity.errors import AmountError, RateNotFoundError
from commonprosperity.messages import Sentence
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.rates.rate import Rate
from commonprosperity.wording import currency_code

REACH = timedelta(days=7)
"""How far a published day may lie from the day that it answers for: a week of holidays."""

EVER = Period(date.min, date.max)


class Rates(ABC):
    """A source of exchange rates.

    A subclass names its ``provider`` and its ``pivot``, the currency that it quotes all others
    against, and gives one method, `published`. Conversion, cross rates, inverses and means follow.

    On a day, each leg of a rate is the last number published on or before it, at most seven days
    old. In a longer period, it is the mean of the numbers published in it.
    """

    provider: str = Sentence("unnamed source")
    pivot: str = "EUR"

    @abstractmethod
    def published(self, base: str, quote: str, period: Period) -> Mapping[date, Fraction]:
        """Return, by day, what the source published in a period: units of quote for one of base.

        An empty mapping when it published nothing for that pair in that direction.
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
        legs: list[Rate] = []
        for one, other in pairwise(self._way(base, quote)):
            leg = self._leg(one, other, on)
            if leg is None:
                raise self._not_found(one, other, on, base, quote)
            legs.append(leg)
        return reduce(Rate.then, legs)

    def convert(self, money: Money, quote: str, on: Period | date | str) -> Money:
        """Convert money at the rate of a day, or the mean of a period; rounded once, half to even.

        Money of the currency asked for is returned as it is.
        """
        rate = self.rate(money.currency, quote, on)
        if rate.base == rate.quote:
            return money
        return Money.rounded(Fraction(money.amount) * rate.factor, quote)

    def _way(self, base: str, quote: str) -> tuple[str, ...]:
        """Return the currencies that a conversion goes through, both ends included."""
        return (base, quote) if self.pivot in {base, quote} else (base, self.pivot, quote)

    def _leg(self, one: str, other: str, on: Period) -> Rate | None:
        """Return a rate as it is published, or the inverse of one that is published the other way.

        A pair that is published both ways is always taken in one, so that there and back is exact.
        """
        for base, quote in sorted([(one, other), (other, one)]):
            found = self._found(base, quote, on)
            for day, factor in found.items():
                if not isinstance(factor, Fraction) or factor <= 0:
                    problem = f"a rate is a Fraction above 0, as {self.provider}'s must be on {day}"
                    raise AmountError(factor, problem)
            if found:
                mean = sum(found.values(), Fraction()) / len(found)
                rate = Rate(base, quote, mean, on, tuple(sorted(found)), self.provider)
                return rate if base == one else rate.inverse()
        return None

    def _found(self, base: str, quote: str, on: Period) -> Mapping[date, Fraction]:
        """Return the published numbers that answer for a date."""
        if on.is_day:
            near = self._inside(base, quote, Period(_moved(on.start, -REACH), on.end))
            return {last: near[last] for last in sorted(near)[-1:]}
        begun = Period(on.start, _moved(on.start, REACH)), Period(date.min, on.start)
        lasts = Period(_moved(on.end, -REACH), on.end), Period(on.end, date.max)
        # The near window almost always answers, and spares reading the whole history.
        if all(any(self._inside(base, quote, days) for days in end) for end in (begun, lasts)):
            return self._inside(base, quote, on)
        return {}

    def _inside(self, base: str, quote: str, period: Period) -> Mapping[date, Fraction]:
        """Return what was published in a period, and no other day that a source gives."""
        found = self.published(base, quote, period)
        if all(period.start <= day <= period.end for day in found):
            return found
        return {day: found[day] for day in found if period.start <= day <= period.end}

    def _not_found(
        self, one: str, other: str, on: Period, base: str, quote: str
    ) -> RateNotFoundError:
        days = sorted({*self.published(one, other, EVER), *self.published(other, one, EVER)})
        before = [day for day in days if day < on.start][-1:]
        after = [day for day in days if day > on.end][:1]
        if not days:
            known = Sentence("{provider:say} has never published one", provider=self.provider)
        elif before and after:
            known = Sentence(
                "{provider:say}'s nearest are of {before} and {after}",
                provider=self.provider, before=before[0], after=after[0],
            )  # fmt: skip
        else:
            known = Sentence(
                "{provider:say}'s are known from {first} to {last}",
                provider=self.provider, first=days[0], last=days[-1],
            )  # fmt: skip
        sides = [side for side in (one, other) if side != self.pivot]
        return RateNotFoundError(base, quote, str(on), "/".join(sides), known, (*before, *after))


def _moved(day: date, by: timedelta) -> date:
    """Move a day, but not past the first or last that a date can be."""
    try:
        return day + by
    except OverflowError:
        return date.min if by < timedelta() else date.max
