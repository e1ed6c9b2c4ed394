"""``Ledger``: a dataframe of money, and how its columns are read."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from commonprosperity.errors import DatasetError
from commonprosperity.extras import needed
from commonprosperity.frames.columns import Columns
from commonprosperity.frames.pandas import as_arrow
from commonprosperity.frames.sums import MISSING, Line, Readings, flawed, lines, told_of
from commonprosperity.frames.views import collected, numbered, view_of

Finder = Callable[[Mapping[Any, Any]], Any]
"""Makes the expression that finds rows, of those of a ledger's cells by part and flaw."""


@attrs.frozen
class Ledger:
    """A view whose columns are read; ``titles`` are what the columns of its parts are called."""

    view: Any
    readings: Readings
    titles: dict[str, str]
    place: str

    @classmethod
    def of(cls, take: Callable[[], Any], columns: Columns, place: str) -> "Ledger":
        """Take the columns that are asked for of a view, which a function gives.

        Raises `DatasetError` where one is missing, or of a type that is not read.
        """
        with told_of(place):
            view = take()
            names = [name for name in view.collect_schema().names() if isinstance(name, str)]
        constants = columns.constants(names, place)
        with told_of(place):
            view = view.select(columns.used(names))
            if view.implementation.is_pandas_like():
                view = view_of(as_arrow(view.to_native(), view.columns, place))
            if view.implementation.is_pyarrow():  # groups by no categories whose pieces differ
                view = view_of(view.to_native().unify_dictionaries())
        readings, unreadable = columns.readings(view, constants, place)
        if unreadable:
            raise DatasetError(tuple(unreadable))
        return cls(view, readings, columns.called(constants), place)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.view)

    def lines(self) -> list[Line]:
        """Add up the rows by group, currency and date."""
        return lines(self.view, self.readings, self.place)

    def first_rows(self, finders: Sequence[Finder], count: int) -> list[list[int]]:
        """Return the numbers of the first rows, from 0, that each of some finders finds."""
        nothing = needed("narwhals", extra="frames").lit(False)  # noqa: FBT003 (a value)
        # What one partition has wrong, another may have no column for.
        cells: dict[Any, Any] = defaultdict(lambda: nothing)
        cells |= {part: self.readings[part].value for part in ("currency", "date")}
        cells |= {MISSING: self.readings["amount"].value.is_null()}
        cells |= flawed(self.view, self.readings)
        with told_of(self.place):
            return [_first_rows(self.view, find(cells), count) for find in finders]


def _first_rows(view: Any, found_by: Any, count: int) -> list[int]:
    narwhals = needed("narwhals", extra="frames")
    number = "row"
    while number in map(str.casefold, view.collect_schema().names()):  # DuckDB ignores their case
        number += "_"
    # Selected first: no engine filters by what is the same for all rows.
    found = numbered(view, number).select(number, found_by.alias("is found"))
    first = found.filter(narwhals.col("is found")).select(number).head(count)
    return sorted(row for (row,) in collected(first).iter_rows())
