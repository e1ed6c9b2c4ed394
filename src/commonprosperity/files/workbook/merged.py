"""The merged cells of a sheet: which cells they stand for, and which of them are in doubt."""

from collections.abc import Iterator, Mapping
from typing import Any

from commonprosperity.errors import Fault
from commonprosperity.files.workbook.cells import is_blank
from commonprosperity.files.workbook.grid import Grid
from commonprosperity.flat import AMOUNTS
from commonprosperity.sentence import Sentence

_OF_ONE_ROW = AMOUNTS | {"id", "value", "equivalents"}

Cells = dict[tuple[int, int], Any]
"""What stands in cells, by their rows and columns, each counted from 1."""

Problems = dict[tuple[int, int], Sentence]
"""What is wrong with cells, by their rows and columns."""


def merged_cells(grid: Grid, headings: int, fields: Mapping[int, str]) -> tuple[Cells, Problems]:
    """Return what stands in merged cells below the headings, and the problems of others.

    ``fields`` has the field of each column that is used. A company merged over three rows is the
    company of each. An amount merged over them would count three times, and an amount merged with
    its currency has none: these are problems.

    Raises `FileError` where merged cells are far more than the sheet has cells.
    """
    values: Cells = {}
    problems: Problems = {}
    for (top, left), (bottom, right) in grid.merged:
        last = min(bottom, len(grid.cells) - 1)
        width = len(grid.cells[top]) if top <= last else 0
        if left >= width or is_blank(grid.cells[top][left]):
            continue
        rows = range(max(top, headings) + 1, last + 2)
        used = [column for column in fields if left < column <= right + 1]
        grid.intake.check_values(len(values) + len(problems) + len(rows) * len(used))
        for row in rows:
            for column in used:
                problem = _problem(fields[column], top, last, left, right)
                if problem:
                    problems[row, column] = problem
                elif row > top + 1:
                    values[row, column] = grid.cells[top][left]
    return values, problems


def merged_headings(grid: Grid, headings: int, names: Mapping[int, str]) -> Iterator[Fault]:
    """Yield a fault for each heading that is merged over columns, and may be of all of them.

    ``names`` has the heading of each column that is used.
    """
    for (top, left), (bottom, right) in grid.merged:
        is_heading = top < headings <= bottom + 1 and left + 1 in names
        if is_heading and any(
            not is_blank(value)
            for _, values in grid.rows(headings + 1)
            for value in values[left + 1 : right + 1]
        ):
            problem = Sentence(
                "is a heading merged over several columns that are filled; unmerge it, and name "
                "each"
            )
            yield Fault("", names[left + 1], problem, grid.intake.place(headings))


def _problem(field: str, top: int, bottom: int, left: int, right: int) -> Sentence | None:
    if right > left:
        return Sentence("is merged with the cell beside it; unmerge them, and write what each says")
    if field in _OF_ONE_ROW:
        return Sentence(
            "is merged over rows {first} to {last}; write into each row what is its own",
            first=top + 1, last=bottom + 1,
        )  # fmt: skip
    return None
