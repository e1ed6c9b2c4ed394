"""A record that makes up most of the total, a thousand times as large as the others."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from commonprosperity.checks.examination import Examination, commonest_currency
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.checks.span import rounded
from commonprosperity.records import Pledge
from commonprosperity.sentence import Sentence
from commonprosperity.wording import nearest

_TIMES = 1_000
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
    if len(counted) < _AT_LEAST:
        return
    # Floats order nearly all of them; fractions are compared only where floats are equal.
    counted.sort(key=lambda one: (float(one[0]), one[0]))
    largest, pledge = counted[-1]
    median = (counted[(len(counted) - 1) // 2][0] + counted[len(counted) // 2][0]) / 2
    if largest < _TIMES * median:
        return
    total = sum((amount for amount, _ in counted), Fraction(0))
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


def _counted(
    examination: Examination, pledges: list[Pledge], currency: str
) -> Iterator[tuple[Fraction, Pledge]]:
    """Go through what counts of each pledge, in one currency, where it is something."""
    lines, comparison = examination.counting.lines, examination.comparison
    for pledge in pledges:
        own = pledge.amount.currency
        amount = lines[pledge.id].amount if pledge.id in lines else pledge.amount.amount
        if amount > 0 and own == currency:
            yield Fraction(amount), pledge
        elif amount > 0 and (factor := comparison.known_factor(own, currency, pledge.value_date)):
            yield Fraction(amount) * factor, pledge


def _percent(share: Fraction) -> Decimal:
    return nearest(share * 100, 1)
