"""Rates that the checks asked for and that are not known."""

from collections.abc import Iterator

from commonprosperity.checks.comparison import Comparison
from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Severity


def check_rates(examination: Examination) -> Iterator[Finding]:
    """Report the rates that the checks before this one asked for and did not get."""
    yield from rates_not_found(examination.comparison)


def rates_not_found(comparison: Comparison) -> Iterator[Finding]:
    """Report the rates that a comparison asked for and did not get."""
    for sentence, ids in comparison.missing.items():
        yield Finding(Severity.INFO, "rate-not-found", tuple(sorted(ids)), sentence)
