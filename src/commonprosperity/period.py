"""``Period``: a day, month, quarter, half-year, year or span, written in ISO 8601.

The forms are ``2021-09-02``, ``2021-04``, ``2021-Q2``, ``2021-H1``, ``2021``, and two of them with
a stroke between: ``2021-09-02/2024-12-31``, from the first day of the one to the last day of the
other. (ISO 8601 knows no quarters and halves; ``2021-Q2`` is how statistical offices write them.)
Other forms that have one meaning are read as well, and never written.
"""

import operator
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Self

import attrs

from commonprosperity.dates import date_form, iso_text, time_zone, without_arguments
from commonprosperity.errors import PeriodComparisonError, PeriodError
from commonprosperity.patterns import pattern
from commonprosperity.sentence import Sentence
from commonprosperity.text_display import padded

_FORM = pattern(r"([0-9]{4})(?:-(?:(Q[1-4]|H[12])|([0-9]{2})(?:-([0-9]{2}))?))?")


def _check_day(_: object, attribute: "attrs.Attribute[date]", value: object) -> None:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise PeriodError(value, Sentence("its {name} must be a date", name=attribute.name))


def _order(sign: str, holds: Callable[[Any, Any], bool]) -> "Callable[[Period, Period], bool]":
    """Return the method that puts periods in order by ``(start, end)``."""

    def compare(self: "Period", other: "Period") -> bool:
        if isinstance(other, Period):
            return holds((self.start, self.end), (other.start, other.end))
        if isinstance(other, str | date):
            raise PeriodComparisonError(other, _way_to_compare(sign, Period.of(other)))
        return NotImplemented

    return compare


def _way_to_compare(sign: str, other: "Period") -> str:
    """Say which end of a period is compared with a day: ``>= "2021-08"`` is from 1 August on."""
    end = "start" if ">" in sign else "end"
    day = other.start if sign in {">=", "<"} else other.end
    return f"period.{end} {sign} date({day.year}, {day.month}, {day.day})"


@attrs.frozen
class Period:
    """The days from ``start`` to ``end``, both included.

    Periods are equal when their days are, and ordered by ``(start, end)``. Whatever takes a
    period also takes its text or a `datetime.date`; but in an order, one end is compared with a
    date: ``period.start >= date(2021, 8, 1)``. As a date in Python is equal to no text, a period
    is equal to periods alone: ``period == "2021-04"`` is False, and ``period ==
    Period.of("2021-04")`` compares the days.

    >>> april = Period.parse("2021-04")
    >>> april.start, april.end
    (datetime.date(2021, 4, 1), datetime.date(2021, 4, 30))
    >>> date(2021, 4, 9) in april, "2021-04-30/2021-05-01" in april
    (True, False)
    >>> str(Period(date(2021, 4, 1), date(2021, 6, 30)))
    '2021-Q2'
    >>> april == "2021-04", april == Period.of("2021-04")
    (False, True)

    Raises `PeriodError` when a day is no date or the start is after the end, and
    `PeriodComparisonError`, with the way out, where it is put in order with a text or a date.
    """

    start: date = attrs.field(validator=_check_day)
    end: date = attrs.field(validator=_check_day)

    __lt__ = _order("<", operator.lt)
    __le__ = _order("<=", operator.le)
    __gt__ = _order(">", operator.gt)
    __ge__ = _order(">=", operator.ge)

    def __attrs_post_init__(self) -> None:
        if self.start > self.end:
            raise PeriodError(f"{self.start}/{self.end}", Sentence("it ends before it starts"))

    @classmethod
    def parse(cls, text: str, *, dates: str | None = None, zone: str | None = None) -> Self:
        """Read a period from its text, which may be of any form that has one meaning.

        >>> Period.parse("2021-Q2") == Period.parse("2021-04/2021-06")
        True
        >>> print(Period.parse("2021年9月15日"), Period.parse("Sept 2021"), Period.parse("H1 2021"))
        2021-09-15 2021-09 2021-H1
        >>> print(Period.parse("2021年4月至2024年"), Period.parse("April to June 2021"))
        2021-04/2024 2021-Q2

        ``dates`` settles what has several meanings: the order ``"d/m/y"``, ``"m/d/y"``,
        ``"y/m/d"``, ``"m/y"`` or ``"y/m"``, years of the Republic of China (``"roc"``), or serial
        numbers of Excel (``"excel"``). In it and in the text, ``/``, ``.`` and ``-`` are alike.
        Years of two digits are read only with it: 00 to 68 are 2000 to 2068, 69 to 99 are 1969 to
        1999.

        >>> print(Period.parse("05/06/14", dates="d/m/y"), Period.parse("104.12.31", dates="roc"))
        2014-06-05 2015-12-31

        ``zone`` says whose day a time of day is, by its IANA name or as an offset. A time that
        states no time zone of its own is taken for one of that zone.

        >>> print(Period.parse("2020-01-24T16:00:00.000Z", zone="Asia/Shanghai"))
        2020-01-25

        Raises `PeriodError` when the text is none of the forms, has several meanings, or names no
        day there is; `RecordError` when ``dates`` or ``zone`` is none.
        """
        if not isinstance(text, str):
            is_year = isinstance(text, int) and not isinstance(text, bool)
            problem = Sentence('it is a number; write it as a text, "{text}"', text=text)
            raise PeriodError(text, problem if is_year else None)
        # mypy takes no class for hashable.
        if dates is None and zone is None:
            parsed: Self = _parsed(cls, text)  # type: ignore[arg-type]
            return parsed
        if not isinstance(dates, str | None):  # which may be no key of the cache
            date_form(dates)
        if not isinstance(zone, str | None):
            time_zone(zone)
        settled: Self = _parsed_by(cls, text, dates, zone)  # type: ignore[arg-type]
        return settled

    @classmethod
    def of(cls, value: "Period | date | str") -> "Period":
        """Return a period unchanged, take a date as its day, and parse a text.

        >>> str(Period.of(date(2021, 9, 2)))
        '2021-09-02'
        """
        if isinstance(value, Period):
            return value
        if isinstance(value, datetime):
            if value != value:  # noqa: PLR0124 (NaT of pandas alone is not equal to itself)
                raise PeriodError(value, Sentence("it is missing"))
            raise PeriodError(value, Sentence("it has a time of day; give its .date()"))
        if isinstance(value, date):
            return cls(value, value)
        try:
            return cls.parse(value)
        except PeriodError as error:
            raise PeriodError(error.value, without_arguments(error.problem)) from None

    @property
    def is_day(self) -> bool:
        """Whether the period is one day."""
        return self.start == self.end

    def __contains__(self, other: "Period | date | str") -> bool:
        """Whether every day of the other period is in this one."""
        other = Period.of(other)
        return self.start <= other.start and other.end <= self.end

    def __format__(self, spec: str) -> str:
        """Pad the text to a width, in an f-string such as ``f"{period:>12}"``."""
        return padded(str(self), spec)

    def __str__(self) -> str:
        """Return the shortest form that `parse` reads back to an equal period."""
        day = self.start.isoformat()
        if self.is_day:  # as most are; to try the forms below takes thirty times as long
            return day
        half = f"{day[:4]}-H{(self.start.month + 5) // 6}"
        quarter = f"{day[:4]}-Q{(self.start.month + 2) // 3}"
        for form in (day[:4], half, quarter, day[:7]):
            if _days(form) == (self.start, self.end):
                return form
        return f"{_bound(self.start, 0)}/{_bound(self.end, 1)}"


