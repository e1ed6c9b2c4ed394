"""``Drawing``: sheets of a workbook, with headings that stay in sight and lists to choose from."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from commonprosperity.extras import needed
from commonprosperity.files.workbook.cells import decimal_of, is_too_long
from commonprosperity.files.workbook.number_format import NumberFormat
from commonprosperity.flat import heading_in
from commonprosperity.records import Instrument, Stage
from commonprosperity.table import display_width
from commonprosperity.thousands import number_text
from commonprosperity.wording import Qualifier

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Value = str | Decimal | date
"""What a cell is given. A number shows its precision by its format."""

_NARROWEST, _WIDEST = 8, 50  # characters
_MEASURED = 1_000  # rows, for the widths
_ROWS_TO_COME = 1_000  # below those that are filled, with lists to choose from
_CHOICES = {"stage": Stage, "qualifier": Qualifier, "instrument": Instrument}
_DIGITS = 15  # that a spreadsheet keeps
_DAY = "yyyy-mm-dd"
_THE_SAME_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 (of no place: the bytes are the same each time)


class Drawing:
    """A workbook that is drawn, in a language: ``en``, or ``zh`` for Chinese.

    Raises `MissingExtraError` where the extra ``excel`` is not installed.
    """

    def __init__(self, language: str) -> None:
        self._file = BytesIO()
        xlsxwriter = needed("xlsxwriter", extra="excel")
        self._book = xlsxwriter.Workbook(self._file, {"in_memory": True})
        self._book.set_properties({"created": _THE_SAME_DAY})
        self._language = language
        self._format = cache(lambda code: self._book.add_format({"num_format": code}))

    def content(self) -> bytes:
        """Return the bytes of the workbook, which is then complete."""
        self._book.close()
        return self._file.getvalue()

    def sheet(
        self,
        name: str,
        columns: Sequence[str],
        rows: Sequence[Mapping[str, Value]],
        *,
        companies: str | None = None,
    ) -> None:
        """Draw a sheet of rows under the headings of columns.

        ``companies`` names the sheet of which the column ``company`` has the ids.
        """
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        bold = self._book.add_format({"bold": True, "bottom": 1})
        headings = [heading_in(self._language, column) for column in columns]
        for at, (column, heading) in enumerate(zip(columns, headings, strict=True)):
            sheet.write_string(0, at, heading, bold)
            texts = [heading, *(str(row.get(column, "")) for row in rows[:_MEASURED])]
            sheet.set_column(at, at, _width(texts))
            last = len(rows) + _ROWS_TO_COME
            if column in _CHOICES:
                source: Any = [member.value for member in _CHOICES[column]]
                sheet.data_validation(1, at, last, at, {"validate": "list", "source": source})
            elif column == "company" and companies:
                source = f"=OFFSET('{companies}'!$A$2,0,0,MAX(1,COUNTA('{companies}'!$A:$A)-1),1)"
                sheet.data_validation(1, at, last, at, {"validate": "list", "source": source})
            for number, row in enumerate(rows, start=1):
                if column in row:
                    self._write(sheet, number, at, row[column])

    def _write(self, sheet: "Worksheet", row: int, column: int, value: Value) -> None:
        if isinstance(value, date):
            sheet.write_datetime(row, column, value, self._format(_DAY))
        elif isinstance(value, str):
            sheet.write_string(row, column, value)
        elif _reads_back(value):
            sheet.write_number(row, column, float(value), self._format(number_code(value)))
        else:
            sheet.write_string(row, column, number_text(value))


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
    shown = NumberFormat.of_code(number_code(number))
    return str(decimal_of(float(number), shown)) == str(number)


def _width(texts: Iterable[str]) -> int:
    return min(_WIDEST, max(_NARROWEST, *(display_width(text) + 2 for text in texts)))
