"""Which records two totals differ in, and with which others these are tied."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
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
        ties = united(_ties(old, new)) if differing else {}
        tied: dict[str, list[str]] = defaultdict(list)
        for id_, tie in ties.items():
            tied[tie].append(id_)
        touched = {ties[id_] for id_ in differing if id_ in ties}
        ids = {id_ for tie in touched for id_ in tied[tie]}
        return cls(frozenset(ids | differing), ties)

    def tie(self, id_: str) -> str:
        """Return the key of all that a record is tied to."""
        return self.ties.get(id_, id_)


def _differing(old: Side, new: Side, key: Key) -> Iterator[str]:
    before, after = _apart(old, new)
    yield from before.keys() - after.keys()
    for id_, pledge in after.items():
        other = before.get(id_)
        if other is not pledge and (other is None or _differ(other, pledge, key)):
            yield id_
    compared = before.keys() & after.keys()  # what is selected is known, too
    for id_ in (old.linked.keys() | new.linked.keys()) - compared:
        one, other = old.get(id_), new.get(id_)
        if not (one and other) or old.knows(one) is not new.knows(other):
            yield id_
            continue
        if one is not other and _differ(one, other, key):
            yield id_
    repooled = old.pooled ^ new.pooled
    for pledge in (*old.total.pledges, *new.total.pledges) if repooled else ():
        if pledge.initiative in repooled:
            yield pledge.id


def _apart(old: Side, new: Side) -> tuple[dict[str, Pledge], dict[str, Pledge]]:
    """Return the selected pledges of both by id, without those that both have in one place."""
    pairs = zip_longest(old.total.pledges, new.total.pledges)
    apart = [(one, other) for one, other in pairs if one is not other]
    return {one.id: one for one, _ in apart if one}, {
        other.id: other for _, other in apart if other
    }


def _differ(one: Pledge, other: Pledge, key: Key) -> bool:
    if _counting_facts(one) != _counting_facts(other):
        return True
    return bool(key(one) != key(other))


def _ties(old: Side, new: Side) -> Iterator[tuple[str, str]]:
    """Yield what ties records: links, and the pools that they are in."""
    pooled = old.pooled | new.pooled
    for side in (old, new):
        for pledge in side.linked.values():
            for end in (pledge.part_of, pledge.supersedes, pledge.restates):
                if end:
                    yield pledge.id, end
        for pledge in side.selected.values() if pooled else ():
            if pledge.initiative in pooled:
                yield pledge.id, f"{pledge.company} {pledge.initiative}"  # no id has a space
