"""Dataframes: out with exact decimals, and in from anybody's, with every fault told by its row."""

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.table import Column, Kind
from strategies import flat_datasets, texts, wide_amounts

pytest.importorskip("narwhals", reason="needs the extra `frames`")
pd = pytest.importorskip("pandas", reason="needs the extra `engines`")
pl = pytest.importorskip("polars", reason="needs the extra `engines`")
pa = pytest.importorskip("pyarrow", reason="needs the extra `engines`")
duckdb = pytest.importorskip("duckdb", reason="needs the extra `engines`")

OUT: dict[str, Callable[[Any], Any]] = {
    "pandas": lambda tabular: tabular.to_pandas(),
    "polars": lambda tabular: tabular.to_polars(),
    "arrow": lambda tabular: tabular.to_arrow(),
    "stream": pa.table,
    "polars of a stream": pl.DataFrame,
    "pandas of arrow": lambda tabular: tabular.to_arrow().to_pandas(),
    "pandas of a stream": lambda tabular: pd.DataFrame.from_arrow(tabular),  # noqa: PLW0108 (new in pandas 3)
}
"""The ways out of a table, as its methods and as what takes Arrow's streams has them."""

each_way_out = pytest.mark.parametrize("out", OUT.values(), ids=OUT)


def cells(frame: Any, name: str) -> list[Any]:
    """Return a column of a dataframe of any kind, None where it is missing."""
    column = frame[name]
    values = column.to_pylist() if hasattr(column, "to_pylist") else column.to_list()
    return [None if value is None or pd.isna(value) else value for value in values]


ONE = "SELECT 'Acme' company, 2000000 amount, 'CNY' currency, DATE '2021-09-15' announced"


# Out


@each_way_out
@given(st.lists(st.none() | wide_amounts, max_size=5))
@example([])
@example([None])
@example([Decimal("0E-60"), Decimal(1)])
@example([Decimal("0E+60"), Decimal("-0.01")])
@example([Decimal("9" * 36 + ".99")])
@example([Decimal("9" * 37 + ".99")])
@example([Decimal("1E+37"), Decimal("-1E+37")])
@example([Decimal("1E-38")])
@example([Decimal("1E+38")])
def test_amounts_are_exact_decimals_or_the_whole_column_is_text(
    out: Callable[[Any], Any], amounts: list[Decimal | None]
) -> None:
    table = cp.Table([Column("CNY", Kind.AMOUNT)], [[amount] for amount in amounts])
    values = cells(out(table), "CNY")
    assert [value if value is None else Decimal(value) for value in values] == amounts
    written = [f"{amount:f}".lstrip("-").partition(".") for amount in amounts if amount]
    digits = sum(max((len(side) for side in sides), default=0) for sides in (
        [before.lstrip("0") for before, _, _ in written], [after for _, _, after in written]
    ))  # fmt: skip
    kinds = {type(value) for value in values if value is not None}
    assert kinds <= {Decimal if digits <= 38 else str}


@each_way_out
def test_callers_decimal_context_changes_nothing(out: Callable[[Any], Any]) -> None:
    amounts = [Decimal("214169000000.01"), Decimal("1E+20")]
    with localcontext(prec=3):
        frame = out(cp.Table([Column("CNY", Kind.AMOUNT)], [[amount] for amount in amounts]))
    assert cells(frame, "CNY") == amounts


@each_way_out
@given(st.lists(st.none() | texts, max_size=5))
def test_texts_are_kept(out: Callable[[Any], Any], some: list[str | None]) -> None:
    table = cp.Table([Column("note")], [[text] for text in some])
    assert cells(out(table), "note") == some


@each_way_out
def test_shares_and_rates_are_floats(out: Callable[[Any], Any]) -> None:
    columns = [Column("share", Kind.SHARE), Column("rate", Kind.RATE)]
    frame = out(cp.Table(columns, [[Fraction(1, 3), Fraction(2, 3)], [None, None]]))
    assert cells(frame, "share") == [1 / 3, None]
    assert cells(frame, "rate") == [2 / 3, None]


