"""Counting once: `Links` says what ties pledges together, `Counting` what of each counts."""

from commonprosperity.counting.arrows import circles, targets_first
from commonprosperity.counting.bounds import Measure, highest, lowest, stated
from commonprosperity.counting.count import Counting, Line
from commonprosperity.counting.delivery import Delivery
from commonprosperity.counting.links import Links, is_known
from commonprosperity.counting.withdrawals import Withdrawals, is_nothing

__all__ = [
    "Counting",
    "Delivery",
    "Line",
    "Links",
    "Measure",
    "Withdrawals",
    "circles",
    "highest",
    "is_known",
    "is_nothing",
    "lowest",
    "stated",
    "targets_first",
]
