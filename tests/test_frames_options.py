"""What a dataframe leaves open, and ``frames.total`` asks: ids, scales, locales, odd types."""

import datetime as dt
import sys
import unicodedata
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.messages import in_language
from ledgers import KEY, faults, ledger
from test_frames_round_trip import POOLED
from typed_dataframes import (
    CONNECTION,
    Make,
    dd,
    duckdb,
    every_engine,
    every_typed_engine,
    pa,
    pd,
    pl,
)

parquet = pytest.importorskip("pyarrow.parquet")
WAY_OUT = "leave the copies out, or give id=None if rows need no id of their own"

# Ids


@every_engine
def test_row_that_stands_twice_is_refused_with_its_id_and_rows(make: Make) -> None:
    table = ledger(id=["7", "8", "7", None, "", None, "7", "8"], amount=[25, 5, 25, 1, 1, 1, 25, 5])
    assert faults(make(table)) == [
        f"id: 7 repeats; {WAY_OUT} (3 rows: 0, 2, 6)",
        f"id: 8 repeats; {WAY_OUT} (2 rows: 1, 7)",
    ]
    assert cp.frames.total(make(table), "CNY", id=None).grand.exact == 88
    once = table.slice(0, 2)
    assert cp.frames.total(make(once), "CNY").grand.exact == 30
    assert cp.frames.total(make(once), "CNY", id="id").grand.exact == 30


@every_engine
def test_ids_stand_in_a_column_of_another_name_where_it_is_named(make: Make) -> None:
    table = ledger(flow=[1, 2, 1], id=["a", "a", "b"], amount=[1, 2, 4])
    assert faults(make(table), id="flow") == [f"flow: 1 repeats; {WAY_OUT} (2 rows: 0, 2)"]
    assert faults(make(table)) == [f"id: a repeats; {WAY_OUT} (2 rows: 0, 1)"]
    assert faults(make(table), id="flows") == ["flows: is no column; did you mean flow?"]


@every_engine
@pytest.mark.parametrize("heading", ["ID", "Id", " id "])
def test_ids_are_found_however_their_heading_is_spelled(make: Make, heading: str) -> None:
    table = ledger(amount=[1, 2], **{heading: ["a", "a"]})
    assert faults(make(table)) == [f"{heading}: a repeats; {WAY_OUT} (2 rows: 0, 1)"]
    assert cp.frames.total(make(table), "CNY", id=None).grand.exact == 3


@every_engine
def test_of_many_ids_that_repeat_the_rest_are_counted(make: Make) -> None:
    ids = [f"x{at}" for at in range(8) for _ in range(9 - at)]
    told = faults(make(ledger(id=ids, amount=[1] * len(ids))))
    assert told[0] == f"id: x0 repeats; {WAY_OUT} (9 rows: 0, 1, 2, 3, 4, ...)"
    assert told[4].startswith("id: x4 repeats; ")
    assert told[5:] == ["id: has 3 more values that repeat (9 rows)"]


@pytest.mark.parametrize("unions", [100, 1])
@pytest.mark.parametrize("hidden", ["polars", "duckdb"])
def test_id_in_two_files_of_a_folder_repeats(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hidden: str, unions: int
) -> None:
    monkeypatch.setitem(sys.modules, hidden, None)
    monkeypatch.setattr("commonprosperity.frames.engines.duckdb._UNIONS_AT_MOST", unions)
    for name, ids in (("a", [1, 2]), ("b", [3, 2])):
        parquet.write_table(ledger(id=ids, amount=[1, 1]), tmp_path / f"{name}.parquet")
    assert faults(tmp_path) == [
        f"id: 2 repeats; {WAY_OUT} (2 rows: a.parquet 1, b.parquet 1)"
    ]  # fmt: skip
    assert cp.frames.total(tmp_path, "CNY", id=None).grand.exact == 4
    parquet.write_table(ledger(id=["2", "9"], amount=[1, 1]), tmp_path / "b.parquet")
    (told,) = faults(tmp_path)
    assert told.startswith(f"id: 2 repeats; {WAY_OUT} (2 rows")


