"""The same totals on anybody's dataframe: as exact as those of pledges, or refused, never wrong."""

import datetime as dt
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.flat.total_rows import _MAY_BE_NAMES, _TOTALS
from ledgers import DAY, KEY, faults, ledger, pledges_of, rows, table_of
from strategies import codes, dataset, pledge
from typed_dataframes import CONNECTION, Make, every_engine, every_typed_engine, pa, pd, pl

# The same as of pledges


@every_engine
@settings(max_examples=20)
@given(rows, codes)
@example([], "CNY")
def test_totals_are_those_of_the_same_amounts_as_pledges(
    make: Make, rows: list[Any], to: str
) -> None:
    ours = cp.frames.total(make(table_of(rows)), to, by="cause")
    theirs = pledges_of(rows).totals(to, by="funder")
    exact = [(group, total.exact, total.amount) for group, total in theirs.items()]
    assert [(group, total.exact, total.amount) for group, total in ours.items()] == exact
    assert ours.grand.exact == theirs.grand.exact
    assert ours.grand.amount == theirs.grand.amount
    assert cp.frames.total(make(table_of(rows)), to).grand.exact == theirs.grand.exact


@pytest.mark.parametrize("on", ["2021-09-02", "2021"])
def test_one_date_and_other_rates_are_taken_where_they_are_given(on: str) -> None:
    rows = [("a", Decimal(100), "USD", DAY), ("b", Decimal(7), "CNY", dt.date(2020, 1, 6))]
    table, pledges = table_of(rows), pledges_of(rows)
    assert cp.frames.total(table, "EUR", on=on).grand.exact == pledges.total("EUR", on=on).exact
    rates = cp.rates.fixed({"USD/CNY": "6.5"})
    assert cp.frames.total(table, "CNY", rates=rates).grand.exact == 657


@every_engine
def test_callers_decimal_context_changes_nothing(make: Make) -> None:
    table = ledger(amount=[Decimal("12345678901.25"), Decimal("0.01")])
    with localcontext(prec=3):
        assert str(cp.frames.total(make(table), "CNY").grand.amount) == "12,345,678,901.26 CNY"


@every_engine
def test_several_columns_make_groups_and_a_null_is_one(make: Make) -> None:
    table = ledger(amount=[1, 2, 4, 8], cause=["a", None, "a", None], year=[1, 1, 2, None])
    totals = cp.frames.total(make(table), "CNY", by=["cause", "year"])
    assert {group: int(total.exact) for group, total in totals.items()} == {
        ("a", 1): 1, (None, 1): 2, ("a", 2): 4, (None, None): 8,
    }  # fmt: skip
    alone = cp.frames.total(make(table), "CNY", by="cause")
    assert {group: int(total.exact) for group, total in alone.items()} == {"a": 5, None: 10}
    assert [row[0] for row in alone.table().rows] == ["–", "a"]
    assert alone.to_polars()["cause"].to_list() == [None, "a"]


@every_engine
@pytest.mark.parametrize(
    ("by", "group"),
    [
        ("currency", "CNY"),
        ("date", DAY),
        (["date", "currency"], (DAY, "CNY")),
        ([], "all"),
        (None, "all"),
    ],
)
def test_currency_and_date_may_make_the_groups_and_so_may_nothing(
    make: Make, by: Any, group: Any
) -> None:
    totals = cp.frames.total(make(ledger(amount=[1, 2])), "CNY", by=by)
    assert [(key, total.exact) for key, total in totals.items()] == [(group, Fraction(3))]
    assert len(totals.table().rows) == 1


@every_engine
@settings(max_examples=20)
@given(rows, st.sampled_from(["year", "month"]))
def test_years_and_months_of_dates_are_those_of_announcements(
    make: Make, rows: list[Any], unit: str
) -> None:
    ours = cp.frames.total(make(table_of(rows)), "EUR", by=unit)
    theirs = pledges_of(rows).totals("EUR", by=unit)
    assert [(group, total.exact) for group, total in ours.items()] == [
        (group, total.exact) for group, total in theirs.items()
    ]
    assert ours.by == theirs.by
    both = cp.frames.total(make(table_of(rows)), "EUR", by=["cause", unit])
    assert [(group, total.exact) for group, total in both.items()] == [
        (group, total.exact)
        for group, total in pledges_of(rows).totals("EUR", by=["funder", unit]).items()
    ]


