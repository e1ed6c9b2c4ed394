"""``Rates``: the base class of every source of exchange rates."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import reduce
from itertools import pairwise

import attrs

from commonprosperity.errors import AmountError, RateNotFoundError
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.rates.rate import Rate
from commonprosperity.rates.reach import answering, around, gap, window
from commonprosperity.sentence import Sentence
from commonprosperity.wording import currency_code, currency_codes

EVER = Period(date.min, date.max)

Codes = tuple[str, ...]
"""The currencies that a conversion goes through, both ends included."""


class Rates(ABC):
    """A source of exchange rates.

    A subclass names its ``provider`` and its ``pivot``, the currency that it quotes all others
    against, and has one method, `published`. Conversion, cross rates, inverses and means follow.
    Where a rate is missing, the error looks for it on the way through the pivot: a source that has
    no euros must name another pivot, or the error says that it never published the rate.
    A pair's two directions are one series: a number in either counts on its day. Where both have
    numbers, they are read in alphabetical direction, and so is a day that both have.

    On a day, each leg of a rate is the last number published on or before it, no older than
    ``reach``. In a longer period, it is the mean of the numbers published in it: no two that
    follow each other may lie further apart than ``reach``, nor the period's ends and the nearest
    of them. A period without a number takes the one that holds on all its days. A source
    whose pairs reach differently far overrides `reach_of`.

    A rate goes the way of the fewest legs, and the same way back, so that there and back is exact.
    """

    provider: str = Sentence("unnamed source")
    pivot: str = "EUR"
    reach: timedelta = timedelta(days=7)

    @abstractmethod
    def published(self, base: str, quote: str, period: Period) -> Mapping[date, Fraction]:
        """Return, by day, what the source published in a period: units of quote for one of base.

        The mapping is empty if it published nothing for that pair in that direction.
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
        for way in self._ways(base, quote, on):
            legs: list[Rate] = []
            for pair in pairwise(way):
                leg = self._leg(*pair, on)
                if leg is None:
                    break
                legs.append(leg)
            else:
                return reduce(Rate.then, legs)
        raise self._not_found(base, quote, on)

    def reach_of(self, one: str, other: str) -> timedelta:  # noqa: ARG002
        """Return how old the numbers of a pair may be: ``reach``, unless pairs differ."""
        return self.reach

    def convert(self, money: Money, quote: str, on: Period | date | str) -> Money:
        """Convert money at the rate of a day, or the mean of a period; rounded once, half to even.

        Money of the currency asked for is returned as it is.
        """
        rate = self.rate(money.currency, quote, on)
        return money if rate.base == rate.quote else money.at(rate.factor, quote)

    def _ways(self, base: str, quote: str, on: Period) -> Iterable[Codes]:
        """Return the ways of a conversion, those of the fewest legs first."""
        direct, through = (base, quote), self._way(base, quote, on)
        return (direct,) if through == direct else (direct, through)

    def _way(self, base: str, quote: str, on: Period) -> Codes:
        """Return the way through the pivot, which an error is about."""
        pivot = self._pivot_of(on)
        return (base, quote) if pivot in {base, quote} else (base, pivot, quote)

    def _pivot_of(self, on: Period) -> str:  # noqa: ARG002
        """Return the currency that the source quotes all others against in a period."""
        return self.pivot

    def _leg(self, one: str, other: str, on: Period) -> Rate | None:
        """Return the rate of a pair as it is published, or its inverse."""
        rate = self._direct(min(one, other), max(one, other), on)
        return rate if rate is None or rate.base == one else rate.inverse()

    def _direct(self, base: str, quote: str, on: Period) -> Rate | None:
        """Return the rate of a pair, in alphabetical order, in the direction of its numbers.

        USD/CNY of 6.25 on the 1st and CNY/USD of 0.155 on the 3rd are one series: on the 2nd it is
        6.25 yuan a dollar, and over the three days the mean of 0.16 and 0.155 dollars a yuan.
        """
        reach = self.reach_of(base, quote)
        near = window(on, reach)
        there, back = self._inside(base, quote, near), self._inside(quote, base, near)
        days = answering(sorted({*there, *back}), on, reach)
        if not days:
            return None
        if not any(day in there for day in days):
            base, quote, there, back = quote, base, back, there
        factors = (
            self._factor(there, day) if day in there else 1 / self._factor(back, day)
            for day in days
        )
        mean = sum(factors, Fraction()) / len(days)
        return Rate(base, quote, mean, on, tuple(days), self.provider)

    def _factor(self, numbers: Mapping[date, Fraction], day: date) -> Fraction:
        """Return the number of a day, which must be a Fraction above 0."""
        factor = numbers[day]
        if not isinstance(factor, Fraction) or factor <= 0:
            problem = Sentence(
                "a rate is a Fraction above 0, as {publisher}'s must be on {day}",
                publisher=self._publisher, day=day,
            )  # fmt: skip
            raise AmountError(factor, problem)
        return factor

    def _inside(self, base: str, quote: str, period: Period) -> Mapping[date, Fraction]:
        """Return what was published in a period, without other days that a source may return."""
        numbers = self.published(base, quote, period)
        if all(period.start <= day <= period.end for day in numbers):
            return numbers
        return {day: numbers[day] for day in numbers if period.start <= day <= period.end}

    def _beside(self, code: str) -> Iterable[str]:
        """Return the currencies that a pair with this one was ever published of.

        A source of one's own does not list its pairs, so it is asked for each currency there is.
        """
        return [other for other in currency_codes() if other != code and self._days(code, other)]

    def _days(self, one: str, other: str) -> Sequence[date]:
        """Return all days that a pair was published on, in either direction, in their order."""
        return sorted({*self.published(one, other, EVER), *self.published(other, one, EVER)})

    def _not_found(self, base: str, quote: str, on: Period) -> RateNotFoundError:
        legs = list(pairwise(self._way(base, quote, on)))
        one, other = next((leg for leg in legs if self._leg(*leg, on) is None), legs[0])
        if not self._days(one, other) and self._days(base, quote):  # a source without its pivot
            one, other = base, quote
        return attrs.evolve(self._error_of(one, other, on), base=base, quote=quote)

    def _error_of(self, one: str, other: str, on: Period) -> RateNotFoundError:
        """Return the error of a pair that has no rate in a period."""
        days = self._days(one, other)
        sides = "/".join(side for side in (one, other) if side != self._pivot_of(on))
        known = self._known(one, other, days, on)
        nearest = gap(days, on, self.reach_of(one, other)) or around(days, on)
        return RateNotFoundError(one, other, str(on), sides, known, nearest)

    def _known(self, one: str, other: str, days: Sequence[date], on: Period) -> Sentence:
        """Say when the source has rates of a pair that has none in a period."""
        if not days:
            return Sentence("{provider:say} has never published one", provider=self._publisher)
        if between := gap(days, on, self.reach_of(one, other)):
            return Sentence(
                "{provider:say} has none between {before:date} and {after:date}",
                provider=self._publisher, before=between[0], after=between[1],
            )  # fmt: skip
        nearest = around(days, on)
        if len(nearest) > 1:
            return Sentence(
                "{provider:say}'s nearest are of {before:date} and {after:date}",
                provider=self._publisher, before=nearest[0], after=nearest[1],
            )  # fmt: skip
        return Sentence(
            "{provider:say}'s are known from {first:date} to {last:date}",
            provider=self._publisher, first=days[0], last=days[-1],
        )  # fmt: skip

    @property
    def _publisher(self) -> str:
        """The provider with its article: "the ECB", but "desk.csv" as its user wrote it."""
        name = self.provider
        return Sentence("the {name:say}", name=name) if isinstance(name, Sentence) else name
