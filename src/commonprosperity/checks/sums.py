"""Records of one company that add up to another, too well for chance.

Round figures add up by chance: a company that gives 10 in one year and 10 in the next may well give
20 in the third. How much a sum tells depends on its *steps*: how often the last digit that is not 0
goes into it. 10 + 10 = 20 has two steps (of 10), 50 + 50 = 100 has ten, and 3.569 + 0.6 = 4.169 has
4,169. The fewer the steps, the nearer in time the records must be, and the fewer other records may
be around that could make up the sum as well.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from math import comb, floor, log10
from operator import attrgetter
from typing import NamedTuple, Self

from commonprosperity.checks.examination import Examination
from commonprosperity.checks.look_alikes import have_recipients_apart
from commonprosperity.checks.measured import Exact, Measured
from commonprosperity.counting import Links

_QUARTER, _YEAR, _TWO_YEARS = (timedelta(days=days) for days in (92, 366, 2 * 366))
_SOME_STEPS, _MANY_STEPS = 10, 100
"""From how many steps on the records of a sum may lie a year, and two years, apart."""

_TIMES_CHANCE = 2
"""How many steps there are to each pair and triple of the records that lie near in time."""

_LEAST_SHARE = 10
"""An addend is at least a tenth of the sum: a smaller one would be lost in its rounding."""

_OFF_AT_MOST = 4
"""A sum is off by a quarter at the most: 1 and 0.5 are no 2, though 1.5 is, when rounded."""

_BILLION = 10**9
"""The errors of floats are far smaller than a billionth of an amount."""

_NEAR_AT_MOST = 24
"""Where more records of the size are near in time, some of them add up to anything by chance."""


class Sum(NamedTuple):
    """A record, and two or three others that add up to its amount."""

    whole: Measured
    parts: tuple[Measured, ...]

    @classmethod
    def of(cls, whole: Measured, parts: Iterable[Measured]) -> Self:
        """Return a sum with its smallest part first."""
        return cls(whole, tuple(sorted(parts, key=_bulk)))

    @property
    def spread(self) -> timedelta:
        """The time between the first and the last announcement."""
        return spread(self.whole, *self.parts)


def spread(*records: Measured) -> timedelta:
    """Return the time between the first and the last of some announcements; 0 where they meet."""
    periods = [one.pledge.announced for one in records]
    apart = max(period.start for period in periods) - min(period.end for period in periods)
    return max(apart, timedelta())


def sums(examination: Examination, measured: Sequence[Measured]) -> Iterator[Sum]:
    """Find the records that two or three others add up to, once each, where a link is missing."""
    nearby = _Nearby([one for one in measured if one.pledge.high is None])
    links, tolerance = examination.links, examination.comparison.tolerance
    for whole, near in nearby.surroundings():
        telling = [
            one for one in _sums_of(whole, near, tolerance) if _is_telling(one, near, tolerance)
        ]
        if any(_are_tied(one, links) for one in telling):
            continue  # links say what the whole consists of
        free = [one for one in telling if _are_apart(one, links) and _may_share_money(one)]
        free = [one for one in free if not _draws_in_a_pool(examination, one)]
        if free:
            yield min(free, key=_nearness)


def _are_tied(one: Sum, links: Links) -> bool:
    return all(links.tied(part.pledge.id, one.whole.pledge.id) for part in one.parts)


def _are_apart(one: Sum, links: Links) -> bool:
    """Whether no link ties the parts to one another: a part of a part would be added twice."""
    pairs = combinations(one.parts, 2)
    return not any(links.tied(part.pledge.id, other.pledge.id) for part, other in pairs)


def _may_share_money(one: Sum) -> bool:
    """Whether no part has a recipient that its whole has not."""
    return not any(have_recipients_apart(one.whole, part) for part in one.parts)


def _draws_in_a_pool(examination: Examination, one: Sum) -> bool:
    """Whether an addend draws on the sum, or the sum on it, so that neither counts twice."""
    whole = one.whole.pledge
    return any(examination.share_a_pool(whole, part.pledge) for part in one.parts)


def _nearness(one: Sum) -> tuple[int, timedelta, list[str]]:
    return len(one.parts), one.spread, [part.pledge.id for part in one.parts]


class _Nearby:
    """The records of a company in the order of time, by the power of ten of their amounts."""

    def __init__(self, records: Sequence[Measured]) -> None:
        self._of_size: dict[int, list[Measured]] = defaultdict(list)
        for one in sorted(records, key=_age):
            self._of_size[floor(log10(one.amount))].append(one)
        self._days = {size: [*map(_day, records)] for size, records in self._of_size.items()}

    def surroundings(self) -> Iterator[tuple[Measured, list[Measured]]]:
        """Yield the records, each with the others of its size near in time, smallest first.

        It leaves out those that have many others around.
        """
        for size, records in self._of_size.items():
            for whole, day in zip(records, self._days[size], strict=True):
                near = self._near(day, size)
                if len(near) <= _NEAR_AT_MOST:
                    near = [*near, *self._near(day, size - 1)]
                if len(near) <= _NEAR_AT_MOST:
                    yield whole, sorted((one for one in near if one is not whole), key=_bulk)

    def _near(self, day: int, size: int) -> Sequence[Measured]:
        """Return the records of a size near a day, or the first of them where they are many."""
        days = self._days.get(size, [])
        first = bisect_left(days, day - _TWO_YEARS.days)
        last = bisect_right(days, day + _TWO_YEARS.days, lo=first)
        return self._of_size.get(size, [])[first : min(last, first + _NEAR_AT_MOST + 1)]


def _age(one: Measured) -> tuple[int, date, str]:
    return _day(one), one.pledge.announced.end, one.pledge.id


def _day(one: Measured) -> int:
    return one.pledge.announced.start.toordinal()


def _bulk(one: Measured) -> tuple[Exact, str]:
    return one.amount, one.pledge.id


def _sums_of(whole: Measured, near: Sequence[Measured], tolerance: Fraction) -> Iterator[Sum]:
    """Yield the pairs and triples that come to a record, and perhaps others that nearly do.

    In the record's own currency they need no rate. At a rate they may be off by its tolerance.
    """
    addends = [one for one in near if one.amount < whole.amount <= _LEAST_SHARE * one.amount]
    alone = [one for one in addends if _are_of_one_currency(whole, one)]
    alone.sort(key=attrgetter("stated"))  # which is another order where rates differ by the day
    rounding = max(one.rounding for one in (whole, *alone))
    stated = [one.stated for one in alone]
    for places in _adding_up(stated, whole.stated, rounding):
        yield Sum.of(whole, [alone[place] for place in places])
    if len(alone) < len(addends):
        total, amounts = float(whole.amount), [float(one.amount) for one in addends]
        rounding_at_rates = max(one.rounding * one.factor for one in (whole, *addends))
        allowed = float(rounding_at_rates + tolerance * whole.amount) + total / _BILLION
        for places in _adding_up(amounts, total, allowed):
            yield Sum.of(whole, [addends[place] for place in places])


def _adding_up(amounts: Sequence[float], total: float, allowed: float) -> Iterator[tuple[int, ...]]:
    """Yield the places of two and of three amounts, the smallest first, that add up."""
    for one, smallest in enumerate(amounts):
        for other in range(one + 1, len(amounts)):
            missing = total - smallest - amounts[other]
            if abs(missing) <= allowed:
                yield one, other
            third = bisect_left(amounts, missing - allowed, lo=other + 1)
            while third < len(amounts) and amounts[third] <= missing + allowed:
                yield one, other, third
                third += 1


def _are_of_one_currency(*records: Measured) -> bool:
    return len({one.pledge.amount.currency for one in records}) == 1


def _is_telling(one: Sum, near: Sequence[Measured], tolerance: Fraction) -> bool:
    """Whether a sum is too exact, and its records too near in time, for chance."""
    steps = _steps(one, tolerance)
    within = _QUARTER if steps < _SOME_STEPS else _YEAR if steps < _MANY_STEPS else _TWO_YEARS
    if not steps or one.spread > within:
        return False
    others = sum(spread(one.whole, other) <= within for other in near)
    return steps >= _TIMES_CHANCE * (comb(others, 2) + comb(others, 3))


def _steps(one: Sum, tolerance: Fraction) -> Fraction:
    """Return how often the last digit that is not 0 goes into a sum; 0 if the records miss it.

    50 and 50 add up to 100 exactly, in steps of 10: ten of them. 3.57 and 0.6 add up to 4.17, which
    is 4.2 only when rounded to a tenth: 42 steps.
    """
    records = one.whole, *one.parts
    if _are_of_one_currency(*records):
        stated = [each.stated for each in records]
        if sum(stated) == 2 * one.whole.stated:
            return Fraction(one.whole.stated, min(map(_last_digit, stated)))
        amounts: Sequence[Exact] = stated
        allowed: Exact = max(each.rounding for each in records)
    else:
        amounts = [each.amount for each in records]
        rounding = max(each.rounding * each.factor for each in records)
        allowed = rounding + tolerance * one.whole.amount
    whole, *parts = amounts
    smaller, larger = sorted((whole, sum(parts)))
    missing = larger - smaller
    if missing > allowed or _OFF_AT_MOST * missing > smaller:
        return Fraction(0)
    return Fraction(whole) / (2 * allowed)


def _last_digit(stated: int) -> int:
    """Return the worth of the last digit that is not 0: 10 of 50, and 100 of 100."""
    worth = 1
    while stated % (10 * worth) == 0:
        worth *= 10
    return worth
