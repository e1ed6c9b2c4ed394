"""Years and months as groups: which one a period is in, and the order of groups made by them."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

from commonprosperity.period import Period
from commonprosperity.totals.base import BaseTotal

AnyTotal = TypeVar("AnyTotal", bound=BaseTotal)

_LENGTHS = {"year": len("2021"), "month": len("2021-09")}

CALENDAR_UNITS = frozenset(_LENGTHS)
"""What groups are made by, besides fields and columns."""


def calendar_group(period: Period, unit: str) -> str | None:
    """Return the year or month that a period is in; None where it may be in more than one.

    >>> quarter = Period.parse("2021-Q3")
    >>> calendar_group(quarter, "year"), calendar_group(quarter, "month")
    ('2021', None)
    """
    length = _LENGTHS[unit]
    first, last = (day.isoformat()[:length] for day in (period.start, period.end))
    return first if first == last else None


def in_order(
    totals: Iterable[tuple[Any, AnyTotal]],
    by: Sequence[str],
    units: Collection[str],
    *,
    several: bool,
) -> dict[Any, AnyTotal]:
    """Sort groups: by those of their fields that are units of time, None last; the largest first.

    ``several`` is whether a group is a tuple, with a value for each field.
    """
    at = [position for position, field in enumerate(by) if field in units]

    def place(pair: tuple[Any, AnyTotal]) -> tuple[Any, ...]:
        group, total = pair
        values = group if several else (group,)
        times = [(values[position] is None, values[position] or "") for position in at]
        return times, -total.exact, str(group)

    return dict(sorted(totals, key=place))
