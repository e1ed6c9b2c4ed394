"""Which records two totals differ in, and with which others these are tied."""

from collections.abc import Collection, Iterator, Mapping
from itertools import zip_longest
from operator import attrgetter

import attrs

from commonprosperity.compare.side import Side
from commonprosperity.compare.worths import Key
from commonprosperity.counting import united
from commonprosperity.records import Pledge

# The numbers and days inside the fields compare several times as fast as the fields do.
_counting_facts = attrgetter(
    "amount.amount", "amount.currency", "announced.start", "announced.end", "value_date.start",
    "value_date.end", "company", "initiative", "stage", "part_of", "supersedes", "restates",
    "equivalents", "high", "qualifier",
)  # fmt: skip


@attrs.frozen(eq=False)
class Scope:
    """The records that differ, and all that are tied to them; ``ties`` gives those one key."""

    ids: frozenset[str]
    ties: Mapping[str, str]

    @classmethod
    def of(cls, old: Side, new: Side, key: Key) -> "Scope":
        """Compare the records of two sides, by what counts of them and by their groups."""
        differing = {*_differing(old, new, key)}
        ties = united(_ties(old, new, differing)) if differing else {}
        touched = {ties[id_] for id_ in differing if id_ in ties}
        tied = {id_ for id_, tie in ties.items() if tie in touched}
        return cls(frozenset(tied | differing), ties)

    def tie(self, id_: str) -> str:
        """Return the key of all that a record is tied to."""
        return self.ties.get(id_, id_)


def _differing(old: Side, new: Side, key: Key) -> Iterator[str]:
    before, after = _apart(old, new)
    yield from before.keys() ^ after.keys()
    yield from (id_ for id_, one in before.items() if _differ(one, after.get(id_, one), key))
    yield from old.linked.keys() ^ new.linked.keys()
    same_day = old.day == new.day
    for id_, one in old.linked.items():
        other = new.linked.get(id_, one)
        if one is other and same_day:
            continue
        if old.knows(one) is not new.knows(other) or _differ(one, other, key):
            yield id_
    # What only the old side has selected differs already.
    yield from (pledge.id for pledge in _owned(new, old.pooled ^ new.pooled))


def _apart(old: Side, new: Side) -> tuple[dict[str, Pledge], dict[str, Pledge]]:
    """Return the selected pledges of both by id, without those that both have in one place."""
    pairs = zip_longest(old.total.pledges, new.total.pledges)
    apart = [(one, other) for one, other in pairs if one is not other]
    return {one.id: one for one, _ in apart if one}, {
        other.id: other for _, other in apart if other
    }


def _differ(one: Pledge, other: Pledge, key: Key) -> bool:
    if one is other:
        return False
    return _counting_facts(one) != _counting_facts(other) or bool(key(one) != key(other))


def _ties(old: Side, new: Side, differing: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield what ties records that differ, or are in pools: trees of links, and the pools.

    Trees without such a record are left out. A tree that only one side has has a link that only one
    side has, and the record that states it differs. So nothing is tied that another tree hides.
    """
    pooled = old.pooled | new.pooled
    for side in (old, new):
        owned = [*_owned(side, pooled)]
        for pledge in owned:
            yield pledge.id, f"{pledge.company} {pledge.initiative}"  # no id has a space
        tree = side.links.tree
        trees = {*map(tree, differing), *(tree(pledge.id) for pledge in owned)}
        yield from ((id_, tree(id_)) for id_ in side.linked if tree(id_) in trees)


def _owned(side: Side, initiatives: Collection[str]) -> Iterator[Pledge]:
    """Yield the selected pledges of some initiatives."""
    for pledge in side.total.pledges if initiatives else ():
        if pledge.initiative in initiatives:
            yield pledge
