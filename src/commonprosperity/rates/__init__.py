"""Exchange rates: `Rate`, the base class `Rates`, and a module for each source of them."""

from commonprosperity.rates.base import Rates
from commonprosperity.rates.csv_file import from_csv
from commonprosperity.rates.download import download
from commonprosperity.rates.ecb import ecb
from commonprosperity.rates.first_of import first_of
from commonprosperity.rates.fixed import fixed
from commonprosperity.rates.nbp import nbp
from commonprosperity.rates.rate import Rate
from commonprosperity.rates.reported import Statement, reported
from commonprosperity.rates.world import world

__all__ = [
    "Rate",
    "Rates",
    "Statement",
    "download",
    "ecb",
    "first_of",
    "fixed",
    "from_csv",
    "nbp",
    "reported",
    "world",
]
