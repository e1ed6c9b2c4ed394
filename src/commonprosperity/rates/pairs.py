"""Rates of any pairs of currencies, each with the days that it is known on."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

import attrs

from commonprosperity.errors import AmountError
from commonprosperity.period import Period
from commonprosperity.rates.base import Codes, Rates
from commonprosperity.rates.ways import Leg, shortest_way
from commonprosperity.sentence import Sentence
from commonprosperity.wording import number

Pair = tuple[str, str]


def factor_of(value: object) -> Decimal:
    """Take a factor as it is written; raise `AmountError` for what is no number above 0."""
    factor = number(value)
    if factor <= 0:
        raise AmountError(value, Sentence("a rate is above 0"))
    return factor


@attrs.frozen
class Pairs(Rates):
    """Rates of pairs; a pair that is not among them goes the shortest way through those that are.

    The pairs' days are in their order.
    """

    pairs: Mapping[Pair, Mapping[date, Fraction]]
    provider: str
    pivot: str = ""
    reach: timedelta = Rates.reach

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
    def _shortest(self) -> dict[Pair, Codes]:
        """The ways that were looked for, each once."""
        return {}

    @cached_property
    def _neighbours(self) -> dict[str, set[str]]:
        """The currencies that each one has a pair with."""
        neighbours: dict[str, set[str]] = defaultdict(set)
        for one, other in self.pairs:
            neighbours[one].add(other)
            neighbours[other].add(one)
        return neighbours

    def _beside(self, code: str) -> Iterable[str]:
        return self._neighbours.get(code, ())

    def _way(self, base: str, quote: str, on: Period) -> Codes:  # noqa: ARG002
        if (base, quote) not in self._shortest:
            way = shortest_way(base, quote, self._steps)
            self._shortest[base, quote] = way.codes if way else (base, quote)
        return self._shortest[base, quote]

    def _ways(self, base: str, quote: str, on: Period) -> Iterator[Codes]:
        """Yield the shortest way, and the shortest of those whose pairs all have a rate."""
        yield self._way(base, quote, on)

        def has_rate(leg: Leg) -> bool:
            return self._leg(leg.base, leg.quote, on) is not None

        if way := shortest_way(base, quote, self._steps, has_rate):
            yield way.codes

    def _steps(self, code: str) -> Iterator[tuple[int, str]]:
        return ((0, other) for other in self._beside(code))
