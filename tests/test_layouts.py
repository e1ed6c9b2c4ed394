"""Layouts: somebody's table is read once it is said which column is what."""

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.flat import currency_in_heading
from laid_out import COLUMNS, faults, read, wrong


def test_columns_are_named_and_all_others_are_left_alone() -> None:
    dataset = read("Notes,Date,Funder,,USD,Notes\nx,2021,Acme,y,5000,z\n", {"columns": COLUMNS})
    assert dataset.pledges == (
        cp.Pledge(id="acme-1", company="acme", amount="5000 USD", announced="2021"),
    )
    assert dataset.companies == (cp.Company(id="acme", name="Acme"),)


def test_every_column_of_amounts_but_one_may_be_missing_where_they_are_optional() -> None:
    layout = {"columns": {**COLUMNS, "amount": ["USD", "EUR"]}, "optional": "amount"}
    (pledge,) = read("Date,Funder,EUR\n2021,Acme,5\n", layout)
    assert pledge.amount == cp.Money(5, "EUR")


def test_three_columns_of_one_name_are_told_as_three() -> None:
    (fault,) = faults("Date,Funder,USD,USD,USD\n2021,Acme,5,6,7\n", {"columns": COLUMNS})
    assert "is the heading of 3 columns, and the layout uses it; rename one of them" in fault


def test_a_unit_in_the_heading_of_upper_ends_counts_too() -> None:
    layout = {"columns": {**COLUMNS, "high": "Up to (USD m)"}}
    assert faults("Date,Funder,USD,Up to (USD m)\n2021,Acme,5,6\n", layout) == [
        ':1: Up to (USD m): has a heading that says m; give scale="million", or scale=1 if its '
        "amounts are in full"
    ]


def test_equivalents_of_a_dataframe_are_texts() -> None:
    frame = {"Date": ["2021"], "Funder": ["Acme"], "USD": [Decimal("5.50")]}
    layout = {"columns": {**COLUMNS, "equivalents": "EUR"}}
    pl = pytest.importorskip("polars", reason="needs the extra `engines`")
    (pledge,) = cp.frames.read(pl.DataFrame({**frame, "EUR": ["4.9"]}), layout=layout)
    assert (pledge.amount, *pledge.equivalents) == (cp.Money("5.5", "USD"), cp.Money("4.9", "EUR"))
    with pytest.raises(cp.errors.DatasetError, match=r"equivalents: .* is no text"):
        cp.frames.read(pl.DataFrame({**frame, "EUR": [Decimal("4.9")]}), layout=layout)


def test_headings_may_differ_in_case_and_spaces() -> None:
    assert len(read("Date  of\taward,Funder,USD\n2021,Acme,5\n".replace("\t", " "), {
        "columns": {**COLUMNS, "announced": "Date of award"}
    })) == 1  # fmt: skip
    dataset = read(" date ,FUNDER,usd\n2021,Acme,5\n", {"columns": COLUMNS})
    assert dataset.pledges[0].amount == cp.Money(5, "USD")


def test_a_heading_spelled_as_the_layout_has_it_is_preferred() -> None:
    dataset = read("Date,Funder,USD,usd\n2021,Acme,5,7\n", {"columns": COLUMNS})
    assert dataset.pledges[0].amount == cp.Money(5, "USD")


def test_constants_hold_for_every_row_and_a_constant_source_is_one_record() -> None:
    layout = {
        "columns": COLUMNS,
        "constants": {"stage": "commitment", "source": "Example Trust", "value_date": 2020},
    }
    dataset = read("Date,Funder,USD\n2021,Acme,5\n2022,Beta,7\n", layout)
    assert dataset.sources == (cp.Source(id="example-trust", title="Example Trust"),)
    assert {(p.stage.value, p.source, str(p.value_date)) for p in dataset} == {
        ("commitment", "example-trust", "2020")
    }
    assert not [f for f in dataset.check() if f.code == "no-source"]


def test_tags_keep_columns_and_constants_by_their_keys() -> None:
    layout = {
        "columns": COLUMNS, "tags": {"country": "Where", "sector": "What"},
        "constants": {"tags.list": "2021"},
        "values": {"tags.country": {"KE": "Kenya"}}, "skip": {"tags.sector": "none"},
        "optional": ["tags.sector"],
    }  # fmt: skip
    table = "Date,Funder,USD,Where,What\n2021,Acme,5,ke,Health\n2021,Acme,7,,\n2021,Acme,7,,None\n"
    dataset = read(table, layout)
    assert [dict(pledge.tags) for pledge in dataset] == [
        {"country": "Kenya", "sector": "Health", "list": "2021"},
        {"list": "2021"},
    ]
    assert len(read("Date,Funder,USD,Where\n2021,Acme,5,KE\n", layout)) == 1
    assert faults("Date,Funder,USD\n2021,Acme,5\n", layout) == [
        ":1: Where: is no column of it; there are Date, Funder, USD"
    ]


def test_a_columns_own_words_are_mapped_whatever_their_case() -> None:
    layout = {
        "columns": {**COLUMNS, "stage": "Status"},
        "values": {"stage": {"Paid": "disbursement", "promised": "pledge"}},
        "names": {"Acme Inc": "Acme"},
    }
    table = "Date,Funder,USD,Status\n2021,acme inc,5,PAID\n2021,Acme,7, promised \n2021,Acme,9,commitment\n"
    dataset = read(table, layout)
    assert [p.stage.value for p in dataset] == ["disbursement", "pledge", "commitment"]
    assert [company.name for company in dataset.companies] == ["Acme"]


def test_what_is_skipped_is_told_with_its_count() -> None:
    layout = {"columns": COLUMNS, "skip": {"amount": ["", "n/a"], "company": "Total"}}
    table = "Date,Funder,USD\n2021,Acme,5\n2021,Acme,\n2021,Acme,N/A\n2021,Acme, \n2021,total,5\n"
    dataset = read(table, layout)
    assert len(dataset) == 1
    assert dataset.notes == (
        "rows left out as amount is blank: 2",
        "rows left out as amount is 'N/A': 1",
        "rows left out as company is 'total': 1",
    )
    assert "rows left out as amount is blank: 2" in str(dataset.where(company="acme"))
    assert dataset == read("Date,Funder,USD\n2021,Acme,5\n", layout)  # notes are no facts


