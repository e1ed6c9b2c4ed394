"""Totals of somebody else's dataframe by a layout: those of the same rows, read as pledges."""

import datetime as dt
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import commonprosperity as cp
from typed_dataframes import Make, every_typed_engine, pa

LAYOUT: dict[str, Any] = {
    "columns": {
        "company": "Funder", "amount": "Sum", "currency": "Code", "announced": "Awarded",
        "recipient": "Who", "stage": "Status",
    },
    "values": {"stage": {"paid": "disbursement", "agreed": "commitment"}},
    "names": {"Ford Fdn": "Ford Foundation"},
    "skip": {"amount": ["", "n/a", "0"], "stage": "cancelled"},
    "dates": "d/m/y",
    "default": "EUR",
    "scale": "million",
}  # fmt: skip
ROW = ["Funder", "Sum", "Code", "Awarded", "Who", "Status", "Remarks"]
rows = st.lists(
    st.tuples(
        st.sampled_from(["Acme", " Ford Fdn", "ford  fdn", "Ford Foundation"]),
        st.sampled_from(["1", "2.5", "0", "0.00", " N/A", "", None, "7", "12"]),
        st.sampled_from(["CNY", "USD", None, "", " EUR"]),
        st.sampled_from(["5/6/2014", "2014-06-05", "June 2014", "5.6.2014", "1/2/2015"]),
        st.sampled_from(["a", "b", " a", None]),
        st.sampled_from(["Paid", "agreed", "pledge", None, "CANCELLED"]),
        st.sampled_from(["x", None]),
    ),
    max_size=7,
)


def table_of(rows: list[Any], columns: list[str] = ROW) -> Any:
    return pa.table({
        name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(columns)
    })  # fmt: skip


def exact(totals: Any) -> list[tuple[Any, Any]]:
    return [(group, total.exact) for group, total in totals.items()]


def faults(frame: Any, to: str = "EUR", **options: Any) -> list[str]:
    with pytest.raises(cp.errors.DatasetError) as error:
        cp.frames.total(frame, to, **options)
    return [f"{fault.field}: {fault.problem}" for fault in error.value.faults]


@every_typed_engine
@pytest.mark.filterwarnings("ignore::commonprosperity.DoubleCountWarning")
@settings(max_examples=25, deadline=None)
@given(rows, st.sampled_from(["recipient", "stage", "year", "month", ["recipient", "year"]]))
@example([("Acme", "0", "CNY", "5/6/2014", "a", "Paid", "x")] * 2, "recipient")
def test_totals_by_a_layout_are_those_of_the_rows_as_pledges(
    make: Make, rows: list[Any], by: Any
) -> None:
    frame = make(table_of(rows))
    pledges = cp.frames.read(make(table_of(rows)), layout=LAYOUT)
    ours = cp.frames.total(frame, "CNY", layout=LAYOUT, by=by)
    assert exact(ours) == exact(pledges.totals("CNY", by=by))
    assert ours.grand.amount == pledges.total("CNY").amount
    assert sorted(ours.notes) == sorted(pledges.notes)


@every_typed_engine
def test_companies_are_groups_by_their_names(make: Make) -> None:
    table = table_of([
        ("Acme", "1", "CNY", "2021", "a", "", ""), ("Ford Fdn", "2", "CNY", "2021", "a", "", ""),
        ("FORD FDN", "4", "CNY", "2021", "a", "", "y"),
    ])  # fmt: skip
    totals = cp.frames.total(make(table), "CNY", layout=LAYOUT, by="company")
    assert exact(totals) == [("Ford Foundation", 6_000_000), ("Acme", 1_000_000)]
    by_column = cp.frames.total(make(table), "CNY", layout=LAYOUT, by=["Remarks", "stage"])
    assert exact(by_column) == [(("y", "pledge"), 4_000_000), ((None, "pledge"), 3_000_000)]


