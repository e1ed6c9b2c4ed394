"""Warns of sums that are perhaps counted twice."""

import warnings
from collections.abc import Iterable, Sequence
from inspect import currentframe
from typing import NamedTuple

from commonprosperity.book import Book
from commonprosperity.counting import Counting
from commonprosperity.errors import DoubleCountWarning
from commonprosperity.quoting import label
from commonprosperity.records import Pledge, Stage
from commonprosperity.records.labels import ONE_OF_STAGE
from commonprosperity.sentence import NO_SENTENCE, Sentence

_LIBRARY = __name__.partition(".")[0]
MIXED_AT_MOST = 5
"""How many initiatives have a warning of their own."""


class MixedStages(NamedTuple):
    """Two records of one initiative by their names, each with its stage."""

    initiative: str
    one: str
    stage: Stage
    other: str
    other_stage: Stage


def warn_of_double_counts(book: Book, pledges: Iterable[Pledge], counting: Counting) -> None:
    """Warn of companies with the same name, of mixed stages, and of pools in two currencies."""
    _warn_of_namesakes(book, pledges, counting)
    several = [
        MixedStages(str(one.initiative), one.id, one.stage, other.id, other.stage)
        for one, other in counting.mixed_stages
    ]
    warn_of_mixed_stages(several, len(several))
    _warn_of_unlinked_payments(counting)
    _warn_of_pools_apart(counting)


def _warn_of_namesakes(book: Book, pledges: Iterable[Pledge], counting: Counting) -> None:
    """Warn if two companies with the same name both count."""
    pairs = book.namesakes
    companies = {each.company for each in pledges if counting.counts(each)} if pairs else set()
    both = [pair for pair in pairs if {pair.company.id, pair.other.id} <= companies]
    for one, other, name, _ in both[:1]:
        more = NO_SENTENCE
        if len(both) > 1:
            more = Sentence(" ({count} more such pairs)", count=f"{len(both) - 1:,}")
        _warn(Sentence(
            "{one} and {other} both count, and go by one name, {name}{more:say}; if they are one "
            'company, make them one with merge("{other}", into="{one}"), and see what check() '
            "finds twice",
            one=label(one.id), other=label(other.id), name=label(name), more=more,
        ))  # fmt: skip


def warn_of_mixed_stages(several: Sequence[MixedStages], count: int) -> None:
    """Warn of the first initiatives whose records differ in stage, and say how many others do."""
    for initiative, one, stage, other, other_stage in several[:MIXED_AT_MOST]:
        _warn(Sentence(
            "{initiative}: {first} is {stage:say} and {second} {other_stage:say}, neither inside "
            "the other; if they are the same money, link them with part_of",
            initiative=label(initiative), first=label(one), stage=ONE_OF_STAGE[stage],
            second=label(other), other_stage=ONE_OF_STAGE[other_stage],
        ))  # fmt: skip
    if count > MIXED_AT_MOST:
        _warn(Sentence(
            "{count} more initiatives have records of several stages, neither inside the other",
            count=f"{count - MIXED_AT_MOST:,}",
        ))  # fmt: skip


def _warn_of_unlinked_payments(counting: Counting) -> None:
    several = counting.unlinked_payments
    for one, other in several[:MIXED_AT_MOST]:
        recipient, first, second = map(label, (str(one.recipient), one.id, other.id))
        _warn(Sentence(
            "{recipient}: {first} is {stage:say} and {second} {other_stage:say} of one amount, "
            "neither inside the other; if they are the same money, link them with part_of",
            recipient=recipient, first=first, stage=ONE_OF_STAGE[one.stage],
            second=second, other_stage=ONE_OF_STAGE[other.stage],
        ))  # fmt: skip
    if len(several) > MIXED_AT_MOST:
        _warn(Sentence(
            "{count} more recipients have records of one amount in several stages, neither inside "
            "the other",
            count=f"{len(several) - MIXED_AT_MOST:,}",
        ))  # fmt: skip


def _warn_of_pools_apart(counting: Counting) -> None:
    for pool, other in counting.pools_apart:
        initiative, company = map(label, map(str, pool.owner))
        one, first = (label(each.members[0].pledge.id) for each in (other, pool))
        _warn(Sentence(
            "{initiative}: what {company} has in {other:currency} ({one}) draws on nothing in "
            "{code:currency} ({first}), and the other way round; if they are the same money, give "
            "equivalents in {code:currency}",
            initiative=initiative, company=company, other=other.currency, one=one,
            code=pool.currency, first=first,
        ))  # fmt: skip


def _warn(message: Sentence) -> None:
    warnings.warn(message, DoubleCountWarning, stacklevel=_levels_inside())


def _levels_inside() -> int:
    """Return the stack level at which a warning points at the first line outside the library."""
    # Python 3.12 has skip_file_prefixes for this. A page and a chart call total, too.
    frame, levels = currentframe(), 0
    while frame and frame.f_globals.get("__name__", "").partition(".")[0] == _LIBRARY:
        frame, levels = frame.f_back, levels + 1
    return levels