@settings(max_examples=40)
@given(st.lists(st.none() | st.sampled_from(["", "a", "b", "c", "d", "e"]), max_size=8))
def test_ids_repeat_where_a_count_by_hand_says_so(ids: list[str | None]) -> None:
    given_ = [one for one in ids if one]
    table = ledger(id=pa.array(ids, pa.string()), amount=[1] * len(ids))
    for make in (pl.from_arrow, CONNECTION.from_arrow, lambda one: one):
        if len(given_) == len(set(given_)):
            assert cp.frames.total(make(table), "CNY").grand.exact == len(ids)
        else:
            repeated = {one for one in given_ if given_.count(one) > 1}
            told = {fault.partition(" repeats")[0] for fault in faults(make(table))}
            assert told == {f"id: {one}" for one in repeated}


def test_column_of_lists_makes_no_ids() -> None:
    (told,) = faults(ledger(amount=[1], id=[["a"]]))
    assert told.startswith("id: is a column of List")


# Pools

IS_POOLED = (
    "is true, and here all rows count; cp.frames.read(df).total(...) counts a pool once, and so does "
    "cp.read(path).total(...) for a CSV; rename the column if it says something else"
)
NO_FLAG = (
    "is neither true nor false; write true or false, or rename the column if it says something else"
)


@every_typed_engine
@pytest.mark.parametrize(
    ("flags", "pooled", "others"),
    [
        (["true", " TRUE", None, "false", ""], "2 rows: 0, 1", ""),
        ([None, None, None, "1", "0"], "1 row: 3", ""),
        ([True, None, False, True, False], "2 rows: 0, 3", ""),
        ([0, 1, 0, 1, None], "2 rows: 1, 3", ""),
        ([0.0, 1.0, None, None, 1.0], "2 rows: 1, 4", ""),
        (["yes", "true", "no", "2", None], "1 row: 1", "3 rows: 0, 2, 3"),
        ([0, 2, 0, -1, None], "", "2 rows: 1, 3"),
        ([0.0, 0.5, None, None, 0.0], "", "1 row: 1"),
    ],
)
def test_rows_of_a_pool_are_refused(make: Make, flags: Any, pooled: str, others: str) -> None:
    frame = make(ledger(amount=[1, 2, 4, 8, 16], pooled=flags))
    wrong = [f"pooled: {IS_POOLED} ({pooled})"] if pooled else []
    wrong += [f"pooled: {NO_FLAG} ({others})"] if others else []
    assert faults(frame) == wrong
    assert cp.frames.total(
        make(ledger(amount=[1, 2, 4, 8, 16], **{"what is pooled": flags})), "CNY"
    ).grand.exact == 31  # fmt: skip


@every_engine
@pytest.mark.parametrize(
    "flags",
    [["false", " FALSE", "", "0", None], [False, None], [0, None], [0.0, None], [None], [False]],
)
def test_a_pool_that_no_row_is_of_changes_nothing(make: Make, flags: Any) -> None:
    table = ledger(amount=[1] * len(flags), Pooled=flags)
    assert cp.frames.total(make(table), "CNY").grand.exact == len(flags)


def test_a_pool_is_counted_once_on_the_way_that_the_error_names(tmp_path: Path) -> None:
    file = tmp_path / "pools.csv"
    POOLED.to_polars().write_csv(file)
    for frame in (POOLED.to_polars(), POOLED.to_pandas(), file):
        assert faults(frame, date="announced") == [f"pooled: {IS_POOLED} (2 rows: 0, 1)"]
    assert cp.read(file).total("CNY").exact == POOLED.total("CNY").exact == 105
    assert cp.frames.read(POOLED.to_polars()).total("CNY").exact == 105


@pytest.mark.parametrize("flags", [[[True], None], [{"is": True}, None]])
def test_a_pool_that_is_no_flag_at_all_is_refused(flags: Any) -> None:
    (fault,) = faults(ledger(amount=[1, 2], pooled=flags))
    assert fault.startswith("pooled: is a column of ")
    assert fault.endswith("; write true or false, or rename the column if it says something else")


def test_each_column_of_pools_is_read_and_none_may_stand_twice() -> None:
    two = pa.table({"amount": [1], "pooled": [False], "Pooled": [True]})
    options = {"currency": "CNY", "date": "2021"}
    assert faults(two, **options) == [f"Pooled: {IS_POOLED} (1 row: 0)"]
    twice = pa.Table.from_arrays([pa.array([1])] * 3, names=["amount", "pooled", "pooled"])
    assert faults(twice, **options) == [
        "pooled: there are two columns of one name; leave one out"
    ]  # fmt: skip


