"""Workbooks of others: each trap is read rightly, or refused with a way out."""

import io
import re
import zipfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import commonprosperity as cp
from workbooks import (
    HEADINGS,
    ROW,
    SHEET,
    compound,
    openpyxl,
    saved,
    with_part,
    with_xml,
    xlsb,
    xlsx,
    zipped,
)

STYLES = "xl/styles.xml"


def read(content: bytes, **how: Any) -> cp.Dataset:
    return cp.read(io.BytesIO(content), format="xlsx", **how)


def pledge_of(content: bytes, **how: Any) -> cp.Pledge:
    (pledge,) = read(content, **how)
    return pledge


def refusal(content: bytes, **how: Any) -> str:
    with pytest.raises(cp.errors.FileError) as error:
        read(content, **how)
    return str(error.value)


def test_sheet_is_read_as_a_flat_csv_is() -> None:
    rows = [
        ["Acme", "up to 5 million yuan", None, "2021-09", "x"],
        ["腾讯", 1000, "CNY", 2021, None],
    ]
    text = "company,amount,currency,announced,note\nAcme,up to 5 million yuan,,2021-09,x\n腾讯,1000,CNY,2021,\n"
    assert read(xlsx(*rows)) == cp.read(io.StringIO(text), format="csv")
    chinese = ("公司", "金额", "币种", "公布日期", "备注")
    assert read(xlsx(*rows, headings=chinese)) == read(xlsx(*rows))


@pytest.mark.parametrize("ending", [".xlsx", ".XLSX", ".xls", ".xlsb", ".ods"])
def test_ending_says_a_workbook_and_the_bytes_say_which(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"a{ending}").write_bytes(xlsx())
    assert cp.read(tmp_path / f"a{ending}") == read(xlsx())


def test_layout_reads_a_sheet_of_others() -> None:
    headings = ["Year", "Month", "Funder", "Budget (USD m)", "Remarks", "Remarks", "Country"]
    content = xlsx(
        ["", "", "A title above"], headings, [2021, 3, "Ford Fdn", 1.25, "x", "y", "Kenya"],
        [2021, 4, "Ford Fdn", "n/a", None, None, None], headings=[],
    )  # fmt: skip
    layout = {
        "columns": {"announced": ["Year", "Month"], "company": "Funder", "amount": "Budget (USD m)"},
        "tags": {"country": "Country"}, "names": {"Ford Fdn": "Ford Foundation"},
        "skip": {"amount": "n/a"}, "scale": "million", "headings_in_row": 3,
    }  # fmt: skip
    dataset = read(content, layout=layout)
    assert [(p.company, str(p.amount), str(p.announced), dict(p.tags)) for p in dataset] == [
        ("ford-foundation", "1,250,000 USD", "2021-03", {"country": "Kenya"})
    ]
    assert dataset.notes == ("rows left out as amount is 'n/a': 1",)


# Numbers


@settings(max_examples=50)
@given(st.integers(1, 10**15 - 1), st.integers(-9, 0))
def test_number_of_fifteen_digits_is_exact(digits: int, exponent: int) -> None:
    number = Decimal(digits).scaleb(exponent)
    content = with_xml(xlsx(), b"<v>1000</v>", f"<v>{float(number)!r}</v>".encode())
    assert pledge_of(content).amount.amount == number


@pytest.mark.parametrize(
    ("number", "amount", "note"),
    [
        ("0.1", "0.1", "0.1"),
        ("0.30000000000000004", "0.3", "0.3"),
        ("1E-07", "1E-7", "0.0000001"),
        ("-0", "0", "0"),
        ("1234567.8900000001", "1234567.89", "1234567.89"),
        ("0.33333333333333331", "0.333333333333333", "0.333333333333333"),
        ("2000000000000000", "2000000000000000", "2000000000000000"),
        ("1e+20", "100000000000000000000", "100000000000000000000"),
        ("1234.567", "1234.567", "1234.567"),
    ],
)
def test_number_has_the_digits_that_a_spreadsheet_shows(
    number: str, amount: str, note: str
) -> None:
    content = with_xml(
        xlsx(["Acme", 1000, "CNY", "2021", 1000]), b"<v>1000</v>", f"<v>{number}</v>".encode()
    )
    pledge = pledge_of(content)
    assert (str(pledge.amount.amount), pledge.note) == (str(Decimal(amount)), note)


