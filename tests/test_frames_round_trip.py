"""Out as a dataframe and in again: periods with their ends, and every fact that a total rests on."""

import datetime as dt
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.table import Column, Kind
from strategies import (
    INITIATIVES,
    dataset,
    linked_pledges,
    periods,
    pledge,
    pools,
    tangles,
    trees,
)

pytest.importorskip("narwhals", reason="needs the extra `frames`")
pd = pytest.importorskip("pandas", reason="needs the extra `engines`")
pl = pytest.importorskip("polars", reason="needs the extra `engines`")
pa = pytest.importorskip("pyarrow", reason="needs the extra `engines`")

pytestmark = pytest.mark.filterwarnings("ignore::commonprosperity.DoubleCountWarning")

ARTICLE = cp.load()
RATES = cp.rates.fixed({"USD/CNY": "6.5"})

OUT: dict[str, Callable[[Any], Any]] = {
    "pandas": lambda tabular: tabular.to_pandas(),
    "polars": lambda tabular: tabular.to_polars(),
    "arrow": lambda tabular: tabular.to_arrow(),
    "stream": pa.table,
}

each_way_out = pytest.mark.parametrize("out", OUT.values(), ids=OUT)


def days(frame: Any, name: str) -> list[dt.date | None]:
    """Return a column of days of a dataframe of any kind, None where it is missing."""
    column = frame[name]
    values = column.to_pylist() if hasattr(column, "to_pylist") else column.to_list()
    return [
        None if pd.isna(value) else value.date() if isinstance(value, dt.datetime) else value
        for value in values
    ]


# The ends of periods


@each_way_out
@given(st.lists(st.none() | periods(), max_size=4))
def test_periods_have_their_first_and_last_day_beside_them(
    out: Callable[[Any], Any], drawn: list[cp.Period | None]
) -> None:
    frame = out(cp.Table([Column("spend", Kind.PERIOD)], [[period] for period in drawn]))
    names = frame.column_names if hasattr(frame, "column_names") else [*frame.columns]
    assert names == ["spend", "spend_start", "spend_end"]
    texts = cp.Table([Column("spend")], [[period and str(period)] for period in drawn])
    assert days(frame, "spend") == days(out(texts), "spend")
    assert days(frame, "spend_start") == [period and period.start for period in drawn]
    assert days(frame, "spend_end") == [period and period.end for period in drawn]


@each_way_out
def test_periods_of_pledges_have_their_ends_as_days(out: Callable[[Any], Any]) -> None:
    frame = out(ARTICLE.where(company="alibaba"))
    day = dt.date(2021, 9, 2)
    for field in ("announced", "value_date", "spend"):
        assert days(frame, f"{field}_start") == [day]
    ends = [days(frame, f"{field}_end")[0] for field in ("announced", "value_date", "spend")]
    assert ends == [day, day, dt.date(2024, 12, 31)]
    assert days(out(ARTICLE.where(id="tencent-common-wealth")), "spend_end") == [None]


def test_days_are_of_the_types_that_dataframes_have_for_them() -> None:
    assert ARTICLE.to_arrow().schema.field("announced_start").type == pa.date32()
    assert ARTICLE.to_polars()["spend_end"].dtype == pl.Date
    pandas = ARTICLE.to_pandas()
    assert pandas.dtypes["announced_start"].kind == "M"
    assert pandas["announced_end"].dt.year.tolist() == [2021] * 8
    assert pandas["spend_start"].isna().tolist() == [False] + [True] * 7


def test_first_and_last_days_of_python_are_kept() -> None:
    far = dataset(pledge("a", announced="0001-01-01/9999-12-31"))
    assert days(far.to_pandas(), "announced_start") == [dt.date.min]
    assert days(far.to_pandas(), "announced_end") == [dt.date.max]
    assert cp.frames.read(far.to_pandas()).pledges == far.pledges


