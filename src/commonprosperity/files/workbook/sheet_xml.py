"""``SheetXml``: what calamine leaves out of a sheet: hidden rows, errors, formats of cells."""

from collections.abc import Mapping

from commonprosperity.files.intake import Intake
from commonprosperity.files.workbook.number_format import NumberFormat
from commonprosperity.files.workbook.plain_cells import without_plain_cells
from commonprosperity.files.workbook.xml import LocalNames, parse, parser

Cell = tuple[int, int]
"""The row and the column of a cell, each counted from 1."""

_DIGITS = "0123456789"


class SheetXml:
    """The XML of a sheet, read once from its start to its end.

    ``formats`` are those of cells, by their numbers. ``is_stale`` is whether the program that wrote
    the workbook left its formulas to be calculated by another. Raises `FileError` for what is no
    XML, or has a document type.
    """

    def __init__(
        self,
        content: bytes,
        formats: Mapping[str, NumberFormat],
        intake: Intake,
        *,
        is_stale: bool = False,
    ) -> None:
        self.hidden_rows: set[int] = set()
        """The rows that are hidden, and not empty."""
        self.errors: dict[Cell, str] = {}
        self.uncalculated: set[Cell] = set()
        """The cells of formulas that have no value."""
        self.shown: dict[Cell, NumberFormat] = {}
        self.last_row = self.last_column = 0
        """How far the cells go that have something in them."""
        self._formats, self._is_stale = formats, is_stale
        self._columns: dict[str, int] = {}
        self._row = self._own_row = self._column = 0
        self._row_text = ""
        self._is_hidden = self._is_formula = False
        self._type: str | None = None
        self._texts: list[str] | None = None
        self._names = LocalNames()
        self._parser = parser(intake)
        self._parser.StartElementHandler = self._start
        content, columns = without_plain_cells(content)
        parse(self._parser, content, intake)
        self._end_cell()
        self.last_column = max(self.last_column, *map(_column_number, columns), 0)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._names[name]
        if local == "v" or local == "is":  # noqa: PLR1714 (a million times: a set takes longer)
            if self._texts is not None:
                self._texts.clear()  # of what the formula says
            if self._column > self.last_column:  # noqa: PLR1730 (likewise)
                self.last_column = self._column
            if self._row > self.last_row:  # noqa: PLR1730
                self.last_row = self._row
            if self._is_hidden:
                self.hidden_rows.add(self._row)
        elif local == "c":
            self._start_cell(attributes)
        elif local == "f":
            self._is_formula = True
            self._listen()
        elif local == "row":
            self._row_text = attributes.get("r", str(self._row + 1))
            self._row = self._own_row = int(self._row_text)
            self._column = 0
            self._is_hidden = attributes.get("hidden") in {"1", "true"}

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if self._texts is not None:
            self._end_cell()
        place = attributes.get("r")
        if place is None:
            self._column += 1
        else:
            self._row = self._own_row
            letters = place.removesuffix(self._row_text)
            self._column = self._columns.get(letters) or self._column_of(place)
        self._type = attributes.get("t")
        if self._type == "e":
            self._listen()
        if self._formats and attributes.get("s") in self._formats:
            self.shown[self._row, self._column] = self._formats[attributes["s"]]

    def _listen(self) -> None:
        """Hear the text of a cell that is an error, or a formula that may have no value."""
        if self._texts is None:
            self._texts = []
            self._parser.CharacterDataHandler = self._texts.append

    def _end_cell(self) -> None:
        if self._texts is None:
            return
        cell, text = (self._row, self._column), "".join(self._texts).strip()
        if self._type == "e":
            self.errors[cell] = text
        elif self._is_formula and (self._is_stale or not (text or self._type == "str")):
            self.uncalculated.add(cell)
        self._is_formula, self._texts = False, None
        self._parser.CharacterDataHandler = None

    def _column_of(self, place: str) -> int:
        """Return the number of the column of a place, and take the row that it names."""
        letters = place.rstrip(_DIGITS)
        self._row = int(place[len(letters) :])
        number = _column_number(letters)
        if letters + self._row_text == place:
            self._columns[letters] = number
        return number


def _column_number(letters: str) -> int:
    """Return the number of a column, whose letters are digits of base 26: AB is 28."""
    number = 0
    for letter in letters:
        number = number * 26 + int(letter, 36) - 9
    return number
