"""Workbooks of ours: every record is read back, and a spreadsheet shows what is meant."""

import io
from datetime import date
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.cli import main
from commonprosperity.files import write_template
from strategies import full_datasets, pledge
from workbooks import openpyxl, saved, xlsx

pytest.importorskip("xlsxwriter", reason="needs the extra excel")

ACME = cp.Dataset(companies=[cp.Company(id="acme", name="Acme")])
ENGLISH = ["sources", "companies", "initiatives", "pledges", "figures"]
CHINESE = ["来源", "公司", "项目", "承诺", "数据"]


def written(dataset: cp.Dataset, **how: Any) -> bytes:
    file = io.BytesIO()
    cp.write(dataset, file, format="xlsx", **how)
    return file.getvalue()


def read(content: bytes, **how: Any) -> cp.Dataset:
    return cp.read(io.BytesIO(content), format="xlsx", **how)


def opened(dataset: cp.Dataset, **how: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(written(dataset, **how)))


@pytest.mark.parametrize("locale", ["en", "zh_CN"])
@settings(max_examples=12)
@given(dataset=full_datasets())
def test_every_record_is_read_back_with_its_precision(locale: str, dataset: cp.Dataset) -> None:
    content = written(dataset, locale=locale)
    back = read(content)
    assert [*map(repr, back.records)] == [*map(repr, dataset.records)]
    assert back.notes == ()
    assert written(back, locale=locale) == content


def test_article_is_read_back_from_the_disk(tmp_path: Path) -> None:
    cp.write(cp.load(), tmp_path / "mine.xlsx")
    assert cp.read(tmp_path / "mine.xlsx") == cp.load()


@settings(max_examples=12)
@given(
    st.lists(
        st.builds(
            lambda digits, exponent: Decimal((0, tuple(map(int, str(digits))), exponent)),
            st.integers(0, 10**18),
            st.integers(-30, 30),
        ),
        max_size=30,
    )
)
def test_number_keeps_every_digit(numbers: list[Decimal]) -> None:
    figures = [
        cp.Figure(id=f"f{at}", about="acme", value=number) for at, number in enumerate(numbers)
    ]
    back = read(written(ACME.extend(*figures))).figures
    assert [*map(repr, back)] == [*map(repr, figures)]


def test_callers_context_does_not_matter() -> None:
    dataset = ACME.extend(pledge("a", "123456789.25 CNY"))
    with localcontext(prec=3):
        assert repr(read(written(dataset)).pledges) == repr(dataset.pledges)


@pytest.mark.parametrize(
    ("amount", "value", "code"),
    [
        ("1.549E+10", 15_490_000_000, "0.000E+00"),
        ("1E+11", 100_000_000_000, "0E+00"),
        ("250.00", 250, "#,##0.00"),
        ("0.000", 0, "#,##0.000"),
        ("2000000", 2_000_000, "#,##0"),
        ("999999999999999", 999_999_999_999_999, "#,##0"),
        ("9999999999999999", "9999999999999999", "General"),
        ("0.1234567890123456", "0.1234567890123456", "General"),
        ("0E+3", "0E+3", "General"),
    ],
)
def test_amount_is_a_number_that_shows_its_precision(amount: str, value: object, code: str) -> None:
    dataset = ACME.extend(pledge("a", f"{amount} CNY"))
    sheet = opened(dataset)["pledges"]
    headings = [cell.value for cell in sheet[1]]
    cell = sheet[2][headings.index("Amount")]
    assert (cell.value, cell.number_format) == (value, code)
    assert repr(read(written(dataset)).pledges[0].amount) == repr(dataset.pledges[0].amount)


def test_headings_stay_in_sight_and_are_in_the_language_of_the_reader() -> None:
    for locale, names, first in (
        ("en", ENGLISH, "Id"),
        ("zh_CN", CHINESE, "编号"),
        ("zh_TW", CHINESE, "编号"),
    ):
        book = opened(cp.load(), locale=locale)
        assert book.sheetnames == names
        for sheet in book:
            assert sheet.freeze_panes == "A2"
            assert sheet["A1"].value == first
            assert sheet["A1"].font.bold
    assert opened(cp.load(), locale="de")["pledges"]["A1"].value == "Id"
    with pytest.raises(cp.errors.LocaleError):
        written(cp.load(), locale="xx")


