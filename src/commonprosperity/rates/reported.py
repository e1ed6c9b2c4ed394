"""The rates that sources imply, where they print one figure in two currencies."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import attrs

from commonprosperity.errors import DatasetError, Fault
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.quoting import label, listed
from commonprosperity.rates.base import Rates
from commonprosperity.rates.pairs import Pair, Pairs
from commonprosperity.rates.rate import Rate
from commonprosperity.sentence import Sentence

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
        return Sentence(
            "the sources imply those of {dates:say}",
            dates=listed([Sentence("{day:date}", day=day) for day in dates]),
        )


class _Implied(NamedTuple):
    """The rate that a record implies, and the least and the most that it was before rounding."""

    factor: Fraction
    low: Fraction
    high: Fraction
    record: str

    @classmethod
    def by(cls, record: str, base: Money, quote: Money) -> "_Implied":
        """Divide two figures, each of which may be off by half of its last digit.

        10 USD for 65 CNY are 6.5 CNY a dollar: from 64.5 / 10.5 = 6.14 to 65.5 / 9.5 = 6.89.
        """
        one, other = Fraction(abs(base.amount)), Fraction(abs(quote.amount))
        off_one, off_other = Fraction(base.half_last_digit), Fraction(quote.half_last_digit)
        low, high = (other - off_other) / (one + off_one), (other + off_other) / (one - off_one)
        return cls(other / one, low, high, record)

    @property
    def width(self) -> Fraction:
        """How precise the rate is: its most, as a multiple of its least."""
        return self.high / self.low


def reported(statements: Iterable[Statement]) -> Rates:
    """Return the rates that statements imply, each for its value date.

    Statements of one pair and date that agree within the rounding of their own figures are one
    rate, that of the most precise of them.

    Raises `DatasetError`, which names both records, when two do not agree.
    """
    implied: dict[tuple[str, str, Period], list[_Implied]] = defaultdict(list)
    for record, amount, equivalent, on in statements:
        lower, upper = sorted((amount, equivalent), key=lambda money: money.currency)
        key = lower.currency, upper.currency, on
        implied[key].append(_Implied.by(record, lower, upper))
    faults = [fault for key, rates in implied.items() for fault in _disagreements(key, rates)]
    if faults:
        raise DatasetError(tuple(faults))
    periods = {
        key: min(rates, key=lambda rate: rate.width).factor
        for key, rates in sorted(implied.items(), key=lambda item: item[0])
    }
    pairs: dict[Pair, dict[date, Fraction]] = defaultdict(dict)
    for (base, quote, on), factor in periods.items():
        days = pairs[base, quote]
        if on.is_day:
            days[on.start] = factor
    return _Reported(pairs, Sentence("sources' own equivalents"), periods=periods)


def _disagreements(key: tuple[str, str, Period], rates: Sequence[_Implied]) -> Iterator[Fault]:
    """Find the rates that do not agree with one before them.

    All agree where the largest of their lows is not above the smallest of their highs.
    """
    base, quote, on = key
    lowest = highest = rates[0]  # of the smallest high, and of the largest low
    for rate in rates:
        other = lowest if rate.low > lowest.high else highest
        if rate.low > other.high or rate.high < other.low:
            known_as = label(other.record)
            problem = Sentence(
                "it implies another {base}/{quote} rate on {on:date} than {known_as} does",
                base=base, quote=quote, on=on, known_as=known_as,
            )  # fmt: skip
            yield Fault(rate.record, "equivalents", problem)
            continue
        lowest = min(lowest, rate, key=lambda known: known.high)
        highest = max(highest, rate, key=lambda known: known.low)
