"""Records that look alike: perhaps one pledge, told twice and not linked."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from fractions import Fraction

from commonprosperity.checks.comparison import Comparison, Span
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.counting import Links
from commonprosperity.messages import Sentence
from commonprosperity.records import Pledge

_NEAR = timedelta(days=30)
_AT_MOST = Fraction(11, 10)
_NEIGHBOURS = 5
"""With how many of the records that follow it in time one is compared: keeps the cost linear."""

Measured = tuple[Span, Pledge]


def check_look_alikes(
    pledges: Iterable[Pledge], links: Links, comparison: Comparison
) -> Iterator[Finding]:
    """Find unlinked records of one company that are near in amount and announced within a month."""
    by_company: dict[str, list[Pledge]] = defaultdict(list)
    for pledge in pledges:
        if pledge.amount.amount:
            by_company[pledge.company].append(pledge)
    for some in by_company.values():
        for measured in _measured(some, comparison):
            for alike in _alike_in_amount(measured):
                yield from _pairs(alike, links)


def _pairs(alike: list[Measured], links: Links) -> Iterator[Finding]:
    in_time = sorted(alike, key=lambda one: (one[1].announced, one[1].id))
    for at, one in enumerate(in_time):
        for other in in_time[at + 1 : at + 1 + _NEIGHBOURS]:
            if _near(one, other) and not links.tied(one[1].id, other[1].id):
                yield _finding(one[1], other[1])


def _measured(pledges: list[Pledge], comparison: Comparison) -> Iterable[list[Measured]]:
    """Measure a company's pledges in the currency of most; those without a rate, in their own."""
    counts = Counter(pledge.amount.currency for pledge in pledges)
    common = max(counts, key=lambda currency: (counts[currency], currency))
    measured: dict[str, list[Measured]] = defaultdict(list)
    for pledge in pledges if len(pledges) > 1 else ():
        own = pledge.amount.currency
        factor = comparison.factor(own, common, pledge.value_date, pledge.id)
        span = Span.of(pledge.amount, pledge.high).wider(comparison.tolerance)
        if factor is None:
            measured[own].append((span, pledge))
        else:
            measured[common].append((span.times(factor), pledge))
    return measured.values()


def _alike_in_amount(measured: Iterable[Measured]) -> Iterator[list[Measured]]:
    """Put amounts together that meet, or that others which they meet tie together."""
    group: list[Measured] = []
    highest = Fraction(0)
    for span, pledge in sorted(measured, key=lambda one: (one[0].low, one[0].high)):
        if group and span.low > highest:
            yield group
            group, highest = [], Fraction(0)
        group.append((span, pledge))
        highest = max(highest, span.high)
    yield group


def _near(one: Measured, other: Measured) -> bool:
    apart = other[1].announced.start - one[1].announced.end
    # The roundings of "1 million" and "2 million" meet, but nobody takes one for the other.
    smaller, larger = sorted((span.low + span.high) / 2 for span, _ in (one, other))
    return apart <= _NEAR and one[0].meets(other[0]) and larger <= smaller * _AT_MOST


def _finding(one: Pledge, other: Pledge) -> Finding:
    message = Sentence(
        "{one} and {other} are alike: {amount:words} on {announced} and {other_amount:words} on "
        "{other_announced}; if they are one pledge, link them",
        one=one.id, amount=one.amount, announced=one.announced,
        other=other.id, other_amount=other.amount, other_announced=other.announced,
    )  # fmt: skip
    figures = one.amount, other.amount
    return Finding(Severity.WARNING, "look-alike", (one.id, other.id), message, figures)