@every_engine
def test_years_come_in_their_order_and_the_largest_of_each_first(make: Make) -> None:
    table = ledger(
        amount=[1, 9, 5, 7], cause=["small", "small", "large", "large"],
        date=["2021-03", "2020-01-02", "2021-12-31", "2019/2020"],
    )  # fmt: skip
    totals = cp.frames.total(make(table), "CNY", by="year")
    assert {group: int(total.exact) for group, total in totals.items()} == {
        "2020": 9, "2021": 6, None: 7,
    }  # fmt: skip
    assert [*totals] == ["2020", "2021", None]
    assert [*cp.frames.total(make(table), "CNY", by=["cause", "year"])] == [
        ("small", "2020"), ("large", "2021"), ("small", "2021"), ("large", None),
    ]  # fmt: skip
    months = cp.frames.total(make(table), "CNY", by=["month", "year", "month"])
    assert [*months] == [
        ("2020-01", "2020", "2020-01"), ("2021-03", "2021", "2021-03"),
        ("2021-12", "2021", "2021-12"), (None, None, None),
    ]  # fmt: skip


@every_engine
def test_years_of_integers_and_of_one_date_make_groups(make: Make) -> None:
    years = ledger(amount=[1, 2, 4], date=[2021, 2020, 2021])
    assert [*cp.frames.total(make(years), "CNY", by="year")] == ["2020", "2021"]
    assert [*cp.frames.total(make(years), "CNY", by="month")] == ["2020", "2021"]
    table = pa.table({"amount": [1, 2], "currency": ["CNY", "USD"]})
    assert [*cp.frames.total(make(table), "CNY", date="2021-09", by="month")] == ["2021-09"]


@every_engine
def test_column_of_years_makes_groups_before_the_date_does(make: Make) -> None:
    table = ledger(amount=[1, 2], year=["budget 2020", "budget 2021"])
    totals = cp.frames.total(make(table), "CNY", by="year")
    assert [*totals] == ["budget 2021", "budget 2020"]


def test_year_is_a_column_of_all_files_or_of_none(tmp_path: Path) -> None:
    rows = "amount,currency,date,year\n1,CNY,2021,2020\n"
    (tmp_path / "a.csv").write_text(rows)
    (tmp_path / "b.csv").write_text(rows.replace("year", "budget"))
    problem = "year: is a column of some files only; rename it to take the year of each date"
    assert faults(tmp_path, by="year") == [problem]
    (tmp_path / "a.csv").write_text(rows.replace("year", "budget"))
    assert [*cp.frames.total(tmp_path, "CNY", by="year")] == ["2021"]


@every_typed_engine
@pytest.mark.parametrize("type_", [pa.dictionary(pa.int8(), pa.string()), pa.large_string()])
def test_currencies_and_groups_may_be_categories(make: Make, type_: Any) -> None:
    table = ledger(
        amount=[1, 2], currency=pa.array(["CNY", "CNY"]).cast(type_),
        cause=pa.array(["a", "b"]).cast(type_),
    )  # fmt: skip
    totals = cp.frames.total(make(table), "CNY", by="cause")
    assert {group: int(total.exact) for group, total in totals.items()} == {"a": 1, "b": 2}


def test_total_is_told_by_its_sums_and_has_no_pledges() -> None:
    table = ledger(amount=[1, 2, 4, -4], currency=["CNY", "CNY", "USD", "USD"])
    totals = cp.frames.total(table, "CNY")
    assert isinstance(totals.grand, cp.frames.SumTotal)
    assert [(str(s.added), str(s.date), s.converted) for s in totals.grand.sums] == [
        ("3 CNY", "2021-09-02", Fraction(3)), ("0 USD", "2021-09-02", Fraction(0)),
    ]  # fmt: skip
    assert [*totals] == ["all"]
    assert not totals.grand.items
    assert not totals.grand.pledges
    assert not totals.grand.by_stage
    assert not totals.grand.by_funder
    assert totals.grand.low == totals.grand.high == totals.grand.amount
    assert [column.name for column in totals.table().columns] == ["rows", "CNY", "share"]
    assert [row[:3] for row in totals.grand.explain().rows] == [
        ("2021-09-02", Decimal(3), "CNY"), ("2021-09-02", Decimal(0), "USD"),
    ]  # fmt: skip


@every_engine
def test_empty_frame_has_an_empty_total(make: Make) -> None:
    frame = make(pa.table({name: [] for name in ("amount", "currency", "date", "cause")}))
    totals = cp.frames.total(frame, "CNY", by="cause")
    assert len(totals) == 0
    assert totals.grand.amount == cp.Money(0, "CNY")


