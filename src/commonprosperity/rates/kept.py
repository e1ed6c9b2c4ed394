"""``KeptRates``: rates whose numbers are fixed, so that each is worked out once."""

from collections.abc import Sequence
from datetime import date

import attrs

from commonprosperity.period import Period
from commonprosperity.rates.base import Rates
from commonprosperity.rates.rate import Rate


@attrs.frozen
class KeptRates(Rates):
    """Rates that keep the legs and the days that they were asked for."""

    _legs: dict[tuple[str, str, Period], Rate | None] = attrs.field(
        factory=dict, init=False, eq=False, repr=False
    )
    _histories: dict[tuple[str, str], Sequence[date]] = attrs.field(
        factory=dict, init=False, eq=False, repr=False
    )

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