def test_numbers_that_are_rounded_are_told() -> None:
    content = with_xml(
        xlsx(ROW, ROW, ["Acme", 5, "CNY", "2021", "x"]),
        b"<v>1000</v>",
        b"<v>0.30000000000000004</v>",
    )
    assert read(content).notes == ("numbers read to the 15 digits that a spreadsheet shows: 2",)
    assert read(xlsx(["Acme", 0.1, "CNY", "2021", "x"])).notes == ()


@pytest.mark.parametrize(
    "number", ["1234567890123456", "9007199254740993", "12345678901234567890", "-1234567890123456"]
)
def test_number_of_sixteen_digits_is_refused(number: str) -> None:
    content = with_xml(xlsx(), b"<v>1000</v>", f"<v>{number}</v>".encode())
    shown = f"{int(float(number))} has more than 15 digits, which a spreadsheet does not keep"
    assert refusal(content) == (
        f"the file/Sheet:2: acme-1: amount: {shown}; write it again, in a cell of the format Text"
    )
    assert "id: " in refusal(xlsx([1234567890123456, *ROW], headings=["id", *HEADINGS]))
    assert pledge_of(xlsx(["Acme", number.lstrip("-"), "CNY", "2021", None])).amount.amount == abs(
        int(number)
    )


def test_long_number_is_read_where_it_ends_in_zeros() -> None:
    assert (
        pledge_of(xlsx(["Acme", 123456789012 * 10**4, "CNY", "2021", None])).amount.amount
        == 1234567890120000
    )
    assert "has more than 15 digits" in refusal(
        xlsx(["Acme", 1234567890123 * 10**3, "CNY", "2021", None])
    )
    assert (
        pledge_of(xlsx(["Acme", 123456789012345, "CNY", "2021", None])).amount.amount
        == 123456789012345
    )


@pytest.mark.parametrize("text", ["1.234", "1,234", "1.234 CNY"])
def test_text_of_two_readings_is_refused_until_a_locale_says(text: str) -> None:
    content = xlsx(["Acme", text, "CNY", "2021", None])
    assert "can be read in two ways" in refusal(content)
    assert {pledge_of(content, locale=locale).amount.amount for locale in ("en", "de")} == {
        Decimal("1.234"),
        1234,
    }


def test_number_has_one_reading_in_every_locale() -> None:
    content = xlsx(["Acme", 1.234, "CNY", "2021", None])
    assert {
        pledge_of(content, **how).amount.amount for how in ({}, {"locale": "de"}, {"locale": "en"})
    } == {Decimal("1.234")}


def test_currency_in_the_heading_is_that_of_the_numbers_below_it() -> None:
    headings = ["company", "announced", "Amount (USD)"]
    sheet = xlsx(["Acme", "2021", 12], headings=headings)
    assert pledge_of(sheet, default="EUR").amount == cp.Money(12, "USD")
    beside = xlsx(["Acme", "2021", 12, "EUR"], headings=[*headings, "currency"])
    assert "EUR is not what the heading 'Amount (USD)' says" in refusal(beside)


def test_number_needs_a_currency_beside_it() -> None:
    content = xlsx(["Acme", 12.5, None, "2021", None])
    assert "amount: has no currency beside it; write its code, such as CNY" in refusal(content)
    assert str(pledge_of(content, default="EUR").amount) == "12.5 EUR"
    assert str(pledge_of(content, default="EUR", scale="million").amount) == "12,500,000 EUR"


def formatted(value: Any, code: str, column: str = "B") -> bytes:
    """Make a workbook of one pledge with a cell in a format."""

    def change(_: Any, sheet: Any) -> None:
        sheet[f"{column}2"] = value
        sheet[f"{column}2"].number_format = code

    return xlsx(change=change)


@pytest.mark.parametrize(
    ("value", "code", "amount"),
    [
        (250, "0.00", "250.00"),
        (250, "#,##0.000", "250.000"),
        (1234.5, '#,##0.00 "€";[Red]-#,##0.00 "€"', "1234.50"),
        (1234.567, "0.00", "1234.567"),
        (12.5, "0", "12.5"),
        (15_490_000_000, "0.000E+00", "1.549E+10"),
        (15_495_500_000, "0.000E+00", "15495500000"),
        (5_000_000, "0E+00", "5E+6"),
        (5_000_000, "General", "5000000"),
        (5_000_000, '0.0,,"M"', "5000000"),
        (5_000_000, "[$¥-804]#,##0", "5000000"),
        (50_000, r'0.0\ "CNY"', "50000.0"),
    ],
)  # fmt: skip
def test_format_says_the_precision(value: float, code: str, amount: str) -> None:
    assert str(pledge_of(formatted(value, code)).amount.amount) == amount


