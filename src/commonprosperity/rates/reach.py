"""Which published days answer for a period, and where the gap is when none do.

A number holds until the next one is published, and no longer than the reach of its source.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from commonprosperity.period import Period


def window(on: Period, reach: timedelta) -> Period:
    """Return the days whose numbers may answer for a period: its own, and those that reach it."""
    return Period(min(on.start, _earlier(on.end, reach)), on.end)


def answering(days: Sequence[date], on: Period, reach: timedelta) -> Sequence[date]:
    """Return the published days whose numbers answer for a period; none where a gap is too long.

    The days are those of the period's `window`, in their order. With a reach of seven days, the
    2nd and the 9th answer for the days from the 1st to the 16th; the 2nd and the 10th do not, as
    eight days lie between them. Where no day is inside, the last one before holds: Friday's number
    answers for a weekend.
    """
    inside = days[bisect_left(days, on.start) :]
    if not inside:
        return [day for day in days[-1:] if on.end - day <= reach]
    stops = (on.start, *inside, on.end)
    return inside if all(end - start <= reach for start, end in pairwise(stops)) else ()


def gap(days: Sequence[date], on: Period, reach: timedelta) -> tuple[date, ...]:
    """Return the two published days on the sides of the first gap that a period reaches into.

    The days are all that there are, in their order. There is no such gap where none of them is in
    the period, or where history itself starts or ends in it.
    """
    first, end = bisect_left(days, on.start), bisect_right(days, on.end)
    stops = pairwise((on.start, *days[first:end], on.end))
    gaps = [at for at, (start, stop) in enumerate(stops, first) if stop - start > reach]
    if first == end or not gaps:
        return ()
    sides = days[max(gaps[0] - 1, 0) : gaps[0] + 1]
    return tuple(sides) if len(sides) > 1 else ()


def around(days: Sequence[date], on: Period) -> tuple[date, ...]:
    """Return the last day before a period and the first after it, if there are any."""
    first, end = bisect_left(days, on.start), bisect_right(days, on.end)
    return (*days[max(first - 1, 0) : first], *days[end : end + 1])


def _earlier(day: date, by: timedelta) -> date:
    """Move a day back, but not before the first that a date can be."""
    return day - by if by <= day - date.min else date.min
