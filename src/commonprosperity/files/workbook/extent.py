"""How far the cells of a sheet go, as calamine lays out in memory all that are between them.

Two cells in the far corners of a sheet would be 17 billion, and calamine would end the process.
"""

from collections.abc import Iterator, Mapping

from commonprosperity.errors import FileError
from commonprosperity.files.intake import Intake
from commonprosperity.files.workbook.xml import LocalNames, parse, parser
from commonprosperity.sentence import Sentence

_ROW, _CELLS = 0, range(2, 12)  # records of xlsb (MS-XLSB 2.3.1): a row, and cells that are filled
_SEVEN_BITS = 0x7F


def check_extent(rows: int, columns: int, intake: Intake) -> None:
    """Refuse a sheet whose cells go so far that all of them would fill the memory."""
    try:
        intake.check_values(rows * columns)
    except FileError:
        problem = Sentence(
            "its cells go as far as row {rows} and column {columns}; delete what stands far "
            "off, or give bytes_at_most=",
            rows=f"{rows:,}", columns=f"{columns:,}",
        )  # fmt: skip
        raise intake.refused(problem) from None


def check_xlsb(members: Mapping[str, bytes], intake: Intake) -> None:
    """Refuse an xlsb with a sheet that is too large."""
    for name, content in members.items():
        if name.startswith("xl/worksheets/") and name.endswith(".bin"):
            rows = columns = 0
            for kind, data in _records(content):
                number = int.from_bytes(content[data : data + 4], "little") + 1
                if kind == _ROW:
                    rows = max(rows, number)
                elif kind in _CELLS:
                    columns = max(columns, number)
            check_extent(rows, columns, intake)


def _records(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield the kind of each record, and where its data begins.

    A record has its kind, its length and its data; kind and length have seven bits in each byte,
    the least first, and the eighth bit says that one more follows.
    """
    at = 0
    while at < len(content):
        kind, at = _number(content, at, 2)
        length, at = _number(content, at, 4)
        yield kind, at
        at += length


def _number(content: bytes, at: int, bytes_at_most: int) -> tuple[int, int]:
    number = 0
    for place in range(bytes_at_most):
        byte = content[at + place] if at + place < len(content) else 0
        number |= (byte & _SEVEN_BITS) << 7 * place
        if byte <= _SEVEN_BITS:
            return number, at + place + 1
    return number, at + bytes_at_most


class OdsExtent:
    """How large the sheets of an ods are: a row and a cell may stand for many, alike.

    Raises `FileError` for a sheet that is too large, and for what is no XML.
    """

    def __init__(self, content: bytes, intake: Intake) -> None:
        self._intake, self._names = intake, LocalNames()
        self._rows = self._last_row = self._columns = self._width = 0
        reader = parser(intake)
        reader.StartElementHandler = self._start
        parse(reader, content, intake)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._names[name]
        values = {self._names[key]: value for key, value in attributes.items()}
        if local == "table":
            self._rows = self._last_row = self._width = 0
        elif local == "table-row":
            self._rows += int(values.get("number-rows-repeated", 1))
            self._columns = 0
        elif local in {"table-cell", "covered-table-cell"}:
            self._columns += int(values.get("number-columns-repeated", 1))
            if "value-type" in values or "formula" in values:
                self._last_row = self._rows
                self._width = max(self._width, self._columns)
                check_extent(self._last_row, self._width, self._intake)
