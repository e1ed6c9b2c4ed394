"""Rates that the checks asked for and that are not known."""

from collections.abc import Iterator

import attrs

from commonprosperity.checks.comparison import Comparison
from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.errors import MissingRatesError
from commonprosperity.quoting import listed
from commonprosperity.sentence import Sentence

_NAMED_AT_MOST = 5
"""How many pairs of currencies a finding names."""


def check_rates(examination: Examination) -> Iterator[Finding]:
    """Report the rates that the checks before this one asked for and did not get."""
    yield from rates_not_found(examination.comparison)
    apart = examination.apart
    if apart:
        message = Sentence(
            "no rate is known for {pairs}, so what one company has in both is not compared; other "
            "rates, such as the NBP's, may have one",
            pairs=listed([*apart], _NAMED_AT_MOST),
        )  # fmt: skip
        yield _finding(message, {id_ for ids in apart.values() for id_ in ids})


def rates_not_found(comparison: Comparison) -> Iterator[Finding]:
    """Report the rates that a comparison asked for and did not get, once for each pair."""
    for errors in comparison.missing.values():
        # A page to publish shows the findings, and is no place for the code that an error advises.
        missing = [(attrs.evolve(error, way_out=None), ids) for error, ids in errors]
        message = Sentence(
            "{missing:say}; other rates, such as the NBP's, may have it",
            missing=MissingRatesError.of(tuple(missing)).sentence,
        )  # fmt: skip
        yield _finding(message, {id_ for _, ids in missing for id_ in ids})


def _finding(message: Sentence, ids: set[str]) -> Finding:
    return Finding(Severity.INFO, "rate-not-found", tuple(sorted(ids)), message)
