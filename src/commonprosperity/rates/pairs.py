"""Rates of any pairs of currencies, each with the days that it is known on."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property

import attrs

from commonprosperity.errors import AmountError
from commonprosperity.period import Period
from commonprosperity.rates.base import Rates
from commonprosperity.wording import number

Pair = tuple[str, str]


def factor_of(value: object) -> Fraction:
    """Take a factor exactly; `AmountError` for what is no number above 0."""
    factor = number(value)
    if factor <= 0:
        raise AmountError(value, "a rate is above 0")
    return Fraction(factor)


def check_pair(pairs: Mapping[Pair, Mapping[date, Fraction]], pair: Pair, day: date) -> None:
    """Refuse a factor that contradicts the one of the pair the other way; an `AmountError`."""
    base, quote = pair
    factor, back = pairs[pair][day], pairs.get((quote, base), {}).get(day)
    if back is not None and factor * back != 1:
        raise AmountError(f"{base}/{quote}", f"it contradicts {quote}/{base}; give one of them")


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
        days = self._days(base, quote)
        inside = days[bisect_left(days, period.start) : bisect_right(days, period.end)]
        return {day: known[day] for day in inside}

    def _days(self, base: str, quote: str) -> Sequence[date]:
        return self._days_of.get((base, quote), ())

    @cached_property
    def _days_of(self) -> dict[Pair, tuple[date, ...]]:
        return {pair: tuple(days) for pair, days in self.pairs.items()}

    def _way(self, base: str, quote: str) -> tuple[str, ...]:
        beside: dict[str, set[str]] = defaultdict(set)
        for one, other in self.pairs:
            beside[one].add(other)
            beside[other].add(one)
        ways: list[tuple[str, ...]] = [(base,)]
        reached = {base}
        for way in ways:  # which grows as it is read
            if way[-1] == quote:
                return way
            for step in sorted(beside[way[-1]] - reached):
                reached.add(step)
                ways.append((*way, step))
        return base, quote
