"""``RatesLike``: what a caller may give as rates: a source, fixed ones in a mapping, or nothing."""

from collections.abc import Mapping
from decimal import Decimal

from commonprosperity.errors import RecordError
from commonprosperity.rates.base import Rates
from commonprosperity.rates.ecb import ecb
from commonprosperity.rates.fixed import fixed
from commonprosperity.sentence import Sentence

RatesLike = Rates | Mapping[str, str | int | Decimal]
"""A source of rates, or rates that hold on every day: ``{"USD/CNY": "6.4558"}``."""


def rates_of(rates: RatesLike | None) -> Rates:
    """Return a source of rates; it is the ECB where none is given.

    >>> rates_of({"USD/CNY": "6.4558"}).rate("USD", "CNY", "2021").factor
    Fraction(32279, 5000)

    Raises `RecordError` for what is no source, and for a mapping what `fixed` raises.
    """
    if rates is None:
        return ecb()
    if isinstance(rates, Mapping):
        return fixed(rates)
    if not isinstance(rates, Rates):
        problem = Sentence(
            "is no source of rates; give rates.ecb(), rates.world(), "
            '{{"USD/CNY": "6.4558"}}, or another'
        )
        raise RecordError("rates", rates, problem)
    return rates
