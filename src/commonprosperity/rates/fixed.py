"""Rates that are the same on every day: those of a contract, a budget, or an article."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from commonprosperity.messages import Sentence
from commonprosperity.period import Period
from commonprosperity.quoting import listed
from commonprosperity.rates.base import Rates
from commonprosperity.rates.pairs import Pair, Pairs, check_pair, factor_of
from commonprosperity.wording import currency_code

FIXED = Sentence("fixed rate")


@attrs.frozen
class _Fixed(Pairs):
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

    Raises `AmountError` for a factor that is not above 0, and `CurrencyError` for an unknown code.
    """
    pairs: dict[Pair, dict[date, Fraction]] = {}
    for pair, factor in factors.items():
        base, _, quote = pair.partition("/")
        codes = currency_code(base), currency_code(quote)
        pairs[codes] = {date.min: factor_of(factor)}
        check_pair(pairs, codes, date.min)
    return _Fixed(pairs, provider)