WIDE: dict[str, Any] = {
    "columns": {
        "id": "No", "company": "Country", "announced": ["Year", "Month"],
        "amount": {"cash": {"tags.kind": "cash"}, "arms": {"tags.kind": "arms"}},
    },
    "constants": {"currency": "EUR", "stage": "commitment"},
}  # fmt: skip
wide_rows = st.lists(
    st.tuples(
        st.sampled_from(["DE", "FR"]),
        st.sampled_from([2022, 2023]),
        st.sampled_from([None, 1, 12]),
        st.one_of(st.none(), st.decimals(1, 99, places=2)),
        st.decimals(0, 99, places=2),
    ),
    max_size=6,
)


@every_typed_engine
@settings(max_examples=25, deadline=None)
@given(wide_rows, st.booleans(), st.sampled_from(["tags.kind", "company", "month"]))
def test_several_columns_of_amounts_and_dates_are_those_of_pledges(
    make: Make, rows: list[Any], turned: bool, by: str  # noqa: FBT001 (drawn)
) -> None:  # fmt: skip
    money = pa.decimal128(12, 2)
    types = [pa.string(), pa.int64(), pa.int64(), money, money]
    names = ["Country", "Year", "Month", *(["arms", "cash"] if turned else ["cash", "arms"])]
    columns = {
        name: pa.array([row[at] for row in rows], type_)
        for at, (name, type_) in enumerate(zip(names, types, strict=True))
    }
    table = pa.table({"No": pa.array(map(str, range(len(rows))), pa.string()), **columns})
    pledges = cp.frames.read(table, layout=WIDE)
    theirs: Any = pledges.totals("EUR", by=by) if pledges else {}
    ours = cp.frames.total(make(table), "EUR", layout=WIDE, by=by)
    by_name = {"de": "DE", "fr": "FR"} if by == "company" else {}
    assert exact(ours) == [(by_name.get(group, group), total) for group, total in exact(theirs)]


@every_typed_engine
@pytest.mark.parametrize("type_", [pa.int64(), pa.decimal128(30, 2), pa.string()])
def test_row_without_any_amount_is_at_fault_unless_it_is_skipped(make: Make, type_: Any) -> None:
    layout = {**WIDE, "columns": {**WIDE["columns"], "announced": "Year"}}
    table = pa.table({
        "No": ["1", "2"], "Country": ["DE", "FR"], "Year": ["2022", "2022"],
        "cash": pa.array([5, None]).cast(type_), "arms": pa.array([None, None]).cast(type_),
    })  # fmt: skip
    assert faults(make(table), layout=layout) == ["amount: is missing (1 row: 1)"]
    skipping = {**layout, "skip": {"amount": ""}}
    totals = cp.frames.total(make(table), "EUR", layout=skipping)
    assert totals.grand.exact == 5
    assert totals.notes == ("rows left out as amount is blank: 1",)
    without_five = {**layout, "skip": {"amount": ["", "5"]}}
    assert cp.frames.total(make(table), "EUR", layout=without_five).grand.exact == 0


@every_typed_engine
def test_amounts_in_words_and_marks_are_read_beside_plain_ones(make: Make) -> None:
    layout = {
        "columns": {"company": "Funder", "amount": "Sum", "announced": "Awarded"},
        "default": "CNY", "symbols": {"$": "USD"}, "until": {"amount": ">>"},
    }  # fmt: skip
    sums = ["5", "$2 million", "7 >> note", "about 3 thousand yuan", "1,000", "$2 million"]
    table = pa.table({"Funder": ["a"] * 6, "Sum": sums, "Awarded": ["2021-09-02"] * 6})
    theirs = cp.frames.read(table, layout=layout)
    ours = cp.frames.total(make(table), "EUR", layout=layout)
    assert ours.grand.exact == theirs.total("EUR").exact
    assert ours.notes == theirs.notes == ("cells of amount read up to '>>': 1",)


@every_typed_engine
def test_row_of_tags_below_the_headings_is_left_out(make: Make) -> None:
    rows: list[Any] = [("#org", "#value+usd", "#x", "#date", "#who", "#status", None)]
    rows += [("Acme", "1", "USD", "2021", "a", "", "")]
    totals = cp.frames.total(make(table_of(rows)), "USD", layout=LAYOUT)
    assert totals.grand.exact == 1_000_000
    assert totals.notes == ("left out: the row of HXL tags below the headings",)


