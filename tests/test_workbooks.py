"""Workbooks of others: each trap is read rightly, or refused with a way out."""

import io
import re
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import commonprosperity as cp
from sheets import pledge_of, read, refusal
from workbooks import (
    HEADINGS,
    ROW,
    SHEET,
    compound,
    saved,
    with_part,
    with_xml,
    xlsb,
    xlsx,
    zipped,
)

STYLES = "xl/styles.xml"


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


def test_headings_of_a_sheet_below_a_title_are_found() -> None:
    content = xlsx([], HEADINGS, ROW, headings=["Gifts of 2021"])
    assert refusal(content).endswith(":3: here are the headings; delete the lines above them")


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


NOTE = (
    "only in an .xlsx can be seen which rows are hidden, and which cells have an error, a formula without "
    "a value, or a percentage"
)


# Other forms


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
