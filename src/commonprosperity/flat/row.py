"""``Row``: a row of a table of pledges, its cells without the spaces around them."""

from collections.abc import Mapping
from typing import NamedTuple
from unicodedata import is_normalized, normalize

from commonprosperity.flat.columns import NAME_COLUMNS
from commonprosperity.records import TEXTS
from commonprosperity.records.fields import on_one_line
from commonprosperity.sentence import Sentence


class Row(NamedTuple):
    """A row: its number, its filled cells by their headings, and what is wrong with others.

    ``times`` is how many equal rows it stands for.
    """

    number: int
    cells: Mapping[str, str]
    problems: Mapping[str, Sentence] = {}
    times: int = 1


def trimmed(row: Row) -> Row:
    """Take the spaces around each cell away, except in texts that keep them.

    Letters and accents are composed, so that Nestlé is one name however it is encoded.

    >>> trimmed(Row(2, {"company": " Acme", "note": " in full "})).cells
    {'company': 'Acme', 'note': ' in full '}
    """
    joined = f" {' '.join(row.cells.values())} "
    is_composed = joined.isascii() or is_normalized("NFC", joined)
    if is_composed and "  " not in joined and joined.isprintable():
        return row  # as most are: no space at an end of a cell, and no line end
    cells = {
        name: normalize("NFC", cell if name in TEXTS else cell.strip())
        for name, cell in row.cells.items()
    }
    cells |= {name: on_one_line(cells[name]) for name in NAME_COLUMNS if name in cells}
    return Row(row.number, cells, row.problems)