def test_a_row_of_several_amounts_is_told_once() -> None:
    layout = {"columns": {**COLUMNS, "amount": ["USD", "EUR"]}}
    table = "Date,Funder,USD,EUR\n2021,Acme,5,7\n2021,Total,5,7\n2021,Total,n/a,7\n"
    out = "makes it a row of totals, not a pledge; leave the row out, as a layout does with "
    assert faults(table.replace("n/a", ""), layout) == [
        f":{line}: Total {out}skip.company = 'Total'" for line in (3, 4)
    ]
    skipped = read(table, {**layout, "skip": {"amount": "n/a", "company": "Total"}})
    assert skipped.notes == ("rows left out as company is 'Total': 2",)
    of_amounts = read(
        "Date,Funder,USD,EUR\n2021,Acme,n/a,7\n2021,Acme,n/a,n/a\n",
        {**layout, "skip": {"amount": "n/a"}},
    )
    assert of_amounts.notes == ("rows left out as amount is 'n/a': 3",)


def test_notes_stay_with_a_dataset_and_are_those_of_both_in_a_union() -> None:
    layout = {"columns": COLUMNS, "skip": {"amount": "-"}}
    one = read("Date,Funder,USD\n2021,Acme,5\n2021,Acme,-\n", layout)
    note = ("rows left out as amount is '-': 1",)
    beta = cp.Company(id="beta", name="Beta")
    for other in (one.extend(beta), one | one, cp.load() | one, one.as_of("2021")):
        assert other.notes == note
    assert cp.load().notes == ()


def test_a_blank_amount_that_is_not_skipped_is_a_fault() -> None:
    assert faults("Date,Funder,USD\n2021,Acme,\n", {"columns": COLUMNS}) == [
        ":2: acme-1: amount: is missing"
    ]


def test_several_columns_of_amounts_make_a_record_each() -> None:
    layout = {
        "columns": {
            "id": "No", "company": "Mandataire",
            "amount": {"2014": {"announced": 2014}, "2013": {"announced": "2013", "stage": "disbursement"}},
        },
        "constants": {"currency": "CHF"},
    }  # fmt: skip
    dataset = read("No,Mandataire,2014,2013\na/1,Acme,10,20\nb,Beta,,30\n", layout)
    assert [
        (p.id, str(p.amount.amount), p.amount.currency, str(p.announced), p.stage.value)
        for p in dataset
    ] == [
        ("a-1-2014", "10", "CHF", "2014", "pledge"),
        ("a-1-2013", "20", "CHF", "2013", "disbursement"),
        ("b", "30", "CHF", "2013", "disbursement"),
    ]
    assert faults("No,Mandataire,2014,2013\na,Acme,,\n", layout) == [":2: a: amount: is missing"]


PARTS: dict[str, Any] = {
    "columns": {
        "id": "No", "company": "Donor", "announced": "Date",
        "amount": {
            "Agreed": {"stage": "commitment"},
            "Paid": {"stage": "disbursement", "part_of": "Agreed"},
        },
    },
    "constants": {"currency": "CHF"}, "skip": {"amount": "tbc"},
}  # fmt: skip


def test_what_is_paid_is_a_part_of_what_is_agreed_in_the_same_row() -> None:
    table = "No,Donor,Date,Agreed,Paid\na,X,2021,10,4\nb,Y,2021,5,\nc,Z,2021,,3\nd,Z,2021,tbc,2\n"
    dataset = read(table, PARTS)
    assert [(p.id, p.part_of) for p in dataset] == [
        ("a-Agreed", None), ("a-Paid", "a-Agreed"), ("b", None), ("c", None), ("d-Paid", None),
    ]  # fmt: skip
    assert dataset.total("CHF").exact == 10 + 5 + 3 + 2
    (fault,) = faults(f"{table},Z,2021,7,2\n", PARTS)
    assert fault == (
        ":6: z-2: part_of: has no id in its row, by which one record names the other; write one"
    )


def test_rows_of_a_layout_with_parts_are_counted_by_records_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("No,Donor,Date,Agreed,Paid\na,X,2021,10,4\n", encoding="utf-8")
    with pytest.raises(
        cp.errors.LayoutError, match=r"columns\.amount\.Paid\.part_of: ties amounts"
    ):
        cp.frames.total(path, "CHF", layout=PARTS)


@pytest.mark.parametrize(
    ("whole", "columns", "expected"),
    [
        ("Agred", {}, "'Agred' is no other column of amounts; did you mean Agreed?"),
        ("Paid", {}, "'Paid' is no other column of amounts"),
        ("Agreed", {"id": None}, "needs a column of ids, by which one record names the other"),
        ("Agreed", {"part_of": "In"}, "has a column or a constant already; leave one of them out"),
    ],
)
def test_a_column_is_a_part_of_another_that_there_is(
    whole: str, columns: dict[str, Any], expected: str
) -> None:
    amount = {"Agreed": {}, "Paid": {"part_of": whole}}
    named = {**PARTS["columns"], "amount": amount, **columns}
    (fault,) = wrong(
        columns={k: each for k, each in named.items() if each}, constants={"currency": "CHF"}
    )
    assert fault == f"columns.amount.Paid.part_of: {expected}"


def test_each_of_several_columns_has_the_currency_in_its_heading() -> None:
    layout = {"columns": {**COLUMNS, "amount": ["amountUSD", "Betrag (EUR)"]}}
    dataset = read("Date,Funder,amountUSD,Betrag (EUR)\n2021,Acme,10,20\n", layout)
    assert [p.amount for p in dataset] == [cp.Money(10, "USD"), cp.Money(20, "EUR")]


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("USD", "USD"), ("usd", "USD"), ("amountUSD", "USD"), ("Amount (USD m)", "USD"),
        ("Spende in EUR", "EUR"), ("Betrag (€)", "EUR"), ("金额（亿元）", "CNY"), ("捐款金额（万元）", "CNY"),
        ("金额（万美元）", "USD"), ("金額（新台幣）", "TWD"), ("Amount, euros", "EUR"), ("Amount", None), ("Amount ($)", None),
        ("amount_usd", "USD"), ("Amount (gbp m)", "GBP"), ("amount_cup", None), ("Prizes won", None), ("Top", None), ("Real amount", None), ("Amount (TRY)", "TRY"),
        ("GBP or USD", None), ("montant", None), ("Europe", None), ("budget2014", None),
    ],
)  # fmt: skip
def test_a_currency_may_stand_in_the_heading(heading: str, code: str | None) -> None:
    assert currency_in_heading(heading) == code