@each_way_out
def test_totals_along_time_have_the_days_of_their_groups(out: Callable[[Any], Any]) -> None:
    frame = out(ARTICLE.totals("CNY", by=("month", "company")))
    assert days(frame, "month_start") == [
        dt.date(2021, 4, 1), dt.date(2021, 8, 1), dt.date(2021, 8, 1), dt.date(2021, 9, 1),
        dt.date(2021, 1, 1),
    ]  # fmt: skip
    assert days(frame, "month_end")[-2:] == [dt.date(2021, 9, 30), dt.date(2021, 12, 31)]
    spent = out(ARTICLE.totals("CNY", by="spend"))
    assert days(spent, "spend_start") == [dt.date(2021, 9, 2), None]
    assert days(spent, "spend") == ["2021-09-02/2024", None]
    top = out(ARTICLE.totals("CNY", by="month").top(1))
    assert days(top, "month_end") == [dt.date(2021, 9, 30), None]
    assert days(top, "month") == ["2021-09", "3 others"]


def test_totals_of_a_ledger_have_days_where_they_are_made_by_its_dates() -> None:
    ledger = pl.DataFrame({"amount": [1, 2], "year": [2020, 2021], "currency": "CNY"})
    by_date = cp.frames.total(ledger, "CNY", date="year", by="month").to_polars()
    assert by_date.columns[:3] == ["month", "month_start", "month_end"]
    own = cp.frames.total(ledger, "CNY", date="2021", by="year").to_polars()
    assert "year_start" not in own.columns


def test_an_end_of_a_period_takes_no_name_that_is_used() -> None:
    columns = [Column("spend_start"), Column("spend", Kind.PERIOD)]
    table = cp.Table(columns, [["soon", cp.Period.parse("2021")]])
    assert table.to_polars().rows(named=True) == [{
        "spend_start": "soon", "spend": "2021",
        "spend_start 2": dt.date(2021, 1, 1), "spend_end": dt.date(2021, 12, 31),
    }]  # fmt: skip


def test_periods_of_a_table_are_shown_as_texts_are() -> None:
    row = [cp.Period.parse("2021-04"), "CNY"]
    of_periods = cp.Table([Column("spend", Kind.PERIOD), Column("in")], [row])
    of_texts = cp.Table([Column("spend"), Column("in")], [map(str, row)])
    for form in ("text", "markdown", "html", "json", "csv"):
        assert getattr(of_periods, form)() == getattr(of_texts, form)()


# What is read back


def sheet(**columns: Any) -> Any:
    """Return a dataframe of one pledge, with the ends of its periods."""
    one = dataset(pledge("a", announced="2021-04", value_date="2021-05", spend="2022/2024"))
    return one.to_polars().with_columns(
        **{name: pl.lit(value, allow_object=True) for name, value in columns.items()}
    )


def faults(frame: Any, **options: Any) -> list[str]:
    with pytest.raises(cp.errors.DatasetError) as error:
        cp.frames.read(frame, **options)
    return [str(fault) for fault in error.value.faults]


