"""Counting once: `Links` says what ties pledges together, `Counting` what of each counts."""

from commonprosperity.counting.announced import is_known
from commonprosperity.counting.arrows import circles, targets_first, united
from commonprosperity.counting.bounds import Measure, highest, lowest, stated
from commonprosperity.counting.count import Counting
from commonprosperity.counting.delivery import Delivery
from commonprosperity.counting.due import Due, due_of
from commonprosperity.counting.line import Line
from commonprosperity.counting.links import Links
from commonprosperity.counting.mixed_stages import FEW, may_be_of
from commonprosperity.counting.pools import Pool
from commonprosperity.counting.withdrawals import is_nothing

__all__ = [
    "FEW",
    "Counting",
    "Delivery",
    "Due",
    "Line",
    "Links",
    "Measure",
    "Pool",
    "circles",
    "due_of",
    "highest",
    "is_known",
    "is_nothing",
    "lowest",
    "may_be_of",
    "stated",
    "targets_first",
    "united",
]
