"""The flat CSV: one table of pledges, as spreadsheets export it.

Companies, initiatives and sources are names in it. A dataset that has more is not written to it.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import partial
from io import StringIO
from itertools import islice
from typing import Any

import attrs

from commonprosperity.bar import with_bar
from commonprosperity.dataset import Dataset
from commonprosperity.errors import FileError
from commonprosperity.files.intake import Intake
from commonprosperity.files.losses import refuse_losses
from commonprosperity.files.sheet import Sheet, sheet_text
from commonprosperity.flat import (
    Drafts,
    Row,
    columns_of,
    headings_below,
    pledge_cells,
    pledge_headings,
)
from commonprosperity.layout import LaidOut, Layout, headings_elsewhere, used_headings
from commonprosperity.plain import PlainRecords
from commonprosperity.records import Pledge
from commonprosperity.sentence import Sentence
from commonprosperity.wording.thousands import number_text

_SEARCHED_AT_MOST = 100  # lines, for the headings
_HOLDS = Sentence(
    "a flat CSV holds pledges, and of their companies, initiatives and sources the "
    "names alone; write .toml, .json, .zip or a folder, which hold all"
)


def read(content: bytes, intake: Intake) -> PlainRecords:
    """Read the records of a flat CSV with commas, semicolons or tabs between its cells.

    Raises `FileError` for what is no such table; the fault of a record has the line of its row.
    """
    text = intake.text(content)
    if intake.layout is None:
        sheet = _flat_sheet(text, intake)
        return _plain(sheet, sheet.rows, intake)
    sheet = _laid_out_sheet(text, intake.layout, intake)
    laid_out = LaidOut(intake.layout, sheet.rows)
    rows = with_bar(laid_out.rows, "amounts", len(laid_out.rows), bar=intake.bar)
    return attrs.evolve(_plain(sheet, rows, intake), notes=laid_out.notes)


def _flat_sheet(text: str, intake: Intake) -> Sheet:
    """Read a sheet under our headings; where they stand below other lines, say so."""
    spelling = intake.spelling
    headings = partial(pledge_headings, scaled=spelling.power is not None, symbols=spelling.symbols)
    try:
        return Sheet.of(text, headings, intake)
    except FileError:
        below = headings_below(re.split("[,;\t]", line) for line in _first_lines(text))
        if below is None:
            raise
        line, problem = below
        raise intake.refused(problem, line) from None


def _laid_out_sheet(text: str, layout: Layout, intake: Intake) -> Sheet:
    """Read the sheet of a layout; where its headings stand in another line, say which."""
    below = _from_line(layout.headings_in_row, text)
    try:
        return Sheet.of(below, partial(used_headings, layout), intake).in_memory()
    except FileError:
        lines = enumerate(_first_lines(below), 1)
        used = next((number for number, line in lines if line.strip(",;\t ")), None)
        elsewhere = headings_elsewhere(layout, _first_lines(text), used)
        if elsewhere is None:
            raise
        line, problem = elsewhere
        raise intake.refused(problem, line) from None


def _first_lines(text: str) -> list[str]:
    lines = StringIO(text, newline=None)  # of any line end
    return [line.rstrip("\n") for line in islice(lines, _SEARCHED_AT_MOST)]


def _plain(sheet: Sheet, rows: Iterable[Row], intake: Intake) -> PlainRecords:
    spelling = attrs.evolve(intake.spelling, doubtful=sheet.delimiter != ",")
    if intake.layout is None:
        spelling = spelling.under(sheet.texts, sheet.headings)
    drafts = Drafts.of(rows, intake.place, spelling, known=intake.known, bar=intake.bar)
    return PlainRecords(
        drafts.tables(), drafts.faults, drafts.places, rows="lines", known=drafts.records()
    )


def _from_line(number: int, text: str) -> str:
    r"""Blank the lines above a number, so that those below keep theirs.

    >>> _from_line(3, "A title\n\ncompany,amount\n")
    '\n\ncompany,amount\n'
    """
    above = re.match(rf"(?:[^\r\n]*(?:\r\n|\r|\n)){{{number - 1}}}", text)
    return "\n" * (number - 1) + text[above.end() if above else len(text) :]


def write(dataset: Dataset, delimiter: str = ",") -> bytes:
    """Write a dataset as a flat CSV, with the mark by which Excel sees that it is in UTF-8.

    Raises `FileError` with everything that the file could not hold: it is read back to see.
    """
    pledges = [record for record in dataset.records if isinstance(record, Pledge)]
    rows = [_texts(pledge_cells(pledge, dataset.__getitem__)) for pledge in pledges]
    content = sheet_text(columns_of(pledges, dataset.__getitem__), rows, delimiter).encode(
        "utf-8-sig"
    )
    refuse_losses(dataset, partial(read, content), _HOLDS)
    return content


def _texts(cells: Mapping[str, Any]) -> dict[str, str]:
    """Return the cells that are filled, numbers with the precision they have."""
    return {
        name: number_text(cell) if isinstance(cell, Decimal) else str(cell)
        for name, cell in cells.items()
        if cell is not None
    }