@pytest.mark.parametrize(
    "layout",
    [
        {"columns": {**COLUMNS, "currency": "Cur"}},
        {"columns": COLUMNS, "constants": {"currency": "EUR"}},
    ],
)
def test_a_currency_beside_the_amount_is_the_one_in_its_heading(layout: dict[str, Any]) -> None:
    sheet = "Date,Funder,USD,Cur\n2021,Acme,5,EUR\n"
    assert faults(sheet, layout) == [
        ":2: acme-1: currency: EUR is not what the heading 'USD' says; name the column of amounts "
        "in EUR, or rename this one"
    ]
    of_each = {**COLUMNS, "amount": {"USD": {"currency": "EUR"}}}
    assert read(sheet, {"columns": of_each}).pledges[0].amount == cp.Money(5, "EUR")
    assert read(sheet.replace("EUR", "USD"), {"columns": {**COLUMNS, "currency": "Cur"}})


@pytest.mark.parametrize("heading", ["Prizes won", "Amount in pounds", "金額（元）", "TOP Amount"])
def test_a_heading_of_several_meanings_contradicts_no_currency(heading: str) -> None:
    layout = {"columns": {**COLUMNS, "amount": heading}, "constants": {"currency": "TWD"}}
    assert read(f"Date,Funder,{heading}\n2021,Acme,5\n", layout).pledges[0].amount == cp.Money(
        5, "TWD"
    )


def test_the_default_says_whose_yuan_a_heading_names() -> None:
    sheet = "Date,Funder,金額（元）\n2021,Acme,5\n"
    for default, code in [("TWD", "TWD"), ("HKD", "HKD"), ("USD", "CNY"), (None, "CNY")]:
        layout = {"columns": {**COLUMNS, "amount": "金額（元）"}, "default": default}
        assert read(sheet, layout).pledges[0].amount.currency == code


def test_a_blank_cell_of_a_column_of_currencies_is_not_filled_from_the_heading() -> None:
    named = {"columns": {**COLUMNS, "currency": "Cur"}}
    (fault,) = faults("Date,Funder,USD,Cur\n2021,Acme,5,\n", named)
    assert "'5' has no currency beside it" in fault


def test_a_number_is_told_as_it_is_written() -> None:
    layout = {"columns": {**COLUMNS, "amount": "Sum", "high": "To"}, "locale": "fr"}
    (fault,) = faults("Date;Funder;Sum;To\n2021;Acme;5,5 €;12.5\n", layout)
    assert "high: '12.5' " in fault


def test_what_is_wrong_with_the_cells_of_a_dataframe_is_told_by_its_field() -> None:
    pl = pytest.importorskip("polars", reason="needs the extra `engines`")
    frame = pl.DataFrame({
        "Date": ["2021", "2022"], "Funder": ["Acme", "Beta"], "USD": [5.5, None], "EUR": [None, 7.25],
        "Where": [None, 1.5],
    })  # fmt: skip
    layout = {"columns": {**COLUMNS, "amount": ["USD", "EUR"], "recipient": "Where"}}
    with pytest.raises(cp.errors.DatasetError) as error:
        cp.frames.read(frame, layout=layout)
    told = [(fault.place, fault.field) for fault in error.value.faults]
    assert told == [("row 0", "amount"), ("row 1", "recipient"), ("row 1", "amount")]
    assert error.value.faults[2].problem.startswith("7.25 is a float, which may not be exact")


def test_a_year_and_a_month_make_a_date() -> None:
    layout = {"columns": {**COLUMNS, "announced": ["year", "month", "day"]}, "optional": []}
    table = "year,month,day,Funder,USD\n2022,3,,Acme,5\n2022,11,7,Acme,5\n2022,,,Acme,5\n"
    assert [str(p.announced) for p in read(table, layout)] == ["2022-03", "2022-11-07", "2022"]


def test_several_columns_of_texts_are_joined() -> None:
    layout = {"columns": {**COLUMNS, "note": ["Title", "Text"]}}
    dataset = read("Date,Funder,USD,Title,Text\n2021,Acme,5,A,B\n2021,Acme,5,,B\n", layout)
    assert [p.note for p in dataset] == ["A; B", "B"]


def test_optional_columns_may_be_missing() -> None:
    layout = {"columns": {**COLUMNS, "note": "Title"}, "optional": "note"}
    assert read("Date,Funder,USD\n2021,Acme,5\n", layout).pledges[0].note is None
    assert read("Date,Funder,USD,Title\n2021,Acme,5,x\n", layout).pledges[0].note == "x"


def test_cells_end_at_a_mark_and_how_many_is_told() -> None:
    layout = {"columns": {**COLUMNS, "note": ["a", "b"]}, "until": {"amount": ">>", "note": "|"}}
    table = "Date,Funder,USD,a,b\n2021,Acme,5>>x>>6,p|q,r\n2021,Acme,7,|s,t|\n2021,Acme,8>>,,\n"
    dataset = read(table, layout)
    assert [(str(p.amount), p.note) for p in dataset] == [
        ("5 USD", "p; r"), ("7 USD", "t"), ("8 USD", None),
    ]  # fmt: skip
    assert {*dataset.notes} == {
        "cells of amount read up to '>>': 2", "cells of note read up to '|': 3",
    }  # fmt: skip


def test_estimated_days_are_the_month_or_year_that_they_begin() -> None:
    layout = {
        "columns": {**COLUMNS, "value_date": "Paid"}, "dates": "d/m/y",
        "estimated": {"announced": "Est"}, "optional": "estimated.announced",
    }  # fmt: skip
    table = (
        "Date,Est,Funder,USD,Paid\n2012-01-01,Yes,Acme,1,2012-01-01\n01/09/2012,TRUE,Acme,1,\n"
        "2012-05-14,y,Acme,1,\n2012-02-01,no,Acme,1,\n2012-03-01,,Acme,1,\n2012-Q1,1,Acme,1,\n"
    )
    dataset = read(table, layout)
    assert [str(p.announced) for p in dataset] == [
        "2012", "2012-09", "2012-05-14", "2012-02-01", "2012-03-01", "2012-Q1",
    ]  # fmt: skip
    assert str(dataset.pledges[0].value_date) == "2012-01-01"
    assert dataset.notes == (
        "dates read as d/m/y: 1", "estimated days read as their month or year: 2",
    )  # fmt: skip
    without = read(table.replace("Est", "Other"), layout)
    assert str(without.pledges[0].announced) == "2012-01-01"
    assert faults(table.replace("TRUE", "perhaps"), layout) == [
        ":3: acme-2: announced: whether it is estimated says 'perhaps'; write Yes or No"
    ]


