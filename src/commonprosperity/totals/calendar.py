"""Years and months as groups: which one a period is in, and the order of groups made by them."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from commonprosperity.period import Period
from commonprosperity.totals.others import Others

_LENGTHS = {"year": len("2021"), "month": len("2021-09")}

CALENDAR_UNITS = frozenset(_LENGTHS)
"""What groups are made by, besides fields and columns."""

TIMES = CALENDAR_UNITS | {"announced", "value_date", "spend"}
"""What groups of pledges are made by that are times."""


def calendar_group(period: Period, unit: str) -> str | None:
    """Return the year or month that a period is in; None where it may be in several years.

    What is in no one month is in its year:

    >>> quarter = Period.parse("2021-Q3")
    >>> calendar_group(quarter, "year"), calendar_group(quarter, "month")
    ('2021', '2021')
    """
    first, last = period.start.isoformat(), period.end.isoformat()
    lengths = (_LENGTHS[unit], _LENGTHS["year"])
    return next((first[:n] for n in lengths if first[:n] == last[:n]), None)


def in_order(
    exact: Mapping[Any, Fraction], by: Sequence[str], times: Collection[str], *, several: bool
) -> list[Any]:
    """Sort groups by those of their fields that are times, and then the largest first.

    What comes to one sum comes in the order of its text; `Others` and, of times, None come last.
    ``several`` is whether a group is a tuple, with a value for each field.

    >>> in_order({"2021": Fraction(1), None: Fraction(2), "2020": Fraction(3)}, ["year"], ["year"],
    ...          several=False)
    ['2020', '2021', None]
    """
    at = [position for position, field in enumerate(by) if field in times]

    def place(group: Any) -> tuple[Any, ...]:
        values = group if several else (group,)
        moments = [_moment(values[position]) for position in at]
        has_others = any(isinstance(value, Others) for value in values)
        return moments, has_others, -exact[group], str(group)

    return sorted(exact, key=place)


def _moment(value: Any) -> tuple[int, Any]:
    """Return where a time comes; what is only known by its year comes after the year's months."""
    if value is None or isinstance(value, Others):
        return (1, "") if value is None else (2, "")
    return 0, f"{value}~" if isinstance(value, str) else value
