"""Rows of totals, which would add everything up once more: told by what an id or a company says."""

from collections import defaultdict
from typing import TYPE_CHECKING

from commonprosperity.flat import word_of_totals
from commonprosperity.frames.faults import EXAMPLES_AT_MOST, RowFault
from commonprosperity.frames.ledger import Ledger
from commonprosperity.frames.partition import Partition
from commonprosperity.quoting import label
from commonprosperity.sentence import Sentence

if TYPE_CHECKING:
    from commonprosperity.frames.nw import nw
    from commonprosperity.frames.partition import Finder


def refuse_total_rows(ledger: Ledger) -> None:
    """Raise `DatasetError` where a row says Total for its id, or for its company."""
    roles = ledger.roles
    if roles.id is None and roles.company is None:
        return  # before an engine is asked, which takes DuckDB 2 ms a file
    rows: dict[tuple[str, str], int] = defaultdict(int)
    for id_, company, count in ledger.perhaps_totals():
        cells = {"id": id_, "company": company, "announced": "a date"}
        word = word_of_totals({name: cell for name, cell in cells.items() if cell})
        if word is not None:
            rows[str(roles.company if word == company else roles.id), word] += count
    ledger.refuse([
        RowFault(title, _problem(word), count, _saying(word))
        for (title, word), count in sorted(rows.items())[:EXAMPLES_AT_MOST]
    ])  # fmt: skip


def _problem(word: str) -> Sentence:
    return Sentence(
        "{word} makes it a row of totals, which adds the others up; leave it out", word=label(word)
    )


def _saying(word: str) -> "Finder":
    def found_by(partition: Partition) -> "nw.Expr":
        return partition.says(word)

    return found_by
