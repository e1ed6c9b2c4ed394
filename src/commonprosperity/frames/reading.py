"""``ColumnReading``: how a column of currencies, dates or groups is read, by its type.

It consists of expressions of Narwhals, which the engine computes.
"""

from datetime import date
from typing import TYPE_CHECKING

import attrs

from commonprosperity.errors import CellError
from commonprosperity.frames.nw import nw
from commonprosperity.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from narwhals.dtypes import DType

    Literal = Callable[[date], nw.Expr]

MISSING = Sentence("is missing")
NO_DAY = Sentence("is no day from {min} to {max}", min=date.min, max=date.max)


@attrs.frozen
class ColumnReading:
    """What is read of a column, and which of its cells are at fault.

    ``value`` is what is read, in units of ten to the power of minus ``decimals``; ``flaws`` has for
    each problem which cells have it. No sum of values may come to ``bound``, if there is one; where
    one could, they are read as ``wide``, which has a larger bound and takes twice as long.
    ``padded`` is whether reading adds zeros behind the point. Where there is a ``key``, rows are
    grouped by that, and the few groups are read by ``read_key``, in the place of many rows.
    """

    value: "nw.Expr"
    flaws: "Mapping[Sentence, nw.Expr]" = attrs.field(factory=dict)
    decimals: int = 0
    bound: int | None = None
    wide: "ColumnReading | None" = None
    padded: bool = False
    key: "nw.Expr | None" = None
    read_key: "Callable[[nw.Expr], ColumnReading] | None" = None
    title: str = ""


class UnreadableTypeError(CellError):
    """A column is of a type that is not read; it becomes a fault."""


_CURRENCIES = Sentence("currencies are texts")


def texts(column: "nw.Expr", type_: "DType", wanted: Sentence = _CURRENCIES) -> ColumnReading:
    """Read a column of texts, which may be categories.

    Raises `UnreadableTypeError` for any other.
    """
    if not isinstance(type_, nw.String | nw.Categorical | nw.Enum | nw.Unknown):
        raise UnreadableTypeError(
            Sentence("is a column of {type}; {wanted:say}", type=str(type_), wanted=wanted)
        )
    if isinstance(type_, nw.String):
        return ColumnReading(column)

    def read(category: "nw.Expr") -> ColumnReading:
        return ColumnReading(category.cast(nw.String))

    return attrs.evolve(read(column), key=column, read_key=read)


def dates(column: "nw.Expr", type_: "DType", literal: "Literal") -> ColumnReading:
    """Read a column of dates: days, datetimes at midnight, texts of periods, integers of years.

    ``literal`` makes a day an expression, as the engine takes it.
    Raises `UnreadableTypeError` for any other, and for datetimes with a time zone.
    """
    if isinstance(type_, nw.Datetime):
        if type_.time_zone:
            problem = Sentence(
                "has a time zone, {zone}, and in another it may be another day; give dates",
                zone=type_.time_zone,
            )
            raise UnreadableTypeError(problem)
        day = column.cast(nw.Date)
        later = day.cast(nw.Datetime(type_.time_unit)) != column
        return _days(day, {Sentence("has a time of day; give dates"): later}, literal)
    if isinstance(type_, nw.Date):
        return _days(column, {}, literal)
    if type_.is_integer():
        return ColumnReading(column.cast(nw.Int64))
    return texts(column, type_, Sentence("dates are days, texts or the integers of years"))


def value_dates(column: "nw.Expr", type_: "DType", literal: "Literal") -> ColumnReading:
    """Read a column of dates that may be blank, a blank text as a null."""
    is_text = isinstance(type_, nw.String | nw.Categorical | nw.Enum)
    return links(column, type_) if is_text else dates(column, type_, literal)


def groups(column: "nw.Expr", type_: "DType", literal: "Literal") -> ColumnReading:
    """Read a column of groups, of any type whose values can be told apart.

    Raises `UnreadableTypeError` for lists and the like.
    """
    if type_.is_nested() or isinstance(type_, nw.Object):
        raise UnreadableTypeError(
            Sentence("is a column of {type}, which makes no groups", type=str(type_))
        )
    if isinstance(type_, nw.Categorical | nw.Enum | nw.Unknown):
        return texts(column, type_)
    if isinstance(type_, nw.Date):
        return _days(column, {}, literal)
    if type_.is_float():
        return ColumnReading(nw.when(~column.is_nan()).then(column))
    return ColumnReading(column)


def cells(column: "nw.Expr", type_: "DType", literal: "Literal") -> ColumnReading:
    """Read a column of cells that a layout reads, a blank text as a null."""
    reading = groups(column, type_, literal)
    if isinstance(type_, nw.String):
        text = column.str.strip_chars()
        return ColumnReading(nw.when(text != "").then(text))
    return reading


def ids(column: "nw.Expr", type_: "DType", literal: "Literal") -> ColumnReading:
    """Read a column of ids, which are of any type that makes groups."""
    try:
        return groups(column, type_, literal)
    except UnreadableTypeError:
        problem = Sentence("is a column of {type}, which are no ids", type=str(type_))
        raise UnreadableTypeError(
            Sentence("{problem:say}; give id=None if rows need none", problem=problem)
        ) from None


def links(column: "nw.Expr", type_: "DType") -> ColumnReading:
    """Read a column of links, of ids or of names as texts; a blank one is null."""
    text = column.cast(nw.String)
    if isinstance(type_, nw.String | nw.Categorical | nw.Enum):
        text = text.str.strip_chars()
        return ColumnReading(nw.when(text != "").then(text))
    if type_.is_float():
        return ColumnReading(nw.when(~column.is_nan()).then(text))
    return ColumnReading(text)


_IS_POOLED = Sentence(
    "is true, and here all rows count; cp.frames.read(df).total(...) counts a pool once, and so "
    "does cp.read(path).total(...) for a CSV; rename the column if it says something else"
)
_WRITE_A_FLAG = Sentence("write true or false, or rename the column if it says something else")
_IS_NO_FLAG = Sentence("is neither true nor false; {write:say}", write=_WRITE_A_FLAG)
_TRUE = ("true", "1", "1.0")  # pandas makes floats of integers where a cell is blank
_FALSE = ("false", "0", "0.0")


def pools(column: "nw.Expr", type_: "DType") -> ColumnReading:
    """Read a column that says which rows are of a pool: these are at fault, and blank ones not.

    Raises `UnreadableTypeError` for lists and the like.
    """
    if type_.is_nested() or isinstance(type_, nw.Object):
        raise UnreadableTypeError(
            Sentence("is a column of {type}; {wanted:say}", type=str(type_), wanted=_WRITE_A_FLAG)
        )
    word = links(column, type_).value.str.to_lowercase()
    is_no_flag = ~word.is_in([*_TRUE, *_FALSE])  # null of a blank cell, in every engine
    return ColumnReading(word, {_IS_POOLED: word.is_in(_TRUE), _IS_NO_FLAG: is_no_flag})


def _days(day: "nw.Expr", flaws: "Mapping[Sentence, nw.Expr]", literal: "Literal") -> ColumnReading:
    """Read days; DuckDB and Spark have more of them than Python: 'infinity', and those BC."""

    def read(day: "nw.Expr") -> ColumnReading:
        none = (day < literal(date.min)) | (day > literal(date.max))
        return ColumnReading(nw.when(~none).then(day), {NO_DAY: none})

    reading = read(day)
    return attrs.evolve(reading, flaws={**flaws, **reading.flaws}, key=day, read_key=read)
