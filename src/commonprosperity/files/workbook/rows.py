"""The rows of a sheet of a workbook under its headings, their cells as texts."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Self

from commonprosperity.bar import with_bar
from commonprosperity.book import FAULTS_AT_MOST
from commonprosperity.errors import Fault, FileError
from commonprosperity.files.sheet import Headings
from commonprosperity.files.workbook.cells import is_blank
from commonprosperity.files.workbook.grid import Grid
from commonprosperity.files.workbook.merged import merged_headings
from commonprosperity.files.workbook.texts import CellTexts
from commonprosperity.flat import Row, headed_in_chinese
from commonprosperity.quoting import brief
from commonprosperity.sentence import Sentence

_COLUMNS_AT_MOST = 1_000

Line = tuple[int, list[Any]]
"""The number of a row, and its values."""


class SheetRows:
    """The rows of a sheet that are not blank, under their headings.

    ``headings_of`` names the columns, and ``field_of`` the field that a column is for. The headings
    are in the row ``first``, or in the first below it that is not blank. A cell with a problem has
    its text beside it, as a layout may skip such rows. ``rows`` can be gone through once; after the
    last one, they raise `FileError` with everything that is wrong beside the headings.

    Raises `FileError` for wrong headings, with everything that is wrong beside them.
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
        self._intake, self._texts = grid.intake, CellTexts(grid)
        self._at_most = grid.intake.cell_at_most
        lines = grid.rows(first)
        at, values = next(lines, (first, []))
        self.texts = self._headings(at, values)
        self.names, self._faults = headings_of(self.texts, grid.intake.place(at))
        names = self.names
        self._columns = [(at, name, field_of(name)) for at, name in enumerate(names, 1) if name]
        headed = {at for at, name in enumerate(names, 1) if name != ""}
        self._beside = [at for at in range(1, len(values) + 1) if at not in headed]
        self._take_merged(grid, at)
        self._headings_at = at
        self.rows: Iterable[Row] = self._rows(
            with_bar(lines, "rows", len(grid.cells), bar=grid.intake.bar)
        )
        if self._faults:
            deque(self.rows, maxlen=0)

    def in_memory(self) -> Self:
        """Read all rows, to go through them again; raise `FileError` with all that is wrong."""
        self.rows = tuple(self.rows)
        return self

    def notes(self) -> Iterator[Sentence]:
        """Say what is to be known of the rows that were read."""
        yield from _hidden_rows(self._grid, self._headings_at)
        has_currencies = any(field == "currency" for _, _, field in self._columns)
        yield from self._texts.notes(has_currencies=has_currencies)

    def _headings(self, number: int, values: Sequence[Any]) -> list[str]:
        """Return the texts of headings, without the blank ones at the end."""
        if len(values) > _COLUMNS_AT_MOST:
            raise self._intake.refused(
                Sentence("it has more than {most} columns", most=f"{_COLUMNS_AT_MOST:,}")
            )
        cells = enumerate(values, 1)
        texts = [self._texts.text(number, at, value, "")[0] for at, value in cells]
        while texts and not texts[-1].strip():
            texts.pop()
        return texts

    def _take_merged(self, grid: Grid, headings_at: int) -> None:
        self._texts.take_merged(grid, headings_at, {at: field for at, _, field in self._columns})
        names = {at: name for at, name, _ in self._columns}
        self._faults += merged_headings(grid, headings_at, names)

    def _rows(self, lines: Iterable[Line]) -> Iterator[Row]:
        for number, values in lines:
            for at in self._beside:
                if not is_blank(values[at - 1]):
                    problem = Sentence(
                        "{cell} stands under no heading; write one", cell=brief(values[at - 1])
                    )
                    self._faults.append(Fault("", "", problem, self._intake.place(number)))
            if len(self._faults) >= FAULTS_AT_MOST:
                break
            yield self._row(number, values)
        if self._faults:
            raise FileError(tuple(map(headed_in_chinese, self._faults)))

    def _row(self, number: int, values: Sequence[Any]) -> Row:
        cells: dict[str, str] = {}
        problems: dict[str, Sentence] = {}
        is_plain = number not in self._texts.special_rows
        for at, name, field in self._columns:
            value = values[at - 1]
            # A text of a plain row says what it says, as most do; the rest takes longer.
            if not (is_plain and value.__class__ is str and len(value) <= self._at_most):
                value, problem = self._texts.text(number, at, value, field)
                if problem:
                    problems[name] = problem
            if value and not value.isspace():
                cells[name] = value
        return Row(number, cells, problems)


def _hidden_rows(grid: Grid, headings_at: int) -> Iterator[Sentence]:
    hidden = grid.xml.hidden_rows if grid.xml else ()
    count = sum(row > headings_at for row in hidden)
    if count:
        yield Sentence("hidden rows that were read: {count}", count=f"{count:,}")
