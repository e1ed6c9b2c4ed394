"""Stated equivalents, beside the amount at the rate of its date."""

from collections.abc import Iterator
from fractions import Fraction

from commonprosperity.checks.comparison import Comparison
from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.checks.span import Span, rounded
from commonprosperity.messages import Sentence
from commonprosperity.money import Money
from commonprosperity.records import Pledge


def check_equivalents(examination: Examination) -> Iterator[Finding]:
    """Compare each stated equivalent with the amount at the rate of its value date."""
    comparison = examination.comparison
    for pledge in examination.pledges:
        for stated in pledge.equivalents:
            base, quote = pledge.amount.currency, stated.currency
            factor = comparison.factor(base, quote, pledge.value_date, pledge.id)
            if factor is not None:
                yield _compare(pledge, stated, factor, comparison)


def _compare(pledge: Pledge, stated: Money, factor: Fraction, comparison: Comparison) -> Finding:
    expected = Span.of(pledge.amount).times(factor).wider(comparison.tolerance)
    computed = rounded(Fraction(pledge.amount.amount) * factor, stated.currency)
    figures = pledge.amount, stated, computed
    facts = {"stated": stated, "amount": pledge.amount, "computed": computed}
    message = Sentence(
        "{stated:words} is stated for {amount:words}: {computed:words} at the {date} rate",
        **facts, date=pledge.value_date,
    )  # fmt: skip
    if expected.meets(Span.of(stated)):
        return Finding(Severity.INFO, "equivalent-agrees", (pledge.id,), message, figures)
    slip = expected.slip(Span.of(stated))
    if slip is not None:
        message = Sentence(
            "{stated:words} is {slip:say}: {amount:words} is {computed:words} at the {date} rate",
            **facts, slip=times(slip), date=pledge.value_date,
        )  # fmt: skip
        return Finding(Severity.ERROR, "unit-slip", (pledge.id,), message, figures)
    day = comparison.day_of(pledge.amount, stated, pledge.value_date)
    if day:
        message = Sentence("{told:say}; the rate of {day} would give it", told=message, day=day)
    else:
        message = Sentence("{told:say}; no rate within a year would give it", told=message)
    return Finding(Severity.WARNING, "equivalent-differs", (pledge.id,), message, figures)


def times(power: int) -> Sentence:
    """Say how far off a figure is by a power of ten."""
    times = f"{10 ** abs(power):,}"
    if power > 0:
        return Sentence("{times} times too much", times=times)
    return Sentence("{times} times too little", times=times)
