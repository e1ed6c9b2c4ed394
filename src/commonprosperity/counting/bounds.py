"""What an amount is taken to be: as stated, at its low, or at its high."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from commonprosperity.money import Money
from commonprosperity.records import Pledge
from commonprosperity.wording import Qualifier

NOTHING = Decimal(0)
ENDLESS = Decimal("Infinity")

Measure = Callable[[Pledge, Money], Decimal]
"""What a pledge's amount, or an equivalent of it, is taken to be."""


def stated(_: Pledge, money: Money) -> Decimal:
    """Take an amount as it is stated."""
    return money.amount


def lowest(pledge: Pledge, money: Money) -> Decimal:
    """Take an amount at its low: ``up_to`` may be nothing, ``about`` is half a digit less."""
    if pledge.qualifier is Qualifier.UP_TO:
        return NOTHING
    if pledge.qualifier is Qualifier.ABOUT:
        return max(NOTHING, money.amount - money.half_last_digit)
    return money.amount


def highest(pledge: Pledge, money: Money) -> Decimal:
    """Take an amount at its high: a range runs to its end, ``at_least`` has none."""
    if pledge.high is not None:
        money = _at_upper_end(pledge.amount, pledge.high, money)
    elif pledge.qualifier is Qualifier.AT_LEAST:
        return ENDLESS
    if pledge.qualifier is Qualifier.ABOUT:
        return money.amount + money.half_last_digit
    return money.amount


def _at_upper_end(low: Money, high: Money, money: Money) -> Money:
    """Return what a range's lower end, or an equivalent of it, is at the range's upper end."""
    if money.currency == high.currency:
        return high
    if not low.amount:
        return money
    return Money.rounded(Fraction(money.amount) * (high / low), money.currency)