def test_a_hundred_thousand_groups_add_up() -> None:
    table = pl.DataFrame({"donor": range(100_000), "amount": range(100_000)})
    totals = cp.frames.total(table, "CNY", currency="CNY", date=DAY, by="donor")
    assert len(totals) == 100_000
    assert totals.grand.exact == sum(range(100_000)) == sum(t.exact for t in totals.values())


@every_engine
def test_ids_that_differ_in_their_unicode_form_alone_are_one(make: Make) -> None:
    table = ledger(amount=[1, 2, 3], id=["caf\u00e9", "b", "cafe\u0301"])
    (told,) = faults(make(table))
    assert told.startswith("id: café repeats; ")
    assert told.endswith("(2 rows: 0, 2)")


@every_engine
@pytest.mark.parametrize(
    ("columns", "word"),
    [
        ({"id": ["a", "b", "Total"]}, "id: Total"),
        ({"id": ["a", None, "GRAND TOTAL 2021"]}, "id: GRAND TOTAL 2021"),
        ({"company": ["a", "b", "合计"]}, "company: 合计"),
        ({"company": ["a", "b", "ВСЬОГО"]}, "company: ВСЬОГО"),
        ({"company": ["a", "b", "Gesamt"]}, "company: Gesamt"),
        ({"company": ["a", "b", "총계"]}, "company: 총계"),
        ({"company": ["a", "b", "Acme Subtotal"]}, "company: Acme Subtotal"),
        ({"company": ["a", "b", "Subtotal Asia"]}, "company: Subtotal Asia"),
        ({"company": ["a", "b", "科技企业小计"]}, "company: 科技企业小计"),
        ({"company": ["a", "b", "合计12家"]}, "company: 合计12家"),
        ({"id": ["a", "b", "c"], "company": ["x", "y", " Subtotal: "]}, "company: Subtotal:"),
        ({"id": ["a", "b", "Total"], "company": ["x", "y", None]}, "id: Total"),
        (
            {"company": ["x", "y", "z"], "Recipient": ["a", None, "Sub-total"]},
            "Recipient: Sub-total",
        ),
        ({"company": ["x", None, "z"], "项目": ["a", "b", "小 计"]}, "项目: 小 计"),
        (
            {"recipient": ["a", "b", "(2021) Total"], "initiative": ["c", "d", None]},
            "recipient: (2021) Total",
        ),
    ],
)
def test_row_of_totals_is_refused_as_read_refuses_it(
    make: Make, columns: dict[str, Any], word: str
) -> None:
    table = ledger(amount=[1, 2, 3], **columns)
    problem = "makes it a row of totals, which adds the others up; leave it out (1 row: 2)"
    assert faults(make(table)) == [f"{word} {problem}"]


@pytest.mark.parametrize("make", [pl.from_arrow, CONNECTION.from_arrow, lambda table: table])
def test_every_word_of_totals_makes_a_row_of_them(make: Make) -> None:
    words = [*_TOTALS - _MAY_BE_NAMES]
    words += [word.upper() for word in words] + [f"2021: {word} *" for word in words]
    words += [" ".join(word) for word in words if len(word) == len("合计")]
    for word in words:
        table = ledger(amount=[1, 2], recipient=["a", word])
        problem = "makes it a row of totals, which adds the others up; leave it out (1 row: 1)"
        assert faults(make(table)) == [f"recipient: {word} {problem}"]


@every_engine
def test_companies_that_are_called_like_totals_are_none(make: Make) -> None:
    names = ["TotalEnergies", "SUM", "Total (France)", "Summit"]
    table = ledger(amount=[1, 2, 3, 4], id=["Total", "Sum", "c", "d"], company=names)
    assert cp.frames.total(make(table), "CNY").grand.exact == 10


# Faults of rows, told all at once


