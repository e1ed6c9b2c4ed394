"""Workbooks for tests: made by the packages of others, and by hand where these make none like it."""

import io
import zipfile
from collections.abc import Callable, Sequence
from struct import pack
from typing import Any

import pytest

pytest.importorskip("python_calamine", reason="needs the extra excel")
openpyxl = pytest.importorskip("openpyxl", reason="makes the workbooks of these tests")

HEADINGS = ("company", "amount", "currency", "announced", "note")
ROW = ("Acme", 1000, "CNY", "2021", "x")
SHEET = "xl/worksheets/sheet1.xml"

Change = Callable[[Any, Any], object]


def xlsx(
    *rows: Any,
    headings: Sequence[Any] = HEADINGS,
    above: int = 0,
    change: Change | None = None,
) -> bytes:
    """Make an .xlsx with headings and rows; ``change`` gets the workbook and its sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    for _ in range(above):
        sheet.append([])
    for row in (headings, *(rows or [ROW])):
        sheet.append([*row])
    if change:
        change(book, sheet)
    return saved(book)


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Change the bytes of one member of a zip file, which may not be there yet."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in {*old.namelist(), name}:
            part = old.read(member) if member in old.namelist() else b""
            new.writestr(member, change(part) if member == name else part)
    return file.getvalue()


def with_xml(content: bytes, old: bytes, new: bytes, name: str = SHEET) -> bytes:
    """Replace bytes of one member, which has them."""

    def change(part: bytes) -> bytes:
        assert old in part
        return part.replace(old, new)

    return with_part(content, name, change)


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _record(kind: int, data: bytes = b"") -> bytes:
    """Make a record of an .xlsb: its kind and its length, seven bits a byte, and its data."""
    parts = b""
    for number in (kind, len(data)):
        for shift in (0, 7, 14, 21):
            more = 0x80 if number >> shift + 7 else 0
            parts += bytes([number >> shift & 0x7F | more])
            if not more:
                break
    return parts + data


def _text(text: str) -> bytes:
    return pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(*cells: tuple[int, int, str | float]) -> bytes:
    """Make an .xlsb of one sheet by hand, of cells that are given by their rows and columns."""
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
        'Target="{}"/></Relationships>'
    )
    rows = b""
    for row, column, value in cells:
        rows += _record(0, pack("<II", row, 0) + bytes(9) + pack("<I", 0))
        data = pack("<II", column, 0)
        rows += (
            _record(6, data + _text(value))
            if isinstance(value, str)
            else _record(5, data + pack("<d", value))
        )
    sheet = (
        _record(0x81)
        + _record(0x94, bytes(16))
        + _record(0x91)
        + rows
        + _record(0x92)
        + _record(0x82)
    )
    book = (
        _record(0x83)
        + _record(0x8F)
        + _record(0x9C, pack("<II", 0, 1) + _text("rId1") + _text("A"))
        + _record(0x90)
        + _record(0x84)
    )
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return zipped(**{
        "[Content_Types].xml": types,
        "_rels/.rels": relation.format("officeDocument", "xl/workbook.bin").encode(),
        "xl/_rels/workbook.bin.rels": relation.format("worksheet", "worksheets/sheet1.bin").encode(),
        "xl/workbook.bin": book,
        "xl/worksheets/sheet1.bin": sheet,
    })  # fmt: skip


def compound(name: str) -> bytes:
    """Make a compound file, as an .xls is, with one empty stream of a name: EncryptedPackage."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    header += (
        pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
        + pack("<I", 0)
        + pack("<I", free) * 108
    )
    table = pack("<II", fat, end) + pack("<I", free) * 126

    def entry(name: str, kind: int, child: int) -> bytes:
        text = (name + "\0").encode("utf-16-le")
        place = (
            text.ljust(64, b"\0")
            + pack("<HBB", len(text), kind, 1)
            + pack("<III", free, free, child)
        )
        return place + bytes(36) + pack("<IQ", end, 0)

    folder = entry("Root Entry", 5, 1) + entry(name, 2, free) + bytes(256)
    return header + table + folder
