"""The text of a cell: for a reader on one line, or in full for a program."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from commonprosperity.quoting import visible
from commonprosperity.sentence import Bilingual, Say, Sentence, shortened
from commonprosperity.table.column import Kind, Link, Names
from commonprosperity.table.scale import Scale
from commonprosperity.wording import nearest, percent, significant

CellWriter = Callable[[Any, Kind], str]
"""Writes a cell of a kind of column for a reader."""


def reader_text(cell: Any, kind: Kind, scale: Scale, *, whole: bool = False, say: Say = str) -> str:
    """Write a cell for a reader: an amount on a scale, a long text shortened.

    >>> from commonprosperity.table.column import Unit
    >>> billions = Scale(Unit("in billions", 9), decimals=3)
    >>> reader_text(Decimal("15490000000"), Kind.AMOUNT, billions)
    '15.490'
    >>> reader_text(Fraction(1, 3), Kind.SHARE, billions)
    '33.3 %'

    ``whole`` shows all of a text, however long; ``say`` says the sentences of ours.
    """
    if cell is None:
        return ""
    if kind is Kind.AMOUNT:
        return _amount(cell, scale)
    if kind is Kind.SHARE:
        space = " " if say is str else ""  # which Chinese does not write
        return f"{percent(cell)}{space}%"
    if kind is Kind.RATE:
        return significant(cell)
    if isinstance(cell, Names) and not whole:
        cell = cell.first
    text = visible(str(say_cell(cell, say)))
    return text if whole else shortened(text, say)


def say_cell(cell: Any, say: Say) -> Any:
    """Return a cell in a language, if it is a sentence of ours or a text with two forms."""
    return say(cell) if isinstance(cell, Sentence | Bilingual) else cell


def _amount(amount: Decimal, scale: Scale) -> str:
    if not amount:
        return "0"
    if not amount.is_finite():
        return "∞"
    return f"{nearest(Fraction(amount) / 10**scale.unit.power, scale.decimals):,f}"


def full_text(cell: Any) -> str | None:
    """Write a cell in full: an amount as it is, a share or a rate with 12 decimals."""
    if isinstance(cell, Fraction):
        return f"{nearest(cell, 12):f}"
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, Link):
        return f"{cell.text} <{cell.url}>"
    return None if cell is None else str(cell)
