"""Records of one company that add up to another, too well for chance.

Round figures add up by chance: a company that gives 10 in one year and 10 in the next may well give
20 in the third. How much a sum tells depends on its *steps*: how often the last digit that is not 0
goes into it. 10 + 10 = 20 has two steps (of 10), 50 + 50 = 100 has ten, and 3.569 + 0.6 = 4.169 has
4,169. The fewer the steps, the nearer in time the records must be, and the fewer other records may
be around that could make up the sum as well.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from math import comb, floor, log10
from operator import mul
from typing import NamedTuple

from commonprosperity.checks.examination import Examination, Measured
from commonprosperity.checks.look_alikes import have_recipients_apart
from commonprosperity.counting import Links
from commonprosperity.money import Money

_QUARTER, _YEAR, _TWO_YEARS = (timedelta(days=days) for days in (92, 366, 2 * 366))
_SOME_STEPS, _MANY_STEPS = 10, 100
"""From how many steps on the records of a sum may lie a year, and two years, apart."""

_TIMES_CHANCE = 2
"""How many steps there are to each pair and triple of the records that lie near in time."""

_LEAST_SHARE = 10
"""An addend is at least a tenth of the sum: a smaller one would be lost in its rounding."""

_NEAR_AT_MOST = 24
"""Where more records of the size are near in time, some of them add up to anything by chance."""

_BILLION = 10**9

_SLACK = 1.25
"""How far off a rough sum may be, at rates of two years, to be compared exactly."""


class Sum(NamedTuple):
    """A record, and two or three others that add up to its amount."""

    whole: Measured
    parts: tuple[Measured, ...]

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
    nearby = _Nearby([one for one in measured if _is_one_figure(examination, one)])
    links, tolerance = examination.links, examination.comparison.tolerance
    for whole in nearby.records:
        near = nearby.around(whole)
        telling = [one for one in _rough_sums(whole, near) if _is_telling(one, near, tolerance)]
        if any(_are_tied(one, links) for one in telling):
            continue  # links say what the whole consists of
        free = [one for one in telling if _are_apart(one, links) and _may_share_money(one)]
        free = [one for one in free if not _draws_in_a_pool(examination, one)]
        if free:
            yield min(free, key=_nearness)


def _is_one_figure(examination: Examination, one: Measured) -> bool:
    return one.pledge.high is None and examination.counting.counts(one.pledge)


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
        self.records = sorted(records, key=_age)
        self._of_size: dict[int, list[Measured]] = defaultdict(list)
        for one in self.records:
            self._of_size[_size(one)].append(one)
        self._days = {size: [*map(_day, records)] for size, records in self._of_size.items()}

    def around(self, whole: Measured) -> list[Measured]:
        """Return the others of a record's size, the smallest first; none where they are many."""
        size = _size(whole)
        near = [*self._near(whole, size), *self._near(whole, size - 1)]
        others = [] if len(near) > _NEAR_AT_MOST else [one for one in near if one is not whole]
        return sorted(others, key=lambda one: (one.amount, one.pledge.id))

    def _near(self, whole: Measured, size: int) -> Sequence[Measured]:
        """Return the records of a size near in time, or the first of them where they are many."""
        days, day = self._days.get(size, []), _day(whole)
        first = bisect_left(days, day - _TWO_YEARS.days)
        last = bisect_right(days, day + _TWO_YEARS.days, lo=first)
        return self._of_size[size][first : min(last, first + _NEAR_AT_MOST + 1)]


def _size(one: Measured) -> int:
    return floor(log10(one.amount))


def _age(one: Measured) -> tuple[int, date, str]:
    return _day(one), one.pledge.announced.end, one.pledge.id


def _day(one: Measured) -> int:
    return one.pledge.announced.start.toordinal()


def _rough_sums(whole: Measured, near: Sequence[Measured]) -> Iterator[Sum]:
    """Go through the pairs and triples that come near a record; floats rule most of them out."""
    least_addend = whole.amount / _LEAST_SHARE
    candidates = [one for one in near if least_addend <= one.amount < whole.amount]
    amounts = [float(one.amount) for one in candidates]
    least, most = float(whole.amount) / _SLACK, float(whole.amount) * _SLACK
    for one, other in combinations(range(len(amounts)), 2):
        pair = amounts[one] + amounts[other]
        if least <= pair <= most:
            yield Sum(whole, (candidates[one], candidates[other]))
        for third in range(bisect_left(amounts, least - pair, lo=other + 1), len(amounts)):
            if pair + amounts[third] > most:
                break
            yield Sum(whole, (candidates[one], candidates[other], candidates[third]))


def _is_telling(one: Sum, near: Sequence[Measured], tolerance: Fraction) -> bool:
    """Whether a sum is too exact, and its records too near in time, for chance."""
    if not _comes_near(one, tolerance):
        return False
    steps = _steps(one, tolerance)
    within = _QUARTER if steps < _SOME_STEPS else _YEAR if steps < _MANY_STEPS else _TWO_YEARS
    if not steps or one.spread > within:
        return False
    others = sum(spread(one.whole, other) <= within for other in near)
    return steps >= _TIMES_CHANCE * (comb(others, 2) + comb(others, 3))


def _comes_near(one: Sum, tolerance: Fraction) -> bool:
    """Whether records may add up: floats rule most sums out, in a tenth of the time.

    A sum may be off by a billionth more than in `_steps`, as the errors of floats are far smaller.
    """
    moneys = [each.pledge.amount for each in (one.whole, *one.parts)]
    alone = len({money.currency for money in moneys}) == 1
    factors = [1.0 if alone else float(each.factor) for each in (one.whole, *one.parts)]
    whole, *parts = map(mul, (float(money.amount) for money in moneys), factors)
    rounding = max(map(mul, (float(money.half_last_digit) for money in moneys), factors))
    allowed = rounding + (0 if alone else tolerance) * whole
    return bool(abs(sum(parts) - whole) <= allowed + whole / _BILLION)


def _steps(one: Sum, tolerance: Fraction) -> Fraction:
    """Return how often the last digit that is not 0 goes into a sum; 0 if the records miss it.

    50 and 50 add up to 100 exactly, in steps of 10: ten of them. 3.57 and 0.6 add up to 4.17, which
    is 4.2 only when rounded to a tenth: 42 steps.
    """
    records = (one.whole, *one.parts)
    moneys = [each.pledge.amount for each in records]
    alone = len({money.currency for money in moneys}) == 1
    factors = [Fraction(1) if alone else each.factor for each in records]
    whole, *parts = (
        Fraction(money.amount) * factor for money, factor in zip(moneys, factors, strict=True)
    )
    rounding = max(
        Fraction(money.half_last_digit) * factor
        for money, factor in zip(moneys, factors, strict=True)
    )
    allowed = rounding if alone else rounding + tolerance * whole
    if sum(parts) == whole and alone:
        return whole / min(map(_last_digit, moneys))
    if abs(sum(parts) - whole) > allowed:
        return Fraction(0)
    return whole / (2 * allowed)


def _last_digit(money: Money) -> Fraction:
    """Return the worth of the last digit that is not 0: 10 of 50, and 100 of 100."""
    _, digits, exponent = money.amount.as_tuple()
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return Fraction(10) ** (int(exponent) + zeros)
