"""``Subtotal``: what the rows of a group, a currency and a date come to, added up by the engine.

The engine returns this for one group, currency and date of amounts in 64-bit integers:

    sum    given    least    largest    rows
    300        2      100        200       3

Two of three rows have an amount, and 2 * 200 is far below 2**63: no order of adding them up can
have overflowed on the way. Where it could, the engine adds them up again, as decimals of 38 digits.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from commonprosperity.errors import DatasetError, Fault
from commonprosperity.frames.cell_text import unpadded
from commonprosperity.frames.engines import Engine, engine_failures_as_faults
from commonprosperity.frames.nw import nw
from commonprosperity.frames.reading import ColumnReading
from commonprosperity.frames.row_reading import Flaw, RowReading
from commonprosperity.money import summing
from commonprosperity.sentence import Sentence

if TYPE_CHECKING:
    from datetime import date

    from commonprosperity.frames.nw import View

    DateCell = date | str | int | None

Group = tuple[object, ...]

Number = int | Decimal


class Subtotal(NamedTuple):
    """What the rows of a group, a currency and a date come to, and how many have which flaw.

    ``added`` is in the unit of the column. ``value_date`` is that of the rate, None where that is
    the ``date``.
    """

    group: Group
    currency: str | None
    date: "DateCell"
    added: Decimal
    rows: int
    flaws: Mapping[Flaw, int]
    value_date: "DateCell" = None

    def plus(self, other: "Subtotal") -> "Subtotal":
        """Return a subtotal of the rows of both, which are of one group, currency and date."""
        with summing():
            added = self.added + other.added
        flaws = Counter(self.flaws) + Counter(other.flaws)
        return self._replace(added=added, rows=self.rows + other.rows, flaws=dict(flaws))


class _Row(NamedTuple):
    """A row of what the engine added up."""

    keys: Sequence[Any]
    sum: Number | None
    given: int
    least: Any
    largest: Any
    rows: int
    flaws: Sequence[int | None]


def subtotals(view: "View", reading: RowReading, engine: Engine[Any], place: str) -> list[Subtotal]:
    """Add up the rows of a view.

    Raises `DatasetError` where a sum needs more than 38 digits, and where the engine fails.
    """
    amount, rows = _safely_added_up(view, reading, engine, place)
    flaws, groups = [reading.missing, *reading.flaws()], len(reading.by)
    with summing():
        return [_subtotal(row, amount, flaws, groups) for row in rows]


def merged(several: Iterable[Subtotal]) -> list[Subtotal]:
    """Add up subtotals that are of the same group, currency and date."""
    by_key: dict[object, Subtotal] = {}
    for subtotal in several:
        key = subtotal.group, subtotal.currency, subtotal.date, subtotal.value_date
        by_key[key] = by_key[key].plus(subtotal) if key in by_key else subtotal
    return [*by_key.values()]


def _subtotal(row: _Row, amount: ColumnReading, flaws: Sequence[Flaw], groups: int) -> Subtotal:
    currency, on, *values = row.keys
    added = Decimal(row.sum or 0).scaleb(-amount.decimals)
    counts = (row.rows - row.given, *(int(rows or 0) for rows in row.flaws))
    rows_at_fault = dict(zip(flaws, counts, strict=True))
    group = tuple(map(as_shown, values[:groups]))
    value_date = next(iter(values[groups:]), None)
    added = unpadded(added) if amount.padded else added
    return Subtotal(group, currency, on, added, row.rows, rows_at_fault, value_date)


def as_shown(value: object) -> object:
    """Return the value of a group: one for texts that look the same, and None for a blank one."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.strip()) or None
    return value


def _safely_added_up(
    view: "View", reading: RowReading, engine: Engine[Any], place: str
) -> tuple[ColumnReading, list[_Row]]:
    """Return how amounts were read, and what rows come to: wide where that could be needed."""
    amount = reading.amount
    try:
        with engine_failures_as_faults(place):
            # Texts are not read twice for it.
            apart = engine.finds_extremes_apart and bool(amount.bound) and not amount.padded
            rows = _added_up(view, reading, engine, extremes_apart=apart)
            if apart and not _are_safe(rows, amount.bound):
                # Those of all rows may be of groups of a few: look at each.
                rows = _added_up(view, reading, engine, extremes_apart=False)
    except DatasetError:
        if not (amount.wide and engine.raises_on_overflow):
            raise
    else:
        if _are_safe(rows, amount.bound):
            return amount, rows
    if amount.wide:
        wide = attrs.evolve(amount.wide, title=amount.title)
        return _safely_added_up(view, attrs.evolve(reading, amount=wide), engine, place)
    problem = Sentence("could add up to more than 38 digits, which no dataframe holds")
    raise DatasetError((Fault("", amount.title, problem, place),))


