"""``Comparison``: the rates and the tolerance that figures are compared with."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import nan
from typing import Self

import attrs

from commonprosperity.checks.span import Span
from commonprosperity.errors import AmountError, RateNotFoundError
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.rates import Rates
from commonprosperity.sentence import Sentence
from commonprosperity.wording import number

Missing = tuple[RateNotFoundError, tuple[str, ...]]
"""The error of a rate that is not known, and the ids of the records that need it."""

_YEAR = 365
_BELOW, _ABOVE = 1 - 1e-9, 1 + 1e-9


@attrs.frozen(eq=False)
class Comparison:
    """The rates and the tolerance that figures are compared with; each rate is looked up once.

    ``missing`` collects, by pair of currencies, the rates that are not known, and the records that
    need them.
    """

    rates: Rates
    tolerance: Fraction
    missing: dict[tuple[str, str], list[Missing]] = attrs.field(factory=dict, init=False)
    _rough: dict[tuple[str, str], dict[int, float]] = attrs.field(factory=dict, init=False)
    _known: dict[tuple[str, str, date, date], Fraction | RateNotFoundError] = attrs.field(
        factory=dict, init=False
    )

    @classmethod
    def of(cls, rates: Rates, tolerance: str | Decimal | Fraction) -> Self:
        """Take a tolerance as callers give it; raise `AmountError` where it is no share."""
        return cls(rates, _share(tolerance))

    def factor(self, base: str, quote: str, on: Period, *ids: str) -> Fraction | None:
        """Return what one unit of a currency was in another; None, and noted, if not known."""
        rate = self._look_up(base, quote, on)
        if isinstance(rate, RateNotFoundError):
            self.missing.setdefault((base, quote), []).append((rate, ids))
            return None
        return rate

    def known_factor(self, base: str, quote: str, on: Period) -> Fraction | None:
        """Return what one unit of a currency was in another; None, and no word, if not known."""
        rate = self._look_up(base, quote, on)
        return None if isinstance(rate, RateNotFoundError) else rate

    def day_of(self, money: Money, stated: Money, on: Period) -> date | None:
        """Return the nearest day within a year whose rate makes one figure the other one."""
        figure, other = Span.of(abs(money)), Span.of(abs(stated))
        if not (on.is_day and figure.low):
            return None
        least, most = (
            float(other.low / figure.high) * _BELOW,
            float(other.high / figure.low) * _ABOVE,
        )
        base, quote = money.currency, stated.currency
        rough = self._rough.setdefault((base, quote), {})
        # Floats by the numbers of days rule most days out: the exact comparison takes fifty times
        # as long, and dates with a call for each of the 730 days made all of `check` twice as slow.
        for ordinal in _days_around(on.start):
            if ordinal not in rough:
                rate = self._rate_of_day(base, quote, ordinal)
                rough[ordinal] = nan if rate is None else float(rate)
            if least <= rough[ordinal] <= most:
                rate = self._rate_of_day(base, quote, ordinal)
                if rate is not None and figure.times(rate).meets(other):
                    return date.fromordinal(ordinal)
        return None

    def _rate_of_day(self, base: str, quote: str, ordinal: int) -> Fraction | None:
        day = date.fromordinal(ordinal)
        return self.known_factor(base, quote, Period(day, day))

    def _look_up(self, base: str, quote: str, on: Period) -> Fraction | RateNotFoundError:
        key = base, quote, on.start, on.end  # a period takes far longer to hash than its days
        if key not in self._known:
            try:
                self._known[key] = self.rates.rate(base, quote, on).factor
            except RateNotFoundError as error:
                self._known[key] = error
        return self._known[key]


def _share(tolerance: str | Decimal | Fraction) -> Fraction:
    """Take a share: a text such as ``0.5%``, or a number below 1."""
    if isinstance(tolerance, Fraction):
        share = tolerance
    elif isinstance(tolerance, str) and tolerance.endswith("%"):
        share = Fraction(number(tolerance.removesuffix("%"))) / 100
    else:
        share = Fraction(number(tolerance))
    if not 0 <= share < 1:
        raise AmountError(tolerance, Sentence('a tolerance is a share such as "0.5%"'))
    return share


def _days_around(day: date) -> Iterator[int]:
    """Yield the numbers of the days within a year, the nearest first, the earlier of two."""
    middle, last = day.toordinal(), date.max.toordinal()
    for distance in range(1, _YEAR + 1):
        for ordinal in (middle - distance, middle + distance):
            if 1 <= ordinal <= last:
                yield ordinal
