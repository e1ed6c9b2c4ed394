"""``CellTexts``: what each cell of a sheet says, and what is wrong with it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from commonprosperity.errors import CellError
from commonprosperity.files.workbook.cells import is_rounded, text_of
from commonprosperity.files.workbook.grid import Grid
from commonprosperity.files.workbook.merged import merged_cells
from commonprosperity.flat import AMOUNTS
from commonprosperity.quoting import label
from commonprosperity.sentence import Sentence

_NO_VALUE = Sentence("has a formula without a value; open the file in a spreadsheet, and save it")

Cell = tuple[int, int]
"""The row and the column of a cell, each counted from 1."""


class CellTexts:
    """What the cells of a sheet say: errors, formulas and merged cells are known by their places.

    Two mappings have the few cells that differ from all others.
    """

    def __init__(self, grid: Grid) -> None:
        self._at_most = grid.intake.cell_at_most
        self._values: dict[Cell, Any] = {}
        self._problems: dict[Cell, Sentence] = {}
        self._shown = grid.xml.shown if grid.xml else {}
        self._rounded = 0
        self._signs: Counter[str] = Counter()
        self.special_rows: set[int] = set()
        """The rows below the headings that have one of these cells."""
        if grid.xml:
            self._values |= grid.xml.errors
            self._problems |= dict.fromkeys(grid.xml.uncalculated, _NO_VALUE)
            for cell, error in grid.xml.errors.items():
                problem = Sentence(
                    "has the error {error}; write the value, or leave the row out",
                    error=label(error),
                )
                self._problems[cell] = problem

    def take_merged(self, grid: Grid, headings_at: int, fields: Mapping[int, str]) -> None:
        """Give merged cells below the headings what they say, as `merged_cells` finds it."""
        values, problems = merged_cells(grid, headings_at, fields)
        self._values = {**values, **self._values}
        self._problems = {**problems, **self._problems}
        self.special_rows = {row for row, _ in (*self._values, *self._problems)}

    def text(self, row: int, column: int, value: Any, field: str) -> tuple[str, Sentence | None]:
        """Return what a cell says, for a field, and what is wrong with it."""
        cell = row, column
        value = self._values.get(cell, value)
        problem = self._problems.get(cell)
        if type(value) is str:  # as most are
            if len(value) > self._at_most:
                return "", Sentence(
                    "has more than {most} characters; shorten it", most=f"{self._at_most:,}"
                )
            return value, problem
        self._rounded += is_rounded(value)
        shown = self._shown.get(cell)
        if shown and shown.sign and field in AMOUNTS:
            self._signs[shown.sign] += 1
        try:
            return text_of(value, field, shown), problem
        except CellError as error:
            return "", problem or error.sentence

    def notes(self, *, has_currencies: bool) -> Iterator[Sentence]:
        """Yield notes for the user: of signs that are not read, and of numbers that are rounded."""
        for sign, count in () if has_currencies else sorted(self._signs.items()):
            yield Sentence(
                "amounts that a format shows with {sign}, which is not read: {count}",
                sign=sign, count=f"{count:,}",
            )  # fmt: skip
        if self._rounded:
            yield Sentence(
                "numbers read to the 15 digits that a spreadsheet shows: {count}",
                count=f"{self._rounded:,}",
            )
