"""Converting sums: what counts, added up by currency and value date, and then converted.

Few sums are converted in the place of many amounts: fast, and exact, because conversion is linear.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import zip_longest

import attrs

from commonprosperity.counting import Counting
from commonprosperity.errors import MissingRatesError, RateNotFoundError
from commonprosperity.money import summing
from commonprosperity.period import Period
from commonprosperity.rates import Rate, Rates
from commonprosperity.records import Pledge

Due = tuple[str, date, date]
"""A currency, and the first and the last day of a value date."""

Sums = dict[Due, Decimal]


@attrs.frozen(eq=False)
class Conversion:
    """Into which currency, at whose rates, and on which date if not on each value date.

    A rate is looked up once.
    """

    currency: str
    rates: Rates
    on: Period | None = None
    _rates: dict[Due, Rate] = attrs.field(factory=dict, init=False)

    def rate(self, currency: str, start: date, end: date) -> Rate:
        """Return the rate for an amount of a currency whose value date is from start to end."""
        key = currency, start, end
        rate = self._rates.get(key)
        if rate is None:
            on = self.on or Period(start, end)
            rate = self._rates[key] = self.rates.rate(currency, self.currency, on)
        return rate

    def exact(self, pledges: Sequence[Pledge], counting: Counting) -> Fraction | None:
        """Add up what counts of some pledges; None when there is no end to it.

        Raises `MissingRatesError` with every rate that is not known.
        """
        try:
            return self.added(_sums(pledges, counting))
        except RateNotFoundError:
            needs = ((pledge.id, _sums([pledge], counting)) for pledge in pledges)
            raise self.missing(needs) from None

    def missing(self, needs: Iterable[tuple[str, Sums]]) -> MissingRatesError:
        """Return the error of the rates that are not known, of all that the sums of ids need."""
        ids: dict[Due, list[str]] = defaultdict(list)
        for id_, sums in needs:
            for due in (due for due, amount in sums.items() if amount):
                ids[due].append(id_)
        errors: list[tuple[RateNotFoundError, tuple[str, ...]]] = []
        for due, needing in ids.items():
            try:
                self.rate(*due)
            except RateNotFoundError as error:
                errors.append((error, tuple(needing)))
        return MissingRatesError.of(tuple(errors))

    def added(self, sums: Sums) -> Fraction | None:
        """Convert sums and add them up; None when there is no end to one."""
        if not all(amount.is_finite() for amount in sums.values()):
            return None
        terms: list[tuple[int, int]] = []
        for due, amount in sums.items():
            if amount:
                numerator, denominator = amount.as_integer_ratio()
                factor = self.rate(*due).factor
                terms.append((numerator * factor.numerator, denominator * factor.denominator))
        return _added(terms)


def _sums(pledges: Sequence[Pledge], counting: Counting) -> Sums:
    """Add up what counts by currency and value date."""
    sums: Sums = defaultdict(Decimal)
    with summing():
        for pledge, amount in zip(pledges, counting.amounts(pledges), strict=True):
            value_date = pledge.value_date
            sums[pledge.amount.currency, value_date.start, value_date.end] += amount
    return sums


def _added(terms: list[tuple[int, int]]) -> Fraction:
    """Add numerators over denominators, in pairs, which keeps most of the numbers small."""
    while len(terms) > 1:
        pairs = zip_longest(terms[::2], terms[1::2], fillvalue=(0, 1))
        terms = [(n * other_d + other_n * d, d * other_d) for (n, d), (other_n, other_d) in pairs]
    return Fraction(*terms[0]) if terms else Fraction(0)
