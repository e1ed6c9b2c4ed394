"""The amounts of restating records, beside those that they restate."""

from collections.abc import Iterable, Iterator, Mapping

from commonprosperity.checks.comparison import Comparison, Span
from commonprosperity.checks.equivalents import times
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.messages import Sentence
from commonprosperity.records import Pledge, Record


def check_restatements(
    pledges: Iterable[Pledge], by_id: Mapping[str, Record], comparison: Comparison
) -> Iterator[Finding]:
    """Compare the amount of each restating record with that of the record it restates."""
    for pledge in pledges:
        original = by_id.get(pledge.restates or "")
        if isinstance(original, Pledge):
            yield from _compare(pledge, original, comparison)


def _compare(pledge: Pledge, original: Pledge, comparison: Comparison) -> Iterator[Finding]:
    spans = _spans(pledge, original, comparison)
    if spans is None:
        return
    expected, told = spans[0].wider(comparison.tolerance), spans[1]
    if expected.meets(told):
        return
    slip = expected.slip(told)
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
    expected, told = Span.of(original.amount, original.high), Span.of(pledge.amount, pledge.high)
    if base == quote:
        return expected, told
    in_quote, in_base = original.amount_in(quote), pledge.amount_in(base)
    if in_quote:
        return Span.of(in_quote), told
    if in_base:
        return expected, Span.of(in_base)
    factor = comparison.factor(base, quote, original.value_date, original.id, pledge.id)
    return None if factor is None else (expected.times(factor), told)
