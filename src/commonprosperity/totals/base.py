"""``BaseTotal``: an exact sum in one currency, whatever it is made of."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, Self

import attrs

from commonprosperity.money import Money
from commonprosperity.records import Instrument, Pledge, Stage
from commonprosperity.sentence import Bilingual, Sentence
from commonprosperity.table import Column, Kind, Table, TableDisplay
from commonprosperity.totals.conversion import Conversion

TOTAL = Sentence("total")
"""What the last row of a table is called."""


def in_currency(code: str) -> Column:
    """Return the column of amounts in a currency, called by its code, in Chinese by its name."""
    return Column(Sentence("{code:currency}", code=code), Kind.AMOUNT)


@attrs.frozen(repr=False)
class BaseTotal(TableDisplay):
    """An exact sum in one currency, which may be of no pledges: then nothing is known of stages.

    ``amount`` is the ``exact`` rational sum, rounded once, half to even, to the digits of the
    currency.
    """

    amount: Money
    exact: Fraction
    _conversion: Conversion = attrs.field(eq=False)

    @property
    def currency(self) -> str:
        """The currency of every amount of the total."""
        return self.amount.currency

    @property
    def low(self) -> Money:
        """The least that it may be: here the amount."""
        return self.amount

    @property
    def high(self) -> Money | None:
        """The most that it may be: here the amount."""
        return self.amount

    @property
    def unknown_bounds(self) -> frozenset[str]:
        """Those of ``low`` and ``high`` that need a rate which is not known: here none."""
        return frozenset()

    @abstractmethod
    def joined(self, others: Iterable[Self]) -> Self:
        """Return the total of what this one and others are made of."""

    @property
    def is_firm(self) -> bool:
        """Whether the total is known to be the same at its low and at its high."""
        return not self.unknown_bounds and self.low == self.high

    @property
    def pledges(self) -> tuple[Pledge, ...]:
        """The pledges that it is made of: here none."""
        return ()

    @property
    def items(self) -> Sequence[Any]:
        """What of each pledge counted: here of none."""
        return ()

    @property
    def by_stage(self) -> dict[Stage, Money]:
        """What is pledged, committed and disbursed, where it is known."""
        return {}

    @property
    def by_instrument(self) -> dict[Instrument | None, Money]:
        """What is given in cash, in shares, as loans and in kind, where it is known."""
        return {}

    @property
    def by_funder(self) -> dict[str | None, Money]:
        """What each funder pays, where it is known."""
        return {}

    def names(self, field: str) -> dict[str, Bilingual]:  # noqa: ARG002 (of each field none)
        """Return what each funder, or recipient, is called in both languages, where it is known."""
        return {}

    @property
    def paid_by_others(self) -> Money | None:
        """What others than the companies pay; None where nobody else is known to."""
        return None

    @property
    def in_prices(self) -> str:
        """Which year's prices the amounts are in: "in prices of 2021"; empty for their own."""
        return self._conversion.in_prices

    def in_words(self) -> str:
        """Write the amount in words, and the year of its prices, if they are constant."""
        return " ".join(filter(None, (self.amount.words(), self.in_prices)))

    def table(self, *, locale: str = "en") -> Table:
        """Show the amount, in Chinese to readers of a Chinese locale."""
        rows: list[tuple[Any, ...]] = []
        columns = [Column("what"), in_currency(self.currency)]
        return Table(columns, rows, [(TOTAL, self.amount.amount)]).in_locale(locale)

    def __repr__(self) -> str:
        return f"Total: {self.in_words()}"

    def _notebook_table(self) -> Table:
        return attrs.evolve(self.table(), title=repr(self))