@each_way_out
def test_upper_end_that_there_is_not_is_null(out: Callable[[Any], Any]) -> None:
    ends = [Decimal("Infinity"), Decimal("2.5")]
    frame = out(cp.Table([Column("at most", Kind.AMOUNT)], [[end] for end in ends]))
    assert cells(frame, "at most") == [None, Decimal("2.5")]


def test_types_are_the_same_when_there_are_no_rows() -> None:
    article = cp.load()
    nobody = article.where(company="kuaishou")
    assert nobody.to_arrow().schema.equals(article.to_arrow().schema)
    assert nobody.to_polars().schema == article.to_polars().schema
    assert nobody.to_arrow().num_rows == len(nobody.to_pandas()) == 0


def test_types_are_those_that_are_published() -> None:
    by_company = cp.load().totals("CNY", by="company")
    amount = pa.decimal128(38, 2)
    assert by_company.to_arrow().schema == pa.schema({
        "company": pa.string(), "pledged": amount, "disbursed": amount, "paid by others": amount,
        "CNY": amount, "at least": amount, "at most": amount, "share": pa.float64(),
    })  # fmt: skip
    assert by_company.to_polars()["CNY"].dtype == pl.Decimal(38, 2)
    assert by_company.to_pandas()["CNY"].dtype == pd.ArrowDtype(amount)


@each_way_out
def test_totals_have_a_row_for_each_group_and_none_for_all(out: Callable[[Any], Any]) -> None:
    frame = out(cp.load().totals("CNY", by=["company", "funder"]))
    assert cells(frame, "company") == ["Alibaba", "Tencent", "Pinduoduo", "Tencent", "Tencent"]
    assert cells(frame, "funder") == [
        None, None, None, "the public", "Tencent Charity Foundation"
    ]  # fmt: skip
    assert sum(cells(frame, "CNY")) == Decimal(214_169_000_000)


@each_way_out
def test_dataset_has_a_row_for_each_selected_pledge(out: Callable[[Any], Any]) -> None:
    frame = out(cp.load().where(company="alibaba"))
    assert cells(frame, "id") == ["alibaba-ten-actions"]
    assert cells(frame, "company") == ["Alibaba"]
    assert cells(frame, "amount") == [Decimal(100_000_000_000)]
    assert cells(frame, "announced") == ["2021-09-02"]
    assert cells(frame, "equivalents") == ["15.49 billion USD; 15.5 billion USD"]
    assert cells(frame, "funder") == [None]


def test_explanation_is_a_dataframe_too() -> None:
    total = cp.load().total("USD")
    rounded = sum(cells(total.explain().to_polars(), "USD"))
    assert abs(rounded - total.amount.amount) <= Decimal("0.05")


def test_name_that_comes_twice_gets_a_number() -> None:
    table = cp.Table([Column("USD"), Column("USD"), Column("USD 2"), Column("USD")], ["abcd"])
    assert table.to_polars().rows(named=True) == [
        {"USD": "a", "USD 2": "b", "USD 2 2": "c", "USD 3": "d"}
    ]


def test_duckdb_queries_totals_and_datasets_by_the_names_of_variables() -> None:
    dataset = cp.load()
    totals = dataset.totals("CNY", by="company")  # noqa: F841 (found by its name)
    assert duckdb.sql('SELECT sum("CNY") FROM totals').fetchall() == [(Decimal(214_169_000_000),)]
    joined = duckdb.sql("""
        SELECT company, count(*), any_value("CNY") FROM dataset JOIN totals USING (company)
        GROUP BY company ORDER BY 3 DESC
    """)
    assert joined.fetchall() == [
        ("Tencent", 6, Decimal(104_169_000_000)),
        ("Alibaba", 1, Decimal(100_000_000_000)),
        ("Pinduoduo", 1, Decimal(10_000_000_000)),
    ]


def test_totals_answer_as_a_mapping_does_though_polars_must_not_take_them_for_one() -> None:
    totals = cp.load().totals("CNY", by="company")
    assert dict(totals) == dict(zip(totals.keys(), totals.values(), strict=True))
    assert dict(totals.items()) == {group: totals[group] for group in totals}
    assert "alibaba" in totals
    assert totals.get("nobody") is None
    assert totals == cp.load().totals("CNY", by="company")