@every_engine
def test_everything_that_is_wrong_is_told_with_how_many_rows_and_some_of_them(make: Make) -> None:
    table = ledger(
        amount=pa.array([1, None, 3, 4, 5, 6, 7], pa.int64()),
        currency=["RMB", "USD", None, "CNY", " ", "XAF", "RMB"],
        date=["2021-09-02", "2021", "2021", "then", None, "1990-01-01", "2021-13"],
        part_of=[None, "", "x", None, None, None, None],
    )
    frame = make(table)
    if isinstance(frame, pd.DataFrame) and frame["amount"].dtype == object:
        frame["amount"] = frame["amount"].astype("Int64")
    wanted = "write 2021-09-02, 2021-04, 2021-Q2, 2021 or 2021-09-02/2024-12-31"
    assert faults(frame) == [
        "amount: is missing (1 row: 1)",
        "currency: is missing (2 rows: 2, 4)",
        "currency: RMB is no currency code; did you mean CNY? (2 rows: 0, 6)",
        "date: is missing (1 row: 4)",
        "date: '2021-13' is no period: a year has 12 months (1 row: 6)",
        f"date: 'then' is no period: {wanted} (1 row: 3)",
        "date: no XAF rate on 1990-01-01; the ECB has never published one "
        "(asked for XAF to CNY) (1 row: 5)",
    ]


@every_engine
def test_of_many_faults_the_rest_are_counted(make: Make) -> None:
    some = [f"X{at}" for at in range(8) for _ in range(9 - at)]
    told = faults(make(ledger(amount=[1] * len(some), currency=some)))
    assert told[0] == (
        "currency: X0 is no currency code; use an ISO 4217 code such as CNY "
        "(9 rows: 0, 1, 2, 3, 4, ...)"
    )
    assert told[5] == "currency: has 3 more values that are none (9 rows: 35, 36, 37, 38, 39, ...)"
    assert len(told) == 6


@every_engine
def test_dates_without_a_rate_are_told_apart_from_those_with_one(make: Make) -> None:
    early = [dt.date(1990, 1, 1 + at) for at in range(7)]
    table = ledger(
        amount=[0] + [1] * 15,
        currency=["USD"] + ["CNY"] * 7 + ["USD"] * 8,
        date=[dt.date(1980, 1, 1), *early, *early, DAY],
    )
    told = faults(make(table))
    assert told[0].startswith("date: no USD rate on 1990-01-01; ")
    assert [fault.rpartition(" (")[2] for fault in told] == [
        *(f"1 row: {at})" for at in range(8, 13)), "2 rows: 13, 14)",
    ]  # fmt: skip
    assert told[5].startswith("date: has 2 more values without a rate (")


@every_engine
def test_rows_whose_text_of_a_date_is_missing_are_counted(make: Make) -> None:
    table = ledger(amount=[1, 2, 3], date=["2021", None, ""])
    assert faults(make(table)) == ["date: is missing (2 rows: 1, 2)"]


@every_engine
def test_constant_date_without_a_rate_is_told(make: Make) -> None:
    frame = make(pa.table({"amount": [1, 2]}))
    (told,) = faults(frame, currency="USD", date="1990-01-01")
    assert told.startswith("date: no USD rate on 1990-01-01; ")
    assert told.endswith("(2 rows: 0, 1)")


@every_engine
def test_link_columns_in_which_nothing_is_given_are_no_fault(make: Make) -> None:
    table = ledger(amount=[1, 2], **{"Part of": ["", None], "restates": pa.nulls(2)})
    assert cp.frames.total(make(table), "CNY").grand.exact == 3


@every_typed_engine
@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_time_of_day_is_a_fault_and_midnight_is_none(make: Make, unit: str) -> None:
    times = [dt.datetime(2021, 9, 2), dt.datetime(2021, 9, 2, 0, 0, 1)]  # noqa: DTZ001 (a day has no zone)
    table = ledger(amount=[1, 2], date=pa.array(times, pa.timestamp(unit)))
    assert faults(make(table)) == ["date: has a time of day; give dates (1 row: 1)"]
    assert cp.frames.total(make(table.slice(0, 1)), "USD").grand.exact == (
        cp.frames.total(ledger(amount=[1]), "USD").grand.exact
    )


@every_typed_engine
def test_time_zone_is_a_fault(make: Make) -> None:
    times = pa.array([dt.datetime(2021, 9, 2)], pa.timestamp("us", "Asia/Shanghai"))  # noqa: DTZ001 (given beside)
    (told,) = faults(make(ledger(amount=[1], date=times)))
    assert "has a time zone, " in told
    assert told.endswith("and in another it may be another day; give dates")


