"""The ECB's rates, and where it has none, the National Bank of Poland's."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import attrs

from commonprosperity.errors import MissingExtraError
from commonprosperity.period import Period
from commonprosperity.rates.base import Rates
from commonprosperity.rates.ecb import ecb
from commonprosperity.rates.first_of import first_of
from commonprosperity.rates.nbp import nbp
from commonprosperity.sentence import Sentence


@attrs.frozen
class _NotInstalled(Rates):
    """Rates of a package that is not installed: there are none, and its error says so."""

    command: str
    provider: str = Sentence("NBP")
    pivot: str = "PLN"

    def published(self, base: str, quote: str, period: Period) -> Mapping[date, Fraction]:  # noqa: ARG002
        return {}

    def _beside(self, code: str) -> tuple[str, ...]:  # noqa: ARG002
        return ()

    def _known(self, *_: object) -> Sentence:
        return Sentence("for more currencies run: {command}", command=self.command)


def world() -> Rates:
    """Return the ECB's rates where it has the pair and the day, and else the NBP's.

    So there are rates of almost 150 currencies, of some from 1984 on, and of the yuan from
    December 1998. Where neither has a rate alone, legs of both are put together. The NBP's come
    with the extra ``currencies``; without it the ECB's are here alone, and an error names the
    extra.

    >>> rates = world()
    >>> rates.rate("USD", "CNY", "2021-09-02").provider, rates.rate("TWD", "CNY", "2021").provider
    ('ECB', 'NBP')
    """
    try:
        return first_of(ecb(), nbp())
    except MissingExtraError as error:
        return first_of(ecb(), _NotInstalled(error.command))
