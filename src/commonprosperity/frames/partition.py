"""``Partition``: a dataframe, or the part of one that is added up by itself, as it is read."""

from decimal import Decimal
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from commonprosperity.frames.cell_text import unpadded
from commonprosperity.frames.columns import AmountForm, Roles
from commonprosperity.frames.engines import Engine, engine_failures_as_faults
from commonprosperity.frames.nw import nw
from commonprosperity.frames.row_reading import Flaw, RowReading
from commonprosperity.frames.subtotals import Subtotal, as_shown, subtotals
from commonprosperity.money import summing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from commonprosperity.frames.nw import View
    from commonprosperity.frames.reading import ColumnReading

    Finder = Callable[["Partition"], "nw.Expr"]
    """Builds a filter of rows from how their columns are read."""


_BETWEEN = r"[\W\d_]*"
# Tied to the start, which takes DuckDB half the time. Not every engine knows the case of Cyrillic
# and Polish letters.
_MAY_SAY_TOTAL = (
    rf"(?i)^(?:[(（\[][^)）\]]*[)）\]]|[\W\d_])*(?:(?:(?:grand|overall|sub|sum|sous){_BETWEEN})?tot|"
    rf"(?:(?:end|zwischen){_BETWEEN})?sum|(?:ins)?gesamt|razem|og[óÓ]|[łŁ][ąĄ]cz|"
    rf"[合总小共總総累]{_BETWEEN}[计計额額总總和]|[합총소]{_BETWEEN}[계액]|"
    "[Ии][Тт][Оо][Гг]|[ВвУу][Сс][ЕеЬь][Гг]?[Оо]|[Рр][Аа][Зз][Оо][Мм])"
)


# As in Acme subtotal and 科技企业小计. An engine compares ends in half the time of a pattern.
_ENDS = ("total", "Total", "TOTAL", "计", "計", "계")


def _may_say_total(name: str) -> "nw.Expr":
    """Whether the cells of a column may say Total, or be those of a subtotal."""
    begins = nw.col(name).str.contains(_MAY_SAY_TOTAL)
    return reduce(or_, map(nw.col(name).str.ends_with, _ENDS), begins)


class LinkedRow(NamedTuple):
    """A row that links tie to others: its cells by their columns, and its amount.

    An amount that is no plain number is in ``words``.
    """

    cells: "Mapping[str, object]"
    amount: Decimal | None
    words: str | None