@pytest.mark.parametrize(
    ("missing", "call", "command"),
    [
        ("narwhals", lambda tabular: tabular.to_polars(), 'pip install "commonprosperity[frames]"'),
        ("narwhals", cp.frames.read, 'pip install "commonprosperity[frames]"'),
        ("polars", lambda tabular: tabular.to_polars(), "pip install polars"),
        ("pandas", lambda tabular: tabular.to_pandas(), "pip install pandas"),
        ("pyarrow", lambda tabular: tabular.to_pandas(), "pip install pyarrow"),
        ("pyarrow", lambda tabular: tabular.to_arrow(), "pip install pyarrow"),
        ("pyarrow", lambda _: cp.frames.read(duckdb.sql(ONE)), "pip install pyarrow"),
    ],
)
def test_what_is_not_installed_is_told_with_its_command(
    monkeypatch: pytest.MonkeyPatch, missing: str, call: Callable[[Any], Any], command: str
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(cp.errors.MissingExtraError) as error:
        call(cp.Table([Column("note")], [["x"]]))
    assert str(error.value) == f"{missing} is not installed; run: {command}"


def test_polars_alone_is_enough_for_streams_and_duckdb() -> None:
    code = """
import sys
sys.modules["pyarrow"] = sys.modules["pandas"] = None
import commonprosperity as cp, duckdb, polars
totals = cp.load().totals("CNY", by="company")
print(polars.DataFrame(totals)["CNY"].sum(), *duckdb.sql('SELECT sum("CNY") FROM totals').fetchall()[0])
"""
    out = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert out.split() == ["214169000000.00"] * 2


# In


def acme(**columns: list[Any]) -> dict[str, list[Any]]:
    """Return the columns of a dataframe with a right pledge of Acme in each row, but for some."""
    rows = max([1, *map(len, columns.values())])
    right = {"company": "Acme", "amount": "2000000", "currency": "CNY", "announced": "2021-09-15"}
    return {name: [value] * rows for name, value in right.items()} | columns


def faults(frame: Any, **options: Any) -> list[str]:
    with pytest.raises(cp.errors.DatasetError) as error:
        cp.frames.read(frame, **options)
    return [str(fault) for fault in error.value.faults]


@pytest.mark.parametrize("way", ["pandas", "polars", "arrow", "pandas of arrow"])
@settings(max_examples=50)
@given(flat_datasets())
def test_what_a_flat_table_holds_is_read_back(way: str, dataset: cp.Dataset) -> None:
    assert cp.frames.read(OUT[way](dataset)).records == dataset.records


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame(acme()),
        pd.DataFrame(acme()).convert_dtypes(),
        pd.DataFrame(acme(announced=pd.to_datetime(["2021-09-15"]))),
        pd.DataFrame(acme(announced=[dt.date(2021, 9, 15)])),
        pd.DataFrame(acme(amount=[2_000_000])),
        pd.DataFrame(acme(amount=[Decimal("2E+6")])),
        pd.DataFrame(acme(amount=pd.array([2_000_000], dtype="Int64"))),
        pd.DataFrame(acme(amount=pd.Categorical(["2 million yuan"]))),
        pd.DataFrame(acme(amount=["2 million"], note=[float("nan")], high=[pd.NA], spend=[pd.NaT])),
        pd.DataFrame(acme()).rename(columns={"announced": " Announced", "amount": "AMOUNT"}),
        pd.DataFrame(acme(id=["acme-1"])).set_index("id"),
        pd.DataFrame(acme(id=["acme-1"])).set_index("id", drop=False),
        pl.DataFrame(acme(announced=[dt.date(2021, 9, 15)])),
        pl.DataFrame(acme(), schema_overrides={"currency": pl.Categorical}),
        pl.DataFrame(acme(amount=[Decimal("2000000.00")])),
        pl.LazyFrame(acme(amount=[2_000_000])),
        pa.table(acme(amount=[Decimal("2000000.00")])),
        pa.table(acme(announced=[dt.datetime(2021, 9, 15)])),  # noqa: DTZ001 (a day has no zone)
    ],
    ids=lambda frame: type(frame).__module__.partition(".")[0],
)  # fmt: skip
def test_dataframes_are_read_as_people_have_them(frame: Any) -> None:
    dataset = cp.frames.read(frame)
    assert dataset.companies == (cp.Company(id="acme", name="Acme"),)
    assert dataset.pledges == (
        cp.Pledge(id="acme-1", company="acme", amount="2 million CNY", announced="2021-09-15"),
    )


