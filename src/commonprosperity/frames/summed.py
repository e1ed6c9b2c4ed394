"""``Summed``: the total of a dataframe's rows, which are not pledges and of which sums are kept."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import attrs

from commonprosperity.counting import Counting, Links
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.rates import Rate
from commonprosperity.table import Column, Kind, Table
from commonprosperity.totals import Conversion, Sums, Total

_NOTHING = Counting((), Links(()))


class Sum(NamedTuple):
    """What the rows of one currency and one date add up to, and at which rate it is converted."""

    added: Money
    date: Period
    rate: Rate | None

    @property
    def converted(self) -> Fraction:
        """The sum, in the total's currency, exactly."""
        return Fraction(self.added.amount) * self.rate.factor if self.rate else Fraction(0)


@attrs.frozen(repr=False)
class Summed(Total):
    """The total of a dataframe's rows, every one of which counts for all of its amount.

    It has no pledges, and so no items, stages and funders; ``sums`` are what it is made of. Its
    bounds are its amount.
    """

    _added: Sums = attrs.field(kw_only=True, eq=False)

    @classmethod
    def up(cls, sums: Mapping[tuple[str, Period], Money], conversion: Conversion) -> "Summed":
        """Add sums up, exactly, and round once."""
        added = {(code, on.start, on.end): money.amount for (code, on), money in sums.items()}
        exact = conversion.added(added) or Fraction(0)
        amount = Money.rounded(exact, conversion.currency)
        return cls(amount, exact, (), _NOTHING, conversion, added=added)

    @property
    def tells_payers(self) -> bool:
        """Whether it is known who pays: a row does not say."""
        return False

    @property
    def low(self) -> Money:
        """The total itself."""
        return self.amount

    @property
    def high(self) -> Money:
        """The total itself."""
        return self.amount

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """The sum of each currency and date, in their order, and its rate."""
        rate = self._conversion.rate
        return tuple(
            Sum(Money(amount, due[0]), Period(*due[1:]), rate(*due) if amount else None)
            for due, amount in sorted(self._added.items())
        )

    def explain(self) -> Table:
        """Show each sum: its currency and date, its rate, and what it is converted."""
        columns = [
            Column("date"), Column("sum", Kind.AMOUNT), Column("in"),
            Column("rate", Kind.RATE), Column(self.currency, Kind.AMOUNT),
        ]  # fmt: skip
        rows = [
            (
                str(part.date), part.added.amount, part.added.currency,
                part.rate.factor if part.rate else None,
                Money.rounded(part.converted, self.currency).amount,
            )
            for part in self.sums
        ]  # fmt: skip
        return Table(columns, rows, [("total", None, None, None, self.amount.amount)])