def has_one_meaning(text: str, zone: str | None = None) -> bool:
    """Whether a text is a period in every form of dates, a time being of the day in a zone.

    >>> has_one_meaning("15/6/2014"), has_one_meaning("5/6/2014")
    (True, False)
    """
    try:
        Period.parse(text, zone=zone)
    except PeriodError:
        return False
    return True


@lru_cache(maxsize=10_000)  # the days of 27 years; a million records have a few hundred
def _parsed(kind: type[Period], text: str) -> Any:
    """Read a period; equal texts return the same object."""
    try:
        return kind(*(_own_days(text) or _written_days(text, None, None)))
    except PeriodError as error:
        if error.problem is None and (problem := _not_there(text)):
            raise PeriodError(text, problem) from None
        raise


@lru_cache(maxsize=10_000)
def _parsed_by(kind: type[Period], text: str, dates: str | None, zone: str | None) -> Any:
    """Read a period by a form of dates and a time zone."""
    form = None if dates is None else date_form(dates)
    if zone is not None:
        time_zone(zone)
    is_serial = form == "excel" and text.isdecimal()  # 2021 is no year then
    days = None if is_serial else _own_days(text)
    return kind(*(days or _written_days(text, form, zone)))


def _own_days(text: str) -> tuple[date, date] | None:
    """Return the first and the last day of one of our own forms, None for any other."""
    first, stroke, last = text.partition("/")
    try:
        return _days(first)[0], _days(last if stroke else first)[1]
    except ValueError:
        return None


def _written_days(text: str, dates: str | None, zone: str | None) -> tuple[date, date]:
    """Return the first and the last day of a form of other people."""
    days = _own_days(iso_text(text, dates, zone))
    if days is None:
        raise PeriodError(text)
    return days


def _not_there(text: str) -> Sentence | None:
    """Say why a month or a day of our own form does not exist; None for any other text.

    >>> _not_there("2021-02-30"), _not_there("2021-13"), _not_there("soon")
    ('2021-02 has 28 days', 'a year has 12 months', None)
    """
    parts = _FORM.fullmatch(text)
    if parts is None or not parts[3]:
        return None
    if not 1 <= int(parts[3]) <= 12:  # noqa: PLR2004 (months)
        return Sentence("a year has 12 months")
    if not parts[4] or not int(parts[1]):
        return None
    days = monthrange(int(parts[1]), int(parts[3]))[1]
    return Sentence("{month} has {days} days", month=text[:7], days=days)


def _days(form: str) -> tuple[date, date]:
    """Return the first and the last day of a form other than a span."""
    parts = _FORM.fullmatch(form)
    if parts is None:
        raise PeriodError(form)
    year, part, month, day = parts.groups()
    if day:
        return (date.fromisoformat(form),) * 2
    first, last = int(month or 1), int(month or 12)
    if part:
        months = 3 if part[0] == "Q" else 6
        last = int(part[1]) * months
        first = last - months + 1
    end = date(int(year), last, monthrange(int(year), last)[1])
    return date(int(year), first, 1), end


def _bound(day: date, side: int) -> str:
    """Return the shortest form whose first (side 0) or last (side 1) day is the one given."""
    iso = day.isoformat()
    return next(form for form in (iso[:4], iso[:7], iso) if _days(form)[side] == day)
