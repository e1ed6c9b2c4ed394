"""Parts of one whole that differ in stage, and may be one sum."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise

from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.period import Period
from commonprosperity.records import Pledge, Stage
from commonprosperity.records.labels import ONE_OF_STAGE
from commonprosperity.sentence import Sentence


def check_siblings(examination: Examination) -> Iterator[Finding]:
    """Find a contract and a payment that are both parts of one pledge and may be one sum.

    They are two sums when the payment is the larger, when both together make up the whole, and when
    they belong to two companies or two initiatives.
    """
    for whole, parts in examination.counting.wholes():
        by_company: dict[str, list[Pledge]] = defaultdict(list)
        for part in parts:
            by_company[part.company].append(part)
        for siblings in by_company.values():
            yield from _compare(examination.counting.corrected(whole), siblings)


def _compare(whole: Pledge, siblings: list[Pledge]) -> Iterator[Finding]:
    by_stage = {stage: [part for part in siblings if part.stage is stage] for stage in Stage}
    sums = {stage: _sum(parts, whole) for stage, parts in by_stage.items() if parts}
    if sum(sums.values()) == whole.amount.amount:
        return
    for earlier, later in pairwise(sums):
        if sums[later] <= sums[earlier] and not _are_apart(by_stage[earlier], by_stage[later]):
            yield _finding(whole, *(min(by_stage[stage], key=_age) for stage in (earlier, later)))


def _sum(parts: Iterable[Pledge], whole: Pledge) -> Fraction:
    amounts = (part.amount_in(whole.amount.currency) or part.amount for part in parts)
    return sum((Fraction(money.amount) for money in amounts), Fraction(0))


def _are_apart(parts: Iterable[Pledge], others: Iterable[Pledge]) -> bool:
    one, other = ({part.initiative for part in each} for each in (parts, others))
    return None not in one | other and not one & other


def _age(pledge: Pledge) -> tuple[Period, str]:
    return pledge.announced, pledge.id


def _finding(whole: Pledge, one: Pledge, other: Pledge) -> Finding:
    message = Sentence(
        "{one} is {stage:say} and {other} {other_stage:say}, side by side in {whole}; if {other} "
        "is money of {one}, make it part_of {one}",
        one=one.id, stage=ONE_OF_STAGE[one.stage],
        other=other.id, other_stage=ONE_OF_STAGE[other.stage], whole=whole.id,
    )  # fmt: skip
    ids, figures = (whole.id, one.id, other.id), (one.amount, other.amount)
    return Finding(Severity.WARNING, "stages-side-by-side", ids, message, figures)