def test_columns_are_as_wide_as_what_is_in_them() -> None:
    dataset = cp.Dataset(
        companies=[cp.Company(id="a", name="腾讯控股有限公司", note="long " * 100)]
    )
    sheet = opened(dataset)["companies"]
    widths = {cell.value: sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]}
    assert (round(widths["Id"]), round(widths["Name"]), round(widths["Note"])) == (9, 19, 51)


def test_lists_to_choose_from_are_there() -> None:
    sheet = opened(cp.load())["pledges"]
    lists = {}
    for validation in sheet.data_validations.dataValidation:
        (ranges,) = validation.sqref.ranges
        lists[sheet.cell(1, ranges.min_col).value] = validation.formula1
        assert (ranges.min_row, ranges.max_row) == (2, len(cp.load()) + 1001)
    assert lists == {
        "Stage": '"pledge,commitment,disbursement"',
        "Qualifier": '"exact,about,at_least,up_to"',
        "Instrument": '"cash,shares,loan,in_kind"',
        "Company": "OFFSET('companies'!$A$2,0,0,MAX(1,COUNTA('companies'!$A:$A)-1),1)",
    }
    formulas = [
        v.formula1
        for v in opened(cp.load(), locale="zh_CN")["承诺"].data_validations.dataValidation
    ]
    assert "OFFSET('公司'!$A$2,0,0,MAX(1,COUNTA('公司'!$A:$A)-1),1)" in formulas


def test_days_are_dates_and_other_periods_are_texts() -> None:
    cells = {}
    for announced in ("2021-09-02", "2021-09", "1900-02-28", "1900-03-01"):
        sheet = opened(ACME.extend(pledge("a", "5 CNY", announced=announced)))["pledges"]
        cells[announced] = next(
            cell for cell in sheet[2] if sheet.cell(1, cell.column).value == "Announced"
        )
    assert {day: cell.is_date for day, cell in cells.items()} == {
        "2021-09-02": True, "2021-09": False, "1900-02-28": False, "1900-03-01": True,
    }  # fmt: skip
    assert str(cells["2021-09-02"].value.date()) == "2021-09-02"


def test_text_is_no_formula() -> None:
    company = cp.Company(id="a", name="=1+1", note="_x0041_ 'quoted", aliases=["+1", "@x"])
    sheet = opened(cp.Dataset(companies=[company]))["companies"]
    assert {cell.data_type for cell in sheet[2] if cell.value} == {"s"}
    assert read(written(cp.Dataset(companies=[company]))).companies == (company,)


@pytest.mark.parametrize(
    "aliases", [["a;b", "c"], ["[x]"], [" a", "b "], ["a", "b; c"], ["a; b"], ['["a"]']]
)
def test_list_is_read_back_whatever_is_in_it(aliases: list[str]) -> None:
    company = cp.Company(id="a", name="A", aliases=aliases)
    assert read(written(cp.Dataset(companies=[company]))).companies == (company,)


def test_tags_have_a_column_each() -> None:
    dataset = ACME.extend(
        pledge("a", "5 CNY", tags={"country": "Kenya"}),
        pledge("b", "5 CNY", tags={"Home Sector": "x"}),
    )
    headings = [cell.value for cell in opened(dataset)["pledges"][1]]
    assert headings[headings.index("Equivalents") + 1 :][:2] == ["tags.Home Sector", "tags.country"]
    assert read(written(dataset)) == dataset


@pytest.mark.parametrize("tags", [{" country ": "Kenya"}, {f"k{n}": "x" for n in range(901)}])
def test_tags_that_are_no_headings_are_in_one_column(tags: dict[str, str]) -> None:
    dataset = ACME.extend(pledge("a", "5 CNY", tags={**tags, "sector": "Health"}))
    headings = [cell.value for cell in opened(dataset)["pledges"][1]]
    assert headings[headings.index("Equivalents") + 1 :][0] == "Tags"
    assert repr(read(written(dataset)).pledges) == repr(dataset.pledges)


def test_tags_are_not_given_in_two_ways() -> None:
    def change(book: Any) -> None:
        sheet = book["pledges"]
        sheet.cell(1, sheet.max_column + 1).value = "Tags"
        sheet.cell(2, sheet.max_column).value = '{"sector": "Health"}'

    dataset = ACME.extend(pledge("a", "5 CNY", tags={"country": "Kenya"}))
    with pytest.raises(
        cp.errors.FileError,
        match="a: tags: has tags that have columns of their own as well; keep one",
    ):
        read(changed(dataset, change))


