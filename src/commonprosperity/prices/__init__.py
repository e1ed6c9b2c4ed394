"""Prices: `Deflator`, the base class `Prices`, and a module for each source of them."""

from commonprosperity.prices.base import Prices
from commonprosperity.prices.csv_file import from_csv
from commonprosperity.prices.deflator import Deflator

__all__ = ["Deflator", "Prices", "from_csv"]
