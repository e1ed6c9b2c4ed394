"""Stated equivalents, beside the amount at the rate of its date."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from commonprosperity.checks.comparison import Comparison, Span, rounded
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.money import Money
from commonprosperity.records import Pledge


def check_equivalents(pledges: Iterable[Pledge], comparison: Comparison) -> Iterator[Finding]:
    """Compare each stated equivalent with the amount at the rate of its value date."""
    for pledge in pledges:
        for stated in pledge.equivalents:
            base, quote = pledge.amount.currency, stated.currency
            factor = comparison.factor(base, quote, pledge.value_date, pledge.id)
            if factor is not None:
                yield _compare(pledge, stated, factor, comparison)


def _compare(pledge: Pledge, stated: Money, factor: Fraction, comparison: Comparison) -> Finding:
    expected = Span.of(pledge.amount).times(factor).wider(comparison.tolerance)
    told = Span.of(stated)
    computed = rounded(Fraction(pledge.amount.amount) * factor, stated.currency)
    rate = f"{computed.words()} at the {pledge.value_date} rate"
    figures = pledge.amount, stated, computed
    if expected.meets(told):
        message = f"{stated.words()} is stated for {pledge.amount.words()}: {rate}"
        return Finding(Severity.INFO, "equivalent-agrees", (pledge.id,), message, figures)
    slip = expected.slip(told)
    if slip is not None:
        message = f"{stated.words()} is {times(slip)}: {pledge.amount.words()} is {rate}"
        return Finding(Severity.ERROR, "unit-slip", (pledge.id,), message, figures)
    day = comparison.day_of(pledge.amount, stated, pledge.value_date)
    hint = f"; the rate of {day} would give it" if day else "; no rate within a year would give it"
    message = f"{stated.words()} is stated for {pledge.amount.words()}: {rate}{hint}"
    return Finding(Severity.WARNING, "equivalent-differs", (pledge.id,), message, figures)


def times(power: int) -> str:
    """Say how far off a figure is by a power of ten."""
    return f"{10 ** abs(power):,} times too {'much' if power > 0 else 'little'}"