@pytest.mark.parametrize("query", [ONE, ONE.replace(" amount", "::DECIMAL(18, 2) amount")])
def test_duckdbs_relations_are_read(query: str) -> None:
    assert cp.frames.read(duckdb.sql(query)).pledges == (
        cp.Pledge(id="acme-1", company="acme", amount="2 million CNY", announced="2021-09-15"),
    )


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_no_rows_are_an_empty_dataset(make: Callable[[Any], Any]) -> None:
    assert cp.frames.read(make({name: [] for name in acme()})).records == ()


def test_year_may_be_an_integer_and_so_may_an_id() -> None:
    frame = pd.DataFrame(acme(id=[7, 8], announced=[2021, 2021], restates=[pd.NA, 7]))
    first, second = cp.frames.read(frame)
    assert (first.id, str(first.announced), second.restates) == ("7", "2021", "7")


def test_zeros_that_a_column_of_decimals_adds_are_no_precision() -> None:
    padded = pl.DataFrame(acme(amount=[Decimal("1.5"), Decimal("0.25"), Decimal(100)]))
    assert [str(p.amount.amount) for p in cp.frames.read(padded)] == ["1.5", "0.25", "100"]
    own = pd.DataFrame(acme(amount=[Decimal("1.50"), Decimal("1.50E+9")]))
    assert [str(p.amount.amount) for p in cp.frames.read(own)] == ["1.50", "1.50E+9"]


def test_numbers_are_read_without_regard_to_the_locale_and_words_with_it() -> None:
    frame = pd.DataFrame({
        "company": "Acme", "announced": "2021",
        "amount": [Decimal("1.234"), 1234, "1.234"],
    })  # fmt: skip
    amounts = [pledge.amount for pledge in cp.frames.read(frame, locale="de", default="EUR")]
    assert amounts == [cp.Money("1.234", "EUR"), cp.Money(1234, "EUR"), cp.Money(1234, "EUR")]
    dollars = cp.frames.read(
        pl.DataFrame(acme(amount=["$5"], currency=[None])), symbols={"$": "USD"}
    )
    assert dollars.pledges[0].amount == cp.Money(5, "USD")


NAN = float("nan")


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_floats_nans_and_nulls_are_told_by_row_all_at_once(make: Callable[[Any], Any]) -> None:
    told = faults(make(acme(amount=[0.1, NAN, None, float("inf"), 3.0])))
    assert [fault.partition(";")[0] for fault in told] == [
        "row 0: acme-1: amount: 0.1 is a float, which may not be exact",
        "row 1: acme-2: amount: is missing",
        "row 2: acme-3: amount: is missing",
        "row 3: acme-4: amount: inf is a float, which may not be exact",
        "row 4: acme-5: amount: 3.0 is a float, which may not be exact",
    ]