def test_wholes_that_an_extract_lacks_are_left_out_and_told() -> None:
    layout = {"columns": {**COLUMNS, "id": "No", "part_of": "In"}}
    table = "No,In,Date,Funder,USD\na/1,,2021,Acme,9\nb,a/1,2021,Acme,5\nc,x,2021,Acme,7\nd,x,2021,Acme,1\n"
    dataset = read(table, {**layout, "extract": True})
    assert [p.part_of for p in dataset] == [None, "a-1", None, None]
    assert dataset.notes == ("links left out as no row has the whole: 2 (x)",)
    assert dataset.total("USD").exact == 9 + 7 + 1
    assert "no row has the id x written in it" in faults(table, layout)[0]


WHOLES: dict[str, Any] = {
    "columns": {
        "id": "No", "part_of": "In", "company": "Funder", "amount": "Sum", "currency": "Cur",
        "announced": "Date", "equivalents": ["USD", "EUR"],
    }
}  # fmt: skip


def whole_and_parts(*rows: str) -> str:
    return "No,In,Funder,Date,Sum,Cur,USD,EUR\n" + "".join(f"{row}\n" for row in rows)


def test_a_whole_is_counted_in_a_currency_that_all_inside_it_have() -> None:
    table = whole_and_parts(
        "u,,Acme,2012,600,CNY,100,80",
        "m,u,Acme,2012,60,USD,,50",
        "p,m,Acme,2012,20,EUR,30,",
        "v,,Acme,2012,700,CNY,110,",
        "q,v,Acme,2012,7,CNY,1,",
        "w,,Acme,2012,9,CNY,2,",
    )
    dataset = read(table, WHOLES)
    amounts = {p.id: (str(p.amount), *map(str, p.equivalents)) for p in dataset}
    assert amounts == {
        "u": ("100 USD", "600 CNY", "80 EUR"), "m": ("60 USD", "50 EUR"), "p": ("20 EUR", "30 USD"),
        "v": ("700 CNY", "110 USD"), "q": ("7 CNY", "1 USD"), "w": ("9 CNY", "2 USD"),
    }  # fmt: skip
    note = "wholes counted in the currency of an equivalent, as their parts are: 1"
    assert dataset.notes == (note,)
    counted = {item.pledge.id: item.counted for item in dataset.total("USD").items}
    assert counted["u"] == cp.Money(40, "USD")
    assert counted["m"] == cp.Money(30, "USD")


@pytest.mark.parametrize(
    "rows",
    [
        ["u,,Acme,2012,600,CNY,,", "p,u,Acme,2012,20,USD,,"],
        ["u,,Acme,2012,600,CNY,100,", "p,u,Acme,2012,20,USD,,", "q,u,Acme,2012,20,EUR,,"],
    ],
)
def test_a_whole_without_a_currency_in_common_is_refused(rows: list[str]) -> None:
    assert "it is inside money in CNY; give an equivalent in CNY" in faults(
        whole_and_parts(*rows), WHOLES
    )[0]  # fmt: skip


def test_a_whole_with_an_upper_end_keeps_its_currency() -> None:
    layout = {**WHOLES, "columns": {**WHOLES["columns"], "high": "To"}}
    table = (
        "No,In,Funder,Date,Sum,Cur,USD,EUR,To\nu,,Acme,2012,600,CNY,100,,700\n"
        "p,u,Acme,2012,20,USD,,,\n"
    )
    assert "inside money in CNY" in faults(table, layout)[0]
    assert read(table.replace(",700", ","), layout).pledges[0].amount == cp.Money(100, "USD")


def test_equivalents_with_spaces_between_their_digits_are_exchanged_whole() -> None:
    table = whole_and_parts("u,,Acme,2012,600,CNY,1 000 000,", "p,u,Acme,2012,20,CHF,3 000,")
    whole, part = read(table, {**WHOLES, "locale": "fr"})
    assert (whole.amount, *map(str, whole.equivalents)) == (cp.Money(10**6, "USD"), "600 CNY")
    assert [*map(str, part.equivalents)] == ["3,000 USD"]


def test_amounts_in_words_are_in_no_currency_of_their_column() -> None:
    table = whole_and_parts(
        "u,,Acme,2012,600,CNY,100,", "p,u,Acme,2012,20 USD,,,", "q,u,Acme,2012,1,USD,,"
    )
    assert "inside money in CNY" in faults(table, WHOLES)[0]


def test_wholes_in_a_circle_are_refused() -> None:
    table = whole_and_parts("a,b,Acme,2012,6,CNY,1,", "b,a,Acme,2012,6,USD,,")
    assert "a circle: a -> b -> a" in faults(table, WHOLES)[0]


def test_equivalents_are_multiplied_as_their_amounts_are() -> None:
    table = whole_and_parts("u,,Acme,2012,600,CNY,100,", "p,u,Acme,2012,140,CNY,20,")
    whole, part = read(table, {**WHOLES, "scale": "million"})
    assert whole.equivalents == (cp.Money(100_000_000, "USD"),)
    assert part.equivalents == (cp.Money(20_000_000, "USD"),)


def test_a_whole_that_is_multiplied_is_counted_in_a_currency_of_its_parts() -> None:
    table = whole_and_parts("u,,Acme,2012,600,CNY,100,", "p,u,Acme,2012,20,USD,,")
    dataset = read(table, {**WHOLES, "scale": "million"})
    assert dataset.total("USD").amount == cp.Money("100000000.00", "USD")


def test_a_whole_in_the_numbers_of_another_locale_is_counted_in_a_currency_of_its_parts() -> None:
    table = whole_and_parts("u;;Acme;2012;600,5;CNY;100,5;", "p;u;Acme;2012;20,25;USD;;")
    whole, _ = read(
        table.replace("No,In,Funder,Date,Sum,Cur,USD,EUR", "No;In;Funder;Date;Sum;Cur;USD;EUR"),
        {**WHOLES, "locale": "de"},
    )
    assert (whole.amount, *whole.equivalents) == (
        cp.Money("100.5", "USD"),
        cp.Money("600.5", "CNY"),
    )


