"""Promises to a recipient, and payments to it, that no link ties together."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.checks.look_alikes import are_alike, are_near
from commonprosperity.checks.measured import Measured
from commonprosperity.counting import FEW
from commonprosperity.period import Period
from commonprosperity.quoting import label
from commonprosperity.records import Pledge, Stage
from commonprosperity.records.labels import ONE_OF_STAGE
from commonprosperity.records.namesakes import same
from commonprosperity.sentence import Sentence


def check_payments(examination: Examination) -> Iterator[Finding]:
    """Find payments to a recipient to which the company had promised as much, or more.

    Other checks find a promise and a payment of one initiative, or near in amount and time.
    """
    for measured in examination.counted_by_company:
        by_recipient: dict[str, list[Measured]] = defaultdict(list)
        for one in measured:
            if one.pledge.recipient:
                by_recipient[same(one.pledge.recipient)].append(one)
        for gifts in by_recipient.values():
            if 1 < len(gifts) <= FEW:
                yield from _payments(examination, gifts)


def _payments(examination: Examination, gifts: Sequence[Measured]) -> Iterator[Finding]:
    for payment in gifts:
        promises = [one for one in gifts if _is_promise_of(examination, one, payment)]
        if promises:
            promise = max(promises, key=lambda one: _nearness(one, payment))
            yield _finding(promise.pledge, payment.pledge)


def _is_promise_of(examination: Examination, promise: Measured, payment: Measured) -> bool:
    one, other = promise.pledge, payment.pledge
    is_one_initiative = one.initiative is not None and one.initiative == other.initiative
    if is_one_initiative or not examination.may_be_paid_by(one, other):
        return False
    if are_alike(promise, payment):
        return not are_near(one, other)
    return None in {one.initiative, other.initiative} and payment.amount < promise.amount


def _nearness(promise: Measured, payment: Measured) -> tuple[bool, int, Period, str]:
    """Order promises by how likely a payment is theirs: the same amount first, then the stage."""
    one = promise.pledge
    return are_alike(promise, payment), [*Stage].index(one.stage), one.announced, one.id


def _finding(one: Pledge, other: Pledge) -> Finding:
    message = Sentence(
        "{one} is {stage:say} ({amount:words}) and {other} {other_stage:say} "
        "({other_amount:words}) to {recipient}; if they are the same money, link them with part_of",
        one=one.id, stage=ONE_OF_STAGE[one.stage], amount=one.amount,
        other=other.id, other_stage=ONE_OF_STAGE[other.stage], other_amount=other.amount,
        recipient=label(str(other.recipient)),
    )  # fmt: skip
    figures = one.amount, other.amount
    return Finding(Severity.WARNING, "stages-unlinked", (one.id, other.id), message, figures)