@pytest.mark.parametrize(
    "code", ["0.0,,", '0.0"万"', '#,##0 "million"', '0.0,"M"', "#,##0,", '0" Mio. €"']
)
def test_number_shown_in_another_unit_is_refused(code: str) -> None:
    assert "amount: 15 is shown in another unit than it is in; show it in full" in refusal(
        formatted(15, code)
    )


@pytest.mark.parametrize(
    ("value", "code", "note"), [(0.05, "0%", "5%"), (0.125, "0.0%", "12.5%"), (1, "0.00%", "100%")]
)
def test_share_is_read_as_it_is_shown_and_is_no_amount(value: float, code: str, note: str) -> None:
    assert pledge_of(formatted(value, code, "E")).note == note
    assert f"amount: '{note}' is no amount" in refusal(formatted(value, code))


# Dates


@pytest.mark.parametrize(
    ("value", "code", "announced"),
    [
        (date(2021, 9, 2), "yyyy-mm-dd", "2021-09-02"),
        (datetime(2021, 9, 2), "d/m/yy h:mm", "2021-09-02"),  # noqa: DTZ001
        (date(2021, 9, 1), "mmm-yy", "2021-09"),
        (date(2021, 9, 1), 'yyyy"年"m"月"', "2021-09"),
        (date(2021, 9, 1), 'yyyy"年"m"月"d"日"', "2021-09-01"),
        (date(2021, 1, 1), "yyyy", "2021"),
        (date(1900, 3, 1), "yyyy-mm-dd", "1900-03-01"),
        (2021, "0", "2021"),
        (20210902, "0", "2021-09-02"),
    ],
)
def test_date_is_as_precise_as_it_is_shown(value: Any, code: str, announced: str) -> None:
    assert str(pledge_of(formatted(value, code, "D")).announced) == announced
    assert pledge_of(formatted(value, code, "E")).note == announced.replace(
        "-", "" if value == 20210902 else "-"
    )


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (date(1900, 2, 28), "1900-02-28 is before March 1900"),
        (60, "is before March 1900"),
        (1, "is before March 1900"),
        (time(10, 30), "10:30:00 is a time without a date; write the date"),
        (timedelta(hours=30), "1 day, 6:00:00 is a time without a date"),
        (0, "is a time without a date"),
        (44454.5, "it has a time of day and no time zone"),
        (True, "'TRUE' is no period"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused(value: Any, problem: str) -> None:
    code = (
        "[h]:mm"
        if isinstance(value, timedelta)
        else "h:mm"
        if isinstance(value, time)
        else "yyyy-mm-dd"
    )
    said = refusal(formatted(value, code, "D"))
    assert said.startswith("the file/Sheet:2: acme-1: announced: ")
    assert problem in said


def test_time_of_day_is_read_in_a_zone_that_is_given() -> None:
    layout = {"columns": {name: name for name in HEADINGS}, "zone": "Asia/Shanghai"}
    content = formatted(datetime(2021, 9, 2, 23, 30), "yyyy-mm-dd hh:mm", "D")  # noqa: DTZ001
    assert str(pledge_of(content, layout=layout).announced) == "2021-09-02"


def from_1904(value: Any) -> bytes:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(HEADINGS)
    book.active.append(["Acme", 5, "CNY", value, None])
    return saved(book)


def test_days_counted_from_1904_are_the_same_days() -> None:
    assert str(pledge_of(from_1904(date(2021, 9, 2))).announced) == "2021-09-02"


def test_serial_numbers_are_days_where_the_layout_says_and_they_count_from_1900() -> None:
    layout = {"columns": {name: name for name in HEADINGS}, "dates": "excel"}
    assert (
        str(pledge_of(xlsx(["Acme", 5, "CNY", 44454, None]), layout=layout).announced)
        == "2021-09-15"
    )
    assert "it counts days from 1904" in refusal(from_1904(42992), layout=layout)
    assert "it may be 2021-09-15" in refusal(xlsx(["Acme", 5, "CNY", 44454, None]))


# Formulas and errors


def test_formula_with_its_value_is_read() -> None:
    content = with_xml(xlsx(), b"<v>1000</v>", b"<f>500+500</f><v>1000</v>")
    content = with_part(
        content, "xl/workbook.xml", lambda part: part.replace(b' fullCalcOnLoad="1"', b"")
    )
    assert pledge_of(content).amount.amount == 1000


def test_formula_without_a_value_is_refused() -> None:
    for formula in (b"<f>1+1</f><v></v>", b"<f>1+1</f><v/>", b"<f>1+1</f>"):
        content = with_xml(xlsx(), b"<v>1000</v>", formula)
        assert refusal(content) == (
            "the file/Sheet:2: acme-1: amount: has a formula without a value; open the file in a "
            "spreadsheet, and save it"
        )


def test_value_that_is_to_be_calculated_on_opening_is_none() -> None:
    content = with_xml(xlsx(), b"<v>1000</v>", b"<f>500+500</f><v>0</v>")
    assert "amount: has a formula without a value" in refusal(content)


def test_formula_of_an_empty_text_is_blank() -> None:
    cell = b'<c r="E2" t="str"><f>""</f><v></v></c>'
    content = with_xml(xlsx(), b'<c r="E2" t="inlineStr"><is><t>x</t></is></c>', cell)
    content = with_part(
        content, "xl/workbook.xml", lambda part: part.replace(b' fullCalcOnLoad="1"', b"")
    )
    assert pledge_of(content).note is None


def test_formula_in_a_column_that_is_left_alone_does_not_matter() -> None:
    layout = {
        "columns": {
            "company": "company",
            "amount": "amount",
            "currency": "currency",
            "announced": "announced",
        }
    }
    assert pledge_of(xlsx(["Acme", 5, "CNY", 2021, "=1+1"]), layout=layout).amount.amount == 5


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!"])
def test_error_is_refused_unless_its_rows_are_skipped(error: str) -> None:
    content = xlsx(ROW, ["Acme", error, "CNY", "2021", None])
    assert refusal(content) == (
        f"the file/Sheet:3: acme-2: amount: has the error {error}; write the value, or leave the row out"
    )
    assert f"note: has the error {error}" in refusal(xlsx(["Acme", 5, "CNY", "2021", error]))
    layout = {"columns": {name: name for name in HEADINGS}, "skip": {"amount": error}}
    assert read(content, layout=layout).notes == (f"rows left out as amount is '{error}': 1",)


def test_formula_without_a_value_is_not_skipped_as_blank() -> None:
    layout = {"columns": {name: name for name in HEADINGS}, "skip": {"amount": ""}}
    assert len(read(xlsx(ROW, ["Acme", None, "CNY", "2021", None]), layout=layout)) == 1
    assert "has a formula without a value" in refusal(
        xlsx(ROW, ["Acme", "=1+1", "CNY", "2021", None]), layout=layout
    )


# Merged cells


def test_merged_company_is_the_company_of_each_row() -> None:
    rows = [
        ROW,
        [None, 5, "CNY", "2021", None],
        [None, 6, "CNY", "2021", None],
        ["Beta", 7, "CNY", "2021", None],
    ]
    dataset = read(xlsx(*rows, change=lambda _, sheet: sheet.merge_cells("A2:A4")))
    assert [pledge.company for pledge in dataset] == ["acme", "acme", "acme", "beta"]


@pytest.mark.parametrize(
    ("merged", "problem"),
    [
        ("B2:B3", "acme-1: amount: is merged over rows 2 to 3; write into each row what is its own"),
        ("B2:C2", "acme-1: currency: is merged with the cell beside it; unmerge them"),
        ("A2:E2", "pledge-1: note: is merged with the cell beside it"),
    ],
)  # fmt: skip
def test_merged_amount_is_refused(merged: str, problem: str) -> None:
    rows = [["Acme", 5, "CNY", "2021", "x"], ["Acme", 6, "CNY", "2021", "x"]]
    assert problem in refusal(xlsx(*rows, change=lambda _, sheet: sheet.merge_cells(merged)))


def test_heading_over_two_columns_is_refused_where_both_are_filled() -> None:
    layout = {"columns": {name: name for name in HEADINGS if name != "note"}}

    def change(_: Any, sheet: Any) -> None:
        sheet.merge_cells("D1:E1")

    assert refusal(xlsx(change=change), layout=layout).startswith(
        "the file/Sheet:1: announced: is a heading merged over several columns that are filled; unmerge "
        "it, and name each"
    )
    assert len(read(xlsx(["Acme", 5, "CNY", "2021", None], change=change), layout=layout)) == 1


def test_merged_title_and_merged_blanks_do_not_matter() -> None:
    def change(_: Any, sheet: Any) -> None:
        sheet["A1"] = "A title over all columns"
        sheet.merge_cells("A1:E2")

    layout = {"columns": {name: name for name in HEADINGS}, "headings_in_row": 3}
    content = xlsx([], HEADINGS, ROW, headings=["x"], change=change)
    blank = (
        b'<mergeCell ref="A1:E2" /><mergeCell ref="A5:E900000" /><mergeCell ref="G2:XFD1048576" />'
    )
    content = with_xml(content, b'<mergeCell ref="A1:E2" />', blank)
    assert pledge_of(content, layout=layout).company == "acme"


@pytest.mark.parametrize(
    ("code", "sign"),
    [
        ("[$$-409]#,##0.00", "$"), ("[$€-407]#,##0", "€"), ('#,##0.00 "€";[Red]-#,##0.00 "€"', "€"),
        ("[$CNY-804]#,##0", "CNY"), ("$#,##0", "$"), ("0.00", None), ("[$-409]0.00", None),
        ('0.0" t"', None),
    ],
)  # fmt: skip
def test_currency_that_only_a_format_shows_is_told_where_no_column_has_one(
    code: str, sign: str | None
) -> None:
    content = formatted(12.5, code)
    note = f"amounts that a format shows with {sign}, which is not read: 1"
    assert read(content).notes == ()  # as a column says CNY
    layout = {"columns": {"company": "Company", "amount": "Amount", "announced": "Announced"}}
    dataset = read(content, layout=layout, default="EUR")
    assert str(dataset.pledges[0].amount.currency) == "EUR"
    assert dataset.notes == ((note,) if sign else ())


# What is hidden, blank, or one of several


def test_hidden_rows_are_read_and_told() -> None:
    def change(_: Any, sheet: Any) -> None:
        for row in (1, 3, 9):
            sheet.row_dimensions[row].hidden = True

    dataset = read(xlsx(ROW, ROW, change=change))
    assert (len(dataset), dataset.notes) == (2, ("hidden rows that were read: 1",))


def test_hidden_sheets_are_told_and_not_read_unless_named() -> None:
    def change(book: Any, _: Any) -> None:
        for name, state in (("old", "hidden"), ("secret", "veryHidden")):
            book.create_sheet(name).sheet_state = state
            book[name].append(HEADINGS)
            book[name].append(["Beta", 7, "CNY", "2020", None])

    content = xlsx(change=change)
    assert read(content).notes == ("hidden sheets that were not read: old, secret",)
    dataset = read(content, sheet="secret")
    assert [pledge.company for pledge in dataset] == ["beta"]
    assert dataset.notes == ("hidden sheets that were not read: old",)


def several(*names: str) -> bytes:
    def change(book: Any, sheet: Any) -> None:
        sheet.title = names[0]
        for name in names[1:]:
            book.create_sheet(name).append(HEADINGS)
            book[name].append(["Beta", 7, "CNY", "2020", None])

    return xlsx(change=change)


def test_one_of_several_sheets_is_named_by_the_call_or_the_layout() -> None:
    content = several("2021", "2020")
    assert (
        refusal(content)
        == 'the file: it has several sheets, 2021, 2020; give sheet="2021", or another'
    )
    assert pledge_of(content, sheet="2020").company == "beta"
    layout = {"columns": {name: name for name in HEADINGS}, "sheet": "2020"}
    assert pledge_of(content, layout=layout).company == "beta"
    assert pledge_of(content, layout=layout, sheet="2021").company == "acme"
    assert refusal(content, sheet="2012") == "the file: it has no sheet '2012'; did you mean 2021?"
    assert (
        refusal(content, sheet="Data") == "the file: it has no sheet 'Data'; there are 2021, 2020"
    )


@pytest.mark.parametrize("name", ["腾讯 & Co", "it's", '"<2021>"', "a;b", " x ", "😀", "#REF!"])
def test_name_of_a_sheet_may_be_odd(name: str) -> None:
    assert pledge_of(several("other", name), sheet=name).company == "beta"
    assert pledge_of(several("other", name), sheet=name.strip().upper()).company == "beta"


def test_blank_sheets_are_none() -> None:
    assert len(read(xlsx(change=lambda book, _: book.create_sheet("Sheet2")))) == 1
    assert "amount: is no column of it; add one" in refusal(
        xlsx(headings=[], change=lambda _, s: s.delete_rows(1, 9))
    )


def test_sheet_of_a_layout_is_a_text() -> None:
    with pytest.raises(cp.errors.LayoutError, match="sheet: 2021 is no text"):
        cp.Layout(columns={"company": "A", "amount": "B", "announced": "C"}, sheet=2021)  # type: ignore[arg-type]


def test_rows_and_columns_that_are_empty_do_not_matter() -> None:
    def change(_: Any, sheet: Any) -> None:
        sheet.insert_cols(1, 2)
        sheet["XFD1048576"].number_format = "0.00"
        sheet["J2"] = " "

    assert len(read(xlsx(ROW, [None] * 5, ROW, above=7, change=change))) == 2


def test_cell_under_no_heading_is_a_fault() -> None:
    assert (
        refusal(xlsx([*ROW, "beside"]))
        == "the file/Sheet:2: 'beside' stands under no heading; write one"
    )


def test_faults_of_many_rows_are_told_once() -> None:
    content = xlsx(*[["Acme", "x", "CNY", "2021", None]] * 300)
    assert "(300 rows: 2, 3, 4, 5, 6, ...)" in refusal(content)
    assert refusal(content).startswith("the file/Sheet: amount: ")


def test_faults_end_at_the_thousandth() -> None:
    content = xlsx(*[[*ROW, "beside"]] * 1100)
    with pytest.raises(cp.errors.FileError) as error:
        read(content)
    assert len(error.value.faults) == 1000


def test_text_may_be_as_long_as_is_allowed() -> None:
    content = xlsx(["Acme", 5, "CNY", "2021", "x" * 300])
    assert len(pledge_of(content, cell_at_most=300).note or "") == 300
    assert "note: has more than 299 characters; shorten it" in refusal(content, cell_at_most=299)


# Hostile files


def test_far_cell_is_refused_before_it_fills_the_memory() -> None:
    far = b'<c r="XFD1048576"><v>5</v></c></row></sheetData>'
    content = with_xml(xlsx(), b"</row></sheetData>", far)
    said = "the file/Sheet: its cells go as far as row 1,048,576 and column 16,384; delete what stands far off"
    assert refusal(content).startswith(said)
    assert "its cells go as far as" in refusal(xlsb((0, 0, "company"), (1_048_575, 16_383, "x")))


def test_bomb_is_refused() -> None:
    content = with_part(
        xlsx(),
        SHEET,
        lambda part: part.replace(b"</sheetData>", b" " * 5_000_000 + b"</sheetData>"),
    )
    assert len(content) < 50_000
    assert "it has more than 4,000,000 bytes" in refusal(content, bytes_at_most=1_000_000)
    assert len(read(content)) == 1


def test_many_members_are_refused() -> None:
    assert "it has more than 2,000 members" in refusal(
        zipped(**{f"{at}.xml": b"" for at in range(2001)})
    )


@pytest.mark.parametrize(
    "xml", [b'<!DOCTYPE x [<!ENTITY a "5">]>', b"<!-- x -->", b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x">']
)  # fmt: skip
def test_document_type_is_refused(xml: bytes) -> None:
    for part in (SHEET, "xl/workbook.xml", STYLES):
        content = with_part(xlsx(), part, lambda content: xml + content)
        assert refusal(content).endswith("its XML has a document type, a comment or marked text")


def test_what_calamine_reads_otherwise_is_refused() -> None:
    for value in (b"<v>1<!-- -->000</v>", b"<v><![CDATA[1000]]></v>"):
        assert "a comment or marked text" in refusal(with_xml(xlsx(), b"<v>1000</v>", value))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"<html><table><tr><td>company</td></tr></table></html>", "it is HTML or XML under the name of a workbook; open it in a spreadsheet, and save it as .xlsx"),
        (b"\xef\xbb\xbf\r\n<?xml version='1.0'?><Workbook/>", "it is HTML or XML under the name of a workbook"),
        (b"company\tamount\nAcme\t5\n", "it is no workbook; a text with commas, semicolons or tabs between its cells is a .csv"),
        (b"", "it is no workbook"),
        (b"PK\x03\x04rubbish", "it is no zip file, or a damaged one"),
        (zipped(**{"a.txt": b"x"}), "it has no xl/_rels/workbook.xml.rels; is it a workbook?"),
        (zipped(**{"content.xml": b"<office>", "mimetype": b"x"}), "its XML cannot be read: no element found"),
        (zipped(**{"content.xml": b"\x00", "META-INF/manifest.xml": b"<manifest:encryption-data/>"}), "it is encrypted; open it in a spreadsheet, and save it without a password"),
        (compound("EncryptedPackage"), "it is encrypted; open it in a spreadsheet, and save it without a password"),
        (compound("Other"), "it is no workbook, a damaged one, or one with a password"),
        (compound("Workbook"), "it has no sheet of cells"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_told(content: bytes, problem: str) -> None:
    assert refusal(content).startswith(f"the file: {problem}")


@pytest.mark.parametrize(
    "part",
    [
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        STYLES,
        SHEET,
    ],
)
@settings(max_examples=20)
@given(data=st.data())
def test_damaged_part_never_raises_another_error(part: str, data: st.DataObject) -> None:
    def change(content: bytes) -> bytes:
        at = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 40))
        return content[:at] + data.draw(st.binary(max_size=8)) + content[at + length :]

    with suppress(cp.CommonProsperityError):
        read(with_part(xlsx(), part, change))