@pytest.mark.parametrize(
    ("make", "cast"),
    [
        (pd.DataFrame, lambda df: df.assign(amount=df["amount"].astype("string"))),
        (pl.DataFrame, lambda df: df.with_columns(pl.col("amount").cast(pl.String))),
        (pa.table, lambda table: table.set_column(1, "amount", table["amount"].cast("string"))),
    ],
)
def test_way_out_that_is_told_for_a_float_is_one(
    make: Callable[[Any], Any], cast: Callable[[Any], Any]
) -> None:
    frame = make(acme(amount=[0.1]))
    (told,) = faults(frame)
    assert told.endswith((
        'cast it: df["amount"].astype("string")', 'cast it: pl.col("amount").cast(pl.String)',
        'cast it: table["amount"].cast("string")',
    ))  # fmt: skip
    assert cp.frames.read(cast(frame)).pledges[0].amount == cp.Money("0.1", "CNY")


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"amount": [True]}, "amount: True is no amount"),
        ({"amount": [b"5"]}, "amount: b'5' is no amount"),
        ({"amount": [Decimal("Infinity")]}, "amount: Infinity is no amount"),
        ({"amount": [Decimal("NaN")]}, "amount: is missing"),
        ({"amount": [Decimal("sNaN")]}, "amount: is missing"),
        ({"amount": [pd.NA]}, "amount: is missing"),
        ({"amount": [pd.NaT]}, "amount: is missing"),
        ({"amount": [" "]}, "amount: is missing"),
        ({"amount": [-5]}, "amount: '-5 CNY' is negative; a withdrawal is an amount of 0, and a correction is of the stage commitment or disbursement"),
        ({"amount": [5], "currency": [None]},
         'amount: has no currency beside it; write its code, such as CNY, or give default="CNY"'),
        ({"high": [9], "amount": ["5 CNY"], "currency": [NAN]},
         'high: has no currency beside it; write its code, such as CNY, or give default="CNY"'),
        ({"currency": ["RMB"]}, "amount: RMB is no currency code; did you mean CNY?"),
        ({"announced": [pd.NaT]}, "announced: is missing"),
        ({"announced": [2021.0]}, 'announced: 2021.0 is a float; cast it: df["announced"].astype("Int64")'),
        ({"announced": [dt.datetime(2021, 9, 15, 12)]},  # noqa: DTZ001 (a day has no zone)
         "announced: 2021-09-15 12:00:00 has a time of day; give dates"),
        ({"announced": pd.to_datetime(["2021-09-15 00:00:00.000000001"])},
         "announced: 2021-09-15 00:00:00.000000001 has a time of day; give dates"),
        ({"announced": pd.to_datetime(["2021-09-15"]).tz_localize("Asia/Shanghai")},
         "announced: 2021-09-15 00:00:00+08:00 has a time zone, and in another it may be another day; give dates"),
        ({"value_date": [dt.timedelta(1)]}, "value_date: datetime.timedelta(days=1) is no period"),
        ({"note": [dt.date(2021, 9, 15)]}, "note: 2021-09-15 is no text"),
        ({"part_of": [1.0]}, 'part_of: 1.0 is a float; cast it: df["part_of"].astype("Int64")'),
        ({"equivalents": [["5 USD"]]}, "equivalents: ['5 USD'] is no text"),
        ({"stage": ["pledged"]}, "stage: 'pledged' is none of pledge, commitment, disbursement; did you mean pledge?"),
    ],
)  # fmt: skip
def test_value_that_is_none_is_a_fault_of_its_row(columns: dict[str, Any], expected: str) -> None:
    frame = pd.DataFrame({
        name: pd.Series(values, dtype=getattr(values, "dtype", object))
        for name, values in acme(**columns).items()
    })  # fmt: skip
    assert faults(frame) == [f"row 0: acme-1: {expected}"]


def test_row_in_which_nothing_is_given_is_no_pledge() -> None:
    frame = pl.DataFrame(acme(company=["Acme", None], amount=["5", None], announced=["2021", None]))
    assert faults(frame.with_columns(currency=pl.lit(None))) == [
        "row 0: acme-1: amount: '5' does not say which currency it is in; write its code, such as CNY, or give default=\"CNY\"",
        "row 1: pledge-1: company: is missing",
        "row 1: pledge-1: amount: is missing",
        "row 1: pledge-1: announced: is missing",
    ]


def test_rows_are_counted_from_0_and_told_in_order() -> None:
    columns = acme(id=[f"p{at}" for at in range(12)], announced=["2021"] * 12)
    columns["announced"][2] = columns["announced"][10] = "then"
    columns["part_of"] = [None] * 12
    columns["part_of"][11] = "p99"
    told = faults(pd.DataFrame(columns, index=range(100, 112)))
    assert [fault.split(": ")[:3] for fault in told] == [
        ["row 2", "p2", "announced"],
        ["row 10", "p10", "announced"],
        ["row 11", "p11", "part_of"],
    ]


