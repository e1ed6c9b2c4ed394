"""What an amount is taken to be: as stated, at its low, or at its high."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from commonprosperity.money import Money, summing
from commonprosperity.records import Pledge
from commonprosperity.wording import Qualifier

ZERO = Decimal(0)
ENDLESS = Decimal("Infinity")

Measure = Callable[[Pledge, Money], Decimal]
"""What a pledge's amount, or an equivalent of it, is taken to be."""


def stated(_: Pledge, money: Money) -> Decimal:
    """Take an amount as it is stated."""
    return money.amount


def lowest(pledge: Pledge, money: Money) -> Decimal:
    """Take an amount at its low: ``up_to`` may be nothing, ``about`` is half a digit less."""
    if pledge.qualifier is Qualifier.UP_TO:
        return ZERO
    if pledge.qualifier is Qualifier.ABOUT:
        with summing():
            low = money.amount - half_significant_digit(money.amount)
        return low if pledge.is_correction else max(ZERO, low)
    return money.amount


def highest(pledge: Pledge, money: Money) -> Decimal:
    """Take an amount at its high: a range runs to its end, ``at_least`` has none."""
    if pledge.high is None and pledge.qualifier is Qualifier.AT_LEAST:
        return ENDLESS
    upper = money.amount if pledge.high is None else _upper_end(pledge.amount, pledge.high, money)
    if pledge.qualifier is not Qualifier.ABOUT:
        return upper
    # The upper end of an equivalent is worked out: 2/3 of it has digits that no source would print,
    # so the last digit is that of the equivalent as it is printed.
    is_stated = pledge.high is not None and money.currency == pledge.high.currency
    with summing():
        return upper + half_significant_digit(upper if is_stated else money.amount)


def half_significant_digit(amount: Decimal) -> Decimal:
    """Return half a unit of the last digit that is not zero, and at least of the second.

    So "about" means the same however the amount is written. Of 0 it is half of one.

    >>> [str(half_significant_digit(Decimal(text))) for text in ("1E+11", "100000000000", "15.49")]
    ['5E+9', '5E+9', '0.005']
    """
    if not amount:
        return Decimal("0.5")
    digits, exponent = amount.as_tuple()[1:]
    last = len(digits)
    while last > 2 and not digits[last - 1]:  # noqa: PLR2004 (the second digit)
        last -= 1
    return Decimal((0, (5,), int(exponent) + len(digits) - max(last, 2) - 1))


def bounds_parts(pledge: Pledge) -> bool:
    """Whether a whole bounds what its parts may come to: an exact one, a ceiling, or a range."""
    return pledge.high is not None or pledge.qualifier in {Qualifier.EXACT, Qualifier.UP_TO}


def scaled(money: Money, numerator: Decimal, denominator: Decimal) -> Decimal:
    """Return so many parts of money, rounded to the digits of its currency."""
    exact = Fraction(money.amount) * Fraction(numerator) / Fraction(denominator)
    return Money.rounded(exact, money.currency).amount


def _upper_end(low: Money, high: Money, money: Money) -> Decimal:
    """Return what a range's lower end, or an equivalent of it, is at the range's upper end."""
    if money.currency == high.currency:
        return high.amount
    if not low.amount:
        return money.amount
    return Money.rounded(Fraction(money.amount) * (high / low), money.currency).amount
