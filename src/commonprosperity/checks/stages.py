"""Records of different stages of one initiative that no link relates."""

from collections.abc import Iterator

from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.records.labels import ONE_OF_STAGE
from commonprosperity.sentence import Sentence


def check_stages(examination: Examination) -> Iterator[Finding]:
    """Find, once for each initiative of a company, roots of its trees that differ in stage."""
    for one, other in examination.counting.mixed_stages:
        message = Sentence(
            "{one} is {stage:say} and {other} {other_stage:say} of {initiative}; if they are the "
            "same money, link them with part_of",
            one=one.id, stage=ONE_OF_STAGE[one.stage], initiative=one.initiative,
            other=other.id, other_stage=ONE_OF_STAGE[other.stage],
        )  # fmt: skip
        ids, figures = (one.id, other.id), (one.amount, other.amount)
        yield Finding(Severity.WARNING, "stages-unlinked", ids, message, figures)
    yield from _pools_apart(examination)


def _pools_apart(examination: Examination) -> Iterator[Finding]:
    """Find, once for each pooled initiative of a company, currencies that no equivalent joins."""
    for pool, other in examination.counting.pools_apart:
        one, first = other.members[0].pledge, pool.members[0].pledge
        message = Sentence(
            "{one}, in {other:currency}, draws on nothing of {initiative} in {code:currency}, such "
            "as {first}, and nothing there on it; if they are the same money, give equivalents in "
            "{code:currency}",
            one=one.id, other=other.currency, initiative=str(one.initiative),
            code=pool.currency, first=first.id,
        )  # fmt: skip
        ids, figures = (first.id, one.id), (first.amount, one.amount)
        yield Finding(Severity.WARNING, "pools-apart", ids, message, figures)
