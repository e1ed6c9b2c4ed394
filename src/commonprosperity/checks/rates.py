"""Rates that the checks asked for and that are not known."""

from collections.abc import Iterator

from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Severity


def check_rates(examination: Examination) -> Iterator[Finding]:
    """Report the rates that the checks before this one asked for and did not get."""
    for sentence, ids in examination.comparison.missing.items():
        yield Finding(Severity.INFO, "rate-not-found", tuple(sorted(ids)), sentence)
