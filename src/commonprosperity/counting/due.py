"""``Due``: what decides how an amount is converted."""

from datetime import date

from commonprosperity.records import Pledge

Due = tuple[str, date, date, str]
"""A currency, the first and the last day of a value date, and the company whose prices count.

It names no company where amounts stay in the prices of their own day.
"""


def due_of(pledge: Pledge, company: str = "") -> Due:
    """Return what decides how an amount of a pledge is converted."""
    value_date = pledge.value_date
    return pledge.amount.currency, value_date.start, value_date.end, company
