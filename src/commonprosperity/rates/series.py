"""``Series``: the numbers of one pair in the order of their days, for means of long periods."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, pairwise

import attrs

from commonprosperity.period import Period
from commonprosperity.wording import EXACT


@attrs.frozen
class Series:
    """The numbers of one pair by day, in order, with their sums up to each day.

    The mean of a period is the difference of two sums, divided by the number of days: what it
    takes does not grow with the numbers in it. 20 years are 5,000 numbers, whose sum as Fractions
    took 25 ms, and takes 2 microseconds so.
    """

    numbers: Mapping[date, Decimal]
    reach: timedelta

    def mean(self, days: slice) -> Fraction:
        """Return the exact mean of the numbers of some days."""
        total = Fraction(EXACT.subtract(self._sums[days.stop], self._sums[days.start]))
        return total * Fraction(1, days.stop - days.start)

    def inside(self, on: Period) -> slice:
        """Return which days of the series are in a period; none where a gap is too long.

        >>> numbers = {date(2021, 9, day): Decimal(6) for day in (1, 2, 3, 20)}
        >>> series = Series(numbers, reach=timedelta(7))
        >>> series.inside(Period.parse("2021-09-02/2021-09-10"))
        slice(1, 3, None)
        >>> series.inside(Period.parse("2021-09"))
        slice(0, 0, None)
        """
        first, end = bisect_left(self.days, on.start), bisect_right(self.days, on.end)
        none = slice(0, 0)
        if first == end or self._gaps[end - 1] > self._gaps[first]:
            return none
        is_near = (
            self.days[first] - on.start <= self.reach and on.end - self.days[end - 1] <= self.reach
        )
        return slice(first, end) if is_near else none

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days that have a number."""
        return tuple(self.numbers)

    @cached_property
    def _sums(self) -> tuple[Decimal, ...]:
        """The sum of the numbers before each day, and of all: exact, or ``Inexact`` is raised."""
        return tuple(accumulate(self.numbers.values(), EXACT.add, initial=Decimal(0)))

    @cached_property
    def _gaps(self) -> tuple[int, ...]:
        """How many gaps beyond the reach there are before each day."""
        gaps = (later - day > self.reach for day, later in pairwise(self.days))
        return tuple(accumulate(gaps, initial=0))
