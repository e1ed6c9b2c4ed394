"""A period is read from ISO 8601, written in its shortest form, contained and put in order."""

import copy
import pickle
import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from operator import ge, gt, le, lt
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commonprosperity.dataset import Dataset
from commonprosperity.errors import FormatError, PeriodComparisonError, PeriodError
from commonprosperity.period import Period
from strategies import any_days

any_periods = st.tuples(any_days, any_days).map(lambda pair: Period(min(pair), max(pair)))


@st.composite
def round_periods(draw: st.DrawFn) -> Period:
    """Draw a period from the first day of a month to the last of one, perhaps years later."""
    first = draw(any_days).replace(day=1)
    months = min(draw(st.integers(0, 30)), (9999 - first.year) * 12 + 12 - first.month)
    years, month = divmod(first.month - 1 + months, 12)
    year = first.year + years
    return Period(first, date(year, month + 1, monthrange(year, month + 1)[1]))


def forms(day: date) -> Iterator[str]:
    """Write every day, month, quarter, half-year and year that a day is in."""
    year, month = f"{day.year:04}", f"{day.month:02}"
    yield from (year, f"{year}-{month}", f"{year}-{month}-{day.day:02}")
    yield from (f"{year}-Q{quarter}" for quarter in range(1, 5) if day.month <= quarter * 3)
    yield from (f"{year}-H{half}" for half in (1, 2))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2021-09-02", "2021-09-02", "2021-09-02"),
        ("2021-04", "2021-04-01", "2021-04-30"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2021-12", "2021-12-01", "2021-12-31"),
        ("2021-Q1", "2021-01-01", "2021-03-31"),
        ("2021-Q2", "2021-04-01", "2021-06-30"),
        ("2021-Q3", "2021-07-01", "2021-09-30"),
        ("2021-Q4", "2021-10-01", "2021-12-31"),
        ("2021-H1", "2021-01-01", "2021-06-30"),
        ("2021-H2", "2021-07-01", "2021-12-31"),
        ("2021-H2/2022-H1", "2021-07-01", "2022-06-30"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("2021-09-02/2024-12-31", "2021-09-02", "2024-12-31"),
        ("2021-Q2/2023-02", "2021-04-01", "2023-02-28"),
        ("2021/2021-04", "2021-01-01", "2021-04-30"),
        ("2021-04/2021", "2021-04-01", "2021-12-31"),
        ("2021/2021", "2021-01-01", "2021-12-31"),
    ],
)
def test_each_form_names_its_first_and_last_day(text: str, start: str, end: str) -> None:
    period = Period.parse(text)
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)
    assert Period.of(text) == period


@given(any_periods | round_periods())
@example(Period(date.min, date.max))
@example(Period(date.min, date.min))
@example(Period(date.max, date.max))
def test_the_text_reads_back_to_an_equal_period(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(any_periods | round_periods())
@example(Period(date.min, date.max))
@example(Period(date(2000, 1, 2), date(2000, 1, 3)))
def test_no_form_is_shorter_than_the_text(period: Period) -> None:
    ends = list(forms(period.end))
    for first in forms(period.start):
        for text in (first, *(f"{first}/{last}" for last in ends)):
            if len(text) < len(str(period)):
                assert period_or_none(text) != period


def period_or_none(text: str) -> Period | None:
    """Not every pair of forms is a period: 2000-04/2000-01 ends before it starts."""
    try:
        return Period.parse(text)
    except PeriodError:
        return None


@pytest.mark.parametrize(
    ("text", "shortest"),
    [
        ("2021-01/2021-12", "2021"),
        ("2021-04/2021-06", "2021-Q2"),
        ("2021-10/2021-12", "2021-Q4"),
        ("2021-04-01/2021-04-30", "2021-04"),
        ("2021-04-01/2021-04-01", "2021-04-01"),
        ("2021-01-01/2021-01-30", "2021/2021-01-30"),
        ("2021-01-02/2021-12-31", "2021-01-02/2021"),
        ("2021-Q2/2021-Q3", "2021-04/2021-09"),
        ("2021-Q1/2021-Q2", "2021-H1"),
        ("2021-07/2021-12", "2021-H2"),
        ("2021-07-01/2021-12-31", "2021-H2"),
        ("2021-09-02/2024-12-31", "2021-09-02/2024"),
        ("2021-01-01/2022-12-31", "2021/2022"),
    ],
)
def test_the_text_is_the_shortest_form(text: str, shortest: str) -> None:
    assert str(Period.parse(text)) == shortest


@pytest.mark.parametrize(
    "text",
    [
        "2021-Q0", "2021-Q5", "0000", "0000-01", "0000-01-01", "1000000000", "021", "", " ", "/", "2021/",
        "/2021", "2021/2022/2023", "2021 ", " 2021", "2021-04\n", "2021-09-02\n", "2021\n/2022",
        "2021-W35", "2021-W35-4", "2021-245", "2021-Q2-01", "2021-09-", "-2021", "+2021", "2021-H3",
        "２０２１", "2021-0２", "٢٠٢١", "2021-Q２", "soon",
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(PeriodError, match="no period: write 2021-09-02, 2021-04, ") as error:
        Period.parse(text)
    assert error.value.value == text


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2021-13", "a year has 12 months"), ("2021-00", "a year has 12 months"),
        ("2021-02-30", "2021-02 has 28 days"), ("2024-02-30", "2024-02 has 29 days"),
        ("2021-01-00", "2021-01 has 31 days"), ("2021-12-32", "2021-12 has 31 days"),
        ("2021-13-40", "a year has 12 months"),
    ],
)  # fmt: skip
def test_days_and_months_that_are_not_there_are_told(text: str, problem: str) -> None:
    with pytest.raises(PeriodError, match=f"'{text}' is no period: {problem}$") as error:
        Period.parse(text)
    assert error.value.value == text


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2022/2021", "2022-01-01/2021-12-31"),
        ("2021-09-02/2021-09-01", "2021-09-02/2021-09-01"),
        ("2021-Q3/2021-Q2", "2021-07-01/2021-06-30"),
    ],
)
def test_a_period_that_ends_before_it_starts_is_refused(text: str, days: str) -> None:
    with pytest.raises(PeriodError, match=f"^'{days}' is no period: it ends before it starts$"):
        Period.parse(text)


