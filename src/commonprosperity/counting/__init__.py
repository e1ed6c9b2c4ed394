"""Counting once: `Links` says what ties pledges together, `Counting` what of each counts."""

from commonprosperity.counting.arrows import circles
from commonprosperity.counting.bounds import Measure, highest, lowest, stated
from commonprosperity.counting.count import Counting, Line
from commonprosperity.counting.delivery import Delivery
from commonprosperity.counting.links import Links, is_known

__all__ = [
    "Counting",
    "Delivery",
    "Line",
    "Links",
    "Measure",
    "circles",
    "highest",
    "is_known",
    "lowest",
    "stated",
]
