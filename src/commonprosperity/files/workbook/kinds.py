"""Our own workbook, with a sheet for each kind of records."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

import attrs

from commonprosperity.errors import FileError
from commonprosperity.files.package_rows import RowRecords
from commonprosperity.files.table_schema import FILES, class_of_field, columns
from commonprosperity.files.workbook.names import file_of, is_explanation
from commonprosperity.files.workbook.opened import Workbook
from commonprosperity.files.workbook.rows import SheetRows
from commonprosperity.flat import Row, headings_of
from commonprosperity.plain import PlainRecords
from commonprosperity.quoting import listed
from commonprosperity.records import Pledge, Record
from commonprosperity.sentence import Sentence
from commonprosperity.tags import key_of_tag

_OF_OURS = frozenset({"companies", "pledges"})


def is_ours(workbook: Workbook) -> bool:
    """Whether a workbook has sheets of companies and of pledges, as those that we write."""
    return {*map(file_of, workbook.sheets)} >= _OF_OURS


def read_kinds(workbook: Workbook) -> PlainRecords:
    """Read the records of all sheets that are called as a kind of records is.

    Raises nothing of its own: what is wrong comes with the records.
    """
    records = RowRecords()
    notes: list[Sentence] = []
    for sheet in workbook.sheets:
        name = file_of(sheet)
        if name is None:
            continue
        kind, grid = FILES[name], workbook.grid(sheet)
        if grid.is_blank:
            continue
        headings = partial(headings_of, columns(kind), tagged=kind is Pledge)
        try:
            rows = SheetRows(grid, headings).in_memory()
        except FileError as error:
            records.faults += error.faults
        else:
            records.take(kind, (_with_lists(kind, row) for row in rows.rows), grid.intake)
            notes += rows.notes()
    notes += _notes_of(workbook)
    return PlainRecords(records.tables, records.faults, lambda: records.places, tuple(notes))


def _notes_of(workbook: Workbook) -> Iterator[Sentence]:
    others = [
        sheet for sheet in workbook.sheets if file_of(sheet) is None and not is_explanation(sheet)
    ]
    if others:
        yield Sentence("sheets that were not read: {names}", names=listed(others))
    yield from workbook.notes()


def _with_lists(kind: type[Record], row: Row) -> Row:
    """Return a row with its lists, its tags and its truths in JSON, as in a package.

    A cell has a list as ``one; two``, or in JSON.
    """
    cells: dict[str, str] = {}
    tags: dict[str, str] = {}
    types = {field.name: class_of_field(field.type) for field in attrs.fields(kind)}
    for name, cell in row.cells.items():
        key = key_of_tag(name)
        if name in row.problems:
            continue
        if key is not None:
            tags[key] = cell
        elif types.get(name) is tuple and not cell.lstrip().startswith("["):
            cells[name] = _json(listed_texts(cell))
        else:
            cells[name] = cell.lower() if types.get(name) is bool else cell
    if tags and "tags" in cells:
        problem = Sentence("has tags that have columns of their own as well; keep one of the two")
        return row._replace(cells=cells, problems={**row.problems, "tags": problem})
    return row._replace(cells={**cells, "tags": _json(tags)} if tags else cells)


def listed_texts(cell: str) -> list[str]:
    """Return the texts of a list that a person wrote.

    >>> listed_texts("Tencent Holdings; TCEHY;")
    ['Tencent Holdings', 'TCEHY']
    """
    return [part.strip() for part in cell.split(";") if part.strip()]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
