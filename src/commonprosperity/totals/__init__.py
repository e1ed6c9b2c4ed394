"""``Total`` and ``Totals``: what counts, converted, added up exactly and rounded once."""

from commonprosperity.counting import Due
from commonprosperity.totals.base import TOTAL, BaseTotal, in_currency
from commonprosperity.totals.calendar import CALENDAR_UNITS, TIMES, calendar_group, in_order
from commonprosperity.totals.constant_prices import ConstantPrices, base_year
from commonprosperity.totals.conversion import Conversion, Sums, merged
from commonprosperity.totals.grouped import Grouped
from commonprosperity.totals.groups import Totals
from commonprosperity.totals.items import Item
from commonprosperity.totals.keys import By, names_and_key
from commonprosperity.totals.others import Others
from commonprosperity.totals.providers import with_providers
from commonprosperity.totals.total import Total

__all__ = [
    "CALENDAR_UNITS",
    "TIMES",
    "TOTAL",
    "BaseTotal",
    "By",
    "ConstantPrices",
    "Conversion",
    "Due",
    "Grouped",
    "Item",
    "Others",
    "Sums",
    "Total",
    "Totals",
    "base_year",
    "calendar_group",
    "in_currency",
    "in_order",
    "merged",
    "names_and_key",
    "with_providers",
]
