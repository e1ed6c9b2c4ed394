"""``convert``: one amount into another currency."""

from datetime import date

from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.rates.base import Rates
from commonprosperity.rates.ecb import ecb


def convert(
    money: Money | str, to: str, *, on: Period | date | str, rates: Rates | None = None
) -> Money:
    """Convert money at the rate of a day, or at the mean rate of a longer period.

    The rates are the ECB's unless others are given. The result is rounded once, half to even, to
    the digits of the currency asked for.

    >>> print(convert("100 billion CNY", "USD", on="2021-09-02"))
    15,484,360,090.45 USD

    Raises `RateNotFoundError` when no rate is known on that date.
    """
    return (rates or ecb()).convert(Money.of(money), to, on)
