"""``CachedRates``: rates whose numbers are fixed, so that each is worked out once."""

from collections.abc import Sequence
from datetime import date

import attrs

from commonprosperity.period import Period
from commonprosperity.rates.base import Rates
from commonprosperity.rates.rate import Rate


@attrs.frozen
class CachedRates(Rates):
    """Rates that keep what they were asked for: rates, their legs, and the days of pairs."""

    _rates: dict[tuple[str, str, Period | date | str], Rate] = attrs.field(
        factory=dict, init=False, eq=False, repr=False
    )
    _legs: dict[tuple[str, str, Period], Rate | None] = attrs.field(
        factory=dict, init=False, eq=False, repr=False
    )
    _histories: dict[tuple[str, str], Sequence[date]] = attrs.field(
        factory=dict, init=False, eq=False, repr=False
    )

    def rate(self, base: str, quote: str, on: Period | date | str) -> Rate:
        """Work each rate out once."""
        key = base, quote, on
        try:
            known = self._rates.get(key)
        except TypeError:  # a list is no key, and no currency: that is the error to raise
            known = None
        if known is None:
            known = self._rates[key] = super().rate(*key)
        return known

    def _leg(self, one: str, other: str, on: Period) -> Rate | None:
        """Work each leg out once: totals ask for few, and often."""
        key = one, other, on
        if key not in self._legs:
            self._legs[key] = super()._leg(one, other, on)
        return self._legs[key]

    def _days(self, one: str, other: str) -> Sequence[date]:
        """Read the days of a pair once: errors ask for them, and often."""
        key = one, other
        if key not in self._histories:
            self._histories[key] = super()._days(one, other)
        return self._histories[key]
