"""Exchange rates: `Rate`, the base class `Rates`, and a module for each source of them."""

from commonprosperity.rates.base import Rates
from commonprosperity.rates.conversion import convert
from commonprosperity.rates.ecb import ecb
from commonprosperity.rates.rate import Rate

__all__ = ["Rate", "Rates", "convert", "ecb"]