@every_typed_engine
def test_value_date_decides_the_rate_and_the_announcement_the_year(make: Make) -> None:
    layout = {"columns": {
        "company": "Funder", "amount": "Sum", "currency": "Code", "announced": "Said",
        "value_date": "Paid",
    }}  # fmt: skip
    table = pa.table({
        "Funder": ["a", "b"], "Sum": pa.array([5, 7]), "Code": ["USD", "USD"],
        "Said": pa.array([dt.date(2020, 1, 2)] * 2), "Paid": pa.array([dt.date(2021, 9, 2), None]),
    })  # fmt: skip
    theirs = cp.frames.read(table, layout=layout).totals("EUR", by="year")
    ours = cp.frames.total(make(table), "EUR", layout=layout, by="year")
    assert exact(ours) == exact(theirs)
    assert [*ours] == ["2020"]


@every_typed_engine
def test_what_is_wrong_is_told_by_field_with_its_rows(make: Make) -> None:
    rows = [
        ("a", "1", "CN", "1/13/2014", "", "", ""), ("a", "xyz", "CNY", "5/6/2014", "", "", ""),
        ("a", "2", "CNY", None, "", "", ""), ("a", "2", "CNY", " ", "", "", ""),
        ("a", "2", "CNY", "1/1/1990", "", "", ""),
    ]  # fmt: skip
    assert faults(make(table_of(rows)), layout=LAYOUT) == [
        "announced: is missing (2 rows: 2, 3)",
        "announced: '1/13/2014' is no period: it does not fit dates=\"d/m/y\"; write 2014-01-13 "
        "(1 row: 0)",
        "announced: no CNY rate on 1990-01-01; the ECB's are known from 2005-04-01 to 2026-10-30 "
        "(asked for CNY to EUR) (1 row: 4)",
        'currency: CN is no currency code; say in values which it is, as in {"currency": {"CN": "..."}} (1 row: 0)',
        "amount: 'xyz' is no amount: at character 1, 'xyz': 'xyz' is not understood here; leave the row "
        "out, as a layout does with skip.amount = 'xyz' (1 row: 1)",
    ]


@every_typed_engine
def test_many_different_faults_of_a_field_are_told_together(make: Make) -> None:
    rows = [("a", "1", "CNY", f"day {at}", "", "", "") for at in range(8)]
    told = faults(make(table_of(rows)), layout=LAYOUT)
    assert len(told) == 6
    assert told[-1] == "announced: has 3 more values that are none (3 rows: 5, 6, 7)"


@every_typed_engine
def test_floats_times_and_columns_that_are_missing_are_refused(make: Make) -> None:
    table = pa.table({
        "Funder": ["a"], "Sum": [0.5], "Code": ["CNY"], "Who": ["b"], "Status": [""],
        "Awarded": pa.array([dt.datetime(2021, 9, 2, 12)]),  # noqa: DTZ001 (as sheets have it)
    })  # fmt: skip
    (told,) = faults(make(table), layout=LAYOUT)
    assert told.startswith("Sum: is a column of floats, which may not be exact; ")
    (told,) = faults(make(table), layout=LAYOUT, float_digits=1)
    assert told == "announced: 2021-09-02 12:00:00 has a time of day; give dates (1 row: 0)"
    (told,) = faults(make(table), layout=LAYOUT | {"skip": {"amount": "n/a"}})
    assert told.startswith("Sum: is a column of floats, which may not be exact; ")
    (told,) = faults(make(table.drop(["Code"])), layout=LAYOUT)
    assert told.startswith("Code: is no column of it")
    assert faults(make(table), layout=LAYOUT, by="Town") == [
        "Town: is no column; there are Funder, Sum, Code, Who, Status, Awarded"
    ]