@pytest.mark.parametrize("value", [None, 2021, 2021.0, b"2021", ("2021",)])
def test_what_is_neither_text_nor_date_is_refused(value: str) -> None:
    with pytest.raises(PeriodError):
        Period.parse(value)
    with pytest.raises(PeriodError):
        Period.of(value)


@pytest.mark.parametrize("moment", [datetime(2021, 9, 2, tzinfo=UTC), "2021-09-02", None])
def test_the_ends_of_a_period_are_dates(moment: date) -> None:
    with pytest.raises(PeriodError, match=r"is no period: its end must be a date$") as error:
        Period(date(2021, 9, 2), moment)
    assert error.value.value == moment
    with pytest.raises(PeriodError, match=r"is no period: its start must be a date$") as error:
        Period(moment, date(2021, 9, 2))
    assert error.value.value == moment


def test_a_time_of_day_is_no_period() -> None:
    moment = datetime(2021, 9, 2, tzinfo=UTC)
    with pytest.raises(PeriodError, match=r": it has a time of day; give its \.date\(\)$") as error:
        Period.of(moment)
    assert error.value.value == moment


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("01/09/2021", "it may be 2021-09-01 or 2021-01-09; write one of them"),
        ("5 June 14", "it may be 2014-06-05; write 2014-06-05"),
        (
            "2020-01-24T16:00Z",
            "it may be 2020-01-24 or 2020-01-25, depending on the time zone; write one of them",
        ),
        ("2020-01-24 16:00", "it has a time of day and no time zone; write 2020-01-24"),
    ],
)
def test_only_parse_advises_its_own_arguments(text: str, problem: str) -> None:
    with pytest.raises(PeriodError) as parsed:
        Period.parse(text)
    advice = re.escape(f"{problem}, or give ") + "(dates|zone)="
    assert re.match(advice, str(parsed.value.problem))
    for refused in (Period.of, Period.parse("2021").__contains__, Dataset().as_of):
        with pytest.raises(PeriodError) as error:
            refused(text)
        assert error.value.problem == problem


def test_a_number_is_asked_for_as_a_text() -> None:
    with pytest.raises(PeriodError) as error:
        Period.of(2021)  # type: ignore[arg-type]
    assert str(error.value) == '2021 is no period: it is a number; write it as a text, "2021"'
    for value in (True, 2021.0):
        with pytest.raises(PeriodError, match="is no period: write 2021-09-02"):
            Period.of(value)  # type: ignore[arg-type]


def test_a_period_is_taken_as_it_is_and_a_date_as_its_day() -> None:
    period = Period.parse("2021-Q2")
    assert Period.of(period) is period
    assert Period.of(date(2021, 9, 2)) == Period.parse("2021-09-02")


@given(any_periods, any_periods)
def test_a_period_contains_those_all_of_whose_days_are_its_own(one: Period, other: Period) -> None:
    days = range(one.start.toordinal(), one.end.toordinal() + 1)
    within = other.start.toordinal() in days and other.end.toordinal() in days
    assert (other in one) == within
    assert (str(other) in one) == within