# Scales


@every_engine
@pytest.mark.parametrize(
    ("scale", "exact"),
    [("million", 12_500_000), ("Mio.", 12_500_000), ("万", 125_000), ("亿", 1_250_000_000), ("crore", 125_000_000),
     (1000, 12_500), (1, Fraction("12.5")), ("1", Fraction("12.5"))],
)  # fmt: skip
def test_scale_multiplies_amounts_and_settles_what_a_heading_says(
    make: Make, scale: str | int, exact: Any
) -> None:
    table = ledger(**{"Amount (CNY m)": [Decimal("12.50"), Decimal("0.00")]})
    options: dict[str, Any] = {"amount": "Amount (CNY m)"}
    assert cp.frames.total(make(table), "CNY", scale=scale, **options).grand.exact == exact
    assert faults(make(table), **options) == [
        'Amount (CNY m): has a heading that says m; give scale="million", or scale=1 if its amounts '
        "are in full"
    ]


def test_currency_beside_amounts_is_the_one_that_their_heading_names() -> None:
    table = {"amountUSD": ["1", "2", "4"], "original": ["USD", "EUR", "EUR"], "date": ["2021"] * 3}
    problem = (
        "EUR is not what the heading 'amountUSD' says; name the column of amounts in EUR, or rename "
        "this one"
    )
    sheet = pd.DataFrame(table)
    ask = {"amount": "amountUSD", "to": "CNY"}
    assert faults(sheet, **ask, currency="original") == [f"original: {problem} (2 rows: 1, 2)"]
    assert faults(sheet, **ask, currency="EUR") == [f"currency: {problem} (3 rows: 0, 1, 2)"]
    columns = {"company": "original", "amount": "amountUSD", "announced": "date"}
    layout = {"columns": {**columns, "currency": "original"}}
    assert faults(sheet, "CNY", layout=layout) == [f"currency: {problem} (2 rows: 1, 2)"]
    total = cp.frames.total(sheet, "USD", amount="amountUSD", currency="USD")
    assert total.grand.exact == 7


def test_heading_of_amounts_names_their_currency_where_nothing_else_does() -> None:
    sheet = pd.DataFrame({"amount_usd": ["1", "2"], "Prizes won": ["3", "4"], "date": "2021"})
    assert cp.frames.total(sheet, "USD", amount="amount_usd").grand.exact == 3
    assert faults(sheet, amount="Prizes won") == [
        "currency: is no column; there are amount_usd, Prizes won, date; name the column of "
        'currencies by currency=, or give one, such as "USD"'
    ]
    assert faults(sheet, amount="amount_usd", currency="curency") == [
        "curency: is no column; there are amount_usd, Prizes won, date"
    ]
    assert cp.frames.total(sheet, "EUR", amount="Prizes won", currency="EUR").grand.exact == 7


def test_heading_of_a_column_that_is_not_asked_for_may_state_a_unit() -> None:
    table = ledger(**{"amount": [1], "in thousands": [2]})
    assert cp.frames.total(table, "CNY").grand.exact == 1


def test_what_is_no_scale_is_refused() -> None:
    with pytest.raises(cp.errors.RecordError, match="'dozen' is no scale with one meaning"):
        cp.frames.total(ledger(amount=[1]), "CNY", scale="dozen")


# Locales, and points that may divide thousands

TWO_READINGS = (
    "amount: can be read in two ways, as its point may divide thousands or decimals; "
    'give locale="de" if it divides thousands, locale="en" if decimals'
)