# Other forms


NOTE = (
    "only in an .xlsx can be seen which rows are hidden, and which cells have an error, a formula without "
    "a value, or a percentage"
)


def test_xlsb_is_read() -> None:
    headings = [(0, at, name) for at, name in enumerate(HEADINGS)]
    dataset = read(
        xlsb(*headings, (1, 0, "Acme"), (1, 1, 0.1 + 0.2), (1, 2, "CNY"), (1, 3, 2021.0))
    )
    assert [str(pledge.amount.amount) for pledge in dataset] == ["0.3"]
    assert dataset.notes == ("numbers read to the 15 digits that a spreadsheet shows: 1", NOTE)


def test_serial_numbers_of_an_xlsb_are_told() -> None:
    headings = [(0, at, name) for at, name in enumerate(HEADINGS)]
    content = xlsb(*headings, (1, 0, "Acme"), (1, 1, 5.0), (1, 2, "CNY"), (1, 3, 44454.0))
    dataset = read(content, layout={"columns": {name: name for name in HEADINGS}, "dates": "excel"})
    assert str(dataset.pledges[0].announced) == "2021-09-15"
    assert any(
        note.startswith("serial numbers were read as days from 1900 on") for note in dataset.notes
    )
    plain = read(
        content,
        layout={
            "columns": {name: name for name in HEADINGS[:3]},
            "constants": {"announced": "2021"},
        },
    )
    assert plain.notes == (NOTE,)


