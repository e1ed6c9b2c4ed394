"""Rates of any pairs of currencies, each with the days that it is known on."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

import attrs

from commonprosperity.errors import AmountError
from commonprosperity.period import Period
from commonprosperity.rates.base import Rates, Way
from commonprosperity.wording import number

Pair = tuple[str, str]


def factor_of(value: object) -> Decimal:
    """Take a factor as it is written; `AmountError` for what is no number above 0."""
    factor = number(value)
    if factor <= 0:
        raise AmountError(value, "a rate is above 0")
    return factor


@attrs.frozen
class Pairs(Rates):
    """Rates of pairs; a pair that is not among them goes the shortest way through those that are.

    The pairs' days are in their order.
    """

    pairs: Mapping[Pair, Mapping[date, Fraction]]
    provider: str
    pivot: str = ""

    def published(self, base: str, quote: str, period: Period) -> Mapping[date, Fraction]:
        """Return what is known of a pair, by day, in a period."""
        known = self.pairs.get((base, quote), {})
        days = self._days_of.get((base, quote), ())
        inside = days[bisect_left(days, period.start) : bisect_right(days, period.end)]
        return {day: known[day] for day in inside}

    def _days(self, one: str, other: str) -> Sequence[date]:
        return sorted({*self._days_of.get((one, other), ()), *self._days_of.get((other, one), ())})

    @cached_property
    def _days_of(self) -> dict[Pair, tuple[date, ...]]:
        return {pair: tuple(days) for pair, days in self.pairs.items()}

    @cached_property
    def _beside(self) -> dict[str, list[str]]:
        """The currencies that each one has a pair with, in the order of the alphabet."""
        beside: dict[str, set[str]] = defaultdict(set)
        for one, other in self.pairs:
            beside[one].add(other)
            beside[other].add(one)
        return {code: sorted(others) for code, others in beside.items()}

    def _way(self, base: str, quote: str) -> Way:
        return self._shortest(base, quote, lambda *_: True) or (base, quote)

    def _ways(self, base: str, quote: str, on: Period) -> Iterator[Way]:
        """Give the shortest way, and the shortest of those whose pairs all have a rate."""
        yield self._way(base, quote)
        if way := self._shortest(
            base, quote, lambda one, other: self._leg(one, other, on) is not None
        ):
            yield way

    def _shortest(self, base: str, quote: str, has_rate: Callable[[str, str], bool]) -> Way:
        """Return the way of the fewest pairs, the first in the alphabet; empty if there is none.

        It is looked for from the end that is first in the alphabet, so that AUD to USD goes the
        way that USD to AUD comes.
        """
        first, last = sorted((base, quote))
        ways: list[Way] = [(first,)]
        reached = {first}
        for way in ways:  # which grows as it is read
            beside = self._beside.get(way[-1], ())
            if last in beside and has_rate(way[-1], last):
                return (*way, last) if first == base else (last, *reversed(way))
            for step in beside:
                leads_on = step not in reached and len(self._beside[step]) > 1
                if leads_on and has_rate(way[-1], step):
                    reached.add(step)
                    ways.append((*way, step))
        return ()
