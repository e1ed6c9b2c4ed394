"""``Valuation``: the rate and the deflator that an amount is converted by."""

from fractions import Fraction
from typing import NamedTuple

from commonprosperity.prices import Deflator
from commonprosperity.rates import Rate


class Valuation(NamedTuple):
    """How an amount is converted: its rate, and its deflator if it is put into other prices."""

    rate: Rate
    deflator: Deflator | None = None

    @property
    def factor(self) -> Fraction:
        """What one unit of the amount's currency comes to."""
        return self.rate.factor * self.deflator.factor if self.deflator else self.rate.factor