@every_typed_engine
def test_point_that_may_divide_thousands_is_refused_until_it_is_said_how_it_is_written(
    make: Make,
) -> None:
    table = ledger(amount=["250.000", "1.5", "-100.000", "0.250", "1000.000", "2.50000E+2"])
    assert faults(make(table)) == [f"{TWO_READINGS} (2 rows: 0, 2)"]
    as_decimals = cp.frames.total(make(table.slice(0, 5)), "CNY", locale="en").grand.exact
    assert as_decimals == Fraction("1151.75")
    german = ledger(amount=["250.000", "1.234,5", "-100.000", "7", "0,25"])
    assert cp.frames.total(make(german), "CNY", locale="de").grand.exact == Fraction("151241.75")
    first = make(table.slice(0, 1))
    for scale in (1, 1000, "million"):  # 1.234 million is one amount, but 1.234 in a column of them
        assert faults(first, scale=scale) == [f"{TWO_READINGS} (1 row: 0)"]
    scaled = cp.frames.total(first, "CNY", scale="million", locale="de").grand
    assert scaled.exact == 250_000_000_000


@every_typed_engine
def test_currency_of_three_decimals_has_one_reading(make: Make) -> None:
    table = ledger(amount=["1.234", "1.234", "1.234"], currency=["KWD", "CNY", "IQD"])
    rates = cp.rates.fixed({"KWD/CNY": 1, "IQD/CNY": 1})
    assert faults(make(table), rates=rates) == [f"{TWO_READINGS} (1 row: 1)"]
    dinars = make(pa.table({"amount": ["1.234"]}))
    options: dict[str, Any] = {"currency": "KWD", "date": "2021"}
    assert cp.frames.total(dinars, "KWD", **options).grand.exact == Fraction("1.234")


@every_typed_engine
@pytest.mark.parametrize(
    ("locale", "text", "exact"),
    [("de", "1.234.567,89", "1234567.89"), ("de", "1234,5", "1234.5"), ("fr", "1 234,5", "1234.5"),
     ("fr", "1\u202f234,5", "1234.5"), ("de_CH", "1’234.5", "1234.5"), ("de_CH", "1'234.5", "1234.5"),
     ("en", "1,234.5", "1234.5"), ("en_IN", "12,34,567.5", "1234567.5"), ("en_IN", "1,23,456", "123456"),
     ("pl", "1234,5", "1234.5"), ("ja", "1,234", "1234")],
)  # fmt: skip
def test_locale_says_how_texts_are_written(make: Make, locale: str, text: str, exact: str) -> None:
    total = cp.frames.total(make(ledger(amount=[text, f"-{text}", text])), "CNY", locale=locale)
    assert total.grand.exact == Fraction(exact)


@every_typed_engine
@pytest.mark.parametrize(
    ("locale", "text"),
    [("de", "1,234.5"), ("de", "12.34"), ("de", "1.2345"), ("de", "01.234"), ("en", "1.234,5"), ("en", "12,34"),
     ("en", "1,23,456"), ("en_IN", "123,456,789"), ("fr", "1.234"), ("de", "1.5E+3"), ("en", ""), ("en", "1,")],
)  # fmt: skip
def test_what_a_locale_does_not_write_is_refused(make: Make, locale: str, text: str) -> None:
    assert faults(make(ledger(amount=["1", text])), locale=locale) == [
        f"amount: is no number as locale {locale} writes one (1 row: 1)"
    ]


@pytest.mark.parametrize("locale", ["xx_nowhere", "de_de_de", ""])
def test_what_is_no_locale_is_refused(locale: str) -> None:
    with pytest.raises(cp.CommonProsperityError, match="is no locale"):
        cp.frames.total(ledger(amount=["1"]), "CNY", locale=locale)


@settings(max_examples=60)
@given(
    st.lists(st.decimals(-(10**15), 10**15, places=2, allow_nan=False), min_size=1, max_size=5),
    st.sampled_from(["de", "fr", "en", "en_IN", "de_CH", "sv", "pt_BR", "zh_CN"]),
)
def test_what_babel_writes_for_a_locale_is_read_by_it(amounts: list[Decimal], locale: str) -> None:
    from babel.numbers import format_decimal

    texts = [format_decimal(amount, locale=locale) for amount in amounts]
    texts = [text.replace("\u2212", "-") for text in texts]
    table = ledger(amount=texts)
    for make in (pl.from_arrow, CONNECTION.from_arrow, lambda one: one):
        assert cp.frames.total(make(table), "CNY", locale=locale).grand.exact == sum(
            map(Fraction, amounts)
        )


