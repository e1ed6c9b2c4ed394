"""``Workbook``: the sheets of a workbook of any form, opened without trust in its bytes."""

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, TypeVar
from zipfile import ZIP_STORED, ZipFile

import attrs

from commonprosperity.extras import needed
from commonprosperity.files.intake import Intake
from commonprosperity.files.workbook.extent import OdsExtent, check_extent, check_xlsb
from commonprosperity.files.workbook.grid import Grid
from commonprosperity.files.workbook.xlsx import Xlsx
from commonprosperity.files.zip_file import members
from commonprosperity.sentence import Sentence

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_ZIP, _COMPOUND = b"PK", b"\xd0\xcf\x11\xe0"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # an .xlsx with a password
_ENCRYPTED = Sentence("it is encrypted; open it in a spreadsheet, and save it without a password")
_MEMBERS_AT_MOST = 2_000
_INFLATION_AT_MOST = 4  # times as many bytes as the file itself may have
_WITHOUT_PICTURES = (".xml", ".rels", ".bin", "mimetype")

_Answer = TypeVar("_Answer")


@attrs.frozen
class Workbook:
    """A workbook: its sheets by their names, with whether each is hidden.

    ``xlsx`` has what calamine does not tell; it is None for the other forms.
    """

    intake: Intake
    book: "CalamineWorkbook"
    xlsx: Xlsx | None
    sheets: Mapping[str, bool]

    @classmethod
    def of(cls, content: bytes, intake: Intake) -> "Workbook":
        """Open a workbook.

        Raises `FileError` for what is none, is encrypted, or is too large, and `MissingExtraError`
        where the extra ``excel`` is not installed.
        """
        calamine, xlsx = needed("python_calamine", extra="excel"), None
        if content.startswith(_ZIP):
            parts = _parts(content, intake)
            xlsx = _checked_xlsx(parts, intake)
            content = _pack(parts)
        elif not content.startswith(_COMPOUND):
            raise intake.refused(_what_it_is(content))
        elif _ENCRYPTED_PACKAGE in content:
            raise intake.refused(_ENCRYPTED)
        book = _ask(lambda: calamine.load_workbook(BytesIO(content)), intake)
        sheets = {
            sheet.name: sheet.visible != calamine.SheetVisibleEnum.Visible
            for sheet in book.sheets_metadata
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet
        }
        return cls(intake, book, xlsx, sheets)

    def grid(self, name: str) -> Grid:
        """Return the cells of a sheet. Raises `FileError` where they cannot be read."""
        intake = self.intake.inside(name)
        xml = self.xlsx.sheet(name) if self.xlsx else None
        if xml:
            check_extent(xml.last_row, xml.last_column, intake)
        sheet = _ask(lambda: self.book.get_sheet_by_name(name), intake)
        last_row, last_column = sheet.end or (0, 0)
        check_extent(last_row + 1, last_column + 1, intake)
        rows = sheet.to_python(skip_empty_area=False)
        return Grid(intake, rows, sheet.merged_cell_ranges or [], xml)

    def notes(self) -> Iterator[Sentence]:
        """Yield what only an .xlsx shows, for a workbook of another form."""
        if self.xlsx is None:
            yield Sentence(
                "only in an .xlsx can be seen which rows are hidden, and which cells have an "
                "error, a formula without a value, or a percentage"
            )


def _parts(content: bytes, intake: Intake) -> dict[str, bytes]:
    """Return the members of a workbook's zip file that are read, none larger than it may be."""
    inflated = attrs.evolve(intake, bytes_at_most=intake.bytes_at_most * _INFLATION_AT_MOST)
    return members(
        content,
        inflated,
        at_most=_MEMBERS_AT_MOST,
        is_wanted=lambda name: name.endswith(_WITHOUT_PICTURES),
    )


def _checked_xlsx(parts: Mapping[str, bytes], intake: Intake) -> Xlsx | None:
    """Refuse what calamine could not hold, and return what stands around the sheets of an xlsx."""
    if "content.xml" in parts:
        if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
            raise intake.refused(_ENCRYPTED)
        OdsExtent(parts["content.xml"], intake)
        return None
    if "xl/workbook.bin" in parts:
        check_xlsb(parts, intake)
        return None
    return Xlsx(parts, intake)


def _pack(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts into a zip file of our own: calamine meets the bytes that were examined."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _ask(ask: Callable[[], _Answer], intake: Intake) -> _Answer:
    """Ask calamine for something. A hostile file may make it panic, which is no `Exception`."""
    try:
        return ask()
    except BaseException as error:
        name = type(error).__name__
        if name == "PasswordError":
            raise intake.refused(_ENCRYPTED) from None
        if isinstance(error, Exception) or name == "PanicException":
            problem = Sentence(
                "it is no workbook, a damaged one, or one with a password ({error})", error=error
            )
            raise intake.refused(problem) from None
        raise


def _what_it_is(content: bytes) -> Sentence:
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return Sentence(
            "it is HTML or XML under the name of a workbook; open it in a spreadsheet, and "
            "save it as .xlsx"
        )
    return Sentence(
        "it is no workbook; a text with commas, semicolons or tabs between its cells is a .csv"
    )
