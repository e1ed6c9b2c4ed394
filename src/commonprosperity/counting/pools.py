"""Pools: payments come out of commitments, and these out of pledges, though no link says so.

A pool is what one company has in one initiative that is pooled, in one currency. It shares out what
links leave over of its records: corrections lower their own stage, payments draw on commitments,
and both draw on pledges. Whoever draws counts, and what is drawn counts no more where it was. So
60 and 40 committed, and 80 of them paid, are 100 in all.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

import attrs

from commonprosperity.counting.announced import age
from commonprosperity.counting.bounds import ZERO, scaled
from commonprosperity.counting.line import COUNTED, LESS_CORRECTIONS, Line
from commonprosperity.counting.tree import RANKS, Path
from commonprosperity.money import Money
from commonprosperity.records import Pledge, Stage
from commonprosperity.sentence import Sentence

Amounts = dict[str, Decimal]
"""Amounts in the currency of a pool, by the ids of its records."""

_NOTHING_THERE = Sentence("there is nothing to take it off")


class Member(NamedTuple):
    """A record of a pool, and the stages that links tell of its money."""

    pledge: Pledge
    path: Path


@attrs.frozen(eq=False)
class Pool:
    """What one company has in one initiative, in one currency; the first announced come first."""

    currency: str
    members: tuple[Member, ...]

    @property
    def owner(self) -> tuple[str | None, str]:
        """The initiative and the company."""
        pledge = self.members[0].pledge
        return pledge.initiative, pledge.company

    @property
    def is_begun(self) -> bool:
        """Whether something is paid; then the rest of the pool is outstanding."""
        return any(member.pledge.stage is Stage.DISBURSEMENT for member in self.members)

    def stages(self, counts: Callable[[Pledge], bool]) -> set[Stage]:
        """Return the stages of the records that count."""
        return {pledge.stage for pledge, _ in self.members if counts(pledge)}

    def shared_out(self, linked: Mapping[str, Line]) -> dict[str, Line]:
        """Return the lines that the pool changes, given those that links alone make of it."""
        amounts = {
            pledge.id: _in_currency(pledge, linked[pledge.id].amount, self.currency)
            for pledge, _ in self.members
        }
        sharing = _Sharing(self.members, dict(amounts))
        sharing.take_corrections_off()
        sharing.draw()
        return {
            pledge.id: linked[pledge.id]._replace(
                amount=self._own_amount(pledge, linked, amounts, sharing.left),
                reason=sharing.reason(pledge.id, linked[pledge.id].reason),
            )
            for pledge, _ in self.members
        }

    def _own_amount(
        self, pledge: Pledge, linked: Mapping[str, Line], before: Amounts, left: Amounts
    ) -> Decimal:
        """Return what is left of a record in its own currency, given what is left in the pool's."""
        amount, currency, part = linked[pledge.id].amount, pledge.amount.currency, left[pledge.id]
        if part == before[pledge.id]:
            return amount
        if currency == self.currency or not part:
            return part
        return min(amount, scaled(Money(amount, currency), part, before[pledge.id]))


def pools_of(members: Iterable[Member]) -> tuple[Pool, ...]:
    """Put the records of pooled initiatives into pools; those of one owner stand side by side."""
    by_age = sorted(members, key=lambda member: age(member.pledge))
    owners = _grouped(by_age, lambda member: (member.pledge.initiative, member.pledge.company))
    return tuple(pool for owned in owners.values() for pool in _by_currency(owned))


def apart(pools: Iterable[Pool], counts: Callable[[Pledge], bool]) -> Iterator[tuple[Pool, Pool]]:
    """Pair the first two pools of an owner that count for something, if its stages differ."""
    for _, owned in groupby(pools, key=lambda pool: pool.owner):
        stages = {pool: pool.stages(counts) for pool in owned}
        counting = [pool for pool in stages if stages[pool]]
        if len(counting) > 1 and len(set().union(*stages.values())) > 1:
            yield counting[0], counting[1]


def _by_currency(members: Sequence[Member]) -> Iterator[Pool]:
    """Put records into pools of one currency each: that in which most of them say what they are.

    Where "a" is 5 USD, and "b" is 9 EUR with an equivalent of 10 USD, both are in the pool in USD.
    A record that states no USD goes into another pool.
    """
    while members:
        own = Counter(member.pledge.amount.currency for member in members)
        every = Counter(code for member in members for code in _currencies(member.pledge))
        currency = max(sorted(every), key=lambda code: (every[code], own[code]))
        yield Pool(currency, tuple(one for one in members if currency in _currencies(one.pledge)))
        members = [one for one in members if currency not in _currencies(one.pledge)]