@attrs.frozen
class Partition:
    """A view whose columns are read."""

    engine: Engine[Any]
    view: "View"
    reading: RowReading
    place: str

    @classmethod
    def of(
        cls, engine: Engine[Any], frame: object, roles: Roles, form: AmountForm, place: str
    ) -> "Partition":
        """Take the columns that are used.

        Raises `DatasetError` for one of a type that is not read.
        """
        with engine_failures_as_faults(place):
            view = engine.columns(frame, roles.used, place)
            schema = view.collect_schema()
        return cls(engine, view, RowReading.of(schema, roles, form, engine, place), place)

    def height(self) -> int:
        """Return how many rows there are."""
        ((rows,),) = self.engine.rows(self.view.select(nw.len()))
        return int(rows)

    def subtotals(self) -> list[Subtotal]:
        """Add up the rows by group, currency and date."""
        return subtotals(self.view, self.reading, self.engine, self.place)

    def ends(self) -> set[str]:
        """Return what links name: the ids of other rows."""
        with engine_failures_as_faults(self.place):
            named = (self.view.select(end=link.value) for link in self.reading.links)
            filled = (view.filter(~nw.col("end").is_null()) for view in named)
            return {text for view in filled for (text,) in self.engine.rows(view)}

    def ids(self) -> set[str]:
        """Return the ids of rows, as texts."""
        if self.reading.ends is None:
            return set()
        view = self.view.select(end=self.reading.ends.value)
        with engine_failures_as_faults(self.place):
            rows = self.engine.rows(view.filter(~nw.col("end").is_null()))
        return {text for (text,) in rows}

    def linked_rows(self, ends: "AbstractSet[str]") -> "list[LinkedRow]":
        """Return the rows that links tie to others, and those that links name."""
        reading = self.reading
        if reading.ends is None:
            return []
        cells = {f"cell {at}": column.value for at, column in enumerate(reading.by)}
        amount, end = reading.amount.value, reading.ends.value
        links = [~link.value.is_null() for link in reading.links]
        is_linked = reduce(or_, links, nw.lit(False))  # noqa: FBT003 (a value)
        view = self.view.select(**cells, amount=amount, end=end, linked=is_linked)
        linked = view.filter(nw.col("linked"))
        others = view.filter(~nw.col("linked"))
        with engine_failures_as_faults(self.place):
            rows = self.engine.rows(linked)
            rows += self.engine.rows(self.engine.one_of(others, "end", ends))
        return [self._linked_row(row) for row in rows]

    def _linked_row(self, row: tuple[Any, ...]) -> "LinkedRow":
        *values, amount, _, _ = row
        names = (column.title for column in self.reading.by)
        cells = {name: as_shown(value) for name, value in zip(names, values, strict=True)}
        words = None if (cell := cells.pop("", None)) is None else str(cell)
        if amount is None:
            return LinkedRow(cells, None, words)
        with summing():
            value = Decimal(amount).scaleb(-self.reading.amount.decimals)
        return LinkedRow(cells, unpadded(value), words)

    def lacks_companies(self) -> bool:
        """Whether the column that names companies has a blank cell."""
        if "company" not in self.reading.names:
            return False
        blank = self.view.select(company=self.reading.names["company"].value)
        with engine_failures_as_faults(self.place):
            ((rows,),) = self.engine.rows(
                blank.filter(nw.col("company").is_null()).select(nw.len())
            )
        return bool(rows)

    def perhaps_totals(self) -> "list[tuple[dict[str, str | None], int]]":
        """Return the ids and names that may say Total, by their fields, and how many rows do."""
        schema = self.view.collect_schema()
        cells = {
            name: column.value
            for name, column in self._named.items()
            if not schema[column.title].is_numeric()
        }
        if not cells:
            return []
        view = self.view.select(**cells)
        may_be = reduce(or_, map(_may_say_total, cells))
        counts = view.filter(may_be).group_by(*cells).agg(rows=nw.len())
        with engine_failures_as_faults(self.place):
            rows = self.engine.rows(counts.select(*cells, "rows"))
        return [(dict(zip(cells, values, strict=True)), count) for *values, count in rows]

    def says(self, field: str, word: str) -> "nw.Expr":
        """Return which rows have a word as their id, or as a name."""
        says: nw.Expr = (self._named[field].value == word).fill_null(False)  # noqa: FBT003 (a value)
        return says

    @property
    def _named(self) -> "Mapping[str, ColumnReading]":
        """The columns in which a row may say Total."""
        ids = {} if self.reading.ends is None else {"id": self.reading.ends}
        return {**ids, **self.reading.names}

    def having(self, flaw: Flaw) -> "nw.Expr":
        """Return which rows have a flaw: none, where there is no column for it."""
        amount = self.reading.amount
        if flaw == self.reading.missing:
            return amount.value.is_null()
        return self.reading.flaws().get(flaw, nw.lit(False))  # noqa: FBT003 (a value)

    def first_rows(self, finders: "Sequence[Finder]", count: int) -> list[list[int]]:
        """Return the numbers of the first rows, from 0, that each of some finders finds."""
        with engine_failures_as_faults(self.place):
            return [self._first_rows(find(self), count) for find in finders]

    def _first_rows(self, is_found: "nw.Expr", count: int) -> list[int]:
        number = "row"
        names = [name.casefold() for name in self.view.collect_schema().names()]
        while number in names:
            number += "_"
        # Selected first: no engine filters by what is the same for all rows.
        numbered = self.engine.numbered(self.view, number)
        rows = numbered.select(number, is_found.alias("is found"))
        first = rows.filter(nw.col("is found")).select(number).sort(number).head(count)
        return sorted(row for (row,) in self.engine.rows(first))
