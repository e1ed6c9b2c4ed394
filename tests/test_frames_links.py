"""Rows of a dataframe that links tie to others count once, as the same rows do as pledges."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import commonprosperity as cp
from strategies import codes, dataset_of, linked_pledges, pledge, tangles
from typed_dataframes import CONNECTION, Make, every_typed_engine, pa

TEXTS = (
    "id", "announced", "stage", "qualifier", "funder", "part_of", "supersedes", "restates",
    "equivalents",
)  # fmt: skip
ALL: dict[str, Any] = {"date": "announced"}


def table_of(pledges: list[cp.Pledge]) -> Any:
    """Make a table of pledges, with amounts as texts, and only what a ledger has of them."""
    columns: dict[str, list[Any]] = {name: [] for name in (*TEXTS, "amount", "currency", "high")}
    for each in pledges:
        for name in TEXTS:
            value = getattr(each, name)
            if name == "equivalents":
                value = "; ".join(f"{money.amount:f} {money.currency}" for money in value)
            columns[name].append(None if value is None else str(value))
        columns["amount"].append(f"{each.amount.amount:f}")
        columns["currency"].append(each.amount.currency)
        columns["high"].append(f"{each.high.amount:f}" if each.high else None)
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})


def exact(totals: Any) -> list[tuple[Any, Any]]:
    return [(group, total.exact) for group, total in totals.items()]


def faults(frame: Any, to: str = "CNY", **options: Any) -> list[str]:
    with pytest.raises(cp.errors.DatasetError) as error:
        cp.frames.total(frame, to, **options)
    return [f"{fault.record}: {fault.field}: {fault.problem}" for fault in error.value.faults]


@every_typed_engine
@settings(max_examples=25, deadline=None)
@given(linked_pledges(), codes, st.sampled_from(["funder", "stage", "month", ["funder", "year"]]))
def test_linked_rows_count_as_pledges_do(
    make: Make, pledges: list[cp.Pledge], to: str, by: Any
) -> None:
    pledges = [attrs.evolve(each, initiative=None) for each in pledges]
    theirs = dataset_of(pledges).totals(to, by=by)
    ours = cp.frames.total(make(table_of(pledges)), to, by=by, **ALL)
    assert exact(ours) == exact(theirs)
    assert ours.grand.exact == theirs.grand.exact
    assert ours.grand.amount == theirs.grand.amount


@settings(max_examples=150, deadline=None)
@given(tangles())
@example([pledge("a", part_of="a")])
@example([pledge("a", part_of="b"), pledge("b", part_of="a")])
def test_links_that_contradict_each_other_are_refused_as_of_pledges(
    pledges: list[cp.Pledge],
) -> None:
    pledges = [
        attrs.evolve(each, value_date=each.announced, initiative=None) for each in pledges
    ]  # fmt: skip
    try:
        theirs: Any = dataset_of(pledges).total("CNY").exact
    except cp.errors.DatasetError as error:
        theirs = {(fault.record, fault.problem) for fault in error.faults}
    try:
        ours: Any = cp.frames.total(table_of(pledges), "CNY", **ALL).grand.exact
    except cp.errors.DatasetError as error:
        ours = {(fault.record, fault.problem) for fault in error.faults}
    assert ours == theirs


LAYOUT: dict[str, Any] = {
    "columns": {
        "id": "No", "part_of": "Parent", "supersedes": "Before", "company": "Funder",
        "amount": "Sum", "currency": "Code", "announced": "Awarded", "stage": "Status",
    },
    "values": {"stage": {"paid": "disbursement", "agreed": "commitment"}},
    "skip": {"amount": "n/a"},
    "dates": "d/m/y",
    "scale": "million",
}  # fmt: skip
rows = st.lists(
    st.tuples(
        st.sampled_from(["1", "2.5", "0", "n/a", "about 7", "12"]),
        st.sampled_from(["5/6/2014", "1/2/2015", "2016"]),
        st.sampled_from(["Paid", "agreed", None]),
        st.integers(0, 7),
        st.sampled_from(["Parent", "Before", None]),
    ),
    max_size=8,
)


@every_typed_engine
@settings(max_examples=25, deadline=None)
@given(rows)
def test_linked_rows_of_a_layout_count_as_pledges_do(make: Make, rows: list[Any]) -> None:
    columns: dict[str, list[Any]] = {name: [] for name in LAYOUT["columns"].values()}
    superseded: set[int] = set()
    for at, (amount, day, stage, end, link) in enumerate(rows):
        columns["No"].append(f"A/{at}")
        columns["Funder"].append("Acme")
        columns["Code"].append("CNY")
        for name, value in {"Sum": amount, "Awarded": day, "Status": stage}.items():
            columns[name].append(value)
        is_there = end < at and rows[end][0] != "n/a" and link is not None
        is_there &= link != "Before" or end not in superseded
        superseded |= {end} if is_there and link == "Before" else set()
        for name in ("Parent", "Before"):
            columns[name].append(f"A/{end}" if is_there and link == name else None)
    table = pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})
    theirs = cp.frames.read(table, layout=LAYOUT).totals("EUR", by=["stage", "year"])
    ours = cp.frames.total(make(table), "EUR", layout=LAYOUT, by=["stage", "year"])
    assert exact(ours) == exact(theirs)


@every_typed_engine
@pytest.mark.parametrize("type_", [pa.int64(), pa.string(), pa.decimal128(30, 2)])
def test_amounts_and_ids_of_any_type_count_once(make: Make, type_: Any) -> None:
    table = pa.table({
        "id": pa.array([1, 2, 3]).cast(type_ if type_ == pa.string() else pa.int64()),
        "amount": pa.array([10000, 4000, 7]).cast(type_), "currency": ["CNY"] * 3,
        "date": ["2021"] * 3, "part_of": pa.array([None, 1, None], pa.int64()),
    })  # fmt: skip
    assert cp.frames.total(make(table), "CNY").grand.exact == 10007
    assert cp.frames.total(make(table), "CNY", scale="million").grand.exact == 10007 * 10**6
    if type_ != pa.decimal128(30, 2):
        assert cp.frames.total(make(table), "CNY", minor_units=True).grand.exact == Fraction(
            "100.07"
        )


@every_typed_engine
def test_floats_and_one_currency_and_date_count_once(make: Make) -> None:
    table = pa.table({
        "No": ["a", "b", "c"], "sum": [0.29, 0.2, 7.0], "supersedes": [None, "a", None],
        "cause": ["x", "y", None],
    })  # fmt: skip
    options: dict[str, Any] = {
        "amount": "sum",
        "currency": "EUR",
        "date": "2021",
        "float_digits": 2,
        "id": "No",
    }
    totals = cp.frames.total(make(table), "EUR", by="cause", **options)
    assert exact(totals) == [(None, 7), ("y", Fraction("0.2")), ("x", 0)]


@every_typed_engine
def test_rows_without_an_id_are_parts_too(make: Make) -> None:
    table = pa.table({
        "id": ["a", None, "", None], "amount": ["100", "30", "20", "5"], "currency": ["CNY"] * 4,
        "date": ["2021"] * 4, "part_of": [None, "a", "a", None],
    })  # fmt: skip
    totals = cp.frames.total(make(table), "CNY")
    assert totals.grand.exact == 105
    assert [sum_.added.amount for sum_ in totals.grand.sums] == [105]


@every_typed_engine
def test_link_to_no_row_is_refused_and_so_are_ids_that_nothing_has(make: Make) -> None:
    table = pa.table({
        "id": ["a", "b"], "amount": ["1", "2"], "currency": ["CNY"] * 2, "date": ["2021"] * 2,
        "part_of": [None, "c"],
    })  # fmt: skip
    (told,) = faults(make(table))
    assert told == "b: part_of: no row has the id c written in it; write it into the row you mean"
    problem = "names the ids of other rows, and no column has ids; name it by id="
    assert faults(make(table), id=None) == [f": part_of: {problem}"]
    assert faults(make(table.drop(["id"]))) == [f": part_of: {problem}"]


@every_typed_engine
def test_links_that_are_floats_are_refused(make: Make) -> None:
    table = pa.table({
        "id": [1, 2], "amount": ["1", "2"], "currency": ["CNY"] * 2, "date": ["2021"] * 2,
        "part_of": pa.array([None, 1.0]),
    })  # fmt: skip
    (told,) = faults(make(table))
    assert told.startswith("2: part_of: 1.0 is a float; cast it")
    none = table.set_column(4, "part_of", pa.array([None, float("nan")], pa.float64()))
    assert cp.frames.total(make(none), "CNY").grand.exact == 3


def test_links_lead_from_file_to_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,amount,currency,date\n'x,100,CNY,2021\nit's,5,CNY,2021\n")
    (tmp_path / "b.csv").write_text("id,amount,currency,date,part_of\nb,30,CNY,2022,'x\n")
    (tmp_path / "c.csv").write_text("id,amount,currency,date,part_of\nc,20,CNY,2022,b\n")
    text = (tmp_path / "a.csv").read_text().replace("'x", "x").replace("it's", "y")
    (tmp_path / "a.csv").write_text(text)
    text = (tmp_path / "b.csv").read_text().replace("'x", "x")
    (tmp_path / "b.csv").write_text(text)
    totals = cp.frames.total(tmp_path, "CNY", by="year")
    assert exact(totals) == [("2021", 75), ("2022", 30)]


def test_negative_pledge_is_refused_where_it_is_linked() -> None:
    table = pa.table({
        "id": ["a", "b"], "amount": ["1", "-2"], "currency": ["CNY"] * 2, "date": ["2021"] * 2,
        "part_of": [None, "a"],
    })  # fmt: skip
    (told,) = faults(table)
    assert told.startswith("b: amount: '-2 CNY' is negative")


@every_typed_engine
def test_link_finds_an_id_in_another_unicode_form(make: Make) -> None:
    table = pa.table({
        "id": ["caf\u00e9", "b"], "amount": ["100", "30"], "currency": ["CNY"] * 2,
        "date": ["2021"] * 2, "part_of": [None, "cafe\u0301"],
    })  # fmt: skip
    assert cp.frames.total(make(table), "CNY").grand.exact == 100


def test_quotes_in_ids_are_no_code() -> None:
    ids = ["it's", 'say "so"', "a'); DROP TABLE rows; --"]
    table = pa.table({
        "id": [*ids, "b"], "amount": ["100"] * 3 + ["30"], "currency": ["CNY"] * 4,
        "date": ["2021"] * 4, "part_of": [None, None, None, ids[2]],
    })  # fmt: skip
    assert cp.frames.total(CONNECTION.from_arrow(table), "CNY").grand.exact == 300


PARTS: dict[str, Any] = {
    "columns": {
        "id": "No", "part_of": "In", "company": "Funder", "amount": "Sum", "currency": "Code",
        "announced": "Date",
    },
}  # fmt: skip


def parts(*rows: tuple[str, str | None, str, str]) -> Any:
    """Make a table of rows: an id, a whole, a sum and its currency."""
    no, in_, sums, codes = zip(*rows, strict=True)
    others = {"Funder": ["Acme"] * len(rows), "Date": ["2021"] * len(rows)}
    return pa.table(
        {"No": no, "In": pa.array(in_, pa.string()), "Sum": sums, "Code": codes, **others}
    )


@every_typed_engine
@pytest.mark.parametrize("extract", [True, False])
@pytest.mark.parametrize(
    ("ids", "settings_"),
    [
        (("x/1", "x 1"), {}),
        (("x  1", "x 1"), {}),
        (("x", "x | new"), {"until": {"part_of": "|"}}),
        (("x | new", "x"), {"until": {"id": "|"}}),
        (("old", "x"), {"values": {"id": {"Old": "x"}}}),
        (("x", "EX"), {"values": {"part_of": {"ex": "x"}}}),
    ],
)
def test_whole_is_found_in_the_spelling_of_the_layout(
    make: Make, ids: tuple[str, str], settings_: Any, *, extract: bool
) -> None:
    table = parts((ids[0], None, "5", "EUR"), ("y", ids[1], "3", "EUR"), ("z", None, "1", "EUR"))
    layout = {**PARTS, **settings_, "extract": extract}
    assert cp.frames.read(table, layout=layout).total("EUR").exact == 6
    assert cp.frames.total(make(table), "EUR", layout=layout).grand.exact == 6


def test_our_own_columns_find_a_whole_in_another_spelling_too() -> None:
    table = pa.table({
        "id": ["x/1", "b"], "amount": ["5", "3"], "currency": ["EUR"] * 2, "date": ["2021"] * 2,
        "part_of": [None, "x 1"],
    })  # fmt: skip
    assert cp.frames.total(table, "EUR").grand.exact == 5


@every_typed_engine
def test_wholes_that_an_extract_lacks_are_told(make: Make) -> None:
    table = parts(("x", None, "5", "EUR"), ("y", "w", "3", "EUR"), ("z", "x", "1", "EUR"))
    totals = cp.frames.total(make(table), "EUR", layout={**PARTS, "extract": True})
    assert totals.grand.exact == 8
    assert totals.notes == ("links left out as no row has the whole: 1 (w)",)


def test_whole_of_an_extract_may_stand_in_another_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("No,In,Funder,Sum,Code,Date\nx,,Acme,5,EUR,2021\n")
    (tmp_path / "b.csv").write_text("No,In,Funder,Sum,Code,Date\ny,x,Acme,3,EUR,2021\n")
    totals = cp.frames.total(tmp_path, "EUR", layout={**PARTS, "extract": True})
    assert totals.grand.exact == 5


@every_typed_engine
def test_whole_that_takes_the_currency_of_its_parts_counts_once(make: Make) -> None:
    columns = {**PARTS["columns"], "equivalents": "USD"}
    table = parts(("x", None, "600", "CNY"), ("y", "x", "50", "USD"), ("z", "x", "120", "CNY"))
    table = table.append_column("USD", pa.array(["100", None, "20"], pa.string()))
    theirs = cp.frames.read(table, layout={"columns": columns})
    ours = cp.frames.total(make(table), "USD", layout={"columns": columns})
    assert ours.grand.exact == theirs.total("USD").exact
    assert ours.notes == theirs.notes
    by_currency = cp.frames.total(make(table), "USD", layout={"columns": columns}, by="currency")
    assert by_currency["USD"].exact == 80


@every_typed_engine
@pytest.mark.parametrize("layout", [None, {"columns": {
    "id": "id", "company": "company", "amount": "amount", "currency": "currency",
    "announced": "date", "supersedes": "supersedes",
}}])  # fmt: skip
def test_row_needs_a_rate_only_for_what_it_counts_for(make: Make, layout: Any) -> None:
    cells: dict[str, list[str | None]] = {
        "id": ["a", "b", "c"], "company": ["Acme"] * 3, "amount": ["5", "3", "0"],
        "currency": ["CNY"] * 3, "date": ["1990", "2021", "1990"], "supersedes": [None, "a", None],
    }  # fmt: skip
    totals = cp.frames.total(make(pa.table(cells)), "EUR", layout=layout)
    alone = pa.table({"amount": ["3"], "currency": ["CNY"], "date": ["2021"]})
    assert totals.grand.exact == cp.frames.total(alone, "EUR").grand.exact
    cells["amount"][2] = "1"
    assert any(
        "no CNY rate on 1990" in each
        for each in faults(make(pa.table(cells)), "EUR", layout=layout)
    )


SEVERAL: dict[str, Any] = {"columns": {**PARTS["columns"], "amount": ["EUR", "in kind"]}}


@every_typed_engine
@pytest.mark.parametrize("whole", ["7-in kind", "7-in-kind"])
def test_linked_rows_of_several_amounts_count_once(make: Make, whole: str) -> None:
    table = pa.table({
        "No": ["7", "8"], "In": [None, whole], "Funder": ["Acme"] * 2, "Code": ["EUR"] * 2,
        "EUR": ["5", "3"], "in kind": ["10", None], "Date": ["2021"] * 2,
    })  # fmt: skip
    assert cp.frames.total(make(table), "EUR", layout=SEVERAL).grand.exact == 15
    table = table.set_column(1, "In", pa.array([None, "7"], pa.string()))
    (fault,) = faults(make(table), "EUR", layout=SEVERAL)
    assert fault == (
        "8: part_of: 7 is a row of several amounts, each a record of its own; write the id of the "
        "one that is meant (7-EUR, 7-in-kind), or give it in values.part_of"
    )
    meant = {**SEVERAL, "values": {"part_of": {"7": whole.replace(" ", "-")}}}
    assert cp.frames.total(make(table), "EUR", layout=meant).grand.exact == 15


def test_whole_in_another_currency_may_stand_in_another_file(tmp_path: Path) -> None:
    layout = {"columns": {**PARTS["columns"], "equivalents": "USD"}}
    head = "No,In,Funder,Sum,Code,Date,USD\n"
    (tmp_path / "a.csv").write_text(f"{head}x,,Acme,600,CNY,2021,100\n")
    (tmp_path / "b.csv").write_text(f"{head}y,x,Acme,50,USD,2021,\nz,x,Acme,120,CNY,2021,20\n")
    totals = cp.frames.total(tmp_path, "USD", layout=layout, by="currency")
    assert totals["USD"].exact == 80
