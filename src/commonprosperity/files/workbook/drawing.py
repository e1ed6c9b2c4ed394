"""``Drawing``: sheets of a workbook, with headings that stay in sight and lists to choose from."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from commonprosperity.extras import needed
from commonprosperity.files.workbook.cells import decimal_of, is_too_long
from commonprosperity.files.workbook.number_format import NumberFormat
from commonprosperity.records import Instrument, Stage
from commonprosperity.table import display_width
from commonprosperity.wording import Qualifier
from commonprosperity.wording.thousands import number_text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Value = str | Decimal | date
"""What a cell is given. A number shows its precision by its format."""

_NARROWEST, _WIDEST = 8, 50  # characters
_ROWS_MEASURED = 1_000  # for the widths
_ROWS_TO_COME = 1_000  # below those that are filled, with lists to choose from
_CHOICES = {"stage": Stage, "qualifier": Qualifier, "instrument": Instrument}
_DIGITS = 15  # that a spreadsheet keeps
_DAY = "yyyy-mm-dd"
_THE_SAME_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 (of no place: the bytes are the same each time)


class Drawing:
    """A workbook that is drawn, the same bytes from run to run.

    Raises `MissingExtraError` where the extra ``excel`` is not installed.
    """

    def __init__(self) -> None:
        self._file = BytesIO()
        xlsxwriter = needed("xlsxwriter", extra="excel")
        self._book = xlsxwriter.Workbook(self._file, {"in_memory": True})
        self._book.set_properties({"created": _THE_SAME_DAY})
        self._format = cache(lambda code: self._book.add_format({"num_format": code}))

    def content(self) -> bytes:
        """Return the bytes of the workbook, which is then complete."""
        self._book.close()
        return self._file.getvalue()

    def sheet(
        self,
        name: str,
        headings: Mapping[str, str],
        rows: Sequence[Mapping[str, Value]],
        *,
        companies: str | None = None,
    ) -> None:
        """Draw a sheet of rows under the headings of its columns.

        ``companies`` names the sheet whose ids can be chosen in the column ``company``.
        """
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        bold = self._book.add_format({"bold": True, "bottom": 1})
        for at, (column, heading) in enumerate(headings.items()):
            sheet.write_string(0, at, heading, bold)
            values = [row.get(column) for row in rows]
            sheet.set_column(at, at, _width([heading, *map(_shown, values[:_ROWS_MEASURED])]))
            choices = _choices(column, companies)
            if choices:
                last = len(rows) + _ROWS_TO_COME
                sheet.data_validation(1, at, last, at, {"validate": "list", "source": choices})
            for number, value in enumerate(values, start=1):
                if value is not None:
                    self._write(sheet, number, at, value)

    def _write(self, sheet: "Worksheet", row: int, column: int, value: Value) -> None:
        if isinstance(value, date):
            sheet.write_datetime(row, column, value, self._format(_DAY))
        elif isinstance(value, str):
            sheet.write_string(row, column, value)
        elif _reads_back(value):
            sheet.write_number(row, column, float(value), self._format(number_code(value)))
        else:
            sheet.write_string(row, column, number_text(value))


def _choices(column: str, companies: str | None) -> list[str] | str | None:
    """Return what can be chosen in a column: words of ours, or the ids of companies."""
    if column == "company" and companies:
        return f"=OFFSET('{companies}'!$A$2,0,0,MAX(1,COUNTA('{companies}'!$A:$A)-1),1)"
    return [member.value for member in _CHOICES[column]] if column in _CHOICES else None


def _shown(value: Value | None) -> str:
    """Return the text that a spreadsheet shows for a value, which is as wide."""
    return f"{value:,}" if isinstance(value, Decimal) else str(value or "")


def number_code(number: Decimal) -> str:
    """Return the code of the format that shows a number with its precision.

    >>> number_code(Decimal("250.00")), number_code(Decimal("1.549E+10")), number_code(Decimal(5))
    ('#,##0.00', '0.000E+00', '#,##0')
    """
    exponent = int(number.as_tuple().exponent)
    if exponent > 0:
        decimals = number.adjusted() - exponent
        return f"0.{'0' * decimals}E+00" if decimals else "0E+00"
    return f"#,##0.{'0' * -exponent}" if exponent else "#,##0"


def _reads_back(number: Decimal) -> bool:
    """Whether a spreadsheet keeps every digit of a number, and its format every zero."""
    if len(number.as_tuple().digits) > _DIGITS or is_too_long(number):
        return False
    number_format = NumberFormat.of_code(number_code(number))
    return str(decimal_of(float(number), number_format)) == str(number)


def _width(texts: Iterable[str]) -> int:
    return min(_WIDEST, max(_NARROWEST, *(display_width(text) + 2 for text in texts)))
