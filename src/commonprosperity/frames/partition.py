"""``Partition``: a dataframe, or the part of one that is added up by itself, as it is read."""

from typing import TYPE_CHECKING, Any

import attrs

from commonprosperity.frames.columns import AmountForm, Roles
from commonprosperity.frames.engines import Engine, engine_failures_as_faults
from commonprosperity.frames.nw import nw
from commonprosperity.frames.row_reading import Flaw, RowReading
from commonprosperity.frames.subtotals import Subtotal, subtotals

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from commonprosperity.frames.nw import View

    Finder = Callable[["Partition"], "nw.Expr"]
    """Builds a filter of rows from how their columns are read."""


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
