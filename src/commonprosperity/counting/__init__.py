"""Counting once: `Links` says what ties pledges together, `Counting` what of each counts."""

from commonprosperity.counting.bounds import Measure, highest, lowest, stated
from commonprosperity.counting.count import Counting, Line
from commonprosperity.counting.links import Links, circles, is_known

__all__ = [
    "Counting",
    "Line",
    "Links",
    "Measure",
    "circles",
    "highest",
    "is_known",
    "lowest",
    "stated",
]
