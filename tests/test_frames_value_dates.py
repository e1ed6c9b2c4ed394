"""A column `value_date` says which day's rate converts a row, as it does for a pledge."""

import datetime as dt
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import commonprosperity as cp
from commonprosperity.rates import ecb
from typed_dataframes import Make, every_typed_engine, pa

ONE, OTHER = dt.date(2021, 1, 4), dt.date(2021, 4, 6)


def table(value_dates: Any, name: str = "value_date", **columns: Any) -> Any:
    """Make a table of 100, 10 and 1 yuan of one day, and of some value dates."""
    constants = {"company": ["Acme"] * 3, "amount": [100, 10, 1], "currency": ["CNY"] * 3}
    return pa.table({**constants, "announced": [ONE] * 3, name: value_dates, **columns})


def rate(day: dt.date | str) -> Fraction:
    return ecb().rate("CNY", "USD", day).factor


def faults(frame: Any, to: str = "USD", **options: Any) -> list[str]:
    with pytest.raises(cp.errors.DatasetError) as error:
        cp.frames.total(frame, to, date="announced", **options)
    return [f"{fault.field}: {fault.problem}" for fault in error.value.faults]


BLANK: dict[str, tuple[Any, Any]] = {
    "days": ([OTHER, None, ONE], pa.date32()),
    "datetimes": ([dt.datetime(2021, 4, 6), None, dt.datetime(2021, 1, 4)], pa.timestamp("us")),  # noqa: DTZ001
    "texts": (["6 April 2021", " ", "2021-01-04"], pa.string()),
    "categories": (["2021-04-06", "", None], pa.dictionary(pa.int32(), pa.string())),
}


@every_typed_engine
@pytest.mark.parametrize("name", BLANK)
def test_a_row_is_converted_at_its_value_date_and_grouped_by_its_date(
    make: Make, name: str
) -> None:
    days = pa.array(*BLANK[name])
    months = cp.frames.total(make(table(days)), "USD", date="announced", by="month")
    assert list(months) == ["2021-01"]
    assert months.grand.exact == 100 * rate(OTHER) + 11 * rate(ONE)
    assert [(str(each.date), int(each.added.amount)) for each in months.grand.sums] == [
        ("2021-01-04", 11), ("2021-04-06", 100),
    ]  # fmt: skip
    assert cp.frames.read(make(table(days))).total("USD").exact == months.grand.exact


@every_typed_engine
@pytest.mark.parametrize("heading", ["Value date", "汇率日期", "value_date"])
def test_the_column_is_known_by_its_heading(make: Make, heading: str) -> None:
    known = cp.frames.read(table([OTHER] * 3, heading)).total("USD").exact
    frame = make(table([OTHER] * 3, heading))
    assert cp.frames.total(frame, "USD", date="announced").grand.exact == known


def test_the_dates_that_the_caller_names_are_those_of_the_rates() -> None:
    frame = table([OTHER] * 3)
    by_value_date = cp.frames.total(frame, "USD", date="value_date", by="month")
    assert list(by_value_date) == ["2021-04"]
    assert by_value_date.grand.exact == 111 * rate(OTHER)
    assert cp.frames.total(frame, "USD", date="2021-03-01").grand.exact == 111 * rate("2021-03-01")
    fixed = cp.frames.total(frame, "USD", date="announced", on="2021-03-01").grand
    assert fixed.exact == 111 * rate("2021-03-01")


@every_typed_engine
def test_what_is_no_value_date_is_a_fault(make: Make) -> None:
    assert faults(make(table(["2021-04-06", "soon", "2021-02-30"]))) == [
        "value_date: '2021-02-30' is no period: 2021-02 has 28 days (1 row: 2)",
        "value_date: 'soon' is no period: write 2021-09-02, 2021-04, 2021-Q2, 2021 or "
        "2021-09-02/2024-12-31 (1 row: 1)",
    ]
    assert faults(make(table([True, False, None]))) == [
        "value_date: is a column of Boolean; dates are days, texts or the integers of years"
    ]


@every_typed_engine
def test_rows_without_a_rate_are_told_by_the_column_of_its_date(make: Make) -> None:
    days = pa.array(["1066", None, "1066"], pa.string())
    frame = table(days, announced=pa.array(["1066", "1066", "2021"], pa.string()))
    no_rate = faults(make(frame))
    assert [each.partition(":")[0] for each in no_rate] == ["value_date", "announced"]
    assert [each.rpartition(" (")[2] for each in no_rate] == ["2 rows: 0, 2)", "1 row: 1)"]


@every_typed_engine
def test_of_many_value_dates_without_a_rate_the_rest_are_counted(make: Make) -> None:
    years = [str(year) for year in range(1060, 1068)]
    frame = pa.table({
        "amount": [1] * 8, "currency": ["CNY"] * 8, "announced": [ONE] * 8, "value_date": years,
    })  # fmt: skip
    *first, last = faults(make(frame))
    assert len(first) == 5
    assert last.endswith("has 3 more values without a rate (3 rows: 5, 6, 7)")


@every_typed_engine
def test_linked_rows_are_converted_at_their_value_dates(make: Make) -> None:
    links = {"id": ["a", "b", "c"], "part_of": pa.array([None, "a", None], pa.string())}
    days = pa.array([OTHER, OTHER, None], pa.date32())
    frame = make(table(days, **links))
    total = cp.frames.total(frame, "USD", date="announced", by="month")
    assert total.grand.exact == 100 * rate(OTHER) + rate(ONE)
    assert list(total) == ["2021-01"]
    assert total.grand.exact == cp.frames.read(frame).total("USD").exact


def test_files_may_have_the_column_or_not(tmp_path: Path) -> None:
    head = "amount,currency,announced"
    (tmp_path / "a.csv").write_text(f"{head},value_date\n5,CNY,2021-01-04,2021-04-06\n")
    (tmp_path / "b.csv").write_text(f"{head}\n7,CNY,2021-01-04\n")
    total = cp.frames.total(tmp_path, "USD", date="announced").grand
    assert total.exact == 5 * rate(OTHER) + 7 * rate(ONE)


def test_two_columns_of_value_dates_are_a_fault() -> None:
    frame = pa.table([["5"], ["CNY"], ["2021"], ["2021"], ["2022"]],
                     ["amount", "currency", "announced", "value_date", "value_date"])  # fmt: skip
    assert faults(frame) == ["value_date: there are two columns of one name; leave one out"]