def test_a_unit_in_the_heading_of_equivalents_asks_for_a_scale() -> None:
    layout = {"columns": {**COLUMNS, "amount": "Sum CNY", "equivalents": "USD m"}}
    table = "Date,Funder,Sum CNY,USD m\n2021,Acme,300,45\n"
    assert 'USD m: has a heading that says m; give scale="million"' in faults(table, layout)[0]
    assert 'contradicts scale="thousand"' in faults(table, {**layout, "scale": "thousand"})[0]
    (pledge,) = read(table, {**layout, "scale": "million"})
    assert (str(pledge.amount), *map(str, pledge.equivalents)) == (
        "300,000,000 CNY", "45,000,000 USD",
    )  # fmt: skip


def test_equivalents_have_their_currency_in_the_heading_or_beside_them() -> None:
    layout = {"columns": {
        "company": "Funder", "amount": "Sum", "currency": "Cur", "announced": "Date",
        "equivalents": ["USD", "Betrag (€)", "Other", "Code"],
    }}  # fmt: skip
    table = (
        "Date,Funder,Sum,Cur,USD,Betrag (€),Other,Code\n"
        "2021,Acme,50,CNY,7.5,6.9,30,AED\n2021,Acme,50,USD,50,,,\n2021,Acme,50,EUR,,50,,AED\n"
        "2021,Acme,50,CNY,,,7 GBP,\n2021,Acme,50,EUR,7,50,30,AED\n"
    )
    assert [[*map(str, p.equivalents)] for p in read(table, layout)] == [
        ["7.5 USD", "6.9 EUR", "30 AED"], [], [], ["7 GBP"], ["7 USD", "30 AED"],
    ]  # fmt: skip
    assert "equivalents: " in faults(table.replace("30,AED", "30,"), layout)[0]


def test_an_equivalent_may_stand_behind_one_with_its_currency_beside_it() -> None:
    layout = {"columns": {**COLUMNS, "amount": "CNY", "equivalents": ["Sum", "Cur", "USD"]}}
    table = "Date,Funder,CNY,Sum,Cur,USD\n2021,Acme,50,30,AED,7\n2021,Acme,50,,AED,7\n"
    assert [[*map(str, p.equivalents)] for p in read(table, layout)] == [
        ["30 AED", "7 USD"], ["7 USD"],
    ]  # fmt: skip


def test_ids_and_words_of_others_are_read_whatever_stands_around_them() -> None:
    layout = {"columns": {**COLUMNS, "id": "No"}, "skip": {"company": "not known"}}
    table = "No,Date,Funder,USD\n/a:1/,2021,Acme,5\nb,2021,Not  Known,5\n"
    assert [p.id for p in read(table, layout)] == ["a-1"]


def test_dates_beside_a_constant_one_are_read_by_the_form() -> None:
    layout = {
        "columns": {"company": "Funder", "amount": "USD", "value_date": "Date"}, "dates": "d/m/y",
        "constants": {"announced": "2014"},
    }  # fmt: skip
    (pledge,) = read("Date,Funder,USD\n05/06/2014,Acme,5\n", layout)
    assert (str(pledge.announced), str(pledge.value_date)) == ("2014", "2014-06-05")
    # A column alone is left as it is written.
    roc = {"columns": COLUMNS, "dates": "roc"}
    assert str(read("Date,Funder,USD\n0990115,Acme,5\n", roc).pledges[0].announced) == "2010-01-15"


def test_numbers_of_one_meaning_are_read_in_a_column_of_another_locale() -> None:
    layout = {"columns": COLUMNS, "locale": "fr"}
    table = "Date;Funder;USD\n" + "".join(
        f"2021;Acme;{cell}\n"
        for cell in ("258555.0", "2,43E+13", "1 234,5", "12.50", "0.125", "7", "1.5e3", "+8.1")
    )
    assert [p.amount for p in read(table, layout)] == [
        cp.Money(amount, "USD")
        for amount in ("258555.0", "2.43E+13", "1234.5", "12.50", "0.125", "7", "1.5E+3", "8.1")
    ]
    assert str(read(table, layout).pledges[0].amount.amount) == "258555.0"
    # 1.234 may be a thousand, which the locale has to allow; 123,456 has its own decimals.
    assert "1.234" in faults(table.replace("258555.0", "1.234"), layout)[0]
    assert "12345.678" in faults(table.replace("258555.0", "12345.678"), layout)[0]
    thousandths = read(table.replace("258555.0", "123,456"), layout)
    assert thousandths.pledges[0].amount == cp.Money("123.456", "USD")


def test_a_number_without_a_currency_asks_for_one() -> None:
    layout = {"columns": {**COLUMNS, "amount": "Sum"}, "locale": "fr"}
    table = "Date;Funder;Sum\n2021;Acme;258555.0\n2021;Acme;1 250,5\n2021;Acme;7 €\n2021;Acme;7\n"
    problem = 'has no currency beside it; name a column of them, or give default="CNY" or another'
    assert faults(table, layout) == [
        f":2: acme-1: amount: '258555.0' {problem}", f":3: acme-2: amount: '1 250,5' {problem}",
        f":5: acme-4: amount: '7' {problem}",
    ]  # fmt: skip
    assert [str(p.amount) for p in read(table, {**layout, "default": "CHF"})] == [
        "258,555.0 CHF", "1,250.5 CHF", "7 EUR", "7 CHF",
    ]  # fmt: skip


def test_words_that_are_none_of_ours_ask_to_be_said() -> None:
    layout = {
        "columns": {**COLUMNS, "stage": "State"},
        "values": {"stage": {"paid": "disbursement"}},
    }
    table = "Date,Funder,USD,State\n2021,Acme,5,Paid\n2021,Acme,5,agreed\n2021,Acme,5,commitment\n"
    assert faults(table, layout) == [
        ":3: acme-2: stage: 'agreed' is none of pledge, commitment, disbursement; "
        "say in values which it is"
    ]


