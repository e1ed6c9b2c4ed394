"""Records of different stages of one initiative that no link relates."""

from collections.abc import Iterator

from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.messages import Sentence
from commonprosperity.records import Stage

STAGES = {
    Stage.PLEDGE: Sentence("a pledge"),
    Stage.COMMITMENT: Sentence("a commitment"),
    Stage.DISBURSEMENT: Sentence("a disbursement"),
}


def check_stages(examination: Examination) -> Iterator[Finding]:
    """Find, once for each initiative of a company, roots of its trees that differ in stage."""
    for one, other in examination.counting.mixed_stages:
        message = Sentence(
            "{one} is {stage:say} and {other} {other_stage:say} of {initiative}; if they are the "
            "same money, link them with part_of",
            one=one.id, stage=STAGES[one.stage], initiative=one.initiative,
            other=other.id, other_stage=STAGES[other.stage],
        )  # fmt: skip
        ids, figures = (one.id, other.id), (one.amount, other.amount)
        yield Finding(Severity.WARNING, "stages-unlinked", ids, message, figures)
