"""Stated equivalents, beside the amount at the rate of its date."""

from collections.abc import Iterator
from fractions import Fraction

from commonprosperity.checks.comparison import Comparison
from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.checks.span import Span, rounded
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.sentence import Sentence


def check_equivalents(examination: Examination) -> Iterator[Finding]:
    """Compare each stated equivalent with the amount at the rate of its value date."""
    comparison = examination.comparison
    for pledge in examination.pledges:
        for stated in pledge.equivalents:
            base, quote = pledge.amount.currency, stated.currency
            factor = comparison.factor(base, quote, pledge.value_date, pledge.id)
            if factor is not None:
                yield compare_equivalent(
                    pledge.amount, stated, pledge.value_date, factor, (pledge.id,), comparison
                )


def compare_equivalent(  # noqa: PLR0913 (the two figures, and what they are compared with)
    amount: Money,
    stated: Money,
    on: Period,
    factor: Fraction,
    ids: tuple[str, ...],
    comparison: Comparison,
) -> Finding:
    """Compare a stated equivalent with its amount at a rate, that of a date."""
    expected = Span.of(amount).times(factor).wider(comparison.tolerance)
    computed = rounded(Fraction(amount.amount) * factor, stated.currency)
    figures = amount, stated, computed
    facts = {"stated": stated, "amount": amount, "computed": computed}
    message = Sentence(
        "{stated:words} is stated for {amount:words}: {computed:words} at the {date:date} rate",
        **facts, date=on,
    )  # fmt: skip
    if expected.meets(Span.of(stated)):
        return Finding(Severity.INFO, "equivalent-agrees", ids, message, figures)
    slip = expected.slip(Span.of(stated))
    if slip is not None:
        message = Sentence(
            "{stated:words} is {slip:say}: {amount:words} is {computed:words} at the {date:date} "
            "rate",
            **facts, slip=times(slip), date=on,
        )  # fmt: skip
        return Finding(Severity.ERROR, "unit-slip", ids, message, figures)
    day = comparison.day_of(amount, stated, on)
    if day:
        message = Sentence(
            "{message:say}; the rate of {day:date} would give it", message=message, day=day
        )
    else:
        message = Sentence("{message:say}; no rate within a year would give it", message=message)
    return Finding(Severity.WARNING, "equivalent-differs", ids, message, figures)


def times(power: int) -> Sentence:
    """Say how far off a figure is by a power of ten."""
    times = f"{10 ** abs(power):,}"
    if power > 0:
        return Sentence("{times} times too much", times=times)
    return Sentence("{times} times too little", times=times)