NOON = dt.datetime(2021, 9, 2, 12)  # noqa: DTZ001 (a day has no zone)
ZONED = dt.datetime(2021, 9, 2, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"date": [DAY, NOON]}, "date: has values of several types: date, datetime; make them one"),
        ({"date": [NOON.replace(hour=0), ZONED]},
         "date: '2021-09-02 00:00:00+08:00' has a time zone, and in another it may be another day; give dates"),
        ({"amount": [1, "2"]}, "amount: has values of several types: integer, str; make them one"),
        ({"amount": [1, True]}, "amount: has values of several types: bool, integer; make them one"),
        ({"amount": [2**70, 1]}, "amount: has values that no column holds: Python int too large to convert to C long"),
        ({"amount": [Decimal("1E+50"), Decimal("0.1")]},
         "amount: has decimals of more than 38 digits, which no dataframe adds up"),
        ({"amount": [True, False]}, "amount: is a column of Boolean; amounts are integers, decimals or texts"),
        ({"currency": [1, 2]}, "currency: is a column of Int64; currencies are texts"),
        ({"date": [0.5, 1.5]}, "date: is a column of Float64; dates are days, texts or the integers of years"),
    ],
)  # fmt: skip
def test_objects_that_pandas_holds_are_what_they_are_or_a_fault(
    columns: dict[str, Any], told: str
) -> None:
    cells = {"amount": [1, 2], "currency": ["CNY"] * 2, "date": [DAY] * 2} | columns
    frame = pd.DataFrame({name: pd.Series(some, dtype=object) for name, some in cells.items()})
    assert faults(frame) == [told]


def test_pandas_nan_is_a_missing_amount() -> None:
    frame = pd.DataFrame({"amount": [0.5, float("nan")], "currency": "CNY", "date": DAY})
    assert faults(frame, float_digits=2) == ["amount: is missing (1 row: 1)"]


def test_years_and_periods_are_dates() -> None:
    table = ledger(amount=[1, 2], date=[2020, 2021])
    texts = ledger(amount=[1, 2], date=["2020", "2021-01/2021-12"])
    pledges = dataset(
        pledge("a", "1 CNY", announced="2020"), pledge("b", "2 CNY", announced="2021")
    )
    assert cp.frames.total(table, "USD").grand.exact == pledges.total("USD").exact
    assert cp.frames.total(texts, "USD").grand.exact == pledges.total("USD").exact


# Columns


@every_engine
def test_currency_and_date_may_be_the_same_for_all_rows(make: Make) -> None:
    frame = make(pa.table({"fen": [1, 2]}))
    for date in ("2021-09-02", DAY, cp.Period.parse("2021-09-02")):
        total = cp.frames.total(frame, "USD", amount="fen", currency="CNY", date=date).grand
        assert total.exact == cp.frames.total(ledger(amount=[3]), "USD").grand.exact


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"currency": "CNY"}, ["CNY: could be a column or a currency; rename the column"]),
        ({"date": "2021"}, ["2021: could be a column or a date; rename the column"]),
        ({"amount": "amonut"}, ["amonut: is no column; did you mean amount?"]),
        ({"currency": "currencies", "by": ["cause", "amount"]},
         ["currencies: is no column; did you mean currency?",
          "cause: is no column; there are currency, date, amount, CNY, 2021"]),
    ],
)  # fmt: skip
def test_columns_that_are_not_there_or_could_be_something_else_are_told(
    options: dict[str, Any], told: list[str]
) -> None:
    table = ledger(amount=[1]).append_column("CNY", [[1]]).append_column("2021", [[1]])
    assert faults(table, **options) == told


def test_columns_of_pandas_that_have_numbers_for_names_are_passed_over() -> None:
    frame = pd.DataFrame({0: [1], "amount": [2]})
    assert cp.frames.total(frame, "CNY", currency="CNY", date=DAY).grand.exact == 2
    assert faults(frame, currency="CNY", date=DAY, by="cause") == [
        "cause: is no column; there are amount"
    ]


@every_typed_engine
def test_column_of_lists_makes_no_groups(make: Make) -> None:
    (told,) = faults(make(ledger(amount=[1], tags=[["a"]])), by="tags")
    assert told.startswith("tags: is a column of List")


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame([[1, 2]], columns=["amount", "amount"]),
        pa.Table.from_arrays([[1], [2]], ["amount", "amount"]),
        CONNECTION.sql("SELECT 1 amount, 2 amount"),
    ],
    ids=["pandas", "pyarrow", "duckdb"],
)
def test_two_columns_of_one_name_are_a_fault(frame: Any) -> None:
    assert faults(frame, **KEY) == ["amount: there are two columns of one name; leave one out"]


