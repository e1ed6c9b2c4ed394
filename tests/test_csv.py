"""The flat CSV: as spreadsheets give it, read rightly or refused, and read back as written."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from weakref import ref

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.flat import COLUMNS, Drafts, Row, Spelling
from commonprosperity.messages import in_language
from commonprosperity.records.labels import STAGE_COLUMNS, VALUES
from commonprosperity.table.formulas import neutral, original
from strategies import flat_datasets, positive_amounts, texts

HEADINGS = "company,amount,currency,announced"
ACME = "Acme,2000000,CNY,2021-09-15"


def read(content: str | bytes, **options: Any) -> cp.Dataset:
    content = content.encode() if isinstance(content, str) else content
    return cp.read(io.BytesIO(content), format="csv", **options)


def faults(content: str | bytes, **options: Any) -> list[str]:
    with pytest.raises(cp.errors.FileError) as error:
        read(content, **options)
    return [str(fault).removeprefix("the file") for fault in error.value.faults]


def written(dataset: cp.Dataset) -> str:
    file = io.BytesIO()
    cp.write(dataset, file, format="csv")
    return file.getvalue().decode("utf-8-sig")


def test_companies_initiatives_and_sources_are_made_from_their_names() -> None:
    dataset = read(
        "Company,Initiative,Amount,Currency,Announced,Source\n"
        "Pinduoduo,99 Giving Day,1,CNY,2021,https://example.org/a?b=1\n"
        "pinduoduo,99 giving-day,2,CNY,2021-09,The Paper\n".replace(
            "99 giving-day", "99-giving-day"
        )
        + "腾讯,,3,CNY,2021-09-02,\n"
    )
    assert dataset.companies == (
        cp.Company(id="pinduoduo", name="Pinduoduo"),
        cp.Company(id="腾讯", name="腾讯"),
    )
    assert dataset.initiatives == (
        cp.Initiative(id="99-giving-day", company="pinduoduo", name="99 Giving Day"),
    )
    assert dataset.sources == (
        cp.Source(
            id="https-example-org-a-b-1",
            title="https://example.org/a?b=1",
            url="https://example.org/a?b=1",
        ),
        cp.Source(id="the-paper", title="The Paper"),
    )
    assert [pledge.id for pledge in dataset] == ["pinduoduo-1", "pinduoduo-2", "腾讯-1"]
    assert [pledge.source for pledge in dataset] == ["https-example-org-a-b-1", "the-paper", None]


def test_every_field_of_a_pledge_is_a_column() -> None:
    (pledge, *_) = read(
        "id,company,initiative,amount,currency,high,qualifier,stage,instrument,announced,value_date,"
        "spend,funder,part_of,supersedes,restates,equivalents,source,locator,note\n"
        "a,Acme,Aid,1.50E+9,CNY,2E+9,about,disbursement,shares,2021,2021-09-15,2022/2024,the public,"
        "b,c,d,20 million USD; 18 million EUR,Paper,page 1,a note\n"
        + "".join(f"{id_},Acme,,5E+9,CNY,,,,,2021,,,,,,,,,,\n" for id_ in "bcd")
    )
    assert repr(pledge) == repr(
        cp.Pledge(
            id="a", company="acme", initiative="aid", amount="1.50 billion CNY",
            high="2 billion CNY", qualifier="about", stage="disbursement", instrument="shares",
            announced="2021", value_date="2021-09-15", spend="2022/2024", funder="the public",
            part_of="b", supersedes="c", restates="d", equivalents=["20 million USD", "18 million EUR"],
            source="paper", locator="page 1", note="a note",
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        f"\ufeff{HEADINGS}\r\n{ACME}\r\n",  # Excel: "CSV UTF-8"
        f"{HEADINGS}\r\n{ACME}".replace(",", ";"),  # Excel in most of Europe
        f"{HEADINGS}\n{ACME}".replace(",", "\t"),  # pasted from a sheet
        f"{HEADINGS},,\r\n{ACME},,\r\n,,,,,\r\n,,,,,\r\n",  # empty columns and rows that were used once
        f"\n\n{HEADINGS}\n\n{ACME}\n\n",
        f"{HEADINGS}\r{ACME}\r",  # old Excel for Mac
        "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in (HEADINGS, ACME)),
        f"{HEADINGS}\n{ACME}".replace("company", " Company ").replace("Acme", " Acme "),
        f"{HEADINGS},Value Date\n{ACME}",  # a row that ends before its headings do
        f"{HEADINGS}\n{ACME.replace('2000000', chr(34) + '2,000,000' + chr(34))}\n",
        "company,amount,announced\nAcme,2 million CNY,2021-09-15\n",
        "company,amount,currency,announced\nAcme,2 million,CNY,2021-09-15\n",
        "company,amount,announced\nAcme,200万元,2021-09-15\n",
    ],
)
def test_sheets_are_read_as_spreadsheets_give_them(content: str) -> None:
    dataset = read(content)
    assert dataset.companies == (cp.Company(id="acme", name="Acme"),)
    assert dataset.pledges == (
        cp.Pledge(id="acme-1", company="acme", amount="2 million CNY", announced="2021-09-15"),
    )


ROW = {"company": "Acme", "amount": "5", "currency": "CNY", "announced": "2021", "note": None}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (f'{HEADINGS},note\nAcme,5,CNY,2021,""\n', ROW),  # a quoted blank is a blank
        (f'{HEADINGS},note\nAcme,5,CNY,2021," "\n', ROW),
        (f"{HEADINGS},note\nAcme,5,CNY,2021\n", ROW),  # a short row
        (f"{HEADINGS}\nAcme,5,CNY,2021,,\n", ROW),  # a long row, of blanks
        (f"\n{HEADINGS}\n\n \n,,,\nAcme,5,CNY,2021\n\n", ROW),  # blank lines
        (f"{HEADINGS.replace(',', ' , ')} \nAcme,5,CNY,2021\n", ROW),  # spaces in headings
        (f'"{HEADINGS.replace(",", chr(34) + "," + chr(34))}"\nAcme,5,CNY,2021\n', ROW),
        (f'{HEADINGS}\nA"c"me,5,CNY,2021\n', {**ROW, "company": 'A"c"me'}),  # a quote inside a cell
        (f'{HEADINGS}\n"A""cme",5,CNY,2021\n', {**ROW, "company": 'A"cme'}),
        (f"{HEADINGS}\n'Acme,5,CNY,2021\n", {**ROW, "company": "'Acme"}),
        (f"{HEADINGS}\n#1 Acme,5,CNY,2021\n", {**ROW, "company": "#1 Acme"}),
        (f"{HEADINGS},note\nAcme,5,CNY,2021,NA\n", {**ROW, "note": "NA"}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_cells_are_read_as_they_stand(
    content: str, expected: dict[str, str | None], delimiter: str
) -> None:
    (pledge,) = dataset = read(content.replace(",", delimiter))
    names = {company.id: company.name for company in dataset.companies}
    assert {
        "company": names[pledge.company], "amount": str(pledge.amount.amount),
        "currency": pledge.amount.currency, "announced": str(pledge.announced), "note": pledge.note,
    } == expected  # fmt: skip


def test_amounts_in_words_say_how_firm_they_are() -> None:
    dataset = read(
        "company,amount,announced\nAcme,up to 5 billion yuan,2021\nAcme,$5-10 billion,2021\n",
        symbols={"$": "USD"},
    )
    first, second = dataset.pledges
    assert (first.amount, first.qualifier) == (cp.Money("5E+9", "CNY"), "up_to")
    assert (second.amount, second.high) == (cp.Money("5E+9", "USD"), cp.Money("1E+10", "USD"))


def test_locale_and_default_say_how_amounts_are_written() -> None:
    sheet = "company;amount;announced\nAcme;1.234.567,8;2021\n"
    dataset = read(sheet, locale="de", default="EUR")
    assert dataset.pledges[0].amount == cp.Money("1234567.8", "EUR")
    with_currency = "company;amount;currency;announced\nAcme;1.234;EUR;2021\n"
    assert read(with_currency, locale="de").pledges[0].amount == cp.Money(1234, "EUR")
    assert read(with_currency, locale="en").pledges[0].amount == cp.Money("1.234", "EUR")


def test_ids_that_are_made_do_not_meet_those_that_are_given() -> None:
    dataset = read(f"id,{HEADINGS}\n,{ACME}\nacme-1,{ACME}\n,{ACME}\nacme-2,{ACME}\n")
    assert [pledge.id for pledge in dataset] == ["acme-3", "acme-1", "acme-4", "acme-2"]


def test_a_number_for_an_id_is_free_among_the_rows_above_and_below_and_among_names() -> None:
    dataset = read(
        f"id,{HEADINGS},initiative,source\na,{ACME},Acme 1,Acme 2\nacme-3,{ACME},,\n,{ACME},,\n"
        f"acme-4,{ACME},,\n,{ACME},Acme 6,\n,{ACME},,Acme 7\n"
    )
    assert [pledge.id for pledge in dataset.pledges] == [
        "a", "acme-3", "acme-5", "acme-4", "acme-8", "acme-9",
    ]  # fmt: skip


class Cells(dict[str, str]):
    """The cells of a row, of which one can see whether they are still in memory."""


def test_rows_with_ids_do_not_pile_up_in_memory() -> None:
    read_before: list[ref[Cells]] = []

    def rows() -> Iterator[Row]:
        for number in range(20):
            assert sum(each() is not None for each in read_before) <= 2  # the last, and one before
            cells = Cells(id=f"p{number}", company="Acme", amount="5 CNY", announced="2021")
            read_before.append(ref(cells))
            yield Row(number, cells)

    drafts = Drafts.of(rows(), str, Spelling())
    assert len(drafts.records()) == 20
    assert not drafts.faults
    assert not drafts.tables()["pledge"]


def test_sheet_that_is_no_table_is_told_in_place_of_a_thousand_faults_of_its_rows() -> None:
    wrong = "Acme,5,XXX,2021\n" * 1_100
    assert faults(f"{HEADINGS}\n{wrong}{ACME},beside\n") == [
        ":1102: 'beside' stands under no heading; a comma in a cell needs quotes"
    ]
    assert faults(f"{HEADINGS}\n{wrong}{ACME}\n") == [
        ": amount: XXX is no currency code; use an ISO 4217 code such as CNY "
        "(at least 1,000 lines: 2, 3, 4, 5, 6, ...)"
    ]


def test_pledge_that_cannot_be_made_names_its_source_by_the_new_id_too() -> None:
    table = f"id,{HEADINGS},source,stage\na,{ACME},Acme,pledge\nb,{ACME},Acme,paid\n"
    assert faults(table) == [":3: b: stage: 'paid' is none of pledge, commitment, disbursement"]
    assert read(table.replace("paid", "pledge")).pledges[1].source == "acme-source"


def test_line_of_a_fault_is_that_of_its_row_as_an_editor_counts() -> None:
    told = faults(f'{HEADINGS},note\n{ACME},"two\nlines\x1b"\r\n\nAcme,x,CNY,2021,\n')
    assert [fault.split(": ")[:3] for fault in told] == [
        [":2", "acme-1", "note"],
        [":5", "acme-2", "amount"],
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", [":1: company: is no column of it; add one", ":1: amount: is no column of it; add one",
              ":1: announced: is no column of it; add one"]),
        (f"{HEADINGS},anounced\n{ACME},2021", [f":1: anounced: is no column; there are {', '.join(COLUMNS)}"]),
        (f"{HEADINGS},value_dat\n{ACME},2021", [":1: value_dat: is no column; did you mean value_date?"]),
        ("\ncompany,company,amount,announced\n", [":2: company: is the heading of two columns; leave one of them out"]),
        (f"{HEADINGS}\n{ACME},a,b\n", [":2: 'a' stands under no heading; a comma in a cell needs quotes"]),
        (f"{HEADINGS},,note\n{ACME},a,b\n", [":2: 'a' stands under no heading; a comma in a cell needs quotes"]),
        (f",{HEADINGS}\n0,{ACME}\n", [":2: '0' stands under no heading; write one, or leave the column out, as to_csv(index=False) does"]),
        ("company;amount,announced\n", [":1: its headings have commas and semicolons between them; use commas alone"]),
        (f'{HEADINGS}\n"Acme,1,CNY,2021\nB,2,CNY,2021\n', [":2: the quote that opens a cell here is never closed; write one at the cell's end"]),
        (f'{HEADINGS}\n"Acme" Ltd,1,CNY,2021\n', [":2: a cell goes on after its closing quote; write a quote inside a cell twice"]),
        (f"{HEADINGS}\n{ACME}\nTotal,2000000,CNY,\n", [":3: Total makes it a row of totals, not a pledge; leave the row out, as a layout does with skip.company = 'Total'"]),
        (f"{HEADINGS}\n{ACME}\n,,,\n合计：,2000000,,\n", [":4: 合计： makes it a row of totals, not a pledge; leave the row out, as a layout does with skip.company = '合计：'"]),
        (f"{HEADINGS}\n{ACME}\n,2000000,,\n", [":3: pledge-1: amount: '2000000' does not say which currency it is in; write its code, such as CNY, or give default=\"CNY\"",
                                               ":3: pledge-1: company: is missing", ":3: pledge-1: announced: is missing"]),
        (f"{HEADINGS}\nAcme,,CNY,2021\n", [":2: acme-1: amount: is missing"]),
        (f"{HEADINGS}\nAcme,n/a,CNY,2021\n", None),
        (f"{HEADINGS}\nAcme,-5,CNY,2021\n", [":2: acme-1: amount: '-5 CNY' is negative; a withdrawal is an amount of 0, and a correction is of the stage commitment or disbursement"]),
        (f"{HEADINGS}\nAcme,=SUM(A1:A9),CNY,2021\n", None),
        (f"{HEADINGS}\nAcme,5 USD,CNY,2021\n", [":2: acme-1: amount: is in USD, and column currency says CNY"]),
        (f"{HEADINGS}\nAcme,5,RMB,2021\n", [":2: acme-1: amount: RMB is no currency code; did you mean CNY?"]),
        (f"{HEADINGS},qualifier\nAcme,up to 5 billion,CNY,2021,at_least\n",
         [":2: acme-1: amount: says up_to, and column qualifier at_least; keep one of the two"]),
        ("company;amount;currency;announced\nAcme;1.234;CNY;2021\nAcme;1.549 billion;CNY;2021\nAcme;1.54;CNY;2021",
         [f":{line}: acme-{line - 1}: amount: '{amount}' can be read in two ways, as its point may divide "
          'thousands or decimals; give locale="de" if it divides thousands, locale="en" if decimals' for line, amount in
          ((2, "1.234"), (3, "1.549 billion"))]),
        (f"{HEADINGS}\n!!!,1,CNY,2021\n", [":2: pledge-1: company: has no letter or digit to make an id from"]),
        (f"id,{HEADINGS}\na,{ACME}\na,{ACME}\n", [":3: a: id: another row has it, at the file:2; give this one an id of its own, or leave it out"]),
        (f"{HEADINGS},part_of\n{ACME},acme-9\n", [":2: acme-1: part_of: no row has the id acme-9 written in it; write it into the row you mean"]),
        (f"{HEADINGS},stage\n{ACME},pledged\n", [":2: acme-1: stage: 'pledged' is none of pledge, commitment, disbursement; did you mean pledge?"]),
        (f"{HEADINGS}\nAcme,1,CNY,2/9/2021\n", None),
        (f"{HEADINGS},note\n{ACME},a\u202eb\n", None),
        (f"{HEADINGS}{',' * 2000}\n", [":1: it has more than 1,000 columns"]),
        ("sep=;\ncompany;amount\n", None),
    ],
)  # fmt: skip
def test_faults_are_told_at_once_in_sentences(content: str, expected: list[str] | None) -> None:
    told = faults(content)
    assert told
    if expected is not None:
        assert told == expected


# Writing


@given(flat_datasets())
def test_what_a_flat_csv_holds_is_read_back_with_its_precision(dataset: cp.Dataset) -> None:
    content = written(dataset)
    assert repr(read(content).records) == repr(dataset.records)
    assert written(read(content)) == content


def test_what_a_flat_csv_cannot_hold_is_all_told() -> None:
    with pytest.raises(cp.errors.FileError) as error:
        written(
            cp.Dataset(
                sources=[cp.Source(id="s", title="The Paper", publisher="Press")],
                companies=[cp.Company(id="acme", name="Acme", note="x"), cp.Company(id="b", name="B")],
                pledges=[cp.Pledge(id="p", company="acme", amount="1 CNY", announced="2021", source="s")],
                figures=[cp.Figure(id="f", about="b", value=5)],
            )
        )  # fmt: skip
    assert str(error.value).split("\n") == [
        "a flat CSV holds pledges, and of their companies, initiatives and sources the names alone; "
        "write .toml, .json, .zip or a folder, which hold all",
        "s: title: would be lost",
        "s: publisher: would be lost",
        "acme: note: would be lost",
        "b: this company would be lost",
        "f: this figure would be lost",
    ]


def test_names_that_a_sheet_would_take_for_something_else_are_told() -> None:
    total = cp.Dataset(
        companies=[cp.Company(id="total", name="Total")],
        pledges=[cp.Pledge(id="a", company="total", amount="1 CNY", announced="2021")],
    )
    with pytest.raises(cp.errors.FileError, match="Total makes it a row of totals"):
        written(total)


def test_what_is_written_may_be_longer_than_what_is_read_by_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dataset = read(f"{HEADINGS}\n{ACME}")
    whole = written(dataset)
    monkeypatch.setattr("commonprosperity.files.intake._VALUES_AT_MOST", 5)
    assert written(dataset) == whole
    with pytest.raises(cp.errors.FileError, match=r"divide it, or give bytes_at_most="):
        read(whole, bytes_at_most=len(whole))


def test_a_file_that_is_written_has_the_mark_by_which_excel_sees_utf_8(tmp_path: Path) -> None:
    dataset = read(f"{HEADINGS}\n腾讯{ACME[4:]}")
    cp.write(dataset, tmp_path / "mine.csv")
    content = (tmp_path / "mine.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfid,company")
    assert cp.read(tmp_path / "mine.csv") == dataset
    text = io.StringIO()
    cp.write(dataset, text, format="csv")
    assert f"\ufeff{text.getvalue()}".encode() == content


@pytest.mark.parametrize(
    ("amount", "cell"),
    [
        ("15000000000", "15000000000"), ("1.5E+10", "1.5E+10"), ("1E-7", "0.0000001"), ("0.50", "0.50"),
        ("1.2E-8", "0.000000012"), ("250.000", "2.50000E+2"), ("1E+1", "1E+1"), ("7", "7"), ("0E-9", "0.000000000"),
    ],
)  # fmt: skip
def test_an_amount_is_written_in_plain_digits_unless_these_claim_more(
    amount: str, cell: str
) -> None:
    acme = cp.Company(id="acme", name="Acme")
    pledge = cp.Pledge(id="a", company="acme", amount=cp.Money(amount, "CNY"), announced="2021")
    dataset = cp.Dataset(companies=[acme], pledges=[pledge])
    assert f",{cell},CNY," in written(dataset)
    assert str(read(written(dataset)).pledges[0].amount.amount) == str(pledge.amount.amount)


def test_no_cell_that_is_written_starts_a_formula() -> None:
    dataset = read(f"{HEADINGS},note,funder,locator\n{ACME},\"'=1+1\",'＝1,''@x\n")
    assert dataset.pledges[0].note == "=1+1"
    assert dataset.pledges[0].funder == "＝1"
    assert dataset.pledges[0].locator == "'@x"
    assert ",'＝1," in written(dataset)
    assert ",''@x,'=1+1,,,,\r\n" in written(dataset)


@given(st.text(alphabet="'=+-@\t\r＝＋－＠1.eEx") | texts)
def test_formulas_are_kept_apart_and_taken_back_as_they_were(text: str) -> None:
    kept = neutral(text)
    assert original(kept) == text
    number = text.lstrip("-").replace(".", "").replace("e", "").replace("E", "")
    assert kept[:1] not in {*"=@\t\r＝＋－＠"}
    if kept[:1] in {"+", "-"}:
        assert kept[0] == "-"
        assert not {*number} - {*"0123456789+-"}


@pytest.mark.parametrize(
    "row",
    ["Total,50,CNY,2021", "TOTAL:,50,CNY,", "Total 2021,50,CNY,2021", "Sub-total,50,CNY,2021",
     "Grand Total (all),50,CNY,2021", "Overall total,50,CNY,2021", "合计（亿元）,50,CNY,2021", "總計,50,CNY,2021",
     "Summe,50,CNY,2021", "Zwischensumme:,50,CNY,2021", "Total général,50,CNY,2021", "Totales,50,CNY,2021",
     "ВСЬОГО,50,CNY,2021", "Итого,50,CNY,2021", "합계,50,CNY,2021"],
)  # fmt: skip
@pytest.mark.parametrize("start", ["", "7,"])
def test_row_of_totals_is_never_a_pledge(row: str, start: str) -> None:
    headings, pledge = ("id," if start else "") + HEADINGS, f"{start and '1,'}{ACME}"
    (fault,) = faults(f"{headings}\n{pledge}\n{start}{row}\n")
    assert fault.startswith(":3: ")
    assert " makes it a row of totals, not a pledge; leave the row out, as a layout does" in fault


def test_way_out_of_a_row_of_totals_works_in_a_layout() -> None:
    content = f"{HEADINGS},note\n{ACME},x\n,9,CNY,,\n".replace("\n,9", "\n合计,9")
    with pytest.raises(cp.errors.FileError, match=r"skip\.company = '合计'"):
        cp.read(io.StringIO(content), format="csv")
    columns = {name: name for name in HEADINGS.split(",")}
    layout = {"columns": columns, "skip": {"company": "合计"}}
    assert len(cp.read(io.StringIO(content), format="csv", layout=layout)) == 1


def test_cells_beside_the_headings_of_many_rows_are_one_fault() -> None:
    rows = "\n".join(f"{ACME},{letter},z" for letter in "abcdef")
    (fault,) = faults(f"{HEADINGS}\n{rows}\n")
    assert fault == (
        ": 'a' stands under no heading; a comma in a cell needs quotes (6 lines: 2, 3, 4, 5, 6, ...)"
    )


@pytest.mark.parametrize("start", ["", "7,"])
@pytest.mark.parametrize("column", ["recipient", "initiative"])
def test_row_of_totals_may_say_so_beside_the_giver(start: str, column: str) -> None:
    headings = f"{'id,' if start else ''}{HEADINGS},{column}"
    assert faults(f"{headings}\n{start and '1,'}{ACME},x\n{start}Acme,5,CNY,2021,Total\n") == [
        ":3: Total makes it a row of totals, not a pledge; leave the row out, as a layout does with "
        f"skip.{column} = 'Total'"
    ]
    assert len(read(f"{headings}\n{start}{ACME},Total Relief\n").pledges) == 1


def test_names_of_parties_are_no_totals_beside_a_date() -> None:
    names = ("Razem", "Suma", "Summa", "SUM")
    rows = "".join(f"{name},5,CNY,2021\n" for name in names)
    assert [company.name for company in read(f"{HEADINGS}\n{rows}").companies] == [*names]


def test_id_may_say_total_where_a_company_is_named() -> None:
    assert read(f"id,{HEADINGS}\ntotal-1,{ACME}\n").pledges[0].id == "total-1"
    assert len(faults(f"id,{HEADINGS}\ntotal,,5,CNY,2021\n")) == 1


@pytest.mark.parametrize("company", ["TotalEnergies", "Total SE", "Sumitomo", "总统"])
def test_company_whose_name_begins_so_is_a_company(company: str) -> None:
    dataset = read(f"{HEADINGS}\n{company},50,CNY,2021\n")
    assert [known.name for known in dataset.companies] == [company]


@pytest.mark.parametrize(
    ("column", "cell"),
    [("high", "10-20bn yuan"), ("high", "over 10bn yuan"), ("equivalents", "about 1 USD"),
     ("equivalents", "5-6 USD"), ("equivalents", "1 EUR; up to 2 USD")],
)  # fmt: skip
def test_what_a_column_cannot_say_is_a_fault(column: str, cell: str) -> None:
    (fault,) = faults(f"company,amount,announced,{column}\nAcme,5bn yuan,2021,{cell}\n")
    assert f": {column}: " in fault
    assert fault.endswith(" is not one exact amount; write one number with its currency")


def test_column_says_which_currency_a_symbol_is() -> None:
    dataset = read(f"{HEADINGS}\nAcme,up to $5bn,USD,2021\nAcme,¥7,JPY,2021\n")
    assert [(str(p.amount), p.qualifier.value) for p in dataset] == [
        ("5,000,000,000 USD", "up_to"),
        ("7 JPY", "exact"),
    ]
    (fault,) = faults(f"{HEADINGS}\nAcme,$5bn,CNY,2021\n")
    assert fault.endswith(
        "'$5bn' does not say which currency it is in; write its code, such as USD"
    )


def test_what_says_the_currency_of_a_whole_table_is_advised_and_works() -> None:
    sheet = "company,amount,announced\nAcme,{},2021\n"
    told = "'{}' does not say which currency it is in; write its code, such as {}, or give {}"
    for amount, code, argument, settled in (
        ("$5bn", "USD", 'symbols={"$": "USD"}', {"symbols": {"$": "USD"}}),
        ("7 million", "CNY", 'default="CNY"', {"default": "CNY"}),
    ):
        (fault,) = faults(sheet.format(amount))
        assert fault.endswith(told.format(amount, code, argument))
        assert read(sheet.format(amount), **settled).pledges[0].amount.currency == code


def test_same_words_are_another_amount_in_another_currency() -> None:
    dataset = read(f"{HEADINGS}\n" + "".join(
        f"Acme,{amount},{currency},2021\n"
        for amount in ("$5bn", "7 million") for currency in ("USD", "CAD", "USD")
    ))  # fmt: skip
    assert [str(pledge.amount) for pledge in dataset] == [
        "5,000,000,000 USD", "5,000,000,000 CAD", "5,000,000,000 USD",
        "7,000,000 USD", "7,000,000 CAD", "7,000,000 USD",
    ]  # fmt: skip
    assert len(faults(f"{HEADINGS}\n" + "Acme,7 CNY,USD,2021\n" * 2)) == 2


def test_records_of_one_company_are_found_by_all_its_names() -> None:
    dataset = read(f"{HEADINGS}\nacme,1,CNY,2021\nAcme,2,CNY,2021\nacme,3,CNY,2021\n")
    assert dataset.companies == (cp.Company(id="acme", name="Acme"),)


def test_headings_may_be_chinese() -> None:
    dataset = read(
        "编号,公司,项目,金额,币种,公布日期,阶段,出资方,受益方,来源,链接,备注\n"
        "a,腾讯,助学,500,CNY,2021-04,disbursement,公众,学校,报纸,https://x.org/1,一\n"
    )
    (pledge,) = dataset
    assert (pledge.id, pledge.company, pledge.initiative, pledge.amount) == (
        "a", "腾讯", "助学", cp.Money(500, "CNY"),
    )  # fmt: skip
    assert (pledge.stage, pledge.funder, pledge.recipient, pledge.note) == (
        "disbursement", "公众", "学校", "一",
    )  # fmt: skip
    assert dataset.sources[0].url == "https://x.org/1"
    table = "公司,金额（万元）,币种,公布日期\n腾讯,500,CNY,2021\n"
    assert 'give scale="万"' in faults(table)[0]
    assert read(table, scale="万").pledges[0].amount == cp.Money("5E+6", "CNY")


def test_columns_that_there_are_are_listed_once() -> None:
    told = faults(f"{HEADINGS},Region,Zzz,nte\n{ACME},x,y,z\n")
    assert [fault.partition("; ")[0] for fault in told] == [
        ":1: Region: is no column", ":1: Zzz: is no column", ":1: nte: is no column",
    ]  # fmt: skip
    assert [fault.partition("; ")[2] for fault in told] == [
        f"there are {', '.join(COLUMNS)}", "", "did you mean note?",
    ]  # fmt: skip


def test_spellings_that_make_one_id_are_one_record_and_are_told() -> None:
    rows = "".join(
        f"{name},1,CNY,2021,{name} Fund,{name} Report\n"
        for name in ("Bund e.V.", "Bund e. V.", "BUND E.V.", "Bund e.V.", "Beta")
    )
    dataset = read(f"{HEADINGS},initiative,source\n{rows}")
    bund, beta = dataset.companies
    assert (bund.id, bund.name, bund.aliases) == (
        "bund-e-v", "Bund e.V.", ("Bund e. V.", "BUND E.V."),
    )  # fmt: skip
    assert beta.aliases == ()
    assert dataset.initiatives[0].note == "also written Bund e. V. Fund; BUND E.V. Fund"
    assert dataset.sources[0].note == "also written Bund e. V. Report; BUND E.V. Report"
    assert dataset.initiatives[1].note is None
    finding, *others = [each for each in dataset.check() if each.code == "name-variants"]
    assert [other.ids for other in others] == [("bund-e-v-fund",), ("bund-e-v-report",)]
    assert "read as one: Bund e.V. Fund, Bund e. V. Fund, BUND E.V. Fund" in others[0].message
    assert finding.ids == ("bund-e-v",)
    assert finding.severity == "info"
    assert finding.message == (
        "bund-e-v is written in 3 ways, read as one: Bund e.V., Bund e. V., BUND E.V."
    )


def test_a_source_or_an_initiative_may_be_called_as_the_company_is() -> None:
    table = (
        f"id,{HEADINGS},initiative,source,part_of\n"
        "a,Acme,1,CNY,2021,Acme,Acme,\nb,Acme,1,CNY,2021,Aid,Acme,a\n"
    )
    dataset = read(table)
    assert [record.id for record in dataset.records] == [
        "acme-source", "acme", "acme-initiative", "aid", "a", "b",
    ]  # fmt: skip
    assert dataset.sources[0].title == "Acme"
    assert [initiative.company for initiative in dataset.initiatives] == ["acme", "acme"]
    assert [(p.initiative, p.source) for p in dataset] == [
        ("acme-initiative", "acme-source"), ("aid", "acme-source"),
    ]  # fmt: skip
    assert read(written(dataset)) == dataset


def test_a_fault_of_more_than_five_rows_is_told_once_with_their_number() -> None:
    five = f"{HEADINGS}\n" + "Acme,,CNY,2021\n" * 5
    assert len(faults(five)) == 5
    assert faults(five + "Acme,5,CNY,2021\nAcme,,CNY,2021\n,7,CNY,2021\n") == [
        ": amount: is missing (6 lines: 2, 3, 4, 5, 6, ...)",
        ":9: pledge-1: company: is missing",
    ]
    values = f"{HEADINGS}\n" + "".join(f"Acme,{n} x,CNY,2021\n" for n in range(6))
    (told,) = faults(values)
    assert told.startswith(": amount: '0 x' ")
    assert told.endswith(" (6 lines: 2, 3, 4, 5, 6, ...)")
    (told,) = faults(f"{HEADINGS}\n" + "Acme,,CNY,2021\n" * 2000)
    assert told == ": amount: is missing (at least 1,000 lines: 2, 3, 4, 5, 6, ...)"


@pytest.mark.parametrize("link", ["part_of", "restates", "supersedes"])
def test_link_leads_to_an_id_that_is_written_and_never_to_one_of_a_place(link: str) -> None:
    linked = f"id,{HEADINGS},{link}\n,Acme,5,CNY,2021,\n,Acme,5,CNY,2021,acme-1\n"
    (fault,) = faults(linked)
    problem = "no row has the id acme-1 written in it; write it into the row you mean"
    assert fault == f":3: acme-2: {link}: {problem}"
    written_in = linked.replace(",Acme,5,CNY,2021,\n", "acme-1,Acme,5,CNY,2021,\n")
    assert [getattr(pledge, link) for pledge in read(written_in)] == [None, "acme-1"]
    assert read(written_in.replace("acme-1", "e\u0301")).pledges[0].id == "\u00e9"


def test_id_of_a_place_is_not_proposed_and_one_that_is_written_is() -> None:
    rows = "acme-10,Acme,5,CNY,2021,\n,Acme,5,CNY,2021,acme-1\n,Acme,5,CNY,2021,acme\n"
    first, second = faults(f"id,{HEADINGS},part_of\n{rows}")
    assert first.endswith("no row has the id acme-1 written in it; did you mean acme-10?")
    assert second.endswith("part_of: acme is a company, not a pledge")


@pytest.mark.parametrize("column", ["company", "initiative", "source"])
def test_one_name_in_two_unicode_forms_is_one_name(column: str) -> None:
    names = ("Nestl\u00e9", "Nestle\u0301", " Nestle\u0301")
    cells = {"company": "Acme", "amount": "1", "currency": "CNY", "announced": "2021"}
    rows = [",".join({**cells, column: name}.values()) for name in names]
    dataset = read("\n".join([",".join({**cells, column: ""}), *rows]))
    assert [record.id for record in dataset.records if "Nestl\u00e9" in repr(record)] == [
        "nestl\u00e9"
    ]
    assert {getattr(pledge, column) for pledge in dataset} == {"nestl\u00e9"}


MAY_BE_COMPANIES = (
    "SUM",
    "Sum",
    "@SUM(1,1)",
    "=SUM(A1:A9)",
    "Total (France)",
    "Sum [UK] 24",
    "Total（中国）",
)


@pytest.mark.parametrize("name", MAY_BE_COMPANIES)
@pytest.mark.parametrize("beside", ["id", "announced", "source"])
def test_name_that_may_be_of_totals_is_a_company_beside_what_no_row_of_totals_has(
    name: str, beside: str
) -> None:
    cells = {
        "company": f'"{name}"',
        "amount": "1",
        "currency": "CNY",
        "announced": "",
        "source": "",
        "id": "",
    }
    cells[beside] = "2021"
    content = f"{','.join(cells)}\n{','.join(cells.values())}\n"
    if beside == "announced":
        assert [company.name for company in read(content).companies] == [name]
    else:
        assert [fault.rpartition(": ")[2] for fault in faults(content)] == ["is missing"]
    (fault,) = faults(content.replace("2021", ""))
    assert " makes it a row of totals, not a pledge; leave the row out, as a layout does" in fault


@pytest.mark.parametrize("name", MAY_BE_COMPANIES)
def test_company_that_may_be_of_totals_is_written_and_read_back(name: str) -> None:
    dataset = read(f'id,{HEADINGS}\np,"{name}",1,CNY,2021\n')
    assert read(written(dataset)) == dataset


@pytest.mark.parametrize(
    "name",
    [
        "Total",
        "Total (2021)",
        "Total (USD m)",
        "Total (CNY)",
        "total [ALL]",
        "Totals",
        "合计（中国）",
        "Subtotal Asia",
        "Acme sub-total",
        "Zwischensumme A",
        "科技企业小计",
        "以上合计：",
        "合计12家",
        "累计",
    ],
)
def test_name_that_no_company_has_makes_totals_whatever_stands_beside_it(name: str) -> None:
    (fault,) = faults(f"id,{HEADINGS},source\np,{name},1,CNY,2021,The Paper\n")
    assert " makes it a row of totals, not a pledge; leave the row out, as a layout does" in fault


def test_points_are_doubtful_in_a_sheet_with_tabs_too() -> None:
    sheet = f"{HEADINGS}\nAcme,1.234,EUR,2021\n".replace(",", "\t")
    (fault,) = faults(sheet)
    assert "can be read in two ways" in fault
    assert str(read(sheet, locale="de").pledges[0].amount) == "1,234 EUR"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("stage", "pledge", "承诺 已承诺 承諾 已承諾 认捐 認捐"),
        ("stage", "commitment", "立约 已立约 立約 已立約 签约 已签约 簽約 已簽約"),
        (
            "stage",
            "disbursement",
            "拨付 已拨付 撥付 已撥付 支付 已支付 到账 已到账 到賬 已到賬 到帳 已到帳",
        ),
        ("instrument", "cash", "现金 現金"),
        ("instrument", "shares", "股份"),
        ("instrument", "loan", "贷款 貸款"),
        ("instrument", "in_kind", "实物 實物"),
        ("qualifier", "exact", "确数 確數"),
        ("qualifier", "about", "约数 約數"),
        ("qualifier", "at_least", "至少"),
        ("qualifier", "up_to", "不超过 不超過"),
    ],
)
def test_chinese_words_of_one_meaning_are_read(field: str, value: str, words: str) -> None:
    layout = {
        "columns": {name: name for name in (*HEADINGS.split(","), field)},
        "values": {field: {"自定": value}},
    }
    for word in words.split():
        for table in (
            f"{HEADINGS},{field}\n{ACME},{word}\n",
            f"{HEADINGS},{field}\n{ACME}, {word} \n",
        ):
            for options in ({}, {"layout": layout}):
                (pledge,) = read(table, **options)
                assert getattr(pledge, field) == value


def test_the_words_of_our_chinese_tables_are_read() -> None:
    say = in_language("zh_CN")
    for field in ("stage", "instrument", "qualifier"):
        members = [value for value in VALUES if type(value).__name__.lower() == field]
        for member in members:
            (pledge,) = read(f"{HEADINGS},{field}\n{ACME},{say(VALUES[member])}\n")
            assert getattr(pledge, field) == member
    for stage, word in STAGE_COLUMNS.items():
        assert read(f"{HEADINGS},stage\n{ACME},{say(word)}\n").pledges[0].stage == stage


def test_a_chinese_word_of_several_meanings_is_refused() -> None:
    for word in ("捐赠", "投入", "完成", "承诺书"):
        (fault,) = faults(f"{HEADINGS},stage\n{ACME},{word}\n")
        assert fault.startswith(f":2: acme-1: stage: {word!r} is none of 承诺, 立约, 拨付")


def test_a_layout_may_mean_something_else_by_a_chinese_word() -> None:
    layout = {
        "columns": {name: name for name in (*HEADINGS.split(","), "stage")},
        "values": {"stage": {"承诺": "commitment"}},
    }
    assert read(f"{HEADINGS},stage\n{ACME},承诺\n", layout=layout).pledges[0].stage == "commitment"


def test_chinese_dates_and_digits_are_read() -> None:
    dataset = read(
        f"{HEADINGS}\nAcme,２０亿元,,民國110年9月2日\nAcme,２０００,CNY,２０２１年９月\n"
    )
    assert [(str(p.amount), str(p.announced)) for p in dataset] == [
        ("2,000,000,000 CNY", "2021-09-02"), ("2,000 CNY", "2021-09"),
    ]  # fmt: skip


@given(positive_amounts)
def test_every_amount_is_read_back_with_its_precision_from_the_plainest_cell(
    amount: Decimal,
) -> None:
    dataset = cp.Dataset(
        companies=[cp.Company(id="acme", name="Acme")],
        pledges=[
            cp.Pledge(id="a", company="acme", amount=cp.Money(amount, "CNY"), announced="2021")
        ],
    )
    (row,) = csv.DictReader(io.StringIO(written(dataset)))
    (back,) = read(written(dataset)).pledges
    assert back.amount.amount.as_tuple() == dataset.pledges[0].amount.amount.as_tuple()
    exponent = int(dataset.pledges[0].amount.amount.as_tuple().exponent)
    has_two_readings = exponent == -3 and 1 <= amount < 1000
    assert ("E" in row["amount"]) is (exponent > 0 or has_two_readings)


@pytest.mark.parametrize(
    ("heading", "scale", "amount"),
    [
        ("Amount (USD m)", "million", "12,500,000 USD"), ("Amount (USD)", None, "12.5 USD"),
        ("金额（万美元）", "万", "125,000 USD"), ("金额（元）", None, "12.5 CNY"),
        ("amount_usd", 1, "12.5 USD"), ("amount", None, "12.5 EUR"),
    ],
)  # fmt: skip
def test_a_currency_in_our_own_heading_holds_against_the_default(
    heading: str, scale: str | int | None, amount: str
) -> None:
    sheet = f"company,{heading},announced\nAcme,12.5,2021\n"
    assert str(read(sheet, default="EUR", scale=scale).pledges[0].amount) == amount


def test_a_currency_in_our_own_heading_is_that_of_its_column() -> None:
    sheet = "company,Amount (USD),currency,announced\nAcme,12.5,{},2021\n"
    assert read(sheet.format("USD")).pledges[0].amount == cp.Money("12.5", "USD")
    with pytest.raises(
        cp.errors.FileError, match="EUR is not what the heading 'Amount \\(USD\\)' says"
    ):
        read(sheet.format("EUR"))
    with pytest.raises(cp.errors.FileError, match="amount: is the heading of two columns"):
        read("company,Amount (USD),Amount (EUR),announced\nAcme,12.5,1,2021\n")


def test_a_currency_in_our_own_heading_says_which_dollars_its_cells_are_in() -> None:
    sheet = "company,Amount ({}),high,announced\nAcme,$5,$9,2021\n"
    for code in ("USD", "CAD"):
        (pledge,) = read(sheet.format(code)).pledges
        assert (pledge.amount, pledge.high) == (cp.Money(5, code), cp.Money(9, code))
    with pytest.raises(cp.errors.FileError, match="'\\$5' does not say which currency"):
        read(sheet.format("EUR"))


@pytest.mark.parametrize(
    ("headings", "cells", "problem"),
    [
        ("Amount (USD)", "5 CNY", "amount: CNY is not what the heading 'Amount (USD)' says"),
        ("Amount (USD),High (EUR)", "5,9", "high: USD is not what the heading 'High (EUR)' says"),
        ("Amount,High (USD)", "5 CNY,9 CNY", "high: CNY is not what the heading 'High (USD)' says"),
        ("Amount,Currency,High (USD)", "5,CNY,9", "high: CNY is not what the heading 'High (USD)'"),
    ],
)
def test_no_cell_is_in_another_currency_than_its_heading_names(
    headings: str, cells: str, problem: str
) -> None:
    (fault,) = faults(f"company,{headings},announced\nAcme,{cells},2021\n")
    assert problem in fault


def test_symbols_say_which_currency_our_own_heading_names(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pandas = pytest.importorskip("pandas")
    rows: list[list[Any]] = [["company", "Amount ($)", "announced"], ["Acme", 5, "2021"]]
    sheet = "\n".join(",".join(map(str, row)) for row in rows)
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "mine.xlsx")
    frame = pandas.DataFrame(rows[1:], columns=rows[0])
    symbols = {"$": "CAD"}
    for dataset in (
        read(sheet, symbols=symbols),
        cp.read(tmp_path / "mine.xlsx", symbols=symbols),
        cp.frames.read(frame, symbols=symbols),
    ):
        assert dataset.pledges[0].amount == cp.Money(5, "CAD")
    with pytest.raises(cp.errors.FileError, match="amount: is no column of it"):
        read(sheet)


def test_equivalents_are_in_other_currencies_than_the_heading_of_the_amounts() -> None:
    sheet = "company,Amount (USD),High (USD),equivalents,announced\nAcme,5,9,35 CNY,2021\n"
    (pledge,) = read(sheet).pledges
    assert (pledge.high, pledge.equivalents) == (cp.Money(9, "USD"), (cp.Money(35, "CNY"),))


@pytest.mark.parametrize("note", ["n/a", "TBC", "-", "?", "undisclosed", "未披露", "#N/A"])
def test_a_note_in_the_place_of_an_amount_is_left_out_as_its_error_advises(note: str) -> None:
    table = f"{HEADINGS}\n{ACME}\nBeta,{note},CNY,2021\n"
    (fault,) = faults(table)
    assert fault.endswith(f"; leave the row out, as a layout does with skip.amount = {note!r}")
    columns = {column: column for column in HEADINGS.split(",")}
    dataset = read(table, layout={"columns": columns, "skip": {"amount": note}})
    assert [pledge.company for pledge in dataset] == ["acme"]


@pytest.mark.parametrize("amount", ["fivve million yuan", "0?", "yuan", "=SUM(B3:B9)", "百?"])
def test_an_amount_that_is_miswritten_is_no_row_to_leave_out(amount: str) -> None:
    (fault,) = faults(f"{HEADINGS}\n{ACME}\nBeta,{amount},,2021\n")
    assert "leave the row out" not in fault


@pytest.mark.parametrize(
    ("field", "word", "problem", "advised"),
    [
        ("stage", "捐赠", "is none of 承诺, 立约, 拨付", "拨付"),
        ("stage", "已签", "is none of 承诺, 立约, 拨付; did you mean 已签约?", "已签约"),
        ("instrument", "股票", "is none of 现金, 股份, 贷款, 实物", "股份"),
        ("qualifier", "大概", "is none of 确数, 约数, 至少, 不超过", "约数"),
        (
            "stage",
            "pledgd",
            "is none of pledge, commitment, disbursement; did you mean pledge?",
            "pledge",
        ),
    ],
)
def test_a_wrong_word_is_offered_words_of_its_own_language_that_are_read(
    field: str, word: str, problem: str, advised: str
) -> None:
    table = f"{HEADINGS},{field}\n{ACME},{word}\n"
    assert faults(table) == [f":2: acme-1: {field}: {word!r} {problem}"]
    (pledge,) = read(table.replace(word, advised)).pledges
    assert getattr(pledge, field)


def test_a_wrong_chinese_word_is_one_fault_beside_the_others_of_its_row() -> None:
    table = "company,amount,currency,announced,stage,instrument\nAcme,5,CNY,soon,捐赠,股票\n"
    wrong = sorted(fault.split(": ")[2] for fault in faults(table))
    assert wrong == ["announced", "instrument", "stage"]


def test_headings_below_a_title_are_found() -> None:
    title = "Gifts of 2021,,\n\n"
    table = "公司,金额（万元）,公布日期\n甲,5,2021\n"
    problem = ":3: here are the headings; delete the lines above them"
    assert faults(title + table) == [problem]
    assert faults((title + table).replace(",", ";")) == [problem]
    assert read(table, scale="万").pledges[0].amount == cp.Money(50_000, "CNY")
    (fault,) = faults("\n\n" + table)  # blank lines are no title
    assert fault.startswith(":3: 金额（万元）: has a heading that says 万")
    assert "Gifts of 2021: is no column" in faults(title + table.replace("公司", "甲方"))[0]