@every_typed_engine
@settings(max_examples=20)
@given(st.lists(st.decimals(-(10**9), 10**9, places=3, allow_nan=False), min_size=1, max_size=5))
def test_texts_as_the_library_writes_them_are_read(make: Make, amounts: list[Decimal]) -> None:
    from commonprosperity.wording.thousands import number_text

    texts = [number_text(amount) for amount in amounts]
    exact = cp.frames.total(make(ledger(amount=texts)), "CNY").grand.exact
    assert exact == sum(map(Fraction, amounts))


# Groups


@every_engine
def test_texts_that_look_the_same_make_one_group(make: Make) -> None:
    name = "Nestl\u00e9"
    causes = [name, unicodedata.normalize("NFD", name), f" {name} ", "", " ", None]
    totals = cp.frames.total(
        make(ledger(amount=[1, 2, 4, 8, 16, 32], cause=causes)), "CNY", by="cause"
    )
    assert {group: int(total.exact) for group, total in totals.items()} == {name: 7, None: 56}


def test_groups_of_categories_are_what_the_categories_are() -> None:
    groups = pd.Series([5, 6]).astype("category")
    frame = pd.DataFrame({"amount": [1, 2], "group": groups})
    assert [*cp.frames.total(frame, "CNY", by="group", **KEY)] == [6, 5]
    days = pd.Series([dt.date(2021, 9, 2)] * 2).astype("category")
    totals = cp.frames.total(frame.assign(group=days), "CNY", by="group", **KEY)
    assert [*totals] == [dt.date(2021, 9, 2)]


@every_engine
def test_rows_of_zero_are_counted_with_the_others_of_their_date(make: Make) -> None:
    table = ledger(amount=[5, 0], currency=["MNT", "MNT"], cause=["a", "b"])
    (told,) = faults(make(table), to="USD", by="cause")
    assert told.startswith("date: no MNT rate on 2021-09-02; ")
    assert told.endswith("(2 rows: 0, 1)")


def test_columns_that_are_not_asked_for_may_have_one_name() -> None:
    frames = [
        pd.DataFrame([[1, 2, 3]], columns=["amount", "note", "note"]),
        pa.Table.from_arrays([[1], [2], [3]], ["amount", "note", "note"]),
        CONNECTION.sql("SELECT 1 amount, 2 note, 3 note"),
        CONNECTION.sql('SELECT 1 amount, 2 note, 3 "Note"'),
    ]
    for frame in frames:
        assert cp.frames.total(frame, "CNY", **KEY).grand.exact == 1
        assert faults(frame, by="note", **KEY) == [
            "note: there are two columns of one name; leave one out"
        ]


def test_names_that_differ_in_case_are_two_columns_where_the_package_tells_them_apart() -> None:
    for frame in (
        pd.DataFrame({"amount": [1], "Amount": [2]}),
        pl.DataFrame({"amount": [1], "Amount": [2]}),
    ):
        assert cp.frames.total(frame, "CNY", amount="Amount", **KEY).grand.exact == 2


# Types


@pytest.mark.parametrize(
    "type_", [pa.string_view(), pa.large_string(), pa.dictionary(pa.int32(), pa.large_string())]
)
def test_texts_of_every_type_of_arrow_are_read(type_: Any) -> None:
    columns = {"amount": ["1.50", "2.25"], "currency": ["CNY", "CNY"], "date": ["2021", "2021"]}
    table = pa.table({
        name: pa.array(cells, type_ if name != "amount" else pa.string_view())
        for name, cells in columns.items()
    })  # fmt: skip
    assert cp.frames.total(table, "CNY", by="currency").grand.exact == Fraction("3.75")
    assert cp.frames.total(pa.table(pl.from_arrow(table)), "CNY").grand.exact == Fraction("3.75")


@pytest.mark.parametrize(
    "type_", [pa.decimal32(9, 2), pa.decimal64(18, 2), pa.decimal128(30, 2), pa.decimal256(76, 2)]
)
def test_decimals_of_every_width_are_read(type_: Any) -> None:
    table = ledger(amount=pa.array([Decimal("1.50"), Decimal("-0.25")], type_))
    assert cp.frames.total(table, "CNY").grand.exact == Fraction("1.25")
    frame = table.to_pandas(types_mapper=pd.ArrowDtype)
    assert cp.frames.total(frame, "CNY").grand.exact == Fraction("1.25")