@pytest.mark.parametrize("value", [{"amount": [1]}, [1], None])
def test_what_is_no_dataframe_is_a_type_error(value: object) -> None:
    with pytest.raises(TypeError, match="is no dataframe; give one of pandas, Polars"):
        cp.frames.total(value, "CNY")


def test_column_without_a_name_makes_groups() -> None:
    frame = pd.DataFrame({"": ["a", "b", "a"], "amount": [1, 2, 4]})
    totals = cp.frames.total(frame, "CNY", by="", **KEY)
    assert {group: total.exact for group, total in totals.items()} == {"a": 5, "b": 2}
    assert totals.by == ("",)


@pytest.mark.parametrize(
    "frame",
    [
        CONNECTION.sql("SELECT 1 AS amount, uuid() AS part_of"),
        pa.table({"amount": [1], "part_of": pa.array([b"x"], pa.binary(1))}),
        pl.DataFrame({"amount": [1], "part_of": pl.Series(["x"], dtype=pl.Categorical)}),
    ],
    ids=["uuid", "bytes", "category"],
)
def test_links_of_any_type_are_a_fault_where_no_column_has_ids(frame: Any) -> None:
    assert faults(frame, **KEY) == [
        "part_of: names the ids of other rows, and no column has ids; name it by id="
    ]


def test_view_of_narwhals_is_what_it_shows() -> None:
    narwhals = pytest.importorskip("narwhals")
    for frame in (pd.DataFrame({"amount": [1, 2]}), pl.LazyFrame({"amount": [1, 2]})):
        totals = cp.frames.total(narwhals.from_native(frame), "CNY", **KEY)
        assert totals.grand.exact == 3


def test_panic_of_an_engine_is_told() -> None:
    frame = pl.from_arrow(
        pa.table({"amount": [1], "date": pa.array([99999999360000], pa.timestamp("s"))})
    )
    (told,) = faults(frame, currency="CNY")
    assert told.startswith((": cannot be read: ", "date: "))


def test_index_that_makes_no_columns_is_told() -> None:
    index = pd.MultiIndex.from_tuples([(1, 2)], names=["x", "x"])
    (told,) = faults(pd.DataFrame({"amount": [1]}, index=index), **KEY)
    assert told.startswith(": has an index that makes no columns: ")


def test_total_of_rows_shows_its_amount() -> None:
    frame = pl.DataFrame({"amount": [1]})
    total = cp.frames.total(frame, "CNY", currency="CNY", date="2021").grand
    assert total.table().totals == (("total", Decimal("1.00")),)
    assert str(total).splitlines()[-1].split() == ["total", "1.00"]


def test_totals_of_rows_name_no_pledges_and_no_group_that_is_not_there() -> None:
    cells = {"amount": [1, 2], "currency": ["CNY"] * 2, "date": ["2021"] * 2, "who": ["a", "b"]}
    totals = cp.frames.total(pa.table(cells), "CNY", by="who")
    assert totals["a"].exact == 1
    assert totals["a"].items == totals.grand.items == ()
    assert not totals.grand.by_instrument
    assert not totals.grand.by_stage
    assert "a" in totals
    assert "c" not in totals
    assert totals.get("c") is None
    with pytest.raises(cp.errors.GroupNotFoundError, match="no group 'c'"):
        totals["c"]


@every_engine
@pytest.mark.parametrize("type_", [pa.string(), pa.int64(), pa.decimal128(30, 2)])
def test_negative_pledge_is_refused_where_a_column_has_the_stage(make: Make, type_: Any) -> None:
    stages = ["pledge", "commitment", "disbursement", " pledge", None]
    amounts = pa.array([1, -2, -3, -4, -5]).cast(type_)
    table = ledger(amount=amounts, Stage=stages)
    told = (
        "amount: is negative; a withdrawal is an amount of 0, and a correction is of the stage "
        "commitment or disbursement (2 rows: 3, 4)"
    )
    assert faults(make(table)) == [told]
    assert cp.frames.total(make(ledger(amount=amounts)), "CNY").grand.exact == -13
    chinese = ledger(amount=amounts, Stage=["承诺", "已立约", "已拨付", "承諾", "支付"])
    assert faults(make(chinese)) == [told.replace("(2 rows: 3, 4)", "(1 row: 3)")]
    table = ledger(amount=pa.array([0, -2]).cast(type_), stage=["pledge", "commitment"])
    assert cp.frames.total(make(table), "CNY").grand.exact == -2
