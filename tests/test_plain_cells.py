"""The XML of a sheet says the same, whether its plain cells are looked at or passed over."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.errors import FileError
from commonprosperity.files.intake import Intake
from commonprosperity.files.workbook import sheet_xml
from commonprosperity.files.workbook.cells import text_of
from commonprosperity.files.workbook.number_format import NumberFormat
from commonprosperity.files.workbook.plain_cells import without_plain_cells
from commonprosperity.files.workbook.sheet_xml import SheetXml
from workbooks import openpyxl, saved

FORMATS = {"2": NumberFormat(decimals=2)}
PLAIN = ("<v>5</v>", "<v>-1.5E+10</v>", "<v></v>")
CONTENTS = (
    *PLAIN, *PLAIN, "", "<v>&amp;</v>", "<v>TRUE</v>", "<f>1+1</f><v>2</v>", "<f>1+1</f>", "<v>#N/A</v>",
    "<is><t>a</t></is>", '<v xml:space="preserve">5</v>', "<v>五</v>", "<v>5</v><v>6</v>",
)  # fmt: skip
ATTRIBUTES = (
    "",
    "",
    "",
    ' t="s"',
    ' t="n"',
    ' t="e"',
    ' t="str"',
    ' s="2"',
    ' s="1"',
    ' t="s" s="2"',
)
COLUMNS = ("A", "B", "Z", "AA", "XFD")


@st.composite
def cells(draw: st.DrawFn, row: int) -> str:
    """Draw a cell: nearly always in its row, in any column, or without a place."""
    number = draw(st.sampled_from([row] * 8 + [7, 1_048_576]))
    place = draw(st.sampled_from([f' r="{draw(st.sampled_from(COLUMNS))}{number}"'] * 5 + [""]))
    content = draw(st.sampled_from(CONTENTS))
    return f"<c{place}{draw(st.sampled_from(ATTRIBUTES))}>{content}</c>"


@st.composite
def sheets(draw: st.DrawFn) -> str:
    """Draw the XML of a sheet, with rows that are hidden or have no number."""
    rows = []
    for number in draw(st.lists(st.integers(1, 12), max_size=4)):
        start = draw(
            st.sampled_from([f'<row r="{number}">', f'<row r="{number}" hidden="1">', "<row>"])
        )
        rows.append(f"{start}{''.join(draw(st.lists(cells(number), max_size=6)))}</row>")
    return f'<?xml version="1.0"?>\n<worksheet><sheetData>{"".join(rows)}</sheetData></worksheet>'


def said(content: bytes, *, is_stale: bool = False) -> dict[str, Any] | str:
    """Return all that the XML of a sheet says, or why it is refused."""
    try:
        xml = SheetXml(content, FORMATS, Intake("a.xlsx"), is_stale=is_stale)
    except FileError as error:
        return str(error)
    names = ("hidden_rows", "errors", "uncalculated", "shown", "last_row", "last_column")
    return {name: getattr(xml, name) for name in names}


@contextmanager
def every_cell_looked_at() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheet_xml, "without_plain_cells", lambda content: (content, set()))
        yield


@given(sheets(), st.booleans())
def test_sheet_says_the_same_without_its_plain_cells(sheet: str, is_stale: bool) -> None:  # noqa: FBT001
    content = sheet.encode()
    with every_cell_looked_at():
        expected = said(content, is_stale=is_stale)
    assert said(content, is_stale=is_stale) == expected


@given(
    st.data(),
    st.sampled_from(["<", "&", "<!-- -->", "<!DOCTYPE a>", "<![CDATA[5]]>", "</c>", '"', "\x00"]),
)
def test_broken_sheet_is_refused_in_the_same_place(data: st.DataObject, junk: str) -> None:
    row = (
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="s"><v>2</v></c><c r="C2"><v>3</v></c></row>'
    )
    whole = f"<worksheet>{row}</worksheet>"
    at = data.draw(st.integers(0, len(whole)))
    content = (whole[:at] + junk + whole[at:]).encode()
    with every_cell_looked_at():
        expected = said(content)
    assert said(content) == expected


def test_plain_cells_are_passed_over_up_to_the_last_of_their_row() -> None:
    def row(number: int, *attributes: str) -> str:
        places = zip(("A", "B", "C"), attributes, strict=True)
        return "".join(f'<c r="{letter}{number}"{more}><v>1</v></c>' for letter, more in places)

    sheet = row(2, ' t="n"', ' t="s"', "") + row(3, "", ' s="2"', "") + row(4, ' t="e"', "", "")
    left, columns = without_plain_cells(sheet.encode())
    assert " ".join(left.decode().split()) == (
        '<c r="C2"><v>1</v></c>'
        '<c r="A3"><v>1</v></c><c r="B3" s="2"><v>1</v></c><c r="C3"><v>1</v></c>'
        '<c r="A4" t="e"><v>1</v></c> <c r="C4"><v>1</v></c>'
    )
    assert (len(left), columns) == (len(sheet), {"A", "B"})


def test_column_far_off_counts_though_others_follow_it() -> None:
    content = b'<row r="1"><c r="XFD1"><v>1</v></c><c r="A1"><v>2</v></c></row>'
    assert without_plain_cells(content)[1] == {"XFD"}
    assert SheetXml(content, {}, Intake("a.xlsx")).last_column == 16_384


def test_cells_of_the_last_row_and_of_large_numbers_are_plain() -> None:
    content = b'<c r="A1048576"><v>1E+10</v></c><c r="B1048576"><v>-1.5E-7</v></c>'
    assert without_plain_cells(content)[1] == {"A"}


def test_whole_number_is_written_without_an_exponent() -> None:
    assert [text_of(number, "amount") for number in (5.0, -1200.0, -5.25)] == [
        "5",
        "-1200",
        "-525E-2",
    ]


def test_cells_beside_the_headings_of_all_our_sheets_are_told_at_once() -> None:
    book = openpyxl.Workbook()
    for name, headings in (
        ("companies", ["id", "name"]),
        ("pledges", ["id", "company", "amount", "announced"]),
    ):
        sheet = book.create_sheet(name)
        sheet.append(headings)
        sheet.append([*headings, "beside"])
    with pytest.raises(FileError) as error:
        cp.read(io.BytesIO(saved(book)), format="xlsx")
    told = [
        fault.place for fault in error.value.faults if "stands under no heading" in fault.problem
    ]
    assert told == ["the file/companies:2", "the file/pledges:2"]