def test_what_a_cell_cannot_hold_is_told_all_at_once() -> None:
    company = cp.Company(id="a", name="\ufffe", note="😀" * 16_384)
    with pytest.raises(cp.errors.FileError) as error:
        written(cp.Dataset(companies=[company]))
    assert str(error.value) == (
        "a: name: has a character that no workbook holds; write .toml, .json, .zip or a folder\n"
        "a: note: has more than the 32,767 characters of a cell; write .toml, .json, .zip or a folder"
    )
    fits = cp.Dataset(companies=[cp.Company(id="a", name="A", note="x" * 32_767)])
    assert read(written(fits)) == fits


@pytest.mark.parametrize("ending", [".xls", ".xlsb", ".ods"])
def test_other_workbooks_are_only_read(tmp_path: Path, ending: str) -> None:
    with pytest.raises(cp.errors.FileError, match=r"this form is only read; write \.toml, "):
        cp.write(ACME, tmp_path / f"mine{ending}")
    assert not [*tmp_path.iterdir()]


def test_only_a_workbook_has_headings_in_a_language(tmp_path: Path) -> None:
    with pytest.raises(
        cp.errors.FileError,
        match=r"only the headings of an \.xlsx have a language; leave out locale=",
    ):
        cp.write(ACME, tmp_path / "mine.toml", locale="zh_CN")


def changed(dataset: cp.Dataset, change: Any) -> bytes:
    book = opened(dataset)
    change(book)
    return saved(book)


def test_row_that_a_person_adds_is_read() -> None:
    def change(book: Any) -> None:
        book["companies"].append(["beta", "Beta", None, "B; Beta Inc."])
        headings = [cell.value for cell in book["pledges"][1]]
        row = {
            "Id": "beta-1",
            "Company": "beta",
            "Amount": 2.5,
            "Currency": "CNY",
            "Announced": 2021,
        }
        book["pledges"].append([row.get(heading) for heading in headings])

    dataset = read(changed(ACME, change))
    assert dataset["beta"] == cp.Company(id="beta", name="Beta", aliases=["B", "Beta Inc."])
    assert str(dataset.pledges[0].amount) == "2.5 CNY"


def test_faults_of_all_sheets_are_told_at_once() -> None:
    def change(book: Any) -> None:
        book["companies"].append([None, "Beta"])
        book["companies"].append(["acme", "Acme again"])
        headings = [cell.value for cell in book["pledges"][1]]
        row = {"Id": "x", "Company": "acm", "Amount": "=1+1", "Currency": "CNY", "Announced": 2021}
        book["pledges"].append([row.get(heading) for heading in headings])
        book["figures"]["A1"] = "ID number"
        book["figures"].append(["f"])

    with pytest.raises(cp.errors.FileError) as error:
        read(changed(ACME, change))
    assert [str(fault) for fault in error.value.faults] == [
        "the file/companies:3: id: is missing",
        "the file/companies:4: acme: id: two rows have it",
        "the file/figures:1: ID number: is no column; there are id, about, measure, value, unit, qualifier, period, "
        "source, locator, note, locator_zh, note_zh",
        "the file/pledges:2: x: amount: has a formula without a value; open the file in a spreadsheet, and save it",
        "the file/pledges:2: x: company: there is no company acm; did you mean acme?",
    ]


def test_other_sheets_of_our_workbook_are_told() -> None:
    def change(book: Any) -> None:
        book.create_sheet("My notes").append(["x"])
        del book["figures"]
        book["pledges"].title = "承诺"

    dataset = read(changed(ACME, change))
    assert (dataset, dataset.notes) == (ACME, ("sheets that were not read: My notes",))


def test_sheet_of_our_workbook_is_read_as_a_table_where_it_is_named() -> None:
    dataset = ACME.extend(pledge("a", "5 CNY", company="acme"))
    back = read(written(dataset), sheet="pledges")
    assert [(p.id, p.company, str(p.amount)) for p in back] == [("a", "acme", "5 CNY")]
    assert back.companies == (cp.Company(id="acme", name="acme"),)


# The template