def _currencies(pledge: Pledge) -> set[str]:
    return {money.currency for money in (pledge.amount, *pledge.equivalents)}


class _Sharing:
    """The sharing out of a pool: what is left of each record, and why."""

    def __init__(self, members: Sequence[Member], left: Amounts) -> None:
        self.members, self.left = members, left
        self.reasons: dict[str, Sentence] = {}
        self.lowered: set[str] = set()

    def take_corrections_off(self) -> None:
        """Let each correction lower its own stage, the newest record first, and never below 0.

        A correction that is a part lowers parts first, and one that is none lowers those that are
        none: what it gave back to its whole, they have taken from it.
        """
        corrections = [member for member in self.members if self.left[member.pledge.id] < 0]
        owed = {one.pledge.id: ZERO - self.left[one.pledge.id] for one in corrections}
        self.left |= dict.fromkeys(owed, ZERO)
        newest = self.members[::-1] if owed else ()
        for key in (lambda one: (one.pledge.stage, one.path), lambda one: one.pledge.stage):
            corrected = _grouped(newest, key)
            for group, takers in _grouped(corrections, key).items():
                for taker, giver in _taken(owed, self.left, takers, corrected[group]):
                    self.reasons.setdefault(taker, Sentence("taken off {id}", id=giver))
                    self.lowered.add(giver)
        for id_ in owed:
            self.reasons.setdefault(id_, _NOTHING_THERE)

    def reason(self, id_: str, linked: Sentence) -> Sentence:
        """Return why a record counts for what it does, given the reason that links alone give."""
        if id_ in self.lowered and linked == COUNTED:
            linked = LESS_CORRECTIONS
        return self.reasons.get(id_, linked)

    def draw(self) -> None:
        """Let what is paid draw on commitments, and what is paid or committed on pledges.

        A part draws no more on the stages that it is inside of: a payment that is part of a pledge
        has drawn on that, and one that is part of a commitment still draws on the pledges that the
        commitment comes of. Who was announced first draws first, on what was announced first.
        """
        to_draw = dict(self.left)
        for rank in (RANKS[Stage.COMMITMENT], RANKS[Stage.PLEDGE]):
            takers = [member for member in self.members if member.path.first > rank]
            givers = [member for member in self.members if member.path.last == rank]
            for taker, giver in _taken(to_draw, self.left, takers, givers):
                if giver not in self.reasons:
                    self.reasons[giver] = Sentence("drawn by {id}", id=taker)


def _taken(
    wanted: Amounts, left: Amounts, takers: Iterable[Member], givers: Iterable[Member]
) -> Iterator[tuple[str, str]]:
    """Let each taker take what it wants from each giver, in turn; yield who took from whom."""
    giving = (member.pledge.id for member in givers if left[member.pledge.id])
    giver = next(giving, None)
    for member in takers:
        taker = member.pledge.id
        while wanted[taker] and giver is not None:
            amount = min(wanted[taker], left[giver])
            wanted[taker] = _less(wanted[taker], amount)
            left[giver] = _less(left[giver], amount)
            yield taker, giver
            if not left[giver]:
                giver = next(giving, None)


def _less(amount: Decimal, taken: Decimal) -> Decimal:
    """Subtract what is taken; an amount without an end less one without is nothing."""
    return ZERO if taken == amount else amount - taken


def _in_currency(pledge: Pledge, amount: Decimal, currency: str) -> Decimal:
    """Return what an amount of a pledge is in a currency, in the ratio of its own figures."""
    own, equivalent = pledge.amount, pledge.amount_in(currency)
    if equivalent is None or equivalent is own or not amount.is_finite():
        return amount
    if amount == own.amount:
        return equivalent.amount if amount else ZERO
    return scaled(equivalent, amount, own.amount) if own.amount else ZERO


def _grouped(members: Iterable[Member], key: Callable[[Member], Any]) -> dict[Any, list[Member]]:
    groups: dict[Any, list[Member]] = defaultdict(list)
    for member in members:
        groups[key(member)].append(member)
    return groups
