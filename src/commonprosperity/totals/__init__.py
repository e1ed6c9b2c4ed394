"""``Total`` and ``Totals``: what counts, converted, added up exactly and rounded once."""

from commonprosperity.totals.conversion import Conversion, Sums
from commonprosperity.totals.groups import By, Totals
from commonprosperity.totals.total import Item, Total

__all__ = ["By", "Conversion", "Item", "Sums", "Total", "Totals"]