@every_typed_engine
def test_columns_that_are_named_go_before_those_of_the_layout(make: Make) -> None:
    table = pa.table({
        "Funder": ["a", "a"], "Sum": ["1", "2"], "Code": ["CNY", "USD"], "Who": ["b", "b"],
        "Status": ["", ""], "Awarded": ["2021-09-02", "2021-09-03"], "net": [10, 20],
        "Other": ["EUR", "EUR"], "Day": ["2020-01-02", "2020-01-02"],
    })  # fmt: skip
    named: dict[str, Any] = {"amount": "net", "currency": "Other", "date": "Day", "scale": 1}
    totals = cp.frames.total(make(table), "EUR", layout=LAYOUT, by="month", **named)
    assert exact(totals) == [("2020-01", 30)]
    fixed: dict[str, Any] = {"currency": "EUR", "date": "2019", "scale": "thousand"}
    totals = cp.frames.total(make(table), "EUR", layout=LAYOUT, by="year", **fixed)
    assert exact(totals) == [("2019", 3000)]
    of_day = cp.frames.total(make(table), "EUR", layout=LAYOUT, date=dt.date(2018, 1, 2), by="year")
    assert [*of_day] == ["2018"]


@every_typed_engine
def test_id_of_a_layout_repeats_in_no_row(make: Make) -> None:
    table = pa.table({
        "No": ["1", "1"], "Country": ["DE", "FR"], "Year": [2022, 2022], "Month": [1, 2],
        "cash": pa.array([5, 6]), "arms": pa.array([5, 6]),
    })  # fmt: skip
    (told,) = faults(make(table), layout=WIDE)
    assert told.startswith("No: 1 repeats; ")
    assert cp.frames.total(make(table), "EUR", layout=WIDE, id=None).grand.exact == 22


def test_file_is_read_by_its_layout_as_read_reads_it(tmp_path: Path) -> None:
    sheet = (
        "Example Trust\nFunder;Sum;Code;Awarded;Who;Status\n"
        '"Ford Fdn";1,5;CNY;5/6/2014;"a; b";Paid\n小米;n/a;CNY;5/6/2014;a;\n小米;2;;1/2/2015;a;\n'
    )
    file = tmp_path / "grants.csv"
    file.write_bytes(sheet.encode("gbk"))
    layout = {**LAYOUT, "encoding": "gbk", "headings_in_row": 2, "locale": "de"}
    theirs = cp.read(file, layout=layout)
    ours = cp.frames.total(file, "EUR", layout=layout, by="recipient")
    assert exact(ours) == exact(theirs.totals("EUR", by="recipient"))
    assert ours.notes == theirs.notes
    assert ours.table().note == "; ".join(theirs.notes)
    toml = tmp_path / "mine.toml"
    toml.write_text(
        'locale = "de"\nheadings_in_row = 2\n[columns]\ncompany = "Funder"\namount = "Sum"\n'
        'currency = "Code"\nannounced = "Awarded"\n[skip]\namount = "n/a"\n'
    )
    options: dict[str, Any] = {"encoding": "gbk", "date": "2014"}
    assert "currency: is missing" in str(faults(file, layout=toml, **options))
    with pytest.raises(cp.errors.LayoutError):
        cp.frames.total(file, "EUR", layout={"columns": {"amount": "Sum"}})


