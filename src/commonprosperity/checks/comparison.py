"""Comparing figures that are rounded, in any currencies."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from math import log10, nan

import attrs

from commonprosperity.errors import RateNotFoundError
from commonprosperity.messages import Sentence
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.rates import Rates
from commonprosperity.wording import nearest

_YEAR = 365
_BELOW, _ABOVE = 1 - 1e-9, 1 + 1e-9


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
        return cls(max(low, Fraction(0)), Fraction(upper.amount) + Fraction(upper.half_last_digit))

    def times(self, factor: Fraction) -> "Span":
        """Return what it is in another unit."""
        return Span(self.low * factor, self.high * factor)

    def wider(self, share: Fraction) -> "Span":
        """Return the span with a share of itself allowed at both ends."""
        return Span(self.low * (1 - share), self.high * (1 + share))

    def meets(self, other: "Span") -> bool:
        """Whether the two may have been the same."""
        return self.low <= other.high and other.low <= self.high

    def slip(self, other: "Span") -> int | None:
        """Return the power of ten by which the other one is off, where it is off by one."""
        if not self.low or not other.low:
            return None  # nothing, or within rounding of it: any power would do
        ratio = (other.low + other.high) / (self.low + self.high)
        power = round(log10(ratio.numerator) - log10(ratio.denominator))
        back = Fraction(10) ** -power
        return power if power and self.meets(other.times(back)) else None


@attrs.frozen(eq=False)
class Comparison:
    """The rates and the tolerance that figures are compared with; each rate is looked up once.

    ``missing`` collects what the rates could not answer, and for which records.
    """

    rates: Rates
    tolerance: Fraction
    missing: dict[Sentence, set[str]] = attrs.field(factory=dict, init=False)
    _rough: dict[tuple[str, str, date], float] = attrs.field(factory=dict, init=False)
    _found: dict[tuple[str, str, Period], Fraction | RateNotFoundError] = attrs.field(
        factory=dict, init=False
    )

    def factor(self, base: str, quote: str, on: Period, *ids: str) -> Fraction | None:
        """Return what one unit of a currency was in another; None, and noted, if not known."""
        found = self._look_up(base, quote, on)
        if isinstance(found, RateNotFoundError):
            self.missing.setdefault(_told(found), set()).update(ids)
            return None
        return found

    def day_of(self, money: Money, stated: Money, on: Period) -> date | None:
        """Return the nearest day within a year whose rate makes one figure the other one."""
        figure, wanted = Span.of(money), Span.of(stated)
        if not (on.is_day and figure.low):
            return None
        least, most = (
            float(wanted.low / figure.high) * _BELOW,
            float(wanted.high / figure.low) * _ABOVE,
        )
        for day in _days_around(on.start):
            # A float tells most days apart, in a fiftieth of the time of the exact comparison.
            if least <= self._daily(money.currency, stated.currency, day) <= most:
                found = self._look_up(money.currency, stated.currency, Period(day, day))
                if isinstance(found, Fraction) and figure.times(found).meets(wanted):
                    return day
        return None

    def _daily(self, base: str, quote: str, day: date) -> float:
        """Return the rate of a day, roughly; not a number where there is none."""
        key = base, quote, day
        if key not in self._rough:
            found = self._look_up(base, quote, Period(day, day))
            self._rough[key] = float(found) if isinstance(found, Fraction) else nan
        return self._rough[key]

    def _look_up(self, base: str, quote: str, on: Period) -> Fraction | RateNotFoundError:
        key = base, quote, on
        if key not in self._found:
            try:
                self._found[key] = self.rates.rate(base, quote, on).factor
            except RateNotFoundError as error:
                self._found[key] = error
        return self._found[key]


def _told(error: RateNotFoundError) -> Sentence:
    """Say what the error's own sentence says, in any language."""
    return Sentence(
        "no {currency} rate on {on}; {known:say} (asked for {base} to {quote})",
        currency=error.currency, on=error.on, known=error.known,
        base=error.base, quote=error.quote,
    )  # fmt: skip


def _days_around(day: date) -> Iterator[date]:
    middle, last = day.toordinal(), date.max.toordinal()
    for distance in range(1, _YEAR + 1):
        for ordinal in (middle - distance, middle + distance):
            if 1 <= ordinal <= last:
                yield date.fromordinal(ordinal)


def rounded(exact: Fraction, currency: str) -> Money:
    """Return a computed amount with five digits, as a sentence has room for."""
    return Money(nearest(exact, 5 - len(str(int(exact)))), currency)
