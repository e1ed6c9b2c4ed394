"""Several sources of rates: the first that has a rate answers."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import reduce

import attrs

from commonprosperity.errors import RateNotFoundError
from commonprosperity.messages import Sentence
from commonprosperity.period import Period
from commonprosperity.rates.base import Rates
from commonprosperity.rates.rate import Rate


@attrs.frozen
class _FirstOf(Rates):
    sources: tuple[Rates, ...]

    @property
    def provider(self) -> str:  # type: ignore[override]
        return " or ".join(source.provider for source in self.sources)

    def published(self, base: str, quote: str, period: Period) -> Mapping[date, Fraction]:
        numbers = (source.published(base, quote, period) for source in self.sources)
        return next(filter(None, numbers), {})

    def rate(self, base: str, quote: str, on: Period | date | str) -> Rate:
        errors = []
        for source in self.sources:
            try:
                return source.rate(base, quote, on)
            except RateNotFoundError as error:
                errors.append(error)
        known = reduce(_and, (error.known for error in errors))
        nearest = tuple(sorted({day for error in errors for day in error.nearest}))
        first = errors[0]
        raise RateNotFoundError(base, quote, first.on, first.currency, known, nearest)


def _and(known: str, other: str) -> Sentence:
    return Sentence("{known:say}; {other:say}", known=known, other=other)


def first_of(first: Rates, *others: Rates) -> Rates:
    """Return rates that ask one source after another, until one has the rate.

    A rate is of one source: its legs are never mixed.

    >>> from commonprosperity.rates import ecb, fixed
    >>> rates = first_of(ecb(), fixed({"USD/KZT": "425.67"}, provider="my note"))
    >>> rates.rate("USD", "CNY", "2021-09-02").provider, rates.rate("USD", "KZT", "2021").provider
    ('ECB', 'my note')

    Raises `RateNotFoundError` when none has it.
    """
    return _FirstOf((first, *others))