def test_decimals_of_more_than_38_digits_are_refused() -> None:
    table = ledger(amount=pa.array([Decimal("1E+40")], pa.decimal256(76, 0)))
    assert faults(table) == [
        "amount: has decimals of more than 38 digits, which no dataframe adds up"
    ]


@pytest.mark.parametrize(
    ("period", "same"),
    [(pd.Period("2021-09", "M"), "2021-09"), (pd.Period("2021Q3"), "2021-Q3"), (pd.Period("2021", "Y"), "2021"),
     (pd.Period("2021-09-02", "D"), "2021-09-02"), (pd.Period("2021-09-02", "W"), "2021-08-30/2021-09-05"),
     (pd.Period("2021Q1", "Q-JAN"), "2020-02/2020-04")],
)  # fmt: skip
def test_periods_of_pandas_are_periods(period: Any, same: str) -> None:
    frame = pd.DataFrame({"amount": [1, 2], "date": pd.PeriodIndex([period] * 2)})
    total: Any = cp.frames.total(frame, "USD", currency="CNY").grand
    assert [str(part.date) for part in total.sums] == [str(cp.Period.parse(same))]
    groups = cp.frames.total(frame, "USD", currency="CNY", by="date")
    assert [*groups] == [str(cp.Period.parse(same))]
    sheet = pd.DataFrame(
        {"company": "Acme", "amount": [1], "currency": "CNY", "announced": [period]}
    )
    (pledge,) = cp.frames.read(sheet)
    assert pledge.announced == cp.Period.parse(same)


def test_period_of_pandas_that_is_shorter_than_a_day_is_refused() -> None:
    period = pd.Period("2021-09-02 10:00", "h")
    frame = pd.DataFrame({"amount": [1], "date": pd.PeriodIndex([period])})
    assert faults(frame, currency="CNY") == [
        "date: 2021-09-02 10:00 is shorter than a day; give dates"
    ]
    sheet = pd.DataFrame(
        {"company": "Acme", "amount": [1], "currency": "CNY", "announced": [period]}
    )
    with pytest.raises(cp.errors.DatasetError, match="is shorter than a day; give dates"):
        cp.frames.read(sheet)


def test_missing_period_of_pandas_is_missing() -> None:
    frame = pd.DataFrame({"amount": [1, 2], "date": pd.PeriodIndex(["2021-09", "NaT"], freq="M")})
    assert faults(frame, currency="CNY") == ["date: is missing (1 row: 1)"]
    with pytest.raises(cp.CommonProsperityError, match=r"NaT is no period: it is missing"):
        cp.Period.of(pd.NaT)


@pytest.mark.parametrize("day", ["infinity", "-infinity", "0044-03-15 (BC)", "10000-01-01"])
def test_days_that_python_does_not_have_are_faults_of_their_rows(day: str) -> None:
    rows = CONNECTION.sql(
        f"SELECT 1 amount, 'Acme' company, 'CNY' currency, DATE '2021-09-02' date UNION ALL "
        f"SELECT 2, 'Acme', 'CNY', '{day}'::DATE UNION ALL SELECT 4, 'Acme', 'CNY', NULL ORDER BY amount"
    )
    assert faults(rows) == [
        "date: is no day from 0001-01-01 to 9999-12-31 (1 row: 1)",
        "date: is missing (1 row: 2)",
    ]
    assert faults(rows, date="2021", by="date")[:1] == [
        "date: is no day from 0001-01-01 to 9999-12-31 (1 row: 1)"
    ]
    pledges = rows.project("amount, company, currency, date announced")
    with pytest.raises(cp.errors.DatasetError) as error:
        cp.frames.read(pledges)
    first, second = error.value.faults
    assert (first.place, second.place) == ("row 1", "row 2")
    assert first.problem.startswith(f"'{day}' is no period")
    assert second.problem == "is missing"


@pytest.mark.parametrize("edge", ["0001-01-01", "9999-12-31"])
def test_first_and_last_day_of_python_are_days(edge: str) -> None:
    rows = CONNECTION.sql(f"SELECT 1 amount, 'CNY' currency, '{edge}'::DATE date")
    total: Any = cp.frames.total(rows, "CNY").grand
    assert str(total.sums[0].date) == edge


