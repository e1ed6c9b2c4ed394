"""Records that are perhaps parts of another one of their company, though no link says so."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import islice
from operator import attrgetter

from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.checks.look_alikes import are_alike, have_recipients_apart
from commonprosperity.checks.measured import Measured
from commonprosperity.checks.span import rounded
from commonprosperity.checks.sums import Sum, sums
from commonprosperity.records import Stage
from commonprosperity.sentence import Sentence

_OTHERS_AT_MOST = 5
"""Beside more records than that, as in a list of a year's grants, the largest says nothing."""

_AROUND = 30
"""Days: with more than a few other records in so many, two on one day are no wonder."""

_WITHIN = timedelta(days=300)
"""How far apart two records of one initiative may be: those of a yearly campaign are farther."""


Group = date | tuple[str, Stage]
"""A day, or an initiative and a stage."""


def check_unlinked_parts(examination: Examination) -> Iterator[Finding]:
    """Find records that add up to another, and smaller ones of another's day or initiative."""
    for measured in examination.counted_by_company:
        pairs: set[tuple[str, str]] = set()
        for one in sums(examination, measured):
            yield _sums_up(one)
            pairs.update((one.whole.pledge.id, part.pledge.id) for part in one.parts)
        for whole, part in _perhaps_parts(examination, measured):
            if (whole.pledge.id, part.pledge.id) not in pairs:
                pairs.add((whole.pledge.id, part.pledge.id))
                yield _perhaps(whole, part)


def _perhaps_parts(
    examination: Examination, measured: Sequence[Measured]
) -> Iterator[tuple[Measured, Measured]]:
    """Yield the largest record of each day, and of each initiative, with the smaller ones.

    The largest must have room for all of them: among 60, 50 and 40 anything may be inside anything.
    """
    for group in _groups(examination, measured):
        whole = max(group, key=attrgetter("amount"))
        inside = (one for one in group if _may_be_inside(examination, whole, one))
        others = [*islice(inside, _OTHERS_AT_MOST + 1)]
        if len(others) <= _OTHERS_AT_MOST and sum(one.amount for one in others) <= whole.amount:
            yield from ((whole, one) for one in others if not are_alike(whole, one))


def _groups(examination: Examination, measured: Sequence[Measured]) -> Iterator[Sequence[Measured]]:
    """Yield the records of each day, and those of each initiative and stage.

    Where stages differ, another check finds them, and a pool has instalments of its own.
    """
    groups: dict[Group, list[Measured]] = defaultdict(list)
    for one in measured:
        pledge = one.pledge
        if pledge.announced.is_day:
            groups[pledge.announced.start].append(one)
        if pledge.initiative and pledge.initiative not in examination.counting.pooled:
            groups[pledge.initiative, pledge.stage].append(one)
    days = sorted(one.pledge.announced.start.toordinal() for one in measured)
    for group, records in groups.items():
        if len(records) > 1 and not (isinstance(group, date) and _is_crowded(days, group)):
            yield records


def _is_crowded(days: Sequence[int], day: date) -> bool:
    """Whether more than a few announcements lie around a day, given the days of all in order."""
    at = day.toordinal()
    around = bisect_right(days, at + _AROUND) - bisect_left(days, at - _AROUND)
    on_the_day = bisect_right(days, at) - bisect_left(days, at)
    return around - on_the_day > _OTHERS_AT_MOST


def _is_near(one: Measured, other: Measured) -> bool:
    first, second = one.pledge.announced, other.pledge.announced
    apart = abs(first.start - second.start), abs(first.end - second.end)
    return max(apart) <= _WITHIN


def _may_be_inside(examination: Examination, whole: Measured, one: Measured) -> bool:
    if not _is_near(whole, one) or have_recipients_apart(whole, one):
        return False
    return not examination.are_tied(whole.pledge, one.pledge)


def _sums_up(total: Sum) -> Finding:
    whole, parts = total.whole.pledge, [part.pledge for part in total.parts]
    shares = (
        Fraction(part.pledge.amount.amount) * part.factor / total.whole.factor
        for part in total.parts
    )
    sum_ = rounded(sum(shares, Fraction(0)), whole.amount.currency)
    facts = {"whole": whole.id, "amount": whole.amount, "sum": sum_}
    one, other, *third = (part.id for part in parts)
    if third:
        message = Sentence(
            "{one}, {other} and {third} come to {sum:words}, and {whole} is {amount:words}; if "
            "they are its parts, link them to it with part_of",
            one=one, other=other, third=third[0], **facts,
        )  # fmt: skip
    else:
        message = Sentence(
            "{one} and {other} come to {sum:words}, and {whole} is {amount:words}; if they are "
            "its parts, link them to it with part_of",
            one=one, other=other, **facts,
        )  # fmt: skip
    ids, figures = (whole.id, one, other, *third), (whole.amount, *(part.amount for part in parts))
    return Finding(Severity.WARNING, "sums-up", ids, message, figures)


def _perhaps(whole: Measured, part: Measured) -> Finding:
    one, other = whole.pledge, part.pledge
    facts = {"id": other.id, "amount": other.amount, "whole": one.id, "larger": one.amount}
    if one.announced == other.announced and one.announced.is_day:
        message = Sentence(
            "{id} ({amount:words}) was announced on the same day as {whole} ({larger:words}); if "
            "it is inside {whole}, link it with part_of", **facts,
        )  # fmt: skip
    else:
        message = Sentence(
            "{id} ({amount:words}) is of the same initiative as {whole} ({larger:words}); if it is "
            "inside {whole}, link it with part_of", **facts,
        )  # fmt: skip
    figures = one.amount, other.amount
    return Finding(Severity.INFO, "perhaps-a-part", (one.id, other.id), message, figures)
