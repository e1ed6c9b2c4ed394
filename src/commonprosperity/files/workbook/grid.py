"""``Grid``: the cells of a sheet of a workbook, each in its place."""

from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from commonprosperity.files.intake import Intake
from commonprosperity.files.workbook.cells import is_blank
from commonprosperity.files.workbook.sheet_xml import SheetXml

Corner = tuple[int, int]
"""The row and the column of a cell, each counted from 0."""


@attrs.frozen
class Grid:
    """The cells of a sheet from its first row and column on, and the ranges that are merged.

    ``xml`` has what the sheet of an xlsx says beside; it is None for the other forms.
    """

    intake: Intake
    cells: Sequence[list[Any]]
    merged: Sequence[tuple[Corner, Corner]]
    xml: SheetXml | None

    @property
    def is_blank(self) -> bool:
        """Whether nothing is in it."""
        return all(all(map(is_blank, row)) for row in self.cells)

    def rows(self, first: int) -> Iterator[tuple[int, list[Any]]]:
        """Yield the rows that are not blank, from a number on, each with its number.

        >>> [*Grid(Intake(""), [["a"], [" "], [5.0]], [], None).rows(2)]
        [(3, [5.0])]
        """
        for number, values in enumerate(self.cells[first - 1 :], first):
            if not all(map(is_blank, values)):
                yield number, values
