"""Records of different stages of one initiative that no link relates."""

from collections.abc import Iterator

from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.counting import Counting


def check_stages(counting: Counting) -> Iterator[Finding]:
    """Find, once for each initiative, roots of its trees that differ in stage."""
    for initiative, (one, other) in counting.mixed_stages().items():
        message = (
            f"{one.id} is a {one.stage} and {other.id} a {other.stage} of {initiative}; "
            "if they are the same money, link them with part_of"
        )
        ids, figures = (one.id, other.id), (one.amount, other.amount)
        yield Finding(Severity.WARNING, "stages-unlinked", ids, message, figures)