@given(any_periods)
def test_a_period_contains_its_ends_and_nothing_beyond(period: Period) -> None:
    assert Period(period.start, period.end) in period
    assert period.start in period
    assert period.end in period
    if period.start > date.min:
        assert period.start - timedelta(1) not in period
        assert Period(period.start - timedelta(1), period.end) not in period
    if period.end < date.max:
        assert period.end + timedelta(1) not in period
        assert Period(period.start, period.end + timedelta(1)) not in period


def test_only_a_period_can_be_inside_a_period() -> None:
    with pytest.raises(PeriodError):
        _ = "soon" in Period.parse("2021")
    with pytest.raises(PeriodError):
        _ = datetime(2021, 9, 2, tzinfo=UTC) in Period.parse("2021")


@given(any_periods, any_periods)
def test_periods_are_ordered_by_start_then_end(one: Period, other: Period) -> None:
    ends = (one.start, one.end), (other.start, other.end)
    assert (one < other) == (ends[0] < ends[1])
    assert (one == other) == (ends[0] == ends[1])
    assert (one >= other) == (ends[0] >= ends[1])
    assert (hash(one) == hash(other)) or one != other


def test_of_two_periods_with_one_start_the_shorter_comes_first() -> None:
    texts = ["2021-Q1", "2021", "2020-12-31", "2021-01-01", "2021-01"]
    ordered = ["2020-12-31", "2021-01-01", "2021-01", "2021-Q1", "2021"]
    assert [str(period) for period in sorted(map(Period.parse, texts))] == ordered


@pytest.mark.parametrize(
    ("sign", "way_out"),
    [
        ("<", "period.end < date(2021, 8, 1)"),
        ("<=", "period.end <= date(2021, 8, 31)"),
        (">", "period.start > date(2021, 8, 31)"),
        (">=", "period.start >= date(2021, 8, 1)"),
    ],
)
def test_a_period_is_compared_with_a_text_by_one_of_its_ends(sign: str, way_out: str) -> None:
    compare = {"<": lt, "<=": le, ">": gt, ">=": ge}[sign]
    for other in ("2021-08", "2021年8月"):
        with pytest.raises(PeriodComparisonError, match=re.escape(f"two ends; write {way_out}")):
            compare(Period.parse("2021-08-18"), other)
    august = Period.parse("2021-08")
    names = {"date": date, "period": august}
    assert eval(way_out, names) is (sign in {"<=", ">="})  # noqa: S307 (our own sentence)


@given(any_periods)
def test_a_period_is_equal_to_periods_alone(period: Period) -> None:
    """As a date is, and unlike in an order, where a text or a date is an error."""
    for other in (str(period), period.start, (period.start, period.end), None):
        assert (period == other) is False
        assert period != other
    assert period == Period.of(str(period))
    assert hash(period) == hash(Period.of(str(period)))


def test_a_period_is_put_in_order_with_dates_only_by_its_ends() -> None:
    with pytest.raises(TypeError, match=r"2021-08-18 is not put .* date\(2021, 8, 18\)$"):
        _ = Period.parse("2021") <= date(2021, 8, 18)  # type: ignore[operator]
    with pytest.raises(PeriodError):
        _ = Period.parse("2021") < "soon"  # type: ignore[operator]
    others: list[Any] = [5, None]
    for other in others:
        with pytest.raises(TypeError):
            _ = Period.parse("2021") > other


@given(any_periods)
def test_a_day_is_a_period_of_one_day(period: Period) -> None:
    assert period.is_day == (period.start == period.end)
    assert Period.of(period.start).is_day


@given(any_periods)
def test_copies_are_equal(period: Period) -> None:
    assert pickle.loads(pickle.dumps(period)) == period  # noqa: S301 (ours)
    assert copy.deepcopy(period) == period
    assert hash(copy.deepcopy(period)) == hash(period)


def test_a_period_does_not_change() -> None:
    with pytest.raises(AttributeError):
        Period.parse("2021").start = date(2020, 1, 1)  # type: ignore[misc]


@pytest.mark.parametrize("spec", ["", "12", ">12", "<12", "^12", ".^13", "s"])
def test_a_period_is_padded_as_its_text_is(spec: str) -> None:
    assert format(Period.parse("2021-Q2"), spec) == format("2021-Q2", spec)


@pytest.mark.parametrize("spec", [".4", "%Y", "nonsense", "012", "d", "=9"])
def test_a_format_specification_that_is_no_width_is_refused(spec: str) -> None:
    with pytest.raises(
        FormatError, match=r" is no format specification; give a width, such as >24$"
    ):
        format(Period.parse("2021-Q2"), spec)
