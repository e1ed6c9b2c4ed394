"""A small dataset with everything in it, and rates that are all 2 to the yuan."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from commonprosperity import (
    Dataset,
    Initiative,
    Period,
    Rate,
    Rates,
)
from strategies import (
    dataset,
    pledge,
)


class Even(Rates):
    """Rates that are all 2 to the yuan, and remember what they were asked for."""

    provider = "even"
    reach = timedelta(366)
    pivot = "CNY"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []

    def rate(self, base: str, quote: str, on: Period | date | str) -> Rate:
        self.asked.append((base, quote, str(on)))
        return super().rate(base, quote, on)

    def published(self, base: str, quote: str, period: Period) -> Mapping[date, Fraction]:
        half = Fraction(1, 2)
        return {period.start: half, period.end: half} if base == "CNY" != quote else {}


def article() -> Dataset:
    """A small dataset with everything in it."""
    return dataset(
        pledge("gift", "40 CNY", stage="disbursement", funder="the public"),
        pledge("plan", "100 CNY", company="other", initiative="hope", qualifier="up_to"),
        pledge("first", "30 CNY", company="other", stage="commitment", part_of="plan"),
        pledge("loan", "10 USD", announced="2021-02", funder="the bank", instrument="loan"),
        pledge("told", "9 USD", restates="loan", announced="2021/2022"),
        initiatives=[Initiative(id="hope", company="other", name="Hope")],
    )