@pytest.mark.parametrize("scanner", ["duckdb", "polars"])
def test_mark_that_may_divide_decimals_is_refused_as_read_refuses_it(
    tmp_path: Path, scanner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = {"duckdb": "polars", "polars": "duckdb"}[scanner]
    monkeypatch.setitem(sys.modules, other, None)
    file = tmp_path / "grants.csv"
    file.write_text("Funder;Sum;Code;Awarded;Who;Status\na;1,500;CNY;2021;b;\n")
    with pytest.raises(cp.errors.DatasetError) as error:
        cp.read(file, layout=LAYOUT)
    (told,) = faults(file, layout=LAYOUT)
    assert str(error.value).endswith(told.removeprefix("amount: ").removesuffix(" (1 row: 0)"))


def test_notes_of_several_files_are_added_up(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.csv").write_text(
            "Funder,Sum,Code,Awarded,Who,Status\na,n/a,CNY,2021,b,\na,1,CNY,2/3/2021,b,\n"
        )
    totals = cp.frames.total(tmp_path, "EUR", layout=LAYOUT)
    skipped = "rows left out as amount is 'n/a': 2"
    assert sorted(totals.notes) == ["dates read as d/m/y: 2", skipped]


def test_decimals_of_a_layout_are_exact() -> None:
    table = pa.table({
        "Funder": ["a"] * 3, "Code": ["CNY"] * 3, "Awarded": ["2021"] * 3, "Who": ["b"] * 3,
        "Status": [""] * 3, "Sum": pa.array([Decimal("0.10"), Decimal("0.20"), Decimal("0.00")]),
    })  # fmt: skip
    totals = cp.frames.total(table, "CNY", layout=LAYOUT)
    assert totals.grand.exact == 300_000
    assert totals.notes == ("rows left out as amount is '0': 1",)


@every_typed_engine
def test_row_of_totals_among_the_recipients_is_refused_where_no_column_has_the_giver(
    make: Make,
) -> None:
    table = pa.table({"Grantee": ["Acme", "Beta", "Total"], "EUR": ["1", "2", "3"]})
    layout = {
        "columns": {"recipient": "Grantee", "amount": "EUR"},
        "constants": {"company": "Example Trust", "announced": "2021"},
    }
    assert faults(make(table), layout=layout) == [
        "Grantee: Total makes it a row of totals, which adds the others up; leave it out (1 row: 2)"
    ]
    with pytest.raises(cp.errors.DatasetError, match="Total makes it a row of totals"):
        cp.frames.read(table, layout=layout)


@every_typed_engine
def test_row_of_totals_is_refused_unless_a_layout_skips_or_names_it(make: Make) -> None:
    table = pa.table({
        "No": ["1", "Total", "3"], "Giver": ["Acme"] * 3, "To": ["UN", "WHO", "Total"],
        "For": ["x", "y", "z"], "EUR": ["1", "2", "3"],
    })  # fmt: skip
    columns = {"id": "No", "company": "Giver", "recipient": "To", "amount": "EUR"}
    layout: dict[str, Any] = {"columns": columns, "constants": {"announced": "2021"}}
    told = "makes it a row of totals, which adds the others up; leave it out (1 row: 2)"
    assert faults(make(table), layout=layout) == [f"To: Total {told}"]
    for also in ({"skip": {"recipient": ["total"]}}, {"names": {"Total": "TotalEnergies"}}):
        total = cp.frames.total(make(table), "EUR", layout={**layout, **also}).grand
        assert total.exact == cp.frames.read(table, layout={**layout, **also}).total("EUR").exact
        assert total.exact == (3 if "skip" in also else 6)
    for also in ({"skip": {"recipient": "WHO"}}, {"skip": {"company": "Total"}}):
        assert faults(make(table), layout={**layout, **also}) == [f"To: Total {told}"]
    blank = table.set_column(1, "Giver", pa.array(["Acme", "Acme", None]))
    skip = {**layout, "skip": {"company": ""}}
    assert cp.frames.total(make(blank), "EUR", layout=skip).grand.exact == 3
    joined = {**layout, "columns": {**columns, "recipient": ["To", "For"]}}
    assert cp.frames.read(table, layout=joined).total("EUR").exact == 6
    joined = {**joined, "skip": {"recipient": "Total"}}
    assert faults(make(table), layout=joined) == [f"To: Total {told}"]


@every_typed_engine
def test_number_that_is_skipped_is_so_with_zeros_behind_its_point(make: Make) -> None:
    cells = [Decimal("60.00"), Decimal("61.50"), Decimal("0.00")]
    table = pa.table({"Giver": ["Acme"] * 3, "EUR": pa.array(cells, pa.decimal128(9, 2))})
    layout = {
        "columns": {"company": "Giver", "amount": "EUR"}, "constants": {"announced": "2021"},
        "skip": {"amount": ["60", "0"]},
    }  # fmt: skip
    assert cp.frames.total(make(table), "EUR", layout=layout).grand.exact == Fraction("61.5")
    for frame in (make(table), table.to_pandas()):
        read = cp.frames.read(frame, layout=layout)
        assert [str(pledge.amount) for pledge in read] == ["61.5 EUR"]
        assert len(read.notes) == 2


def test_ids_in_several_columns_are_refused_unless_rows_need_none() -> None:
    table = pa.table({"Year": ["21", "21"], "No": ["1", "1"], "EUR": ["5", "3"]})
    layout = {
        "columns": {"id": ["Year", "No"], "amount": "EUR"},
        "constants": {"company": "Acme", "announced": "2021"},
    }
    (fault,) = faults(table, layout=layout)
    assert fault.startswith("id: is made of several columns (Year, No)")
    assert fault.endswith("give id=None if no row is there twice")
    assert cp.frames.total(table, "EUR", layout=layout, id=None).grand.exact == 8


@every_typed_engine
def test_blank_company_is_at_fault_unless_its_row_is_skipped(make: Make) -> None:
    table = pa.table({
        "Giver": ["Acme", None, " ", "Beta"], "For": ["x", "x", "Total", "x"],
        "EUR": ["1", "n/a", "3", "2"],
    })  # fmt: skip
    layout = {
        "columns": {"company": "Giver", "amount": "EUR"}, "constants": {"announced": "2021"},
        "skip": {"amount": "n/a"},
    }  # fmt: skip
    for by in (None, "company"):
        assert faults(make(table), layout=layout, by=by) == ["company: is missing (1 row: 2)"]
    kept = table.filter(pa.array([True, True, False, True]))
    assert cp.frames.total(make(kept), "EUR", layout=layout).grand.exact == 3


@every_typed_engine
def test_negative_pledge_of_a_layout_is_refused_with_its_rows(make: Make) -> None:
    table = table_of([
        ("Acme", "-1", "CNY", "2021", "a", "Paid", ""), ("Acme", "2", "CNY", "2021", "a", "", ""),
        ("Acme", "-3", "CNY", "2021", "a", "", ""), ("Acme", "-4m", "CNY", "2021", "b", "", ""),
        ("Acme", "-5", "CNY", "2021", "b", "pledge", ""),
    ])  # fmt: skip
    layout = {key: each for key, each in LAYOUT.items() if key != "scale"}
    told = (
        "amount: is negative; a withdrawal is an amount of 0, and a correction is of the stage "
        "commitment or disbursement (3 rows: 2, 3, 4)"
    )
    assert faults(make(table), layout=layout) == [told]
    paid = {**layout, "columns": {**LAYOUT["columns"], "stage": "Who"}, "values": {"stage": {
        "a": "commitment", "b": "disbursement",
    }}}  # fmt: skip
    assert cp.frames.total(make(table), "CNY", layout=paid).grand.exact == -4_000_007


@every_typed_engine
def test_stage_that_is_none_of_ours_is_refused_as_read_refuses_it(make: Make) -> None:
    table = table_of([("Acme", "1", "CNY", "2021", "a", "mulled", "")])
    (told,) = faults(make(table), layout=LAYOUT)
    assert told == (
        "stage: 'mulled' is none of pledge, commitment, disbursement; say in values which it is "
        "(1 row: 0)"
    )


@every_typed_engine
def test_word_for_a_currency_is_mapped_by_values(make: Make) -> None:
    table = table_of([("Acme", sum_, "RMB", "2021", "a", "", "") for sum_ in ("5", "up to 5")])
    told = (
        'currency: RMB is no currency code; say in values which it is, as in {"currency": {"RMB": '
        '"CNY"}} (2 rows: 0, 1)'
    )
    assert faults(make(table), layout=LAYOUT) == [told]
    values = {**LAYOUT["values"], "currency": {"RMB": "CNY"}}
    totals = cp.frames.total(make(table), "CNY", layout={**LAYOUT, "values": values})
    assert totals.grand.exact == 10_000_000
