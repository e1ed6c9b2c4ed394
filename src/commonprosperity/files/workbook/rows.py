"""The rows of a sheet of a workbook under its headings, their cells as texts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from commonprosperity.bar import with_bar
from commonprosperity.book import FAULTS_AT_MOST
from commonprosperity.errors import Fault, FileError
from commonprosperity.files.sheet import Headings
from commonprosperity.files.workbook.cells import is_blank
from commonprosperity.files.workbook.grid import Grid
from commonprosperity.files.workbook.merged import merged_headings
from commonprosperity.files.workbook.texts import CellTexts
from commonprosperity.flat import Row
from commonprosperity.messages import Sentence
from commonprosperity.quoting import brief

_COLUMNS_AT_MOST = 1_000

Line = tuple[int, list[Any]]
"""The number of a row, and its values."""


class SheetRows:
    """The rows of a sheet that are not blank, under their headings.

    ``headings_of`` names the columns, and ``field_of`` the field that a column is for. The headings
    are in the row ``first``, or in the first below it that is not blank. A cell with a problem has
    its text beside it, as a layout may skip such rows.

    Raises `FileError` with everything that is wrong with the headings, and the cells beside them.
    """

    def __init__(
        self,
        grid: Grid,
        headings_of: Headings,
        *,
        first: int = 1,
        field_of: Callable[[str], str] = str,
    ) -> None:
        self._grid = grid
        self._texts = CellTexts(grid)
        lines = grid.rows(first)
        self._headings_at, values = next(lines, (first, []))
        place = grid.intake.place(self._headings_at)
        names, self._faults = headings_of(self._headings(values), place)
        self._columns = [(at, name, field_of(name)) for at, name in enumerate(names, 1) if name]
        named = {at for at, name in enumerate(names, 1) if name != ""}
        self._beside = [at for at in range(1, len(values) + 1) if at not in named]
        fields = {at: field for at, _, field in self._columns}
        self._texts.take_merged(grid, self._headings_at, fields)
        by_column = {at: name for at, name, _ in self._columns}
        self._faults += merged_headings(grid, self._headings_at, by_column)
        self.rows = [*self._rows(lines)]
        if self._faults:
            raise FileError(tuple(self._faults))

    def notes(self) -> Iterator[str]:
        """Say what is to be known of the rows that were read."""
        hidden = self._grid.xml.hidden_rows if self._grid.xml else ()
        count = sum(row > self._headings_at for row in hidden)
        if count:
            yield Sentence("hidden rows that were read: {count}", count=f"{count:,}")
        yield from self._texts.notes()

    def _headings(self, values: Sequence[Any]) -> list[str]:
        """Return the texts of headings, without the blank ones at the end."""
        if len(values) > _COLUMNS_AT_MOST:
            raise self._grid.intake.refused(f"it has more than {_COLUMNS_AT_MOST:,} columns")
        texts = [
            self._texts.text(self._headings_at, at, value, "")[0]
            for at, value in enumerate(values, 1)
        ]
        while texts and not texts[-1].strip():
            texts.pop()
        return texts

    def _rows(self, lines: Iterable[Line]) -> Iterator[Row]:
        size = len(self._grid.cells)
        for number, values in with_bar(lines, "rows", size, bar=self._grid.intake.bar):
            for at in self._beside:
                if not is_blank(values[at - 1]):
                    problem = f"{brief(values[at - 1])} stands under no heading; write one"
                    place = self._grid.intake.place(number)
                    self._faults.append(Fault("", "", problem, place))
            if len(self._faults) >= FAULTS_AT_MOST:
                return
            yield self._row(number, values)

    def _row(self, number: int, values: Sequence[Any]) -> Row:
        cells: dict[str, str] = {}
        problems: dict[str, str] = {}
        for at, name, field in self._columns:
            text, problem = self._texts.text(number, at, values[at - 1], field)
            if problem:
                problems[name] = problem
            if text and not text.isspace():
                cells[name] = text
        return Row(number, cells, problems)
