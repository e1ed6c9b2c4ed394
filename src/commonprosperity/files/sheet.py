"""``Sheet``: the rows of a CSV file under their headings, as spreadsheets write and read it."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import attrs

from commonprosperity.bar import with_bar
from commonprosperity.book import FAULTS_AT_MOST
from commonprosperity.errors import Fault, FileError
from commonprosperity.files.intake import Intake
from commonprosperity.flat import Row, headed_in_chinese, without_heading
from commonprosperity.patterns import pattern
from commonprosperity.plain.grouped_faults import grouped
from commonprosperity.sentence import Sentence
from commonprosperity.table.formulas import neutral, original

_DELIMITERS = {",": Sentence("commas"), ";": Sentence("semicolons"), "\t": Sentence("tabs")}
_COLUMNS_AT_MOST = 1_000
_QUOTED = pattern(r'"((?:[^"]++|"")*+)"')
_BARE = {delimiter: pattern(rf"[^{delimiter}\r\n]*+") for delimiter in _DELIMITERS}
_LINE = pattern(r"([^\r\n]*+)(?:\r\n|\r|\n|\Z)")

Headings = Callable[[Sequence[str], str], tuple[Sequence[str | None], list[Fault]]]
"""Names the columns of headings, given their place, and tells what is wrong with them.

A column that is named None is left alone.
"""


@attrs.frozen
class Sheet:
    """Headings, and the rows under them that are not blank; blank cells are left out.

    ``texts`` are the headings as they are written.

    The number of a row is the line that it begins on, as an editor counts. ``rows`` can be gone
    through once, and read the text as they are; after the last one, they raise `FileError` with
    everything that is wrong.
    """

    delimiter: str
    headings: tuple[str | None, ...]
    rows: Iterable[Row]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, text: str, headings_of: Headings, intake: Intake) -> "Sheet":
        r"""Begin to read the sheet of a text, given what names its columns.

        >>> text = "Id;Note\r\na;x\r\n;\r\n"
        >>> [*Sheet.of(text, lambda headings, _: (headings, []), Intake("mine.csv")).rows]
        [Row(number=2, cells={'Id': 'a', 'Note': 'x'}, problems={}, times=1)]

        Raises `FileError` for wrong headings, with everything that is wrong below them: quotes,
        cells that are too long or stand under no heading.
        """
        delimiter = _delimiter(text, intake)
        every = with_bar(_lines(text, delimiter, intake), "rows", text.count("\n"), bar=intake.bar)
        lines = iter(every)
        at, first = next(lines, (1, []))
        while first and not first[-1].strip():
            first.pop()
        headings, faults = headings_of(first, intake.place(at))
        rows = _rows(lines, headings, faults, intake)
        if faults:
            deque(rows, maxlen=0)
        return cls(delimiter, tuple(headings), rows, tuple(first))

    def in_memory(self) -> "Sheet":
        """Return the sheet with all its rows read; raise `FileError` with all that is wrong."""
        return attrs.evolve(self, rows=tuple(self.rows))


def _rows(
    lines: Iterable[tuple[int, list[str]]],
    headings: Sequence[str | None],
    faults: list[Fault],
    intake: Intake,
) -> Iterator[Row]:
    """Yield rows; raise `FileError` after the last one where there are faults, old and new."""
    headed = 0 if "" in headings else len(headings)
    for line, cells in lines:
        text = "".join(cells)  # one search in it, and not one in each cell
        if len(cells) > headed or len(text) > intake.cell_at_most:
            faults += _wrong_cells(cells, headings, intake, line)
            if len(faults) >= FAULTS_AT_MOST:
                break
        # A row may end before the headings do.
        pairs = zip(headings, cells, strict=False)
        filled = {heading: cell for heading, cell in pairs if heading and cell.strip()}
        if "'" in text:
            filled = {heading: original(cell) for heading, cell in filled.items()}
        yield Row(line, filled)
    if faults:
        raise FileError(tuple(map(headed_in_chinese, grouped(faults, "lines", intake.name))))


def sheet_text(
    headings: Sequence[str], rows: Iterable[Mapping[str, str]], delimiter: str = ","
) -> str:
    r"""Write rows under headings, so that no cell is read as a formula.

    >>> sheet_text(["id", "note"], [{"id": "a", "note": "=1, or more"}])
    'id,note\r\na,"\'=1, or more"\r\n'
    """
    lines = [headings, *([neutral(row.get(name, "")) for name in headings] for row in rows)]
    return "".join(delimiter.join(map(_quoted, line)) + "\r\n" for line in lines)


def _quoted(cell: str) -> str:
    if re.search(r'[",;\t\r\n]|^ | $', cell):
        return '"{}"'.format(cell.replace('"', '""'))
    return cell


def _delimiter(text: str, intake: Intake) -> str:
    """Return what stands between the cells, by the heading line alone."""
    first_line = re.split("[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    heading = re.sub(r'"[^"]*+"', "", first_line)
    delimiters = [delimiter for delimiter in _DELIMITERS if delimiter in heading]
    if len(delimiters) > 1:
        problem = Sentence(
            "its headings have {several:and} between them; use commas alone",
            several=[_DELIMITERS[delimiter] for delimiter in delimiters],
        )
        raise intake.refused(problem, 1)
    return delimiters[0] if delimiters else ","


def _lines(text: str, delimiter: str, intake: Intake) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each row that is not blank, with the number of the line it begins on.

    A line without quotes is split, which is fast. One with quotes is read cell by cell, and may go
    on over further lines: ``a,"two`` and ``lines",b`` are one row.
    """
    intake.check_values(text.count(delimiter) + max(map(text.count, "\r\n")))
    lines, number = _LINE.finditer(text), 1
    for line in lines:
        bare, line_ends = line[1], 0
        cells = bare.split(delimiter)
        if '"' in bare:
            cells, end = _quoted_row(text, line.start(), delimiter, intake, number)
            if line.end() < end:
                next(further for further in lines if further.end() >= end)
            line_ends = sum(cell.count("\n") for cell in cells)
        if len(cells) > _COLUMNS_AT_MOST:
            raise intake.refused(
                Sentence("it has more than {most} columns", most=f"{_COLUMNS_AT_MOST:,}"), number
            )
        if any(map(str.strip, cells)):
            yield number, cells
        number += 1 + line_ends


