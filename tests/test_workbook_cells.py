"""Cells of workbooks: numbers, dates, formulas, errors and merged cells, read rightly or refused."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import commonprosperity as cp
from sheets import pledge_of, read, refusal
from workbooks import (
    HEADINGS,
    ROW,
    openpyxl,
    saved,
    with_part,
    with_xml,
    xlsx,
)

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
