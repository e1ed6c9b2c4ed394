"""``SumTotal``: the total of a dataframe's rows, which are no pledges; their sums are kept."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import attrs

from commonprosperity.money import Money, summing
from commonprosperity.period import Period
from commonprosperity.rates import Rate
from commonprosperity.table import Column, Kind, Table
from commonprosperity.totals import TOTAL, BaseTotal, Conversion, Sums, in_currency, with_providers


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
class SumTotal(BaseTotal):
    """The total of a dataframe's rows, each counting for all of its amount.

    ``sums`` are what it is made of.
    """

    _added: Sums = attrs.field(eq=False)

    @classmethod
    def of(cls, sums: Sums, conversion: Conversion) -> "SumTotal":
        """Add sums up, exactly, and round once."""
        exact = conversion.added(sums) or Fraction(0)
        return cls(Money.rounded(exact, conversion.currency), exact, conversion, dict(sums))

    def joined(self, others: Iterable["SumTotal"]) -> "SumTotal":
        """Return the total of the sums of this one and of others."""
        sums: Sums = defaultdict(Decimal)
        with summing():
            for added, on, _ in (sum_ for total in (self, *others) for sum_ in total.sums):
                sums[added.currency, on.start, on.end, ""] += added.amount
        return SumTotal.of(sums, self._conversion)

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """The sum of each currency and date, in their order, and its rate."""
        rate = self._conversion.rate
        return tuple(
            Sum(
                Money(amount, currency), Period(start, end),
                rate(currency, start, end) if amount else None,
            )
            for (currency, start, end, _), amount in sorted(self._added.items())
        )  # fmt: skip

    def explain(self, *, locale: str = "en") -> Table:
        """Show each sum: its currency and date, its rate, and what it is converted."""
        columns = [
            Column("date"), Column("sum", Kind.AMOUNT), Column("in"),
            Column("rate", Kind.RATE), in_currency(self.currency),
        ]  # fmt: skip
        rows = [
            (
                str(sum_.date), sum_.added.amount, sum_.added.currency,
                sum_.rate.factor if sum_.rate else None,
                Money.rounded(sum_.converted, self.currency).amount,
            )
            for sum_ in self.sums
        ]  # fmt: skip
        table = Table(columns, rows, [(TOTAL, None, None, None, self.amount.amount)])
        return with_providers(table.in_locale(locale), [sum_.rate for sum_ in self.sums])
