"""The steps of the way from one dataset to another; each has one cause."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import attrs

from commonprosperity.compare.effect import Cause
from commonprosperity.compare.side import Side
from commonprosperity.compare.state import ImpossibleStateError, State
from commonprosperity.counting import Links
from commonprosperity.errors import RecordError
from commonprosperity.records import PLEDGE_FIELDS, Pledge

_FACTS: Mapping[Cause, tuple[str, ...]] = {
    Cause.AMOUNT: ("amount", "high", "qualifier", "equivalents"),
    Cause.SUPERSEDED: ("supersedes",),
    Cause.RESTATED: ("restates",),
    Cause.PART: ("part_of",),
    Cause.STAGE: ("stage",),
    Cause.DATE: ("announced", "value_date"),
}

FACTS: Mapping[Cause, tuple[str, ...]] = {
    **_FACTS,
    Cause.OTHER: tuple(f for f in PLEDGE_FIELDS if f not in {"id", *sum(_FACTS.values(), ())}),
}
"""The facts of a record that each cause changes."""

_OWNERS = ("company", "initiative")

Causes = Mapping[Cause, set[str]]
"""The ids of the records that changed, by what happened to them."""

Step = tuple[Cause, State]
"""A cause, and the state that it leads to."""


@attrs.frozen(eq=False)
class Leaving:
    """The way from all records of one side to those that both sides have.

    What stood alone goes first, then versions and tellings of what stays.
    """

    whole: State
    common: State
    alone: Cause

    @classmethod
    def of(cls, side: Side, other: Side, ids: Collection[str], alone: Cause) -> "Leaving":
        """Return the way of some records of one side to those that the other has, too."""
        whole, beyond = side.state(ids), other.state(ids)
        days = [day for day in (side.day, other.day) if day]
        common = State(
            {id_: pledge for id_, pledge in whole.pledges.items() if id_ in beyond.pledges},
            whole.selected & beyond.selected,
            min(days, default=None),
            whole.pooled,
        )
        return cls(whole, whole if whole.is_like(common) else common, alone)

    def causes(self) -> Causes:
        """Return the records that go, by what each is to those that stay."""
        whole, common = self.whole, self.common
        going = (whole.selected - common.selected) | (whole.known - common.known)
        links = Links(whole.pledges.values(), whole.day)
        versions = {links.version(id_) for id_ in common.selected}
        pledges = {links.pledge(id_) for id_ in common.selected}
        causes: dict[Cause, set[str]] = defaultdict(set)
        for id_ in going:
            if links.version(id_) in versions:
                causes[Cause.RESTATED].add(id_)
            elif links.pledge(id_) in pledges:
                causes[Cause.SUPERSEDED].add(id_)
            else:
                causes[self.alone].add(id_)
        return causes

    def steps(self, causes: Causes) -> Iterator[Step]:
        """Yield the steps; the last one leads to what both have."""
        state = self.whole
        for cause in (self.alone, Cause.SUPERSEDED, Cause.RESTATED):
            if causes.get(cause):
                state = state.without(causes[cause], self.common.known)
                yield cause, state
        if not state.is_like(self.common):
            yield self.alone, self.common  # unknown records lend their links


@attrs.frozen(eq=False)
class Changing:
    """The way from the records that both sides have, as the old one has them, to the new one's."""

    old: State
    new: State
    key: Callable[[Pledge], Any]

    def causes(self) -> Causes:
        """Return the records that changed, by the kind of fact; in the order of `FACTS`.

        What a cause comes to depends on which others go before it, and not on which record has it.
        """
        causes: dict[Cause, set[str]] = defaultdict(set)
        repooled = self.old.pooled ^ self.new.pooled
        for id_, one in self.old.pledges.items():
            other = self.new.pledges[id_]
            for cause in FACTS if one is not other else ():
                if self._is_due_to(cause, one, other):
                    causes[cause].add(id_)
            if {one.initiative, other.initiative} & repooled:
                causes[Cause.OTHER].add(id_)
        return {cause: causes[cause] for cause in FACTS if cause in causes}

    def _is_due_to(self, cause: Cause, old: Pledge, new: Pledge) -> bool:
        """Whether a cause changed a record; of other facts only those that count or group."""
        differing = {fact for fact in FACTS[cause] if getattr(old, fact) != getattr(new, fact)}
        if cause is not Cause.OTHER or differing & {*_OWNERS}:
            return bool(differing)
        return bool(differing) and self.key(_mixed(old, new, [cause])) != self.key(old)

    def steps(self, causes: Causes, order: Sequence[Cause]) -> Iterator[Step]:
        """Yield the steps, in an order of the causes; the last leads to the new records.

        Raises `ImpossibleStateError` where a record cannot have facts of both sides.
        """
        for at, cause in enumerate(order, 1):
            yield cause, self._state(causes, order[:at]) if order[at:] else self.new

    def _state(self, causes: Causes, done: Collection[Cause]) -> State:
        """Return the state when some of the causes have had their effect, and the others not."""
        done_to = {
            id_: [cause for cause in done if id_ in causes[cause]] for id_ in self.old.pledges
        }
        pledges: dict[str, Pledge] = {}
        impossible: set[str] = set()
        for id_, old in self.old.pledges.items():
            try:
                pledges[id_] = _mixed(old, self.new.pledges[id_], done_to[id_])
            except RecordError:  # such as a pledge of -5, where the new one is a payment
                impossible.add(id_)
        if impossible:
            raise ImpossibleStateError(impossible)
        pooled = self.new.pooled if Cause.OTHER in done else self.old.pooled
        return attrs.evolve(self.old, pledges=pledges, pooled=pooled)


def _mixed(old: Pledge, new: Pledge, causes: Collection[Cause]) -> Pledge:
    """Return a record with those facts of the new one that some causes change."""
    facts = {fact: getattr(new, fact) for cause in causes for fact in FACTS[cause]}
    return attrs.evolve(old, **facts) if facts else old
