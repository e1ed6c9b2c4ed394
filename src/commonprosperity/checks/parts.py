"""The sums of parts, beside their wholes."""

from collections.abc import Iterator
from fractions import Fraction
from math import inf

from commonprosperity.checks.comparison import rounded
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.counting import Counting, Measure, highest, lowest
from commonprosperity.messages import Sentence
from commonprosperity.money import Money, summing
from commonprosperity.records import Pledge


def check_parts(counting: Counting) -> Iterator[Finding]:
    """Compare what is known of the parts of each counting whole with the whole.

    A ceiling leaves room below, a floor above; rounding is allowed on both sides.
    """
    for whole, parts in counting.wholes():
        currency = whole.amount.currency
        told = [(part, part.amount_in(currency) or part.amount) for part in parts]
        sum_ = rounded(sum((Fraction(money.amount) for _, money in told), Fraction(0)), currency)
        figures = whole.amount, sum_
        ids = (whole.id, *(part.id for part in parts))
        if sum(_bound(*one, lowest, -1) for one in told) > _bound(whole, whole.amount, highest, 1):
            message = Sentence(
                "the parts of {id} come to {sum:words}, more than its {amount:words}",
                id=whole.id, sum=sum_, amount=whole.amount,
            )  # fmt: skip
            yield Finding(Severity.ERROR, "parts-exceed-whole", ids, message, figures)
        elif sum(_bound(*one, highest, 1) for one in told) < _bound(
            whole, whole.amount, lowest, -1
        ):
            message = Sentence(
                "the parts of {id} that are known come to {sum:words} of its {amount:words}",
                id=whole.id, sum=sum_, amount=whole.amount,
            )  # fmt: skip
            yield Finding(Severity.INFO, "parts-fall-short", ids, message, figures)


def _bound(pledge: Pledge, money: Money, measure: Measure, side: int) -> Fraction | float:
    """Return what an amount is at its low or high, give or take half of its last digit."""
    with summing():
        bound = measure(pledge, money)
    return Fraction(bound) + side * Fraction(money.half_last_digit) if bound.is_finite() else inf
