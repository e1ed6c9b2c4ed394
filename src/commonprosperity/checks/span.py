"""``Span``: what a rounded figure may have been."""

from fractions import Fraction
from math import log10

import attrs

from commonprosperity.money import Money
from commonprosperity.wording import nearest

_DIGITS = 5


@attrs.frozen
class Span:
    """What a rounded figure may have been, from low to high."""

    low: Fraction
    high: Fraction

    @classmethod
    def of(cls, money: Money, upper: Money | None = None) -> "Span":
        """Return a figure, or a range up to another, give or take half of its last digit."""
        upper = upper or money
        low = Fraction(money.amount) - Fraction(money.half_last_digit)
        high = Fraction(upper.amount) + Fraction(upper.half_last_digit)
        return cls(low, high) if money.amount < 0 else cls(max(low, Fraction(0)), high)

    def times(self, factor: Fraction) -> "Span":
        """Return the span in another unit."""
        return Span(self.low * factor, self.high * factor)

    def wider(self, share: Fraction) -> "Span":
        """Return the span with a share of itself allowed at both ends."""
        return Span(self.low - share * abs(self.low), self.high + share * abs(self.high))

    def meets(self, other: "Span") -> bool:
        """Whether the two may have been the same."""
        return self.low <= other.high and other.low <= self.high

    def slip(self, other: "Span") -> int | None:
        """Return the power of ten that would make the two agree, if there is one."""
        if not self.low or not other.low:
            return None  # nothing, or within rounding of it: any power would do
        ratio = (other.low + other.high) / (self.low + self.high)
        if ratio <= 0:
            return None  # of two signs
        power = round(log10(ratio.numerator) - log10(ratio.denominator))
        back = Fraction(10) ** -power
        return power if power and self.meets(other.times(back)) else None


def rounded(exact: Fraction, currency: str) -> Money:
    """Return a computed amount with five digits, which is enough for a sentence."""
    return Money(nearest(exact, _DIGITS - len(str(int(exact)))), currency)
