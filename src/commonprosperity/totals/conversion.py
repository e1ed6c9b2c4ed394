"""Converting sums: what counts, added up by currency and value date, and then converted.

Few sums are converted in the place of many amounts: fast, and exact, because conversion is linear.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import chain, zip_longest

import attrs

from commonprosperity.counting import Counting, Due, due_of
from commonprosperity.errors import (
    ConstantPriceError,
    Fault,
    MissingRatesError,
    RateNotFoundError,
)
from commonprosperity.money import summing
from commonprosperity.period import Period
from commonprosperity.quoting import listed
from commonprosperity.rates import Rate, Rates
from commonprosperity.records import Pledge
from commonprosperity.sentence import Sentence
from commonprosperity.totals.constant_prices import ConstantPrices
from commonprosperity.totals.valuation import Valuation

Sums = dict[Due, Decimal]
"""The sums of amounts that are converted alike."""

_IDS_AT_MOST = 5


@attrs.frozen(eq=False)
class Conversion:
    """A currency to convert into, a source of rates, and a date, if not each value date.

    ``constant`` puts amounts into the prices of one year. Each rate is looked up once.
    """

    currency: str
    rates: Rates
    on: Period | None = None
    constant: ConstantPrices | None = None
    _valuations: dict[Due, Valuation] = attrs.field(factory=dict, init=False)
    _ratios: dict[Due, tuple[int, int]] = attrs.field(factory=dict, init=False)

    @property
    def in_prices(self) -> str:
        """Say in which year's prices amounts are, "in prices of 2021"; empty for their own."""
        return Sentence("in prices of {year}", year=self.constant.base) if self.constant else ""

    @cached_property
    def due(self) -> Callable[[Pledge], Due]:
        """The function that tells how an amount of a pledge is converted."""
        return due_of if self.constant is None else lambda pledge: due_of(pledge, pledge.company)

    def dues(self, counting: Counting, pledges: Sequence[Pledge]) -> Sequence[Due]:
        """Return how each amount is converted, of pledges that were counted."""
        if pledges is counting.selected and self.constant is None:
            return counting.dues
        return [*map(self.due, pledges)]

    def rate(self, currency: str, start: date, end: date) -> Rate:
        """Return the rate for an amount of a currency whose value date is from start to end."""
        return self.valuation((currency, start, end, "")).rate

    def valuation(self, due: Due) -> Valuation:
        """Return the rate of an amount, and the deflator if it is put into other prices."""
        valuation = self._valuations.get(due)
        if valuation is None:
            currency, start, end, company = due
            on = self.on or Period(start, end)
            if self.constant:
                to = self.currency
                valuation = self.constant.valuation(self.rates, to, currency, on, company)
            else:
                valuation = Valuation(self.rates.rate(currency, self.currency, on))
            self._valuations[due] = valuation
        return valuation

    def exact(
        self, pledges: Sequence[Pledge], amounts: Sequence[Decimal], sums: Sums | None = None
    ) -> Fraction | None:
        """Add up what counts of some pledges; None when there is no end to it.

        ``sums`` are what the amounts add up to, where that is known already.

        Raises `MissingRatesError` with every rate that is not known, and `ConstantPriceError` with
        everything that keeps amounts from being put into the prices of a year.
        """
        try:
            return self.added(summed(map(self.due, pledges), amounts) if sums is None else sums)
        except (RateNotFoundError, ConstantPriceError):
            pairs = zip(pledges, amounts, strict=True)
            needs = ((pledge.id, {self.due(pledge): amount}) for pledge, amount in pairs)
            raise self.missing(needs) from None

    def missing(self, needs: Iterable[tuple[str, Sums]]) -> MissingRatesError | ConstantPriceError:
        """Return the error of the rates that are not known, of all that the sums of ids need.

        It is that of the prices where there are some that are not known.
        """
        ids: dict[Due, list[str]] = defaultdict(list)
        for id_, sums in needs:
            for due in (due for due, amount in sums.items() if amount):
                ids[due].append(id_)
        errors: list[tuple[RateNotFoundError, tuple[str, ...]]] = []
        of_prices: dict[Fault, list[str]] = defaultdict(list)
        for due, needing in ids.items():
            try:
                self.valuation(due)
            except RateNotFoundError as error:
                errors.append((error, tuple(needing)))
            except ConstantPriceError as error:
                of_prices[error.faults[0]] += needing
        if of_prices:
            return ConstantPriceError(tuple(_needed(*pair) for pair in of_prices.items()))
        return MissingRatesError.of(tuple(errors))

    def added(self, sums: Sums) -> Fraction | None:
        """Convert sums and add them up; None when there is no end to one."""
        if not all(amount.is_finite() for amount in sums.values()):
            return None
        terms: list[tuple[int, int]] = []
        for due, amount in sums.items():
            if amount:
                numerator, denominator = amount.as_integer_ratio()
                times, by = self._ratios.get(due) or self._ratio(due)
                terms.append((numerator * times, denominator * by))
        return _added(terms)

    def _ratio(self, due: Due) -> tuple[int, int]:
        """Return the numerator and the denominator of a factor, which many groups need."""
        self._ratios[due] = ratio = self.valuation(due).factor.as_integer_ratio()
        return ratio


def summed(dues: Iterable[Due], amounts: Iterable[Decimal]) -> Sums:
    """Add up amounts that are converted alike."""
    sums: Sums = defaultdict(Decimal)
    with summing():
        for due, amount in zip(dues, amounts, strict=True):
            sums[due] += amount
    return sums


def merged(several: Iterable[Sums]) -> Sums:
    """Add up the sums of several groups."""
    sums: Sums = defaultdict(Decimal)
    with summing():
        for due, amount in chain.from_iterable(group.items() for group in several):
            sums[due] += amount
    return sums


def _needed(fault: Fault, ids: Sequence[str]) -> Fault:
    """Say which pledges need what is not known."""
    problem = Sentence(
        "{problem:say} (for {ids:say})", problem=fault.problem, ids=listed(ids, _IDS_AT_MOST)
    )
    return fault._replace(problem=problem)


def _added(terms: list[tuple[int, int]]) -> Fraction:
    """Add numerators over denominators, in pairs, which keeps most of the numbers small."""
    while len(terms) > 1:
        pairs = zip_longest(terms[::2], terms[1::2], fillvalue=(0, 1))
        terms = [(n * other_d + other_n * d, d * other_d) for (n, d), (other_n, other_d) in pairs]
    return Fraction(*terms[0]) if terms else Fraction(0)