APRIL, MAY = dt.date(2021, 4, 1), dt.date(2021, 5, 1)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"announced_start": "2021-04-01", "announced_end": "30 April 2021"},
        {"announced_start": dt.datetime(2021, 4, 1)},  # noqa: DTZ001 (a day has no zone)
        {"announced_start": None, "announced_end": None, "spend_start": None},
        {"announced": "2021-05", "announced_start": MAY, "announced_end": dt.date(2021, 5, 31)},
        {"spend": None, "spend_start": None, "spend_end": None},
        {"value_date": None, "value_date_start": APRIL, "value_date_end": dt.date(2021, 4, 30)},
    ],
)
def test_ends_that_are_those_of_their_period_are_read_over(changes: dict[str, Any]) -> None:
    frame = sheet(**changes)
    (read,) = cp.frames.read(frame)
    bare = frame.drop([name for name in frame.columns if name.endswith(("_start", "_end"))])
    assert (read,) == cp.frames.read(bare).pledges


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"announced": "2021-05", "announced_start": APRIL, "announced_end": None},
         "announced_start: 2021-04-01 is not the first day of announced, 2021-05; change both, or leave the column out"),
        ({"announced_start": dt.date(2021, 4, 2)},
         "announced_start: 2021-04-02 is not the first day of announced, 2021-04; change both, or leave the column out"),
        ({"announced_end": MAY},
         "announced_end: 2021-05-01 is not the last day of announced, 2021-04; change both, or leave the column out"),
        ({"announced_end": APRIL},
         "announced_end: 2021-04-01 is not the last day of announced, 2021-04; change both, or leave the column out"),
        ({"spend_start": "2022"},
         "spend_start: 2022 is not the first day of spend, 2022/2024; change both, or leave the column out"),
        ({"spend_end": "soon"},
         "spend_end: soon is not the last day of spend, 2022/2024; change both, or leave the column out"),
        ({"value_date": "2021-06-01", "value_date_end": None},
         "value_date_start: 2021-05-01 is not the first day of value_date, 2021-06-01; change both, or leave the column out"),
        ({"value_date": None, "value_date_end": None},
         "value_date_start: 2021-05-01 is not the first day of value_date, 2021-04; change both, or leave the column out"),
        ({"spend": None, "spend_end": None},
         "spend_start: is 2022-01-01, and spend is not given; write spend, which is read"),
    ],
)  # fmt: skip
def test_an_end_that_is_not_of_its_period_is_a_fault(changes: dict[str, Any], fault: str) -> None:
    assert faults(sheet(**changes)) == [f"row 0: a: {fault}"]


def test_both_ends_of_a_changed_period_are_told() -> None:
    told = faults(sheet(announced="2020", spend="2030"))
    assert [fault.split(": ")[2] for fault in told] == [
        "announced_start", "announced_end", "spend_start", "spend_end",
    ]  # fmt: skip


def test_a_period_that_cannot_be_read_is_one_fault() -> None:
    (fault,) = faults(sheet(announced="one day"))
    assert fault.startswith("row 0: a: announced: 'one day'")


def test_tables_that_dataframes_write_are_read() -> None:
    for text in (
        ARTICLE.to_pandas().to_csv(index=False),
        ARTICLE.to_polars().write_csv(),
        ARTICLE.to_pandas(floats=True).astype({"amount": "int64"}).to_csv(index=False),
    ):
        read = cp.read(StringIO(text), format="csv")
        assert read.total("USD").exact == ARTICLE.total("USD").exact


def test_a_workbook_that_pandas_writes_is_read() -> None:
    pytest.importorskip("openpyxl", reason="needs the extra `test`")
    pytest.importorskip("python_calamine", reason="needs the extra `excel`")
    file = BytesIO()
    pooled = dataset(
        pledge("a", initiative="water"),
        pledge("b", "40 CNY", initiative="water", stage="disbursement"),
        initiatives=INITIATIVES,
    )
    frame = pooled.to_pandas(floats=True)
    frame.assign(pooled=frame["pooled"] == "true").to_excel(file, index=False)
    file.seek(0)
    assert cp.read(file, format="xlsx").total("CNY") == pooled.total("CNY")


def facts_of(total: cp.Total) -> tuple[Any, ...]:
    """Return what a total says: its sum, its bounds, and each pledge with what of it counts."""
    bounds = None if total.unknown_bounds else (total.low, total.high)
    items = [(item.pledge, item.counted, item.reason, item.converted) for item in total.items]
    return total.exact, bounds, items, total.by_stage, total.by_funder


@pytest.mark.parametrize("way", ["pandas", "polars", "arrow"])
@settings(max_examples=60)
@given(st.one_of(trees(), tangles(), pools(), linked_pledges("CNY")))
def test_total_of_a_dataframe_is_that_of_its_dataset(way: str, pledges: list[cp.Pledge]) -> None:
    try:
        given_dataset = dataset(*pledges, initiatives=INITIATIVES)
    except cp.errors.DatasetError:  # at odds with itself
        return
    read = cp.frames.read(OUT[way](given_dataset))
    assert facts_of(read.total("CNY", rates=RATES)) == facts_of(
        given_dataset.total("CNY", rates=RATES)
    )