def test_grants_of_360giving_are_read_from_their_spreadsheet() -> None:
    headings = [
        "Identifier",
        "Title",
        "Currency",
        "Amount Awarded",
        "Award Date",
        "Recipient Org:Name",
        "Funding Org:Name",
    ]
    content = xlsx(
        ["360G-A-7/21", "Books", "GBP", 5000.5, date(2021, 9, 2), "Library", "Trust"],
        headings=headings,
    )
    grant = pledge_of(content, layout="360giving")
    assert (grant.id, str(grant.amount), str(grant.announced)) == (
        "360G-A-7-21",
        "5,000.5 GBP",
        "2021-09-02",
    )


def test_xls_is_read_with_its_merged_cells() -> None:
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    sheet = book.add_sheet("A")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for at, row in enumerate(
        [HEADINGS, ["Acme", 0.1, "CNY", None, "x"], [None, 5, "CNY", None, None]]
    ):
        for column, value in enumerate(row):
            if value is not None and (at, column) != (1, 0):
                sheet.write(at, column, value)
        if at:
            sheet.write(at, 3, date(2021, 9, at), day)
    sheet.write_merge(1, 2, 0, 0, "Acme")
    dataset = read(saved(book))
    assert [(p.company, str(p.amount.amount), str(p.announced)) for p in dataset] == [
        ("acme", "0.1", "2021-09-01"), ("acme", "5", "2021-09-02"),
    ]  # fmt: skip
    assert dataset.notes == (NOTE,)
    sheet.write(3, 1, 1234567890123456)
    assert "1234567890123456 has more than 15 digits" in refusal(saved(book))


