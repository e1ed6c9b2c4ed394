"""Records of different stages that no link ties together, and that are perhaps one sum."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import permutations
from operator import attrgetter
from typing import NamedTuple, Self

from commonprosperity.counting.tree import RANKS
from commonprosperity.records import Pledge

Pair = tuple[Pledge, Pledge]
Test = Callable[[Pledge], bool]
Field = Callable[[Pledge], str | None]

_INITIATIVE: Field = attrgetter("initiative")
_RECIPIENT: Field = attrgetter("recipient")

FEW = 6
"""More records for one recipient are a ledger of grants, in which any may be paid by any."""


class SeveralStages(NamedTuple):
    """The initiatives, and the recipients, whose records are not all of one stage.

    Most datasets have few. A selection has no others than its dataset.
    """

    initiatives: frozenset[str]
    recipients: frozenset[str]

    @classmethod
    def of(cls, pledges: Sequence[Pledge]) -> Self:
        """Find them among the records of some pledges."""
        return cls(*(_of_several_stages(pledges, field) for field in (_INITIATIVE, _RECIPIENT)))

    def of_one_initiative(
        self, pledges: Iterable[Pledge], pooled: frozenset[str], is_root: Test
    ) -> Iterator[Pair]:
        """Pair two roots that differ in stage, once for each initiative of a company.

        Acme pledges 100 for "wells", and pays 40 for "wells" that are a part of nothing.
        """
        first: dict[tuple[str, str | None], Pledge] = {}
        mixed: dict[tuple[str, str | None], Pair] = {}
        several = self.initiatives - pooled
        for pledge in pledges if several else ():
            if pledge.initiative in several and is_root(pledge):
                key = pledge.company, pledge.initiative
                other = first.setdefault(key, pledge)
                if other.stage is not pledge.stage:
                    mixed.setdefault(key, (other, pledge))
        yield from mixed.values()

    def of_one_recipient(
        self, pledges: Iterable[Pledge], pooled: frozenset[str], stands_alone: Test
    ) -> Iterator[Pair]:
        """Pair a promise with a payment of as much to its recipient, once for each recipient.

        Acme pledges the Red Cross 100 in July, and pays the Red Cross 100 in October.
        """
        gifts: dict[tuple[str, str | None], list[Pledge]] = defaultdict(list)
        for pledge in pledges if self.recipients else ():
            if pledge.recipient in self.recipients and pledge.initiative not in pooled:
                gifts[pledge.company, pledge.recipient].append(pledge)
        for few in gifts.values():
            if 1 < len(few) <= FEW:
                alone = [gift for gift in few if stands_alone(gift)]
                yield from [pair for pair in permutations(alone, 2) if _are_perhaps_one(*pair)][:1]


def _of_several_stages(pledges: Iterable[Pledge], field: Field) -> frozenset[str]:
    """Return the initiatives, or recipients, whose records are not all of one stage."""
    first: dict[str, Pledge] = {}
    several: set[str] = set()
    for pledge in pledges:
        value = field(pledge)
        if value and first.setdefault(value, pledge).stage is not pledge.stage:
            several.add(value)
    return frozenset(several)


def _are_perhaps_one(one: Pledge, other: Pledge) -> bool:
    """Whether two records have one amount, and the other may be a payment of the first.

    It is not where they have two funders or two initiatives.
    """
    is_as_much = one.amount == other.amount and one.funder == other.funder
    return is_as_much and None in {one.initiative, other.initiative} and may_be_of(other, one)


def may_be_of(one: Pledge, other: Pledge) -> bool:
    """Whether a record may be a payment of another: of a later stage, and announced no earlier.

    A payment in March is of no promise in April; one in 2021 may be.
    """
    is_farther = RANKS[other.stage] < RANKS[one.stage]
    return is_farther and other.announced.start <= one.announced.end
