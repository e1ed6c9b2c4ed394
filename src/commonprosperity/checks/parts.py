"""The sums of parts, beside their wholes."""

from collections.abc import Iterator
from fractions import Fraction
from math import inf

from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.checks.span import rounded
from commonprosperity.counting import Measure, highest, lowest, stated
from commonprosperity.money import Money, summing
from commonprosperity.records import Pledge
from commonprosperity.sentence import Sentence
from commonprosperity.wording import Qualifier

_DOWN, _UP = -1, 1


def check_parts(examination: Examination) -> Iterator[Finding]:
    """Compare what is known of the parts of each counting whole with the whole.

    A ceiling leaves room below, a floor above; rounding is allowed on both sides. Corrections lower
    the whole or the sum of its parts.
    """
    for whole, parts in examination.counting.wholes():
        if not all(part.is_correction for part in parts):
            yield from _compare(examination.counting.corrected(whole), parts)


def _compare(whole: Pledge, parts: list[Pledge]) -> Iterator[Finding]:
    currency = whole.amount.currency
    amounts = [part.amount_in(currency) or part.amount for part in parts]
    sum_ = rounded(sum((Fraction(money.amount) for money in amounts), Fraction(0)), currency)

    def parts_at(measure: Measure, side: int) -> Fraction | float:
        pairs = zip(parts, amounts, strict=True)
        return sum(_bound(part, money, measure, side) for part, money in pairs)

    def whole_at(measure: Measure, side: int) -> Fraction | float:
        return _bound(whole, whole.amount, measure, side)

    facts = {"id": whole.id, "sum": sum_, "amount": whole.amount}
    if parts_at(lowest, _DOWN) > whole_at(highest, _UP):
        message = Sentence(
            "the parts of {id} come to {sum:words}, more than its {amount:words}", **facts
        )
        severity, code = Severity.ERROR, "parts-exceed-whole"
    elif whole.qualifier is Qualifier.UP_TO and parts_at(stated, _DOWN) > whole_at(highest, _UP):
        # "Up to 8" and "up to 7" in "up to 10": the total is 15, though no more than 10 will come.
        message = Sentence(
            "the parts of {id} may come to {sum:words}, more than its own ceiling of "
            "{amount:words}; the total takes the larger", **facts,
        )  # fmt: skip
        severity, code = Severity.WARNING, "parts-exceed-whole"
    elif parts_at(highest, _UP) < whole_at(lowest, _DOWN):
        message = Sentence(
            "the parts of {id} that are known come to {sum:words} of its {amount:words}", **facts
        )
        severity, code = Severity.INFO, "parts-fall-short"
    else:
        return
    ids = (whole.id, *(part.id for part in parts))
    yield Finding(severity, code, ids, message, (whole.amount, sum_))


def _bound(pledge: Pledge, money: Money, measure: Measure, side: int) -> Fraction | float:
    """Return the low or the high of an amount, less or plus half of its last digit."""
    with summing():
        bound = measure(pledge, money)
    return Fraction(bound) + side * Fraction(money.half_last_digit) if bound.is_finite() else inf
