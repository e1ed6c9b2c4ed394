"""``Rates``: the base class of every source of exchange rates."""

from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
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

Ways = tuple[Sequence[date], Sequence[date]]
"""The days that something was published on for a pair: for it, and the other way."""


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
                    problem = f"a rate is a Fraction above 0, as {self._called}'s must be on {day}"
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
        return self._inside(base, quote, on) if self._reaches(base, quote, on) else {}

    def _reaches(self, base: str, quote: str, on: Period) -> bool:
        """Whether a longer period neither starts too early for what was published nor ends late."""
        first, last = _moved(on.start, REACH), _moved(on.end, -REACH)
        # The near days almost always answer, and spare reading the whole history.
        near = Period(on.start, first), Period(last, on.end)
        if all(self._inside(base, quote, period) for period in near):
            return True
        days = self._days(base, quote)
        return bool(days) and days[0] <= first and days[-1] >= last

    def _inside(self, base: str, quote: str, period: Period) -> Mapping[date, Fraction]:
        """Return what was published in a period, and no other day that a source gives."""
        found = self.published(base, quote, period)
        if all(period.start <= day <= period.end for day in found):
            return found
        return {day: found[day] for day in found if period.start <= day <= period.end}

    def _days(self, base: str, quote: str) -> Sequence[date]:
        """Return all days that something was published on for a pair, in their order."""
        return sorted(self.published(base, quote, EVER))

    def _not_found(
        self, one: str, other: str, on: Period, base: str, quote: str
    ) -> RateNotFoundError:
        sides = "/".join(side for side in (one, other) if side != self.pivot)
        ways = self._days(one, other), self._days(other, one)
        nearest = _nearest(ways, on)
        known = self._known({one, other}, ways, nearest)
        return RateNotFoundError(base, quote, str(on), sides, known, nearest)

    def _known(self, pair: set[str], ways: Ways, nearest: tuple[date, ...]) -> Sentence:  # noqa: ARG002
        """Say what there is of a pair; the nearest days are those to a date without a rate."""
        ends = sorted(day for days in ways for day in (*days[:1], *days[-1:]))
        if not ends:
            return Sentence("{provider:say} has never published one", provider=self._called)
        if len(nearest) > 1:
            return Sentence(
                "{provider:say}'s nearest are of {before} and {after}",
                provider=self._called, before=nearest[0], after=nearest[1],
            )  # fmt: skip
        return Sentence(
            "{provider:say}'s are known from {first} to {last}",
            provider=self._called, first=ends[0], last=ends[-1],
        )  # fmt: skip

    @property
    def _called(self) -> str:
        """What a sentence calls the source: a name of ours takes an article, a user's none."""
        name = self.provider
        return Sentence("the {name:say}", name=name) if isinstance(name, Sentence) else name


def _nearest(ways: Ways, on: Period) -> tuple[date, ...]:
    """Return the last day before a period and the first after it, as far as there are any."""
    before = [days[at - 1] for days in ways if (at := bisect_left(days, on.start))]
    after = [days[at] for days in ways if (at := bisect_right(days, on.end)) < len(days)]
    return (*sorted(before)[-1:], *sorted(after)[:1])


def _moved(day: date, by: timedelta) -> date:
    """Move a day, but not past the first or last that a date can be."""
    try:
        return day + by
    except OverflowError:
        return date.min if by < timedelta() else date.max
