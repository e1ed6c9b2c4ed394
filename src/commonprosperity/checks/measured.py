"""``Measured``: amounts of one company that checks compare, in one currency and one unit.

The unit is so small that amounts are integers, which are compared in a tenth of the time of
Fractions. Only a rate makes a Fraction of one.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from commonprosperity.money import Money
from commonprosperity.records import Pledge
from commonprosperity.wording import EXACT

Exact = int | Fraction


class Measured(NamedTuple):
    """A pledge, and its amount in a unit and a currency that it shares with others.

    ``stated`` is the amount in its own currency, and ``rounding`` half of its last digit.
    ``factor`` is what one unit of its own currency is in the shared one, and ``amount`` the amount
    in that. From ``low`` to ``high`` is what it may have been, the tolerance of the rate included;
    their unit is smaller by the denominator of the tolerance.
    """

    pledge: Pledge
    stated: int
    rounding: int
    factor: Exact
    amount: Exact
    low: Exact
    high: Exact


class Unit:
    """A power of ten in which amounts, and halves of their last digits, are integers.

    For 2.5 and 100 it is 0.01: they are 250 and 10,000, and the halves are 5 and 50.
    """

    def __init__(self, pledges: Sequence[Pledge], tolerance: Fraction) -> None:
        moneys = [pledge.amount for pledge in pledges]
        moneys += [pledge.high for pledge in pledges if pledge.high is not None]
        exponents = {*map(_exponent, moneys)}
        self._decimals = max(0, 1 - min(exponents))
        self._halves = {each: 5 * 10 ** (self._decimals + each - 1) for each in exponents}
        self._at_low = tolerance.denominator - tolerance.numerator
        self._at_high = tolerance.denominator + tolerance.numerator

    def measured(self, pledge: Pledge, factor: Exact) -> Measured:
        """Measure what a pledge gives or, if it is a correction, takes away."""
        stated, rounding = self._figure(pledge.amount)
        upper = stated + rounding if pledge.high is None else sum(self._figure(pledge.high))
        low = max(0, stated - rounding) * self._at_low * factor
        high = upper * self._at_high * factor
        return Measured(pledge, stated, rounding, factor, stated * factor, low, high)

    def _figure(self, money: Money) -> tuple[int, int]:
        """Return the size of an amount, and half of its last digit."""
        numerator, denominator = money.amount.as_integer_ratio()
        stated = abs(numerator) * (10**self._decimals // denominator)
        return stated, self._halves[_exponent(money)]


def _exponent(money: Money) -> int:
    # Zero times an amount keeps its exponent; a tuple of its digits takes twice as long to make.
    return EXACT.multiply(money.amount, 0).adjusted()