def test_a_row_that_stands_there_twice_is_one_record() -> None:
    layout = {"columns": {**COLUMNS, "id": "No"}}
    table = "No,Date,Funder,USD,x\na,2021,Acme,5,1\na,2021,Acme,5,2\nb,2021,Acme,5,1\n"
    dataset = read(f"{table}a,2021,Acme,5,3\n", layout)
    assert [p.id for p in dataset] == ["a", "b"]
    assert dataset.notes == ("rows left out as they stand there twice: 2",)
    (fault,) = faults(table.replace("Acme,5,2", "Acme,6,2"), layout)
    assert (
        fault
        == ":3: a: id: another row has it, at the file:2; give this one an id of its own, or leave it out"
    )
    assert len(read("Date,Funder,USD\n2021,Acme,5\n2021,Acme,5\n", {"columns": COLUMNS})) == 2


def test_ids_that_only_we_spell_alike_are_two_rows() -> None:
    layout = {"columns": {**COLUMNS, "id": "No"}}
    table = "No,Date,Funder,USD\nx/1,2021,Acme,5\nx-1,2021,Acme,5\n"
    assert "id: another row has it" in faults(table, layout)[0]


def test_a_whole_in_another_unicode_form_is_no_whole_that_an_extract_lacks() -> None:
    layout = {"columns": {**COLUMNS, "id": "No", "part_of": "In"}, "extract": True}
    table = "No,In,Date,Funder,USD\ne\u0301,,2021,Acme,5\nb,\u00e9,2021,Acme,3\n"
    dataset = read(table, layout)
    assert dataset.total("USD").amount == cp.Money("5.00", "USD")
    assert not dataset.notes


def test_a_whole_of_several_amounts_is_no_whole_that_an_extract_lacks() -> None:
    columns = {**COLUMNS, "id": "No", "part_of": "In", "amount": ["USD", "EUR"]}
    table = "No,In,Date,Funder,USD,EUR\nx,,2021,Acme,5,6\ny,x,2021,Acme,3,\nz,w,2021,Acme,3,\n"
    (fault,) = faults(table, {"columns": columns, "extract": True})
    assert fault == (
        ":3: y: part_of: x is a row of several amounts, each a record of its own; write the id of "
        "the one that is meant (x-USD, x-EUR), or give it in values.part_of"
    )
    layout = {"columns": columns, "extract": True}
    meant = {**layout, "values": {"part_of": {"x": "x-USD"}}}
    for dataset in (read(table, meant), read(table.replace(",x,", ",x-USD,"), layout)):
        assert next(each for each in dataset if each.id == "y").part_of == "x-USD"


def test_a_row_of_hxl_tags_is_left_out_and_told() -> None:
    table = "Date,Funder,USD\n#date+start,#org +name,#value+usd\n2021,#1 Acme,5\n"
    dataset = read(table, {"columns": COLUMNS})
    assert dataset.notes == ("left out: the row of HXL tags below the headings",)
    assert dataset.companies[0].name == "#1 Acme"


def test_headings_may_stand_below_a_title_and_faults_keep_their_lines() -> None:
    layout = {"columns": COLUMNS, "headings_in_row": 3}
    assert len(read('"A title; of\n\nDate,Funder,USD\n2021,Acme,5\n', layout)) == 1
    assert faults("A title\r\n\r\nDate,Funder,USD\r\n2021,Acme,x\r\n", layout)[0].startswith(":4: ")
    assert faults("Date,Funder,USD\n2021,Acme,5\n", layout)[0].endswith("give headings_in_row=1")


@pytest.mark.parametrize(
    "above", ["Gifts, all of them; 2021\n\n", "Gifts\r\n,,\r\n", '"A; title",,\n\n', "x\r\r"]
)
def test_headings_that_stand_in_another_line_are_found_and_advised(above: str) -> None:
    table = f"{above}date,FUNDER,usd\n2021,Acme,5\n"
    expected = [":3: here are the headings of the layout; give headings_in_row=3"]
    assert faults(table, {"columns": COLUMNS}) == expected
    assert len(read(table, {"columns": COLUMNS, "headings_in_row": 3})) == 1
    assert faults(table, {"columns": COLUMNS, "headings_in_row": 4}) == expected


def test_headings_in_their_line_are_no_reason_for_other_faults() -> None:
    for above in ("", "\n\n", ",,\n"):
        wrong_row = f"{above}Date,Funder,USD\n2021,Acme,5,6\n"
        (fault,) = faults(wrong_row, {"columns": COLUMNS})
        assert fault.endswith("'6' stands under no heading; a comma in a cell needs quotes")
    many = "x\n" * 100 + "Date,Funder,USD\n2021,Acme,5\n"
    assert "headings_in_row" not in faults(many, {"columns": COLUMNS})[0]
    assert "headings_in_row=100" in faults(many[2:], {"columns": COLUMNS})[0]


def test_a_scale_multiplies_every_amount_and_agrees_with_the_heading() -> None:
    layout = {"columns": {**COLUMNS, "amount": "Amount (USD m)"}}
    table = "Date,Funder,Amount (USD m)\n2021,Acme,2.5\n"
    assert 'give scale="million"' in faults(table, layout)[0]
    assert read(table, {**layout, "scale": "million"}).pledges[0].amount == cp.Money(
        "2.5E+6", "USD"
    )
    assert read(table, {**layout, "scale": 1}).pledges[0].amount == cp.Money("2.5", "USD")
    assert faults(table, {**layout, "scale": "billion"}) == [
        ':1: Amount (USD m): contradicts scale="billion"; give the scale that its heading states'
    ]


def test_what_is_given_beside_a_layout_holds_in_its_stead() -> None:
    layout = {"columns": COLUMNS, "scale": "million", "locale": "en"}
    table = "Date;Funder;USD\n2021;Acme;1.234,5\n"
    assert read(table, layout, locale="de", scale=1).pledges[0].amount == cp.Money("1234.5", "USD")