POOLED = dataset(
    pledge("a", initiative="water"),
    pledge("b", "40 CNY", initiative="water", stage="disbursement"),
    pledge("c", "5 CNY", initiative="hope"),
    initiatives=INITIATIVES,
)


@each_way_out
def test_initiatives_that_are_pooled_come_back_pooled(out: Callable[[Any], Any]) -> None:
    read = cp.frames.read(out(POOLED))
    assert [(one.id, one.pooled) for one in read.initiatives] == [("water", True), ("hope", False)]
    assert read.total("CNY").exact == 105


def test_the_column_is_there_where_an_initiative_is_pooled() -> None:
    assert POOLED.to_polars()["pooled"].to_list() == ["true", "true", None]
    assert "pooled" not in POOLED.where(initiative="hope").to_polars().columns
    assert "pooled" not in ARTICLE.to_polars().columns


def test_a_flat_csv_says_which_initiatives_are_pooled() -> None:
    named = POOLED.replace(
        *(cp.Initiative(id=one.id, company="acme", name=one.name, pooled=one.pooled)
          for one in POOLED.initiatives)
    ).remove("other")  # fmt: skip
    file = StringIO()
    cp.write(named, file, format="csv")
    file.seek(0)
    read = cp.read(file, format="csv")
    assert read.total("CNY") == named.total("CNY")
    assert {one.id: one.pooled for one in read.initiatives} == {"water": True, "hope": False}


@pytest.mark.parametrize(
    "pooled",
    [
        pl.Series([True, True, None]),
        pl.Series([True, True, False]),
        pl.Series(["TRUE", "True", "false"]),
        pl.Series([1, 1, 0]),
        pl.Series([True, None, None]),
    ],
)
def test_true_and_false_are_read_as_dataframes_have_them(pooled: Any) -> None:
    frame = POOLED.to_polars().with_columns(pooled=pooled)
    for each in (frame, frame.to_pandas(), frame.to_arrow()):
        read = cp.frames.read(each)
        assert [one.pooled for one in read.initiatives] == [True, False]
        assert read.total("CNY").exact == 105


@pytest.mark.parametrize(
    ("pooled", "fault"),
    [
        (["true", "false", None],
         "row 1: b: pooled: is false, and elsewhere water is pooled; write the same in all its rows"),
        (["false", "true", None],
         "row 1: b: pooled: is true, and elsewhere water is not pooled; write the same in all its rows"),
        (["true", "yes", None], "row 1: b: pooled: 'yes' is neither true nor false; write one of them"),
    ],
)  # fmt: skip
def test_rows_that_differ_on_a_pool_are_a_fault(pooled: list[str | None], fault: str) -> None:
    assert faults(POOLED.to_polars().with_columns(pooled=pl.Series(pooled))) == [fault]


def test_a_pool_without_an_initiative_is_a_fault() -> None:
    frame = POOLED.to_polars().with_columns(initiative=pl.Series(["water", None, "hope"]))
    assert faults(frame) == [
        "row 1: b: pooled: is true of an initiative, and the row names none"
    ]  # fmt: skip
    said = frame.with_columns(pooled=pl.Series(["true", "false", None]))
    assert cp.frames.read(said).total("CNY").exact == 145


def test_a_pool_of_a_known_dataset_stays_what_it_is() -> None:
    frame = POOLED.to_polars()
    assert cp.frames.read(frame, known=POOLED).total("CNY").exact == 105
    assert cp.frames.read(frame.drop("pooled"), known=POOLED).total("CNY").exact == 105
    other = frame.with_columns(pooled=pl.Series([None, None, "true"]))
    assert faults(other, known=POOLED) == [
        "row 2: c: pooled: is true, and elsewhere hope is not pooled; write the same in all its rows"
    ]
    assert cp.frames.read(frame.drop("pooled")).total("CNY").exact == 145
