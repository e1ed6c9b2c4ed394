"""``GroupSums``: what groups come to by the values of their fields, and tables that lay it out."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Any

import attrs

from commonprosperity.errors import RecordError
from commonprosperity.money import Money
from commonprosperity.sentence import Sentence
from commonprosperity.table import Column, Kind, Table
from commonprosperity.totals.base import TOTAL, in_currency
from commonprosperity.totals.calendar import in_order

Values = tuple[Any, ...]
"""The values of the fields of a group."""


@attrs.frozen(eq=False)
class GroupSums:
    """What groups come to, exactly, in one currency.

    ``by`` names their fields, and ``times`` those that are times; ``name`` says what a value of a
    field is called.
    """

    exact: Mapping[Values, Fraction]
    by: tuple[str, ...]
    times: Collection[str]
    currency: str
    name: Callable[[str, Any], str]

    def only(self, positions: Sequence[int]) -> "GroupSums":
        """Add up by some of the fields alone; what these come to is in its order."""
        sums: dict[Values, Fraction] = {}
        for values, exact in self.exact.items():
            key = tuple(values[at] for at in positions)
            sums[key] = sums.get(key, Fraction()) + exact
        by = tuple(self.by[at] for at in positions)
        ordered = in_order(sums, by, self.times, several=True)
        return attrs.evolve(self, exact={key: sums[key] for key in ordered}, by=by)

    def pivot(self) -> Table:
        """Lay the last field out across, and the others down, with the sums of both.

        Raises `RecordError` for a single field.
        """
        if len(self.by) == 1:
            problem = Sentence(
                'is one field, and a pivot takes two: totals(..., by=("company", "year"))'
            )
            raise RecordError("by", self.by[0], problem)
        down, across = self.only(range(len(self.by) - 1)), self.only([len(self.by) - 1])
        whole = Sentence("total {code:currency}", code=self.currency)
        headings = [*across.headings(), whole]
        columns = [*map(Column, down.by), *(Column(name, Kind.AMOUNT) for name in headings)]
        rows = [
            [
                *down.names(values),
                *(self._rounded(self.exact.get((*values, *value))) for value in across.exact),
                self._rounded(exact),
            ]
            for values, exact in down.exact.items()
        ]  # fmt: skip
        blank = [None] * (len(down.by) - 1)
        sums = map(self._rounded, (*across.exact.values(), self._sum()))
        return Table(columns, rows, [[TOTAL, *blank, *sums]])

    def cumulative(self) -> Table:
        """Lay what groups come to, and what they have come to until then, out along time.

        Time is the last field that is one; each value of the others has its own course. Raises
        `RecordError` where no field is a time.
        """
        along = [at for at, field in enumerate(self.by) if field in self.times][-1:]
        if not along:
            problem = Sentence('has no time to add up along: totals(..., by=("company", "year"))')
            raise RecordError("by", ", ".join(self.by), problem)
        apart = [at for at in range(len(self.by)) if at not in along]
        courses: dict[Values, list[Values]] = {values: [] for values in self.only(apart).exact}
        for key in in_order(self.exact, self.by, self.times, several=True):
            courses[tuple(key[at] for at in apart)].append(key)
        rows = [row for keys in courses.values() for row in self._course(keys)]
        reached = Column("cumulative", Kind.AMOUNT)
        columns = [*map(Column, self.by), in_currency(self.currency), reached]
        blank = [None] * (len(self.by) - 1)
        return Table(columns, rows, [[TOTAL, *blank, self._rounded(self._sum()), None]])

    def _course(self, keys: Sequence[Values]) -> Iterator[list[Any]]:
        """Yield a row for each group: what it comes to, and what all until it have come to."""
        until = accumulate(self.exact[key] for key in keys)
        for key, reached in zip(keys, until, strict=True):
            yield [*self.names(key), self._rounded(self.exact[key]), self._rounded(reached)]

    def names(self, values: Values) -> list[str]:
        """Name the value of each field."""
        return [self.name(field, value) for field, value in zip(self.by, values, strict=True)]

    def headings(self) -> list[str]:
        """Name the values of a single field; two of one name have their values beside it."""
        names = [self.names(values)[0] for values in self.exact]
        return [
            name if names.count(name) == 1 else Sentence("{name} ({value})", name=name, value=value)
            for name, (value,) in zip(names, self.exact, strict=True)
        ]

    def _sum(self) -> Fraction:
        return sum(self.exact.values(), Fraction())

    def _rounded(self, exact: Fraction | None) -> Decimal | None:
        return None if exact is None else Money.rounded(exact, self.currency).amount
