"""The amounts of restating records, beside those that they restate."""

from collections.abc import Iterator

from commonprosperity.checks.comparison import Comparison
from commonprosperity.checks.equivalents import times
from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.checks.span import Span
from commonprosperity.records import Pledge
from commonprosperity.sentence import Sentence


def check_restatements(examination: Examination) -> Iterator[Finding]:
    """Compare each restating record with the one it restates: the amount and the company."""
    for pledge in examination.pledges:
        original = examination.book.by_id.get(pledge.restates or "")
        if isinstance(original, Pledge):
            yield from _compare(pledge, original, examination.comparison)
            if pledge.company != original.company:
                yield _of_another(pledge, original)


def _of_another(pledge: Pledge, original: Pledge) -> Finding:
    message = Sentence(
        "{id}, of {company}, restates {original}, of {other}, and only one of them counts; if both "
        "companies promised money, leave restates out",
        id=pledge.id, company=pledge.company, original=original.id, other=original.company,
    )  # fmt: skip
    ids = original.id, pledge.id
    return Finding(Severity.WARNING, "restates-another-company", ids, message)


def _compare(pledge: Pledge, original: Pledge, comparison: Comparison) -> Iterator[Finding]:
    spans = _spans(pledge, original, comparison)
    if spans is None:
        return
    expected, stated = spans[0].wider(comparison.tolerance), spans[1]
    if expected.meets(stated):
        return
    slip = expected.slip(stated)
    message = Sentence(
        "{id} restates {original} with {amount:words} for {stated:words}, {how:say}",
        id=pledge.id, original=original.id, amount=pledge.amount, stated=original.amount,
        how=Sentence("which is {slip:say}: a slip", slip=times(slip)) if slip
        else Sentence("which is not the same amount"),
    )  # fmt: skip
    severity = Severity.ERROR if slip else Severity.WARNING
    figures = original.amount, pledge.amount
    yield Finding(severity, "restatement-differs", (original.id, pledge.id), message, figures)


def _spans(pledge: Pledge, original: Pledge, comparison: Comparison) -> tuple[Span, Span] | None:
    """Return what the original and the restating record say, in one currency.

    A source's own conversion, where there is one, goes before the rate of the original's date.
    """
    base, quote = original.amount.currency, pledge.amount.currency
    expected, stated = Span.of(original.amount, original.high), Span.of(pledge.amount, pledge.high)
    if base == quote:
        return expected, stated
    in_quote, in_base = original.amount_in(quote), pledge.amount_in(base)
    if in_quote:
        return Span.of(in_quote), stated
    if in_base:
        return expected, Span.of(in_base)
    factor = comparison.factor(base, quote, original.value_date, original.id, pledge.id)
    return None if factor is None else (expected.times(factor), stated)
