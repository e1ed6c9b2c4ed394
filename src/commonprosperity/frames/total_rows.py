"""Refuses rows of totals, which would add everything up once more: an id or a name says so."""

from collections import defaultdict
from collections.abc import Mapping
from operator import methodcaller

from commonprosperity.flat import word_of_totals
from commonprosperity.frames.faults import EXAMPLES_AT_MOST, RowFault
from commonprosperity.frames.laid_out import LaidOutLedger
from commonprosperity.frames.linked import AnyLedger
from commonprosperity.layout import Layout, folded
from commonprosperity.quoting import label
from commonprosperity.sentence import Sentence


def refuse_total_rows(counted: AnyLedger) -> None:
    """Raise `DatasetError` where a row says Total for its id, or for a name."""
    layout = counted.layout if isinstance(counted, LaidOutLedger) else None
    ledger = counted.ledger if isinstance(counted, LaidOutLedger) else counted
    roles = ledger.roles
    columns = ({} if roles.id is None else {"id": roles.id}) | {**roles.names}
    if not columns:
        return  # before an engine is asked, which takes DuckDB 2 ms a file
    rows: dict[tuple[str, str], int] = defaultdict(int)
    for cells, count in ledger.perhaps_totals():
        word = word_of_totals(_of_pledge(cells, layout))
        if word is not None:
            field = next(field for field, cell in cells.items() if cell == word)
            rows[field, word] += count
    ledger.refuse([
        RowFault(columns[field], _problem(word), count, methodcaller("says", field, word))
        for (field, word), count in sorted(rows.items())[:EXAMPLES_AT_MOST]
    ])  # fmt: skip


def _of_pledge(cells: Mapping[str, str | None], layout: Layout | None) -> dict[str, str]:
    """Return the cells of a pledge; none if a layout skips its row."""
    filled = {field: cell for field, cell in cells.items() if cell}
    if layout is None:
        return {**filled, "announced": "a date"}
    for field, cell in cells.items():
        is_whole = len(layout.headings[field]) == 1  # and not joined with others
        if is_whole and folded(cell or "") in map(folded, layout.skip.get(field, ())):
            return {}
    names = {*map(folded, layout.names)}  # which say who is called Total
    filled = {field: cell for field, cell in filled.items() if folded(cell) not in names}
    # A layout states what no column has.
    return {**filled, "company": filled.get("company", "a company"), "announced": "a date"}


def _problem(word: str) -> Sentence:
    return Sentence(
        "{word} makes it a row of totals, which adds the others up; leave it out", word=label(word)
    )
