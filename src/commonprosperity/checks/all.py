"""All the checks of a dataset, one after the other."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from commonprosperity.book import Book
from commonprosperity.checks.comparison import Comparison
from commonprosperity.checks.equivalents import check_equivalents
from commonprosperity.checks.finding import Finding, Findings, Severity
from commonprosperity.checks.look_alikes import check_look_alikes
from commonprosperity.checks.parts import check_parts
from commonprosperity.checks.restatements import check_restatements
from commonprosperity.checks.sources import check_sources
from commonprosperity.checks.stages import check_stages
from commonprosperity.counting import Counting
from commonprosperity.errors import AmountError
from commonprosperity.rates import Rates
from commonprosperity.wording import number


def check(
    book: Book, counting: Counting, rates: Rates, tolerance: str | Decimal | Fraction
) -> Findings:
    """Check the selected pledges, and the initiatives and figures of their book."""
    pledges, links = counting.selected, counting.links
    comparison = Comparison(rates, _share(tolerance))
    findings = [
        *check_equivalents(pledges, comparison),
        *check_restatements(pledges, book.by_id, comparison),
        *check_parts(counting),
        *check_look_alikes(pledges, links, comparison),
        *check_stages(counting),
        *check_sources((*book.initiatives, *pledges, *book.figures), book.by_id),
    ]
    return Findings([*findings, *_unanswered(comparison)])


def _unanswered(comparison: Comparison) -> Iterator[Finding]:
    """Tell the lookups that the rates could not answer."""
    for sentence, ids in comparison.missing.items():
        yield Finding(Severity.INFO, "rate-not-found", tuple(sorted(ids)), sentence)


def _share(tolerance: str | Decimal | Fraction) -> Fraction:
    """Take a share: a text such as ``0.5%``, or a number below 1."""
    if isinstance(tolerance, Fraction):
        share = tolerance
    elif isinstance(tolerance, str) and tolerance.endswith("%"):
        share = Fraction(number(tolerance.removesuffix("%"))) / 100
    else:
        share = Fraction(number(tolerance))
    if not 0 <= share < 1:
        raise AmountError(tolerance, 'a tolerance is a share such as "0.5%"')
    return share