def test_row_of_totals_is_a_fault() -> None:
    frame = pl.DataFrame(acme(company=["Acme", "Total"]))
    assert faults(frame) == [
        "row 1: Total makes it a row of totals, not a pledge; "
        "leave the row out, as a layout does with skip.company = 'Total'"
    ]


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (pl.DataFrame(acme()).rename({"announced": "anounced"}),
         ["the dataframe: anounced: is no column; did you mean announced?",
          "the dataframe: announced: is no column of it; add one, or name its column in a layout"]),
        (pl.DataFrame(),
         ["the dataframe: company: is no column of it; add one", "the dataframe: amount: is no column of it; add one",
          "the dataframe: announced: is no column of it; add one"]),
        (pd.DataFrame([["Acme", "1 CNY", "2 CNY", "2021"]], columns=["company", "amount", "amount", "announced"]),
         ["the dataframe: amount: is the heading of two columns; leave one of them out"]),
        (pd.DataFrame([["Acme", "1 CNY", "2 CNY", "2021"]], columns=["company", "amount", "Amount", "announced"]),
         ["the dataframe: amount: is the heading of two columns; leave one of them out"]),
        (pa.Table.from_arrays([["Acme"], ["1 CNY"], ["2021"], ["2021"]], ["company", "amount", "announced", "announced"]),
         ["the dataframe: announced: is the heading of two columns; leave one of them out"]),
    ],
)  # fmt: skip
def test_columns_that_do_not_fit_are_told(frame: Any, expected: list[str]) -> None:
    assert faults(frame) == expected


def test_column_that_a_query_has_twice_is_told() -> None:
    relation = duckdb.sql("SELECT 'A' company, 'A' company, '1 CNY' amount, '2021' announced")
    assert faults(relation) == [
        "the dataframe: company: is the heading of two columns; leave one of them out"
    ]


def test_column_without_a_name_is_refused() -> None:
    (told,) = faults(pd.DataFrame(acme()).assign(**{"": "x"}))
    assert "is no column; there are id, company" in told
    (told,) = faults(pd.DataFrame(acme()).assign(x=1).rename(columns={"x": 0}))
    assert told.startswith("the dataframe: 0: is no column; there are id, company")


def test_dask_is_computed_and_its_rows_are_counted_through() -> None:
    dask = pytest.importorskip("dask.dataframe", reason="needs the extra `engines`")
    frame = dask.from_pandas(pd.DataFrame(acme(amount=["1", "2", "3"])), npartitions=3)
    assert len(cp.frames.read(frame)) == 3
    wrong = dask.from_pandas(pd.DataFrame(acme(amount=["1", "2", None])), npartitions=3)
    assert faults(wrong) == ["row 2: acme-3: amount: is missing"]


@pytest.mark.parametrize("value", [{"company": ["Acme"]}, [1], None, "mine.csv"])
def test_what_is_no_dataframe_is_a_type_error(value: object) -> None:
    kinds = "pandas, Polars, PyArrow, DuckDB, Dask or Spark"
    sentence = f"a {type(value).__name__} is no dataframe; give one of {kinds}"
    with pytest.raises(TypeError, match=sentence):
        cp.frames.read(value)


def test_path_of_frames_read_is_for_read() -> None:
    for path in ("mine.csv", Path("mine.csv")):
        with pytest.raises(TypeError, match=r"; a file is read by commonprosperity\.read"):
            cp.frames.read(path)
    with pytest.raises(TypeError, match=r"Spark\Z"):
        cp.frames.read(1)


def test_dataframe_that_is_read_is_left_as_it_is() -> None:
    frame = pd.DataFrame(acme(id=["acme-1"])).set_index("id")
    before = frame.copy()
    cp.frames.read(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_reading_and_handing_out_load_nothing_before_they_are_called() -> None:
    code = "import sys, commonprosperity as cp; cp.frames, cp.Table, cp.load(); print(*sys.modules)"
    loaded = set(subprocess.check_output([sys.executable, "-c", code], text=True).split())
    assert not loaded & {"narwhals", "pandas", "polars", "pyarrow", "duckdb"}


def test_pandas_gets_floats_only_where_they_are_asked_for() -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    article = cp.load()
    table = article.totals("CNY", by="company").to_pandas(floats=True)
    assert str(table.dtypes["CNY"]) == "float64"
    assert list(table["CNY"]) == [104_169_000_000.0, 100_000_000_000.0, 10_000_000_000.0]
    pledges = article.to_pandas(floats=True)
    assert pledges["high"].isna().all()
    assert str(article.to_pandas().dtypes["amount"]).startswith("decimal128")