def ods(*cells: dict[str, Any], repeated: int = 1) -> bytes:
    pytest.importorskip("odf")
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    table = Table(name="A")
    book.spreadsheet.addElement(table)
    rows: list[tuple[Any, ...]] = [
        tuple({"valuetype": "string", "text": name} for name in HEADINGS),
        cells,
    ]
    for at, row in enumerate(rows):
        line = TableRow(numberrowsrepeated=repeated if at else 1)
        for cell in row:
            text = cell.pop("text", "")
            element = TableCell(**cell)
            element.addElement(P(text=text))
            line.addElement(element)
        table.addElement(line)
    blank = TableRow(numberrowsrepeated=1_048_574)
    blank.addElement(TableCell(numbercolumnsrepeated=16_384))
    table.addElement(blank)
    return saved(book)


def test_ods_is_read() -> None:
    cells = [
        {"valuetype": "string", "text": "Acme"}, {"valuetype": "float", "value": "0.30000000000000004"},
        {"valuetype": "string", "text": "CNY"}, {"valuetype": "date", "datevalue": "2021-09-02"},
    ]  # fmt: skip
    content = ods(*map(dict, cells))
    dataset = read(content)
    assert [(str(p.amount.amount), str(p.announced)) for p in dataset] == [("0.3", "2021-09-02")]
    assert dataset.notes[-1] == NOTE
    assert len(read(ods(*map(dict, cells), repeated=3))) == 3
    assert "its cells go as far as row 900,001 and column 5" in refusal(
        ods(*map(dict, cells), {"valuetype": "string", "text": "x"}, repeated=900_000)
    )
    wide = {"valuetype": "string", "text": "x", "numbercolumnsrepeated": 9_000_000}
    assert "its cells go as far as" in refusal(ods(*map(dict, cells), wide))


