"""Amounts of somebody's table that are no plain numbers, taken apart from those that are.

The engine adds up the plain ones. The others are few, and are read as words once rows are added up:

    amount         value    words
    1200.50      1200.50
    2 million               2 million
    n/a                     n/a
"""

from collections.abc import Collection
from decimal import Decimal, InvalidOperation
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

import attrs

from commonprosperity.frames.columns import Roles, Words
from commonprosperity.frames.nw import nw
from commonprosperity.frames.reading import ColumnReading

if TYPE_CHECKING:
    from narwhals.dtypes import DType

BLANK, OF_ANOTHER = "\ue000", "\ue001"
"""What stands for a blank cell, and for one beside another amount: characters that no text has."""


def without_words(
    reading: ColumnReading, schema: "nw.Schema", roles: Roles
) -> tuple[ColumnReading, ColumnReading]:
    """Return how plain amounts are read, and how the words of the others are.

    A number is a word where it says that a row is no pledge, as 0 may.
    """
    column, type_, which = nw.col(roles.amount), schema[roles.amount], roles.words or Words()
    blank = nw.lit(BLANK if which.is_first else OF_ANOTHER)
    for other in which.others:
        is_filled = ~_is_blank(nw.col(other), schema[other])
        blank = nw.when(is_filled).then(nw.lit(OF_ANOTHER)).otherwise(blank)
    is_text = isinstance(type_, nw.String)
    words = _words(column, reading, which.numbers) if is_text else _numbers(column, which.numbers)
    words = nw.when(_is_blank(column, type_)).then(blank).otherwise(words)

    def plain(amounts: ColumnReading) -> ColumnReading:
        value = nw.when(words.is_null()).then(amounts.value)
        return attrs.evolve(amounts, value=value, flaws={} if is_text else amounts.flaws)

    wide = None if reading.wide is None else plain(reading.wide)
    return attrs.evolve(plain(reading), wide=wide), ColumnReading(words)


def _words(column: "nw.Expr", reading: ColumnReading, numbers: Collection[str]) -> "nw.Expr":
    """Return the texts that are no plain numbers, or one of some."""
    ways = [*reading.flaws.values(), column.str.strip_chars().is_in([*numbers, BLANK])]
    words: nw.Expr = nw.when(reduce(or_, ways)).then(column)
    return words


def _numbers(column: "nw.Expr", numbers: Collection[str]) -> "nw.Expr":
    """Return the numbers of a column that are one of some, as texts without decimals."""
    words: nw.Expr = nw.when(column.is_null()).then(nw.lit(BLANK))
    for number in {number for number in map(_whole, numbers) if number is not None}:
        words = nw.when(column == number).then(nw.lit(str(number))).otherwise(words)
    return words


def _is_blank(column: "nw.Expr", type_: "DType") -> "nw.Expr":
    is_blank = column.is_null()
    if isinstance(type_, nw.String):
        return is_blank | (column.str.strip_chars() == "")
    return is_blank | column.is_nan() if type_.is_float() else is_blank


def _whole(text: str) -> int | None:
    try:
        number = Decimal(text)
        return int(number) if number.is_finite() and number == int(number) else None
    except InvalidOperation:
        return None
