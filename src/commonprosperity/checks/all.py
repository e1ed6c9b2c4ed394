"""All the checks of a dataset, one after the other."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

from commonprosperity.book import Book
from commonprosperity.checks.companies import check_companies
from commonprosperity.checks.comparison import Comparison
from commonprosperity.checks.corrections import check_corrections
from commonprosperity.checks.equivalents import check_equivalents
from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Findings
from commonprosperity.checks.look_alikes import check_look_alikes
from commonprosperity.checks.outliers import check_outliers
from commonprosperity.checks.parts import check_parts
from commonprosperity.checks.payments import check_payments
from commonprosperity.checks.rates import check_rates
from commonprosperity.checks.regrants import check_regrants
from commonprosperity.checks.restatements import check_restatements
from commonprosperity.checks.siblings import check_siblings
from commonprosperity.checks.sources import check_sources
from commonprosperity.checks.stages import check_stages
from commonprosperity.checks.successors import check_successors
from commonprosperity.checks.unlinked_parts import check_unlinked_parts
from commonprosperity.checks.variants import check_variants
from commonprosperity.checks.withdrawals import check_withdrawals
from commonprosperity.counting import Counting
from commonprosperity.rates import Rates

Check = Callable[[Examination], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    check_equivalents,
    check_restatements,
    check_successors,
    check_parts,
    check_corrections,
    check_siblings,
    check_withdrawals,
    check_look_alikes,
    check_unlinked_parts,
    check_regrants,
    check_companies,
    check_variants,
    check_stages,
    check_payments,
    check_outliers,
    check_sources,
    check_rates,  # last, as it reports the rates that the others missed
)


def check(
    book: Book, counting: Counting, rates: Rates, tolerance: str | Decimal | Fraction
) -> Findings:
    """Check the selected pledges, and the companies, initiatives and figures of their book."""
    examination = Examination(book, counting, Comparison.of(rates, tolerance))
    findings = (finding for each in CHECKS for finding in each(examination))
    return Findings.of_pledges(findings, len(examination.pledges))