def test_collation_of_a_database_makes_no_currency_of_another() -> None:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE gifts (amount INT, currency VARCHAR COLLATE NOCASE)")
    connection.execute("INSERT INTO gifts VALUES (1, 'CNY'), (2, 'cny')")
    gifts = connection.table("gifts")
    assert faults(gifts, date="2021") == [
        "currency: cny is no currency code; did you mean CNY? (1 row: 1)"
    ]
    totals = cp.frames.total(gifts.project("amount, currency kind"), "CNY", by="kind", **KEY)
    assert [*totals] == ["cny", "CNY"]


def test_integers_of_numpy_are_amounts() -> None:
    numpy = pytest.importorskip("numpy")
    for kind in ("int8", "int64", "uint64"):
        assert cp.Money(getattr(numpy, kind)(5), "CNY") == cp.Money(5, "CNY")
    for value in (numpy.float64("0.1"), numpy.float32("0.1")):
        with pytest.raises(
            cp.errors.AmountError, match=r'a float is not exact; write it as text, such as "0\.1"'
        ):
            cp.Money(value, "CNY")


def test_dataframe_of_duckdb_alone_needs_no_other_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for package in ("pyarrow", "polars", "pandas"):
        monkeypatch.setitem(sys.modules, package, None)
    rows = duckdb.connect().sql("SELECT * FROM (VALUES (1, 'CNY'), (2, 'RMB')) t(amount, currency)")
    assert faults(rows, date="2021") == [
        "currency: RMB is no currency code; did you mean CNY? (1 row: 1)"
    ]


def test_ids_of_partitions_of_dask_are_those_of_one_dataframe() -> None:
    frame = pd.DataFrame({"id": [1, 2, 3, 1, 5, 2, 1], "amount": [1] * 7})
    for partitions in (1, 3, 7):
        parts = dd.from_pandas(frame, npartitions=partitions)
        assert faults(parts, **KEY) == faults(frame, **KEY)
        assert cp.frames.total(parts, "CNY", id=None, **KEY).grand.exact == 7


# Dates of several meanings


@every_engine
@pytest.mark.parametrize(
    ("text", "problem", "setting", "day"),
    [
        ("5/6/2021",
         "it may be 2021-06-05 or 2021-05-06; write one of them, or give dates="
         '"d/m/y" or dates="m/d/y", in a layout', {"dates": "d/m/y"}, "2021-06-05"),
        ("44441", 'it may be 2021-09-02; write 2021-09-02, or give dates="excel", in a layout',
         {"dates": "excel"}, "2021-09-02"),
        ("2021-09-02 10:00",
         'it has a time of day and no time zone; write 2021-09-02, or give zone="Asia/Shanghai" '
         "or another that its clock shows, in a layout", {"zone": "Asia/Shanghai"}, "2021-09-02"),
        ("2021-09-02T20:00Z",
         "it may be 2021-09-02 or 2021-09-03, depending on the time zone; write one of them, or "
         'give zone="UTC", zone="Asia/Shanghai" or another, in a layout',
         {"zone": "Asia/Shanghai"}, "2021-09-03"),
        ("2021-02-30", "2021-02 has 28 days", None, None),
    ],
)  # fmt: skip
def test_a_date_is_settled_by_a_layout(
    make: Make, text: str, problem: str, setting: dict[str, str] | None, day: str | None
) -> None:
    frame = make(ledger(giver=["Acme"], amount=[8], date=[text]))
    assert faults(frame) == [f"date: {text!r} is no period: {problem} (1 row: 0)"]
    if setting is not None:
        columns = {
            "company": "giver", "amount": "amount", "currency": "currency", "announced": "date",
        }  # fmt: skip
        total = cp.frames.total(frame, "CNY", layout={"columns": columns, **setting}).grand
        assert [str(each.date) for each in total.sums] == [day]


def test_the_layout_that_settles_a_date_is_named_in_chinese() -> None:
    with pytest.raises(cp.errors.DatasetError) as error:
        cp.frames.total(ledger(amount=[8], date=["44441"]), "CNY")
    said = in_language("zh_CN")(error.value.faults[0].problem)
    assert 'dates="excel"（写在 layout 中）' in said
