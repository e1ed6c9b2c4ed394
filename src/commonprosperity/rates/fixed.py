"""Rates that are the same on every day: those of a contract, a budget, or an article."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import attrs

from commonprosperity.errors import RecordError
from commonprosperity.period import Period
from commonprosperity.quoting import listed
from commonprosperity.rates.base import Rates
from commonprosperity.rates.contradiction import refuse_contradiction
from commonprosperity.rates.pairs import Pair, Pairs, factor_of
from commonprosperity.sentence import Sentence
from commonprosperity.wording import currency_code

FIXED = Sentence("fixed rate")


@attrs.frozen
class _Fixed(Pairs):
    reach: timedelta = timedelta.max

    def published(self, base: str, quote: str, period: Period) -> Mapping[date, Fraction]:
        factor = self.pairs.get((base, quote), {}).get(date.min)
        return {} if factor is None else {period.end: factor}

    def _known(self, *_: object) -> Sentence:
        """Say which pairs there are: they have a rate on every day, and no others on any."""
        if not self.pairs:
            return Sentence("nothing is fixed")
        pairs = listed(["/".join(pair) for pair in self.pairs])
        return Sentence("all that is fixed is {pairs}", pairs=pairs)


def fixed(factors: Mapping[str, str | int | Decimal], *, provider: str = FIXED) -> Rates:
    """Return rates that hold on every day.

    >>> rates = fixed({"USD/CNY": "6.4558"})  # one USD is 6.4558 CNY
    >>> rates.rate("CNY", "USD", "2021-09-02").factor
    Fraction(5000, 32279)

    A pair that is not among them goes the shortest way through those that are.

    Raises `AmountError` for a factor that is not above 0, `RateContradictionError` for pairs that
    contradict each other beyond the rounding of their last digits, `CurrencyError` for an unknown
    code, and `RecordError` for a key that is no pair, and for what is no mapping.
    """
    if not isinstance(factors, Mapping):
        problem = Sentence('is no table of rates; write {{"USD/CNY": "6.4558"}}')
        raise RecordError("rates", factors, problem)
    by_pair = {_pair(key): factor_of(factor) for key, factor in factors.items()}
    refuse_contradiction(by_pair)
    return _Fixed(
        {pair: {date.min: Fraction(factor)} for pair, factor in by_pair.items()}, provider
    )


def _pair(key: object) -> Pair:
    """Read the key of a rate, such as ``USD/CNY``."""
    if not (isinstance(key, str) and key.count("/") == 1):
        problem = Sentence(
            'is no pair of currencies; write "USD/CNY" for the rate of one USD in CNY'
        )
        raise RecordError("rates", key, problem)
    base, quote = key.split("/")
    return currency_code(base), currency_code(quote)