def test_symbols_locale_and_default_of_a_layout_are_those_of_parse_amount() -> None:
    layout = {"columns": COLUMNS, "symbols": {"$": "CAD"}, "default": "JPY", "locale": "de"}
    table = "Date;Funder;USD\n2021;Acme;$ 1.234,5\n2021;Acme;700\n"
    plain = {**layout, "columns": {**COLUMNS, "amount": "Sum"}}
    assert [p.amount for p in read(table.replace("USD", "Sum"), plain)] == [
        cp.Money("1234.5", "CAD"), cp.Money(700, "JPY"),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16", "UTF-8"])
def test_encodings_are_decoded_where_they_are_named(encoding: str) -> None:
    table = "资助方,USD,Date\n腾讯,5,2021\n".encode(encoding)
    layout = {"columns": {**COLUMNS, "company": "资助方"}}
    for dataset in (
        read(table, {**layout, "encoding": encoding}),
        read(table, layout, encoding=encoding),
    ):
        assert dataset.companies[0].name == "腾讯"


def test_text_that_is_not_in_the_encoding_that_is_named_is_refused() -> None:
    table = "Date,Funder,USD\n2021,Müller,5\n".encode("cp1252")
    layout = {"columns": COLUMNS}
    assert faults(table, layout, encoding="ascii") == [
        ":2: it is not in ascii (byte 23 does not fit)"
    ]
    with pytest.raises(cp.errors.LayoutError, match="encoding: 'gkb' is no encoding"):
        read(table, layout, encoding="gkb")
    with pytest.raises(cp.errors.FileError, match="'gkb' is no encoding of texts; give gbk, big5"):
        cp.read(io.BytesIO(table), format="csv", encoding="gkb")
    assert 'give encoding="cp1252"' in faults(table, layout)[0]
    assert len(read(table, layout, encoding="cp1252")) == 1


def test_all_that_is_wrong_with_headings_is_told_at_once() -> None:
    layout = {
        "columns": {**COLUMNS, "amount": "Sum (USD m)", "note": "Remarks", "source": "Paper"},
        "scale": "thousand",
    }
    assert faults("Date,date,Funders,Sum (USD m),Remarks,Remarks\n2021,2021,Acme,5,,,7\n", layout) == [
        ':1: Sum (USD m): contradicts scale="thousand"; give the scale that its heading states',
        ":1: Funder: is no column of it; did you mean Funders?",
        ":1: Remarks: is the heading of two columns, and the layout uses it; rename one of them",
        ":1: Paper: is no column of it; there are Date, date, Funders, Sum (USD m), Remarks, Remarks",
        ":2: '7' stands under no heading; a comma in a cell needs quotes",
    ]  # fmt: skip


def test_all_that_is_wrong_with_rows_is_told_at_once() -> None:
    layout = {"columns": {**COLUMNS, "stage": "State", "url": "At"}, "dates": "m/d/y"}
    table = "Date,Funder,USD,State,At\n13/13/2014,,x,done,nowhere\n1/13/2014,Acme,5,pledge,\n"
    told = faults(table, layout)
    assert all(fault.startswith(":2: ") for fault in told)
    assert sorted(fault.split(": ")[2] for fault in told) == [
        "amount", "announced", "company", "stage", "url",
    ]  # fmt: skip


def test_amounts_and_names_may_be_constants() -> None:
    layout = {
        "columns": {"announced": "Date"},
        "constants": {
            "company": "A & B Ltd.", "initiative": "Tea & Cake", "source": "The Paper, p. 3",
            "amount": 50, "high": "60", "currency": "EUR", "equivalents": "55 USD; 400 CNY",
        },
    }  # fmt: skip
    dataset = read("Date\n2021\n", layout)
    (pledge,) = dataset
    assert (pledge.company, pledge.initiative, pledge.source) == (
        "a-b-ltd", "tea-cake", "the-paper-p-3",
    )  # fmt: skip
    assert (pledge.amount, pledge.high) == (cp.Money(50, "EUR"), cp.Money(60, "EUR"))
    assert [*map(str, pledge.equivalents)] == ["55 USD", "400 CNY"]


def test_an_amount_may_be_a_constant() -> None:
    layout = {
        "columns": {"company": "Member", "announced": "Date"}, "constants": {"amount": "50 EUR"},
    }  # fmt: skip
    dataset = read("Date,Member\n2021,Acme\n2022,Beta\n", layout)
    assert dataset.total("EUR").exact == 100


@pytest.mark.parametrize(
    ("table", "layout", "expected"),
    [
        ("Date,Funders,USD\n", {}, [":1: Funder: is no column of it; did you mean Funders?"]),
        ("Date,Funder,USD,Funder\n", {},
         [":1: Funder: is the heading of two columns, and the layout uses it; rename one of them"]),
        ("Date,Funder,USD,x,x\n2021,Acme,5,,\n", {"columns": {**COLUMNS, "note": "Y"}},
         [":1: Y: is no column of it; there are Date, Funder, USD, x, x"]),
    ],
)  # fmt: skip
def test_columns_that_a_table_has_not_or_has_twice_are_refused(
    table: str, layout: dict[str, Any], expected: list[str]
) -> None:
    assert faults(table, {"columns": COLUMNS, **layout}) == expected


def test_all_keys_work_together() -> None:
    layout = {
        "columns": {
            "company": "Funding Org:Name", "amount": "Amount Awarded", "announced": "Award Date",
            "recipient": "Recipient Org:Name",
        },
        "constants": {"stage": "commitment", "source": "Example Trust, grants 2021", "currency": "GBP"},
        "tags": {"country": "Beneficiary Location:Country", "sector": "Sector"},
        "scale": "million", "dates": "d/m/y", "locale": "en", "encoding": "gbk", "headings_in_row": 3,
        "names": {"Ford Fdn": "Ford Foundation"}, "skip": {"amount": ["", "n/a", "-"]},
    }  # fmt: skip
    table = (
        "资助, 2021\r\n\r\n"
        "Funding Org:Name,Amount Awarded,Award Date,Recipient Org:Name,Beneficiary Location:Country,Sector\r\n"
        'Ford Fdn,"1,234.5",05/06/2014,学校,Kenya,Health\r\nFord Foundation,2,2014-06-05,X,,\r\n'
        "Ford Fdn,-,01/01/2014,Y,,\r\n"
    )
    one, other = read(table.encode("gbk"), layout)
    assert one.company == other.company == "ford-foundation"
    assert (one.amount, str(one.announced), one.recipient, dict(one.tags)) == (
        cp.Money("1234.5E+6", "GBP"), "2014-06-05", "学校", {"country": "Kenya", "sector": "Health"},
    )  # fmt: skip
    assert (other.announced, other.amount, dict(other.tags)) == (
        one.announced, cp.Money("2E+6", "GBP"), {},
    )  # fmt: skip


def test_flows_under_headings_of_their_own_are_added_up_by_donor_and_by_recipient() -> None:
    table = (
        "srcOrganization,destOrganization,originalAmount,originalCurrency,date,status,keywords\n"
        "Ministry A,Relief Fund,10000,CNY,2020-03-19,paid,\n"
        "Ministry A,Health Fund,20000,CNY,2020-04-15,commitment,x\n"
    )
    columns = {
        "company": "srcOrganization", "recipient": "destOrganization", "amount": "originalAmount",
        "currency": "originalCurrency", "announced": "date", "stage": "status",
    }  # fmt: skip
    flows = read(table, {"columns": columns, "values": {"stage": {"paid": "disbursement"}}})
    assert {group: total.exact for group, total in flows.totals("CNY", by="company").items()} == {
        "ministry-a": 30_000
    }
    by_recipient = flows.totals("CNY", by="recipient")
    assert {group: total.exact for group, total in by_recipient.items()} == {
        "Health Fund": 20_000, "Relief Fund": 10_000,
    }  # fmt: skip


def test_a_layout_of_a_form_that_is_no_table_is_refused(tmp_path: Path) -> None:
    cp.write(cp.load(), tmp_path / "mine.toml")
    with pytest.raises(cp.errors.FileError, match="a layout is for a table, such as a"):
        cp.read(tmp_path / "mine.toml", layout={"columns": COLUMNS})


def test_dates_are_read_by_the_form_of_the_layout_and_told() -> None:
    table = "Date,Funder,USD\n05/06/2014,Acme,5\n2014-06-07,Acme,5\n1.2.15,Acme,5\n"
    dataset = read(table, {"columns": COLUMNS, "dates": "d/m/y"})
    assert [str(p.announced) for p in dataset] == ["2014-06-05", "2014-06-07", "2015-02-01"]
    assert dataset.notes == ("dates read as d/m/y: 2",)
    american = read(table, {"columns": COLUMNS, "dates": "m/d/y"})
    assert [str(p.announced) for p in american] == ["2014-05-06", "2014-06-07", "2015-01-02"]
    assert faults(table, {"columns": COLUMNS})[0].startswith(":2: acme-1: announced: '05/06/2014'")


def test_dates_that_do_not_fit_the_form_are_refused_by_their_rows() -> None:
    rows = "".join(f"{day}/13/2014,Acme,5\n" for day in range(1, 8))
    layout = {"columns": COLUMNS, "dates": "d/m/y"}
    (told,) = faults(f"Date,Funder,USD\n31/12/2014,Acme,5\n{rows}", layout)
    assert told.startswith(": announced: '1/13/2014' ")
    assert told.endswith(" (7 lines: 3, 4, 5, 6, 7, ...)")


def test_a_time_is_of_the_day_of_the_zone_and_constants_are_in_our_own_form() -> None:
    layout = {
        "columns": COLUMNS, "zone": "Asia/Shanghai", "constants": {"value_date": "2020-01"},
    }  # fmt: skip
    (pledge,) = read("Date,Funder,USD\n2020-01-24T16:00:00.000Z,Acme,5\n", layout)
    assert (str(pledge.announced), str(pledge.value_date)) == ("2020-01-25", "2020-01")


def test_wrong_forms_of_dates_and_zones_are_refused() -> None:
    assert wrong(columns=COLUMNS, dates="x/y/z", zone="Moon/Crater")[0].startswith("dates: ")
    assert wrong(columns=COLUMNS, zone="Moon/Crater")[0].startswith("zone: ")
    assert wrong(columns=COLUMNS, dates=5) == ["dates: 5 is no text"]


TEXTS = st.text(st.characters(categories=["L"]), min_size=1, max_size=8)


@given(
    st.lists(
        st.tuples(TEXTS, st.decimals(0, 10**9, places=2), st.sampled_from(["CNY", "USD"])),
        min_size=1,
    ),
    st.permutations(["Funder", "Amount", "Cur", "When", "Other"]),
)
def test_a_table_under_strange_headings_is_the_same_table_under_ours(
    rows: list[tuple[str, Decimal, str]], order: list[str]
) -> None:
    cells = [
        {"Funder": f'"{name}"', "Amount": str(amount), "Cur": code, "When": "2021", "Other": "?"}
        for name, amount, code in rows
    ]
    lines = [order, *([row[heading] for heading in order] for row in cells)]
    table = "\n".join(map(",".join, lines))
    ours = "company,amount,currency,announced\n" + "\n".join(
        f'"{name}",{amount},{code},2021' for name, amount, code in rows
    )
    layout = {
        "columns": {"company": "Funder", "amount": "Amount", "currency": "Cur", "announced": "When"}
    }
    assert outcome(table, layout) == outcome(ours, None)


def outcome(table: str, layout: Any) -> Any:
    """Return a dataset, or the faults of a table that has two names of one id, or totals."""
    try:
        return read(table, layout)
    except cp.errors.FileError as error:
        return error.faults


@pytest.mark.parametrize(("word", "code"), [("RMB", "CNY"), ("元", "CNY"), ("Shells", "...")])
def test_word_for_a_currency_is_mapped_by_values(word: str, code: str) -> None:
    columns = {**COLUMNS, "currency": "Cur", "amount": "Sum"}
    for amount in ("5", "5 million", "up to 5"):
        table = f"Date,Funder,Sum,Cur\n2021,Acme,{amount},{word}\n"
        (fault,) = faults(table, {"columns": columns})
        example = f'{{"currency": {{"{word}": "{code}"}}}}'
        assert fault.endswith(
            f"amount: {word} is no currency code; say in values which it is, as in {example}"
        )
        values = {"currency": {word: "CNY"}}
        (pledge,) = read(table, {"columns": columns, "values": values})
        assert pledge.amount.currency == "CNY"


def test_a_date_of_two_meanings_leads_to_dates_in_the_layout(tmp_path: Path) -> None:
    table = tmp_path / "grants.csv"
    table.write_text("Funder,USD,Date\nAcme,5,05/03/2021\n", encoding="utf-8")
    layout: dict[str, Any] = {
        "columns": {"company": "Funder", "amount": "USD", "announced": "Date"}, "default": "USD",
    }  # fmt: skip
    with pytest.raises(cp.errors.FileError, match='or give dates="d/m/y" or dates="m/d/y"'):
        cp.read(table, layout=layout)
    (pledge,) = cp.read(table, layout={**layout, "dates": "d/m/y"})
    assert str(pledge.announced) == "2021-03-05"
