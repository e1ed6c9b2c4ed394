"""Tables in the forms that others publish, read with a short layout and no code.

``tables/`` has one in each form, with rows of our own making, and beside it the layout that reads it,
unless the library has one. What the rows come to is added up here by the csv module and fractions.
"""

import csv
import io
import re
from collections.abc import Callable
from datetime import datetime
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
import xlsxwriter

import commonprosperity as cp

TABLES = Path(__file__).with_name("tables")
Cells = dict[str, str]


class Table(NamedTuple):
    """A table, which layout reads it, how many records it is, and the sums of a row."""

    file: str
    layout: str
    records: int
    amounts: Callable[[Cells], dict[str, Fraction]]
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    headings_in_row: int = 1


def in_column(
    heading: str, currency: str, times: int = 1
) -> Callable[[Cells], dict[str, Fraction]]:
    return lambda cells: {currency: times * Fraction(cells[heading] or 0)}


def german(text: str) -> Fraction:
    return Fraction(text.replace("€", "").replace(".", "").replace(",", ".").strip())


def of_several(headings: str, currency: str, times: int) -> Callable[[Cells], dict[str, Fraction]]:
    def amounts(cells: Cells) -> dict[str, Fraction]:
        numbers = (Fraction(cells[heading] or 0) for heading in headings.split())
        return {currency: times * sum(numbers, Fraction(0))}

    return amounts


EACH = [
    Table("360giving.csv", "360giving", 5, lambda c: {c["Currency"]: Fraction(c["Amount Awarded"])}),
    Table("iati-flat.csv", "iati-flat", 6, in_column("Total money", "USD")),
    Table("kiel-ukraine.csv", "kiel-ukraine", 6,
          of_several("financial humanitarian military", "EUR", 10**9)),
    Table("foundation.csv", "foundation.toml", 3,
          lambda c: {"USD": Fraction(c["Amount"].strip("$").replace(",", ""))}),
    Table("fund.csv", "fund.toml", 3, in_column("amount", "USD")),
    Table("parties.csv", "parties.toml", 4, lambda c: {"EUR": german(c["Betrag"])}, delimiter=";"),
    Table("parties-by-day.tsv", "parties-by-day.toml", 3,
          lambda c: {"EUR": german(c["Spende in EUR"])}, delimiter="\t"),
    Table("parties-by-year.csv", "parties-by-year.toml", 3, in_column("Betrag", "EUR")),
    Table("candidates.csv", "candidates.toml", 3, in_column("收入金額", "TWD")),
    Table("subsidies.csv", "subsidies.toml", 3,
          lambda c: {"EUR": Fraction(c["montant"].replace(",", "."))}, delimiter=";"),
    Table("budget.csv", "budget.toml", 4, of_several("budget2013 budget2012", "CHF", 1)),
    Table("districts.csv", "districts.toml", 4, of_several("Schools Roads", "UAH", 1000),
          headings_in_row=3),
    Table("pledges-ukraine.csv", "pledges-ukraine.toml", 3, lambda c: {
        "USD": 10**6 * Fraction([*c.values()][1].partition(">>")[0].replace(",", ""))}),
    Table("gifts.csv", "gifts.toml", 3, in_column("捐款金额（万元）", "CNY", 10**4), "gbk"),
    Table("gifts-sheet.csv", "gifts-sheet.toml", 2, in_column("金额（亿元）", "CNY", 10**8), "gbk"),
]  # fmt: skip


def rows_of(table: Table) -> list[Cells]:
    text = (TABLES / table.file).read_text(table.encoding)
    lines = io.StringIO("".join(text.splitlines(keepends=True)[table.headings_in_row - 1 :]))
    return [*csv.DictReader(lines, delimiter=table.delimiter)]


def sums_of(table: Table) -> dict[str, Fraction]:
    sums: dict[str, Fraction] = {}
    for cells in rows_of(table):
        if not any(cell.startswith("#") for cell in cells.values()):
            for currency, amount in table.amounts(cells).items():
                sums[currency] = sums.get(currency, Fraction(0)) + amount
    return sums


def is_in(currency: str, pledge: cp.Pledge) -> bool:
    return pledge.amount.currency == currency


def read(name: str, layout: str) -> cp.Dataset:
    return cp.read(TABLES / name, layout=TABLES / layout if layout.endswith(".toml") else layout)


@pytest.mark.parametrize("table", EACH, ids=lambda table: table.file)
def test_a_table_of_somebody_else_comes_to_what_its_rows_come_to(table: Table) -> None:
    dataset = read(table.file, table.layout)
    sums = sums_of(table)
    assert len(dataset) == table.records
    assert {pledge.amount.currency for pledge in dataset} == {*sums}
    for currency, expected in sums.items():
        selected = dataset.where(partial(is_in, currency))
        assert sum(Fraction(pledge.amount.amount) for pledge in selected) == expected
        assert selected.total(currency).exact == expected


