"""A sheet of a workbook as one table of pledges: of our own headings, or by a layout."""

from collections.abc import Iterable, Iterator
from functools import partial

import attrs

from commonprosperity.bar import with_bar
from commonprosperity.errors import FileError
from commonprosperity.files.intake import Intake
from commonprosperity.files.workbook.grid import Grid
from commonprosperity.files.workbook.names import is_explanation
from commonprosperity.files.workbook.opened import Workbook
from commonprosperity.files.workbook.rows import SheetRows
from commonprosperity.flat import (
    AMOUNTS,
    Drafts,
    Row,
    headings_below,
    pledge_headings,
    with_currency,
)
from commonprosperity.layout import LaidOut, Layout, headings_elsewhere, used_headings
from commonprosperity.patterns import pattern
from commonprosperity.plain import PlainRecords
from commonprosperity.quoting import brief, label, listed, suggestion
from commonprosperity.sentence import Sentence

_SEARCHED_AT_MOST = 100  # rows, for the headings
_FROM_1904 = Sentence(
    'it counts days from 1904, and dates="excel" from 1900; give its dates a format of '
    "dates, and leave out dates="
)
_NUMBER = pattern(r"-?[0-9]+(E-?[0-9]+)?")


def read_table(workbook: Workbook, intake: Intake) -> PlainRecords:
    """Read the pledges of the one sheet that is named, or that there is.

    Raises `FileError` for what is no such table; the fault of a record has its sheet and row.
    """
    layout, name = intake.layout, _chosen(workbook, intake)
    notes: tuple[Sentence, ...] = ()
    rows: Iterable[Row]
    inside, spelling = intake.inside(name), intake.spelling
    if layout is None:
        sheet = _flat_rows(workbook.grid(name), intake)
        spelling = spelling.under(sheet.texts, sheet.names)
        default = spelling.default
        rows = (_own(row, default) for row in sheet.rows)
    else:
        if layout.dates == "excel" and workbook.xlsx and workbook.xlsx.counts_from_1904:
            raise intake.refused(_FROM_1904)
        sheet = _laid_out_rows(workbook.grid(name), layout)
        laid_out = LaidOut(layout, sheet.rows)
        rows = with_bar(laid_out.rows, "amounts", len(laid_out.rows), bar=intake.bar)
        notes = (*laid_out.notes, *_notes_of_days(workbook, layout))
    # A text in a workbook may come from any locale: commas and points may divide thousands.
    spelling = attrs.evolve(spelling, doubtful=True)
    drafts = Drafts.of(rows, inside.place, spelling, known=intake.known, bar=intake.bar)
    notes = (*notes, *sheet.notes(), *_notes_of(workbook, name))
    return PlainRecords(
        drafts.tables(), drafts.faults, drafts.places, notes, "rows", drafts.records()
    )


def _flat_rows(grid: Grid, intake: Intake) -> SheetRows:
    """Read the rows under our headings; where these stand below other rows, say so."""
    spelling = intake.spelling
    headings = partial(pledge_headings, scaled=spelling.power is not None, symbols=spelling.symbols)
    try:
        return SheetRows(grid, headings)
    except FileError:
        below = headings_below([*map(str, row)] for row in grid.cells[:_SEARCHED_AT_MOST])
        if below is None:
            raise
        row, problem = below
        raise grid.intake.refused(problem, row) from None


def _laid_out_rows(grid: Grid, layout: Layout) -> SheetRows:
    """Read the rows of a layout; where its headings stand in another one, say which."""
    first = layout.headings_in_row
    headings = partial(used_headings, layout)
    try:
        return SheetRows(grid, headings, first=first, field_of=layout.field_of).in_memory()
    except FileError:
        used, _ = next(grid.rows(first), (None, []))
        lines = ("\t".join(map(str, values)) for values in grid.cells[:_SEARCHED_AT_MOST])
        elsewhere = headings_elsewhere(layout, lines, used)
        if elsewhere is None:
            raise
        row, problem = elsewhere
        raise grid.intake.refused(problem, row) from None


def _notes_of_days(workbook: Workbook, layout: Layout) -> Iterator[Sentence]:
    if layout.dates == "excel" and workbook.xlsx is None:
        yield Sentence(
            "serial numbers were read as days from 1900 on; only in an .xlsx can be seen whether "
            "they count from 1904"
        )


def _own(row: Row, default: str | None) -> Row:
    """Return a row under our own headings, its numbers with a currency, without what is wrong."""
    if not row.problems and "currency" in row.cells:
        return row  # as most are
    cells = {name: cell for name, cell in row.cells.items() if name not in row.problems}
    numbers = {name for name in AMOUNTS & cells.keys() if _NUMBER.fullmatch(cells[name])}
    return with_currency(row._replace(cells=cells), numbers, default)


def _chosen(workbook: Workbook, intake: Intake) -> str:
    """Return the name of the sheet that a caller names, or of the only one that is not blank."""
    names = [*workbook.sheets]
    if intake.sheet is not None:
        folded = intake.sheet.strip().casefold()
        near = [name for name in names if name.strip().casefold() == folded]
        if intake.sheet in names or near:
            return intake.sheet if intake.sheet in names else near[0]
        known = suggestion(intake.sheet, names) or Sentence(
            "; there are {names:say}", names=listed(names)
        )
        raise intake.refused(
            Sentence("it has no sheet {sheet}{known:say}", sheet=brief(intake.sheet), known=known)
        )
    visible = [name for name in names if not workbook.sheets[name] and not is_explanation(name)]
    if len(visible) > 1:
        visible = [each for each in visible if not workbook.grid(each).is_blank] or visible[:1]
    if len(visible) > 1:
        problem = Sentence(
            'it has several sheets, {seen:say}; give sheet="{other_seen}", or another',
            seen=listed(visible), other_seen=label(visible[0]),
        )  # fmt: skip
        raise intake.refused(problem)
    for name in visible or names:
        return name
    raise intake.refused(Sentence("it has no sheet of cells"))


def _notes_of(workbook: Workbook, name: str) -> Iterator[Sentence]:
    hidden = [each for each, is_hidden in workbook.sheets.items() if is_hidden and each != name]
    if hidden:
        yield Sentence("hidden sheets that were not read: {names}", names=listed(hidden))
    yield from workbook.notes()
