"""The rates that sources imply, where they print one figure in two currencies."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import attrs

from commonprosperity.errors import DatasetError, Fault
from commonprosperity.messages import Sentence
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.quoting import label, listed
from commonprosperity.rates.base import Rates
from commonprosperity.rates.pairs import Pair, Pairs
from commonprosperity.rates.rate import Rate

if TYPE_CHECKING:
    from datetime import date


class Statement(NamedTuple):
    """What one record says: an amount, its equivalent in another currency, and the value date."""

    record: str
    amount: Money
    equivalent: Money
    on: Period


@attrs.frozen
class _Reported(Pairs):
    periods: Mapping[tuple[str, str, Period], Fraction] = attrs.field(factory=dict)

    def _direct(self, base: str, quote: str, on: Period) -> Rate | None:
        factor = self.periods.get((base, quote, on))
        if factor is None:
            return super()._direct(base, quote, on)
        return Rate(base, quote, factor, on, (on.end,), self.provider)

    def _known(self, one: str, other: str, *_: object) -> Sentence:
        """Name the dates that a pair has a rate of, longer periods too."""
        dates = [str(on) for base, quote, on in self.periods if {base, quote} == {one, other}]
        if not dates:
            return Sentence("no source implies one")
        return Sentence("the sources imply those of {dates}", dates=listed(dates))


def reported(statements: Iterable[Statement]) -> Rates:
    """Return the rates that statements imply, each for its value date.

    Raises `DatasetError`, which names both records, when two imply different rates for one pair
    and date.
    """
    first: dict[tuple[str, str, Period], tuple[Fraction, str]] = {}
    faults = []
    for record, amount, equivalent, on in statements:
        lower, upper = sorted((amount, equivalent), key=lambda money: money.currency)
        key = lower.currency, upper.currency, on
        factor = Fraction(upper.amount) / Fraction(lower.amount)
        first_factor, first_record = first.setdefault(key, (factor, record))
        if first_factor != factor:
            pair = f"{lower.currency}/{upper.currency}"
            problem = f"it implies another {pair} rate on {on} than {label(first_record)} does"
            faults.append(Fault(record, "equivalents", problem))
    if faults:
        raise DatasetError(tuple(faults))
    periods = {key: factor for key, (factor, _) in sorted(first.items())}
    pairs: dict[Pair, dict[date, Fraction]] = defaultdict(dict)
    for (base, quote, on), factor in periods.items():
        days = pairs[base, quote]
        if on.is_day:
            days[on.start] = factor
    return _Reported(pairs, Sentence("sources' own equivalents"), periods=periods)