def _quoted_row(
    text: str, at: int, delimiter: str, intake: Intake, line: int
) -> tuple[list[str], int]:
    """Return the cells of a row, some in quotes that may hold line ends, and where it ends."""
    cells: list[str] = []
    while len(cells) <= _COLUMNS_AT_MOST:
        place = intake.place(line + sum(cell.count("\n") for cell in cells))
        cell, at = _cell(text, at, delimiter, place)
        cells.append(cell)
        if not text.startswith(delimiter, at):
            break
        at += 1
    return cells, at


def _cell(text: str, at: int, delimiter: str, place: str) -> tuple[str, int]:
    """Return the cell that begins at a place in the text, and where it ends."""
    if not text.startswith('"', at):
        bare = _BARE[delimiter].match(text, at)
        return (bare[0], bare.end()) if bare else ("", at)
    quoted = _QUOTED.match(text, at)
    if quoted is None:
        problem = Sentence(
            "the quote that opens a cell here is never closed; write one at the cell's end"
        )
        raise FileError.at(place, problem)
    if text[quoted.end() : quoted.end() + 1] not in {"", delimiter, "\r", "\n"}:
        problem = Sentence(
            "a cell goes on after its closing quote; write a quote inside a cell twice"
        )
        raise FileError.at(place, problem)
    return quoted[1].replace('""', '"'), quoted.end()


def _wrong_cells(
    cells: Sequence[str], headings: Sequence[str | None], intake: Intake, line: int
) -> Iterator[Fault]:
    """Yield a fault for each cell that is too long, and for the first one under no heading."""
    all_have_headings = True
    for at, cell in enumerate(cells):
        heading = headings[at] if at < len(headings) else ""
        if len(cell) > intake.cell_at_most:
            problem = Sentence(
                "has more than {most} characters; shorten it", most=f"{intake.cell_at_most:,}"
            )
            yield Fault("", heading or "", problem, intake.place(line))
        if cell.strip() and heading == "" and all_have_headings:
            all_have_headings = False
            yield Fault("", "", without_heading(cell, at), intake.place(line))
