"""A record that makes up most of the total, a thousand times as large as the others."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from commonprosperity.checks.examination import Examination, commonest_currency
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.checks.measured import Exact
from commonprosperity.checks.span import rounded
from commonprosperity.records import Pledge
from commonprosperity.sentence import Sentence
from commonprosperity.wording import nearest

_TIMES = 1_000
Counted = tuple[Pledge, Decimal, Exact]
"""A pledge, what counts of it, and what one unit of its currency is in the common one."""

_AT_LEAST = 3
"""Records: of two, the larger would have to be 999 times itself."""


def check_outliers(examination: Examination) -> Iterator[Finding]:
    """Find a record that counts for a thousand times the median and for most of the total.

    The median and the total leave out corrections, what counts for nothing and what has no rate.
    """
    pledges = [pledge for pledge in examination.pledges if examination.counting.counts(pledge)]
    if len(pledges) < _AT_LEAST:
        return
    currency = commonest_currency(pledges)
    counted = [*_counted(examination, pledges, currency)]
    if len(counted) < _AT_LEAST or _are_near_the_median(counted):
        return
    amounts = [(Fraction(amount) * factor, pledge) for pledge, amount, factor in counted]
    # Floats order nearly all of them; fractions are compared only where floats are equal.
    amounts.sort(key=lambda one: (float(one[0]), one[0]))
    largest, pledge = amounts[-1]
    median = (amounts[(len(amounts) - 1) // 2][0] + amounts[len(amounts) // 2][0]) / 2
    if largest < _TIMES * median:
        return
    total = sum((amount for amount, _ in amounts), Fraction(0))
    if 2 * largest > total:
        middle = rounded(median, currency)
        message = Sentence(
            "{id} is {amount:words}, {times} times the median of {median:words} and {share}% of "
            "the total; check its currency and its unit",
            id=pledge.id, amount=pledge.amount, median=middle,
            times=f"{largest // median:,}", share=_percent(largest / total),
        )  # fmt: skip
        figures = pledge.amount, middle
        yield Finding(Severity.WARNING, "outlier", (pledge.id,), message, figures)


def _counted(examination: Examination, pledges: list[Pledge], currency: str) -> Iterator[Counted]:
    """Yield the pledges that count for something and have a rate."""
    amounts = examination.counting.amounts(pledges)
    for pledge, amount in zip(pledges, amounts, strict=True):
        if amount > 0:
            own = pledge.amount.currency
            factor = examination.comparison.known_factor(own, currency, pledge.value_date)
            if factor is not None:
                yield pledge, amount, factor


def _are_near_the_median(counted: list[Counted]) -> bool:
    """Whether no amount is so far from the median, by floats, which are nearly exact.

    Nearly all datasets have no outlier, and fractions would take ten times as long to show it.
    """
    amounts = sorted(float(amount) * float(factor) for _, amount, factor in counted)
    return amounts[-1] < (_TIMES - 1) * amounts[(len(amounts) - 1) // 2]


def _percent(share: Fraction) -> Decimal:
    return nearest(share * 100, 1)
