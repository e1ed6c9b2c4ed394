"""What the cells of a dataframe say, as the texts of a flat table."""

from datetime import date, datetime, time
from decimal import Decimal
from numbers import Integral
from typing import TYPE_CHECKING

from commonprosperity.errors import CellError
from commonprosperity.flat import AMOUNTS, DATES, PERIOD_ENDS, POOLED, number_everywhere
from commonprosperity.period import Period
from commonprosperity.quoting import brief
from commonprosperity.sentence import NO_SENTENCE, Sentence
from commonprosperity.wording.thousands import has_such_a_point

if TYPE_CHECKING:
    import pandas as pd

_TIMES = frozenset((*DATES, *PERIOD_ENDS))


def text_of(
    value: object, column: str, text_cast: str = "", integer_cast: str = "", *, padded: bool = False
) -> str:
    """Return what a cell says, and nothing where it is missing: None, NaN, NaT, NA, a blank text.

    >>> text_of(Decimal("-1.50"), "amount"), text_of(date(2021, 9, 2), "announced")
    ('-150E-2', '2021-09-02')
    >>> text_of(float("nan"), "amount")
    ''

    ``padded`` is whether zeros behind the point may have been added by the column's type. Raises
    `ValueError` for a float, with how to cast its column, and for what is not of its kind.
    """
    if is_missing(value):
        return ""
    if isinstance(value, str):
        return str(value) if value.strip() else ""
    if isinstance(value, float):
        raise _float_problem(float(value), column, text_cast, integer_cast)
    if isinstance(value, Decimal) and column in AMOUNTS:
        return _number(unpadded(value) if padded else value)
    if isinstance(value, Integral) and (column == POOLED or not isinstance(value, bool)):
        return str(int(value))
    if isinstance(value, date) and column in _TIMES:
        return _day(value)
    if type(value).__name__ == "Period" and column in _TIMES:
        return period_text(value)
    wanted = Sentence("text")
    if column in AMOUNTS or column in _TIMES:
        wanted = Sentence("amount") if column in AMOUNTS else Sentence("period")
    raise CellError(Sentence("{value} is no {wanted:say}", value=brief(value), wanted=wanted))


def _float_problem(value: float, column: str, text_cast: str, integer_cast: str) -> CellError:
    if column not in AMOUNTS and value.is_integer():
        problem = Sentence(
            "{value} is a float; cast it: {integer_cast}",
            value=repr(value), integer_cast=integer_cast,
        )  # fmt: skip
        return CellError(problem)  # 2021.0 is no year
    problem = Sentence("{value} is a float, which may not be exact", value=repr(value))
    locale = Sentence(' and give locale="en"') if has_such_a_point(repr(value)) else NO_SENTENCE
    problem = Sentence(
        "{problem:say}; read the column as text, or cast it: {text_cast}{locale:say}",
        problem=problem, text_cast=text_cast, locale=locale,
    )  # fmt: skip
    return CellError(problem)


def unpadded(value: Decimal) -> Decimal:
    """Take away the zeros behind the point, which a column of decimals gives to all its numbers.

    >>> unpadded(Decimal("2000.500")), unpadded(Decimal("0.00")), unpadded(Decimal("2E+9"))
    (Decimal('2000.5'), Decimal('0'), Decimal('2E+9'))
    """
    digits = f"{value:f}"
    return Decimal(digits.rstrip("0").rstrip(".")) if "." in digits else value


def is_missing(value: object) -> bool:
    """Whether a cell is empty: None, NaN, NaT or NA."""
    if isinstance(value, float):
        return value != value  # noqa: PLR0124 (NaN alone is not equal to itself)
    if isinstance(value, Decimal):
        return value.is_nan()
    # What pandas has for them, by name, as pandas may not be installed.
    return value is None or type(value).__name__ in {"NAType", "NaTType"}


def period_text(period: "pd.Period") -> str:
    """Write a period of pandas in our form, whatever its length.

    Raises `CellError` for one that is shorter than a day.
    """
    start, end = period.start_time, period.end_time
    if start.time() != time() or (end + end.resolution).time() != time():
        raise CellError(Sentence("{period} is shorter than a day; give dates", period=period))
    return str(Period(start.date(), end.date()))


def _number(value: Decimal) -> str:
    """Write a number so that no locale reads it in another way."""
    if not value.is_finite():
        raise CellError(Sentence("{value} is no amount", value=value))
    return number_everywhere(value)


def _day(value: date) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.tzinfo is not None:
        problem = Sentence(
            "{value} has a time zone, and in another it may be another day; give dates",
            value=value,
        )
        raise CellError(problem)
    # pandas has nanoseconds, which are no part of the time.
    if value.time() != time() or getattr(value, "nanosecond", False):
        raise CellError(Sentence("{value} has a time of day; give dates", value=value))
    return value.date().isoformat()