# Files that other programs write


def test_cells_without_places_stand_one_after_the_other() -> None:
    content = xlsx(["Acme", "#N/A", "CNY", "2021", None])
    content = with_part(content, SHEET, lambda part: re.sub(rb' r="[A-Z]*[0-9]+"', b"", part))
    assert "Sheet:2: acme-1: amount: has the error #N/A" in refusal(content)


def test_elements_may_have_a_prefix() -> None:
    def prefixed(part: bytes) -> bytes:
        return re.sub(rb"<(/?)(\w)", rb"<\1x:\2", part).replace(b"xmlns=", b"xmlns:x=")

    content = with_part(xlsx(["Acme", "=1+1", "CNY", "2021", None]), SHEET, prefixed)
    assert "amount: has a formula without a value" in refusal(content)
    assert len(read(with_part(xlsx(), SHEET, prefixed))) == 1


def test_styles_may_be_missing_and_relations_may_be_absolute_paths() -> None:
    def without(name: str, content: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return zipped(
                **{each: archive.read(each) for each in archive.namelist() if each != name}
            )

    assert len(read(without(STYLES, xlsx()))) == 1
    assert (
        refusal(without(SHEET, xlsx())) == "the file: its parts do not fit together; save it anew"
    )


def test_number_that_is_none_is_refused() -> None:
    said = refusal(with_xml(xlsx(), b"<v>1000</v>", b"<v>1e999</v>"))
    assert said == "the file/Sheet:2: acme-1: amount: inf is no number"


def test_very_many_columns_are_refused() -> None:
    headings = [*HEADINGS, *map(str, range(995))]
    assert "it has more than 1,000 columns" not in refusal(xlsx(ROW, headings=headings))
    assert (
        refusal(xlsx(ROW, headings=[*headings, "x"]))
        == "the file/Sheet: it has more than 1,000 columns"
    )


class PanicException(BaseException):
    """What calamine raises when it meets what its authors did not expect."""


@pytest.mark.parametrize(
    "panic", [PanicException("index out of bounds"), RuntimeError("index out of bounds")]
)
def test_panic_of_calamine_is_an_error_of_ours(
    monkeypatch: pytest.MonkeyPatch, panic: BaseException
) -> None:
    def load(_: object) -> None:
        raise panic

    monkeypatch.setattr("python_calamine.load_workbook", load)
    assert refusal(xlsx()) == (
        "the file: it is no workbook, a damaged one, or one with a password (index out of bounds)"
    )


def test_interruption_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("python_calamine.load_workbook", load)
    with pytest.raises(KeyboardInterrupt):
        read(xlsx())


def test_headings_in_another_row_are_pointed_at() -> None:
    layout = {"columns": {name: name for name in HEADINGS}}
    content = xlsx(HEADINGS, ROW, headings=["A title"])
    assert "headings_in_row=2" in refusal(content, layout=layout)