def _added_up(
    view: "View", reading: RowReading, engine: Engine[Any], *, extremes_apart: bool
) -> list[_Row]:
    """Ask the engine for a row of each group, currency and date.

    The least and the largest amount are those of the group, or, found apart, those of all rows.
    """
    keys = {f"key {at}": column for at, column in enumerate(reading.keys)}
    flaws = {flaw: f"flaw {at}" for at, flaw in enumerate(reading.flaws())}
    added = _grouped(view, reading, keys, flaws, with_extremes=not extremes_apart)
    names = added.collect_schema().names()
    views = [added]
    if extremes_apart:
        amount = reading.amount.value
        views.append(view.select(least=amount.min(), largest=amount.max()))
    groups, *of_all = engine.rows_of_each(views)
    extremes = dict(zip(("least", "largest"), of_all[0][0], strict=True)) if of_all else {}
    rows = (extremes | dict(zip(names, row, strict=True)) for row in groups)
    return [
        _Row(
            [row[name] for name in keys], row["sum"], row["given"], row.get("least"),
            row.get("largest"), row["rows"], [row[name] for name in flaws.values()],
        )
        for row in rows
    ]  # fmt: skip


def _grouped(
    view: "View",
    reading: RowReading,
    keys: Mapping[str, ColumnReading],
    flaws: Mapping[Flaw, str],
    *,
    with_extremes: bool,
) -> "View":
    """Add up a view by its keys, and count its flaws.

    Dates and categories are read after the grouping, as there are far fewer groups than rows: of
    the texts "2021-09-02" and "2021-9-2" each is a group, and is read once. PyArrow aggregates
    plain columns only, so what is summed, counted or compared first becomes a column of its own.
    """
    col, amount = nw.col, reading.amount
    first = {
        name: column.value if column.key is None else column.key for name, column in keys.items()
    }
    last = {name: column.read_key(col(name)) for name, column in keys.items() if column.read_key}
    of_keys = {
        Flaw(keys[name].title, problem): cells.cast(nw.Int64) * col("rows")
        for name, column in last.items()
        for problem, cells in column.flaws.items()
    }
    counts = {
        flaws[flaw]: cells.cast(nw.Int64)
        for flaw, cells in reading.flaws().items()
        if flaw not in of_keys
    }
    sums = {"sum": col("amount").sum(), "given": col("amount").count()}
    if amount.bound and with_extremes:
        sums |= {"least": col("amount").min(), "largest": col("amount").max()}
    sums |= {name: col(name).sum() for name in counts}
    columns = view.select(**first, amount=amount.value, **counts)
    added = columns.group_by(*keys).agg(**sums, rows=nw.len())
    after = {name: column.value for name, column in last.items()}
    after |= {flaws[flaw]: rows for flaw, rows in of_keys.items()}
    return added.with_columns(**after) if after else added


def _are_safe(rows: Sequence[_Row], bound: int | None) -> bool:
    """Whether no sum of any group's rows, in whatever order, can have come to a bound."""
    given = [row for row in rows if row.given]
    if not bound or not given:
        return True
    # With at most 1,000 rows in a group, and amounts of at most 500, no sum is above 500,000.
    # Almost always the most rows with the largest amount of all are far from it, which is quick.
    most, least = max(row.given for row in given), min(row.least for row in given)
    largest = max(row.largest for row in given)
    return _is_safe(most, least, largest, bound) or all(
        _is_safe(row.given, row.least, row.largest, bound) for row in given
    )


def _is_safe(given: int, least: Number, largest: Number, bound: int) -> bool:
    return int(given) * max(abs(Fraction(least)), abs(Fraction(largest))) < bound
