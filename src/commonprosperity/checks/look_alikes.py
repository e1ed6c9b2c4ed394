"""Records that look alike: perhaps one pledge with two records that no link ties."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from operator import attrgetter

from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.checks.measured import Exact, Measured
from commonprosperity.records import Pledge
from commonprosperity.records.labels import ONE_OF_STAGE
from commonprosperity.records.namesakes import same
from commonprosperity.sentence import Sentence

_NEAR = timedelta(days=30)
_YEAR = timedelta(days=366)
_TENTH = 10
_NEIGHBOURS = 5
"""With how many of the records after it in time one is compared, which keeps the cost linear."""


def check_look_alikes(examination: Examination) -> Iterator[Finding]:
    """Find unlinked records of one company that are near in amount and announced within a month.

    A promise and its payment may lie a year apart. Gifts to two recipients are not alike, nor are
    records of a pool that draw on each other. Where several records tell of one pledge, the first
    one that looks like another pledge stands for them all.
    """
    for measured in (*examination.by_company, *examination.corrections_by_company):
        pairs: set[frozenset[str]] = set()
        for group in _alike_in_amount(measured):
            for finding in _pairs(group, examination):
                pair = frozenset(map(examination.links.pledge, finding.ids))
                if pair not in pairs:
                    pairs.add(pair)
                    yield finding


def are_alike(one: Measured, other: Measured) -> bool:
    """Whether two amounts may be one: they meet, and neither is more than a tenth larger."""
    # The roundings of "1 million" and "2 million" meet, but nobody takes one for the other.
    if one.low > other.high or other.low > one.high:
        return False
    smaller, larger = sorted((one.low + one.high, other.low + other.high))
    return _TENTH * (larger - smaller) <= smaller


def have_recipients_apart(one: Measured, other: Measured) -> bool:
    """Whether two records name two recipients, so that neither is the other, nor inside it."""
    recipients = one.pledge.recipient, other.pledge.recipient
    return len({*map(same, filter(None, recipients))}) > 1


def _pairs(group: list[Measured], examination: Examination) -> Iterator[Finding]:
    for one, other in _alike_neighbours(group):
        if _are_in_time(one.pledge, other.pledge):
            yield from _compare(examination, one.pledge, other.pledge)


def _compare(examination: Examination, one: Pledge, other: Pledge) -> Iterator[Finding]:
    if examination.are_tied(one, other):
        return
    if examination.may_be_paid_by(one, other):
        yield _payment(one, other)
    elif are_near(one, other):
        yield _finding(one, other)


def _are_in_time(one: Pledge, other: Pledge) -> bool:
    return are_near(one, other) or _is_open(one, other)


def are_near(one: Pledge, other: Pledge) -> bool:
    """Whether a record is announced within a month after another."""
    return other.announced.start - one.announced.end <= _NEAR


def _is_open(one: Pledge, other: Pledge) -> bool:
    """Whether two records lie within a year, and leave out a recipient and an initiative.

    Other checks compare the records of one recipient, and those of one initiative.
    """
    is_in_time = other.announced.start - one.announced.end <= _YEAR
    recipients, initiatives = (one.recipient, other.recipient), (one.initiative, other.initiative)
    return is_in_time and None in recipients and None in initiatives


def _alike_neighbours(group: list[Measured]) -> Iterator[tuple[Measured, Measured]]:
    """Go through the records that may have the same recipient, each with the next few in time.

    Among gifts to A, B and A, those to A are neighbours.
    """
    in_time = sorted(group, key=_age)
    for one, other in _alike_among_few(in_time):
        if not (one.pledge.recipient and other.pledge.recipient):
            yield one, other
    by_recipient: dict[str, list[Measured]] = defaultdict(list)
    for one in in_time:
        if one.pledge.recipient:
            by_recipient[same(one.pledge.recipient)].append(one)
    for gifts in by_recipient.values():
        yield from _alike_among_few(gifts)


def _age(one: Measured) -> tuple[date, date, str]:
    announced = one.pledge.announced
    return announced.start, announced.end, one.pledge.id


def _alike_among_few(in_time: list[Measured]) -> Iterator[tuple[Measured, Measured]]:
    """Pair each record with those of the next few that are alike in amount."""
    for at, one in enumerate(in_time):
        for other in in_time[at + 1 : at + 1 + _NEIGHBOURS]:
            if are_alike(one, other):
                yield one, other


def _alike_in_amount(measured: Iterable[Measured]) -> Iterator[list[Measured]]:
    """Put amounts together that meet, or that others which they meet tie together."""
    group: list[Measured] = []
    highest: Exact = 0
    for one in sorted(measured, key=attrgetter("low")):
        if group and one.low > highest:
            yield group
            group = []
        group.append(one)
        highest = max(highest, one.high)
    yield group


def _finding(one: Pledge, other: Pledge) -> Finding:
    message = Sentence(
        "{one} and {other} are alike: {amount:words} on {announced:date} and {other_amount:words} "
        "on {other_announced:date}; if they are one pledge, link them",
        one=one.id, amount=one.amount, announced=one.announced,
        other=other.id, other_amount=other.amount, other_announced=other.announced,
    )  # fmt: skip
    return _look_alike(one, other, message)


def _payment(one: Pledge, other: Pledge) -> Finding:
    message = Sentence(
        "{other} ({other_amount:words} on {other_announced:date}) is as much as {one} "
        "({amount:words} on {announced:date}), which is {stage:say}; if it is money of {one}, link "
        "it with part_of",
        one=one.id, amount=one.amount, announced=one.announced, stage=ONE_OF_STAGE[one.stage],
        other=other.id, other_amount=other.amount, other_announced=other.announced,
    )  # fmt: skip
    return _look_alike(one, other, message)


def _look_alike(one: Pledge, other: Pledge, message: Sentence) -> Finding:
    figures = one.amount, other.amount
    return Finding(Severity.WARNING, "look-alike", (one.id, other.id), message, figures)
