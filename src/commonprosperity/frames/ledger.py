"""``Ledger``: a dataframe of money, which is added up partition by partition."""

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, chain
from typing import TYPE_CHECKING, TypeVar

import attrs

from commonprosperity.errors import DatasetError, Fault
from commonprosperity.frames.columns import AmountForm, Roles
from commonprosperity.frames.engines import engine_failures_as_faults
from commonprosperity.frames.entry import Entries, Entry, money_of
from commonprosperity.frames.faults import (
    EXAMPLES_AT_MOST,
    Faults,
    RowFault,
    period_of,
)
from commonprosperity.frames.inputs import Opened
from commonprosperity.frames.partition import LinkedRow, Partition
from commonprosperity.frames.subtotals import Group, Subtotal, merged
from commonprosperity.period import Period
from commonprosperity.sentence import Sentence
from commonprosperity.totals import Conversion

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from commonprosperity.frames.partition import Finder

Result = TypeVar("Result")


@attrs.frozen
class Ledger:
    """A dataframe, what its columns are for, and how its amounts are written."""

    opened: Opened
    roles: Roles
    form: AmountForm
    place: str
    bar: bool

    def entries(self, conversion: Conversion, *, all_count: bool = True) -> Entries:
        """Return what the rows of each group, currency and date come to.

        Raises `DatasetError` with everything that is wrong. A missing rate alone is not, unless
        ``all_count``: a row may count for nothing.
        """
        subtotals, faults = self.subtotals(), Faults(self.roles, conversion)
        wrong = [*faults.of(subtotals)]
        if wrong or all_count:
            self.refuse([*wrong, *faults.of_rates(subtotals)])
        return Entries([*map(self._entry, subtotals)], self.roles.units)

    def _entry(self, subtotal: Subtotal) -> Entry:
        on = period_of(subtotal.date)
        money = money_of(subtotal, str(subtotal.currency), self.form)
        due = on if subtotal.value_date is None else period_of(subtotal.value_date)
        return Entry(self.roles.group(subtotal.group, on), money, due)

    def refuse(self, faults: Sequence[RowFault]) -> None:
        """Raise `DatasetError` with the faults of rows, if there are any, and their first rows."""
        if not faults:
            return
        numbers = self.first_rows([fault.found_by for fault in faults], EXAMPLES_AT_MOST)
        raise DatasetError(tuple(
            Fault("", fault.title, fault.with_rows(rows), self.place)
            for fault, rows in zip(faults, numbers, strict=True)
        ))  # fmt: skip

    def subtotals(self) -> list[Subtotal]:
        """Add up the rows by group, currency and date.

        Raises `DatasetError` where a column is of a type that is not read, where a sum needs more
        than 38 digits, and where the engine fails.
        """
        each = self.each(Partition.subtotals)
        return merged(chain.from_iterable(subtotals for _, subtotals in each))

    def group_of(self, row: LinkedRow, cells: Mapping[str, str], announced: Period) -> Group:
        """Return the group of a linked row."""
        del cells
        return self.roles.group((row.cells[name] for name in self.roles.grouped), announced)

    def ends(self) -> set[str]:
        """Return what links name: the ids of other rows.

        Raises `DatasetError` where no column has ids.
        """
        if not self.roles.links:
            return set()
        ends: set[str] = set().union(*(ends for _, ends in self.each(Partition.ends)))
        if ends and self.roles.id is None:
            problem = Sentence("names the ids of other rows, and no column has ids; name it by id=")
            raise DatasetError((Fault("", self.roles.links[0], problem, self.place),))
        return ends

    def ids(self) -> "Iterator[str]":
        """Yield the ids of rows, as texts."""
        return chain.from_iterable(ids for _, ids in self.each(Partition.ids))

    def linked_rows(self, ends: "AbstractSet[str]") -> list[LinkedRow]:
        """Return the rows that links tie to others, and those that links name, in any order."""

        def look(partition: Partition) -> list[LinkedRow]:
            return partition.linked_rows(ends)

        return [row for _, rows in self.each(look) for row in rows]

    def lacks_companies(self) -> bool:
        """Whether the column that names companies has a blank cell."""
        return sum(blank for _, blank in self.each(Partition.lacks_companies)) > 0

    def perhaps_totals(self) -> "list[tuple[dict[str, str | None], int]]":
        """Return the ids and names that may say Total, by their fields, and how many rows do."""
        return [row for _, rows in self.each(Partition.perhaps_totals) for row in rows]

    def first_rows(self, finders: "Sequence[Finder]", count: int) -> list[list[int]]:
        """Return the numbers of the first rows, from 0, that each of some finders finds."""

        def look(partition: Partition) -> tuple[int, list[list[int]]]:
            rows = [_first_rows(partition, find, count) for find in finders]
            return partition.height(), rows

        looks = [look for _, look in sorted(self.each(look))]
        starts = [0, *accumulate(height for height, _ in looks)]
        by_finder = zip(*(
            [[start + row for row in rows] for rows in numbers]
            for start, (_, numbers) in zip(starts, looks, strict=False)
        ), strict=True)  # fmt: skip
        return [[*chain.from_iterable(rows)][:count] for rows in by_finder]

    def each(self, function: Callable[[Partition], Result]) -> "Iterator[tuple[int, Result]]":
        """Yield what a function returns for each partition, with its number, in any order."""
        engine, roles, form, place = self.opened.engine, self.roles, self.form, self.place

        def run(frame: object) -> Result:  # in a worker, which needs no more of this than these
            return function(Partition.of(engine, frame, roles, form, place))

        with engine_failures_as_faults(place):
            yield from engine.each_partition(self.opened.frame, run, bar=self.bar)


def _first_rows(partition: Partition, find: "Finder", count: int) -> list[int]:
    """Find rows; a partition whose column is of another type has none of a value."""
    try:
        return partition.first_rows([find], count)[0]
    except DatasetError:
        return []