@pytest.mark.parametrize("path", sorted(TABLES.glob("*.toml")), ids=lambda path: path.name)
def test_a_layout_needs_at_most_twelve_lines(path: Path) -> None:
    assert 1 <= len(path.read_text("utf-8").splitlines()) <= 12


IN_FRAMES = [table for table in EACH if table.headings_in_row == 1 and table.file != "budget.csv"]


@pytest.mark.parametrize("table", IN_FRAMES, ids=lambda table: table.file)
def test_a_dataframe_of_the_same_cells_is_the_same_dataset(table: Table) -> None:
    layout = TABLES / table.layout if table.layout.endswith(".toml") else table.layout
    pl = pytest.importorskip("polars", reason="needs the extra `engines`")
    frame = cp.frames.read(pl.DataFrame(rows_of(table)), layout=layout)
    dataset = read(table.file, table.layout)
    assert frame == dataset
    assert frame.notes == dataset.notes


@pytest.mark.parametrize("table", EACH, ids=lambda table: table.file)
def test_the_rows_of_a_file_come_to_the_same_without_records(table: Table) -> None:
    pytest.importorskip("polars", reason="needs the extra `engines`")
    layout = TABLES / table.layout if table.layout.endswith(".toml") else table.layout
    dataset = read(table.file, table.layout)
    currency = dataset.pledges[0].amount.currency
    rows = cp.frames.total(TABLES / table.file, currency, layout=layout)
    assert rows.grand.exact == dataset.total(currency).exact
    assert {*rows.notes} == {*dataset.notes}