@pytest.mark.parametrize(
    ("locale", "sheets", "company", "amounts"),
    [
        ("en", ["pledges", "about the columns"], "example-company", ["up to 2 million CNY", "about 1.5 billion CNY"]),
        ("zh_CN", ["承诺", "列说明"], "示例公司", ["up to 2 million CNY", "about 1.5 billion CNY"]),
    ],
)  # fmt: skip
def test_template_is_read_back_in_both_languages(
    tmp_path: Path, locale: str, sheets: list[str], company: str, amounts: list[str]
) -> None:
    run = CliRunner().invoke(main, ["template", str(tmp_path / "t.xlsx"), "--locale", locale])
    assert (run.exit_code, run.output) == (0, "")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == sheets
    dataset = cp.read(tmp_path / "t.xlsx")
    assert [str(pledge.stated) for pledge in dataset] == amounts
    assert dataset.pledges[0].company == company
    assert dataset.notes == ()
    explained = [row[0].value for row in book[sheets[1]].iter_rows(min_row=2)]
    assert explained == [cell.value for cell in book[sheets[0]][1]]
    needed = [row[0].value for row in book[sheets[1]].iter_rows(min_row=2) if row[1].value]
    assert needed == (
        ["Company", "Amount", "Announced"] if locale == "en" else ["公司", "金额", "公布日期"]
    )
    assert all(row[2].value for row in book[sheets[1]].iter_rows())


@pytest.mark.parametrize("locale", ["en", "zh_CN"])
def test_template_that_is_filled_in_is_read(tmp_path: Path, locale: str) -> None:
    write_template(tmp_path / "t.xlsx", locale=locale)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    sheet = book.worksheets[0]
    sheet.delete_rows(2, 2)
    sheet.append(
        [
            "a-1",
            "腾讯",
            None,
            50_000_000_000,
            "CNY",
            None,
            "about",
            "pledge",
            "cash",
            date(2021, 8, 18),
        ]
    )
    sheet.append(
        [
            "a-2",
            "腾讯",
            None,
            "5亿元",
            None,
            None,
            None,
            "disbursement",
            None,
            2021,
            None,
            None,
            None,
            None,
            "a-1",
        ]
    )
    book.save(tmp_path / "t.xlsx")
    dataset = cp.read(tmp_path / "t.xlsx")
    assert str(dataset.total("CNY").amount) == "50,000,000,000.00 CNY"
    assert [(p.id, str(p.announced), p.part_of) for p in dataset] == [
        ("a-1", "2021-08-18", None),
        ("a-2", "2021", "a-1"),
    ]


def test_template_has_the_ending_of_a_workbook(tmp_path: Path) -> None:
    with pytest.raises(
        cp.errors.FileError, match=r"a template is an \.xlsx; give the file this ending"
    ):
        write_template(tmp_path / "t.csv")
    run = CliRunner().invoke(main, ["template", str(tmp_path / "t.xlsx"), "--locale", "xx"])
    assert run.exit_code == 2


def test_command_writes_workbooks_with_chinese_headings(tmp_path: Path) -> None:
    run = CliRunner().invoke(
        main, ["export", "article", str(tmp_path / "a.xlsx"), "--locale", "zh_CN"]
    )
    assert (run.exit_code, run.stdout) == (0, "")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == CHINESE
    assert cp.read(tmp_path / "a.xlsx") == cp.load()
    run = CliRunner().invoke(
        main, ["export", "article", str(tmp_path / "a.toml"), "--locale", "zh_CN"]
    )
    assert (run.exit_code, "已写入" in run.stderr) == (0, True)


def test_command_names_the_sheet_that_has_the_table(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx(change=lambda book, _: book.create_sheet("My 2020").append(["x"])))
    run = CliRunner().invoke(main, ["total", str(path)])
    assert (
        run.exit_code,
        "it has several sheets, Sheet, My 2020; give --sheet 'Sheet', or another" in run.output,
    ) == (1, True)
    run = CliRunner().invoke(main, ["total", str(path), "--sheet", "Sheet", "--format", "json"])
    assert (run.exit_code, "1000" in run.output) == (0, True)


def test_truth_is_read_as_a_person_writes_it() -> None:
    dataset = cp.Dataset(initiatives=[cp.Initiative(id="f", name="F", pooled=True)])

    def change(book: Any) -> None:
        sheet = book["initiatives"]
        headings = [cell.value for cell in sheet[1]]
        assert sheet.cell(2, headings.index("Pooled") + 1).value == "true"
        sheet.cell(2, headings.index("Pooled") + 1).value = True

    assert read(changed(dataset, change)) == dataset