def as_workbook(table: Table) -> io.BytesIO:
    """Write the cells of a table to a workbook: numbers as numbers, days as days, others as texts."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet, day = book.add_worksheet("Data"), book.add_format({"num_format": "yyyy-mm-dd"})
    lines = io.StringIO((TABLES / table.file).read_text(table.encoding))
    for row, cells in enumerate(csv.reader(lines, delimiter=table.delimiter)):
        for column, cell in enumerate(cells):
            if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell):
                sheet.write_number(row, column, float(cell))
            elif re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
                sheet.write_datetime(row, column, datetime.fromisoformat(cell), day)
            elif cell:
                sheet.write_string(row, column, cell)
    book.close()
    file.seek(0)
    return file


# A semicolon or a tab, and German and French numbers, are of texts alone.
IN_WORKBOOKS = [
    Table("aiddata.csv", "aiddata-gcdf-3", 4, lambda _: {}),
    Table("ocha-fts.csv", "ocha-fts", 3, lambda _: {}),
    *(table for table in EACH if table.delimiter == ","),
]


@pytest.mark.parametrize("table", IN_WORKBOOKS, ids=lambda table: table.file)
def test_a_workbook_of_the_same_cells_is_the_same_dataset(table: Table) -> None:
    layout = TABLES / table.layout if table.layout.endswith(".toml") else table.layout
    assert cp.read(as_workbook(table), format="xlsx", layout=layout) == read(
        table.file, table.layout
    )


def test_headings_in_another_row_of_a_workbook_are_found_and_advised() -> None:
    table = next(each for each in EACH if each.file == "districts.csv")
    layout = cp.Layout.of(TABLES / table.layout)
    with pytest.raises(cp.errors.FileError) as error:
        cp.read(as_workbook(table), format="xlsx", layout=layout.with_settings(headings_in_row=1))
    (fault,) = error.value.faults
    assert fault.place.endswith("3")
    assert fault.problem == "here are the headings of the layout; give headings_in_row=3"
    wrong = {"columns": {"company": "Nobody", "amount": "Roads", "announced": "District"}}
    with pytest.raises(cp.errors.FileError, match="Nobody: is no column of it"):
        cp.read(as_workbook(table), format="xlsx", layout=wrong)


# What is special in each form


def test_an_umbrella_holds_its_projects_and_a_parent_that_is_not_there_is_told() -> None:
    dataset = read("aiddata.csv", "aiddata-gcdf-3")
    by_id = {pledge.id: pledge for pledge in dataset}
    assert {id_: pledge.part_of for id_, pledge in by_id.items()} == {
        "501": None, "502": "501", "503": "501", "504": None,
    }  # fmt: skip
    assert "links left out as no row has the whole: 1 (777)" in dataset.notes
    joint = "rows of several companies, taken as one like 'Bank of Atlantis|Bank of Lemuria': 1"
    assert joint in dataset.notes
    # A project in yuan counts inside an umbrella in dollars for what AidData says it is in them.
    counted = {item.pledge.id: Fraction(item.counted.amount) for item in dataset.total("USD").items}
    in_dollars = Fraction("100000000.125")
    assert counted["501"] == 300_000_000 - in_dollars - 120_000_000
    assert dataset.where(company="ministry-of-gifts").total("USD").exact == 2_500_000
    assert [str(each) for each in by_id["502"].equivalents] == ["100,000,000.125 USD"]
    assert by_id["501"].equivalents == ()  # the same dollars again


def test_days_that_aiddata_estimates_become_their_month_or_year() -> None:
    dataset = read("aiddata.csv", "aiddata-gcdf-3")
    assert {pledge.id: str(pledge.announced) for pledge in dataset} == {
        "501": "2012", "502": "2012-09", "503": "2013-05-14", "504": "2014-07",
    }  # fmt: skip
    assert "estimated days read as their month or year: 3" in dataset.notes


def test_of_several_sources_the_first_is_the_records_and_all_are_kept() -> None:
    dataset = read("aiddata.csv", "aiddata-gcdf-3")
    assert [(source.title, source.url) for source in dataset.sources] == [
        ("Framework signed", "https://dams.example/frame"),
        ("Upper dam begun", "https://dams.example/upper"),
        ("https://dams.example/lower", "https://dams.example/lower"),
    ]
    assert dataset.pledges[1].tags["source urls"] == (
        "https://dams.example/upper|https://dams.example/upper2"
    )


def test_estimated_amounts_are_about_and_what_aiddata_adds_up_is_a_tag() -> None:
    dataset = read("aiddata.csv", "aiddata-gcdf-3")
    assert [pledge.qualifier.value for pledge in dataset] == ["exact", "exact", "about", "exact"]
    recommended = dataset.where(tags={"recommended for aggregates": "Yes"})
    assert [pledge.id for pledge in recommended] == ["502", "503", "504"]
    assert {*dataset.notes} >= {
        "rows left out as amount is blank: 1", "rows left out as stage is 'Cancelled': 1",
    }  # fmt: skip


def test_a_flow_in_the_lists_of_two_countries_is_one() -> None:
    dataset = read("ocha-fts.csv", "ocha-fts")
    assert dataset.total("USD").exact == 272294 + 20000 + 7500
    assert "rows left out as they stand there twice: 1" in dataset.notes
    masks, *others = dataset.pledges
    assert (masks.note, [*map(str, masks.equivalents)]) == ("Masks and gloves", ["1,000,000 AED"])
    assert [pledge.equivalents for pledge in others] == [(), ()]


def test_only_the_grants_with_the_day_first_are_told_and_a_time_is_of_londons_day() -> None:
    dataset = read("360giving.csv", "360giving")
    assert dataset.notes == ("dates read as d/m/y: 1",)
    assert [str(pledge.announced) for pledge in dataset] == [
        "2014-06-05", "2014-06-25", "2014-06-30", "2014-12-31", "2014-12-01",
    ]  # fmt: skip


def test_givers_and_recipients_of_gifts_to_candidates() -> None:
    dataset = read("candidates.csv", "candidates.toml")
    by_recipient = dataset.totals("TWD", by="recipient")
    assert {group: total.exact for group, total in by_recipient.items()} == {
        "林甲": 260_000, "陳乙": 100_000,
    }  # fmt: skip
    assert str(dataset.pledges[1].announced) == "2015-12-31"


def test_spellings_of_a_giver_are_one_record_and_a_finding() -> None:
    dataset = read("parties.csv", "parties.toml")
    assert [company.id for company in dataset.companies] == [
        "bund-der-beispiele-e-v",
        "muster-gmbh-co-kg",
    ]
    variants = [finding for finding in dataset.check() if finding.code == "name-variants"]
    assert [finding.ids for finding in variants] == [
        ("bund-der-beispiele-e-v",),
        ("muster-gmbh-co-kg",),
    ]
    assert not [finding for finding in dataset.check() if finding.code == "no-source"]


def test_a_time_in_london_is_a_day_in_beijing() -> None:
    dataset = read("gifts.csv", "gifts.toml")
    assert [str(pledge.announced) for pledge in dataset] == [
        "2020-01-25",
        "2020-01-31",
        "2020-02-09",
    ]


def test_markup_behind_a_number_is_left_out_and_counted() -> None:
    dataset = read("pledges-ukraine.csv", "pledges-ukraine.toml")
    assert dataset.notes == ("cells of amount read up to '>>': 2",)
    assert dataset.sources[0].url == "https://donors.example/atlantis"
