"""``Side``: one of the two totals that are compared, with all that ties its records."""

from collections.abc import Collection, Mapping
from datetime import date

import attrs

from commonprosperity.compare.state import State
from commonprosperity.counting import Links, is_known
from commonprosperity.records import Pledge
from commonprosperity.totals import Total


@attrs.frozen(eq=False)
class Side:
    """A total, and the links of its whole dataset, whatever day it is of.

    ``selected`` are those of the selected pledges that are looked at, by id.
    """

    total: Total
    links: Links
    selected: Mapping[str, Pledge] = attrs.field(factory=dict)

    def within(self, ids: Collection[str]) -> "Side":
        """Return the side with the selected pledges of some ids to look at."""
        pledges = self.total.pledges
        return attrs.evolve(self, selected={one.id: one for one in pledges if one.id in ids})

    @property
    def linked(self) -> Mapping[str, Pledge]:
        """The records that links tie to others, selected or not, by id."""
        return self.links.records

    @property
    def day(self) -> date | None:
        """The day that the total is of."""
        return self.total.counting.links.day

    @property
    def pooled(self) -> frozenset[str]:
        """The initiatives that are pools."""
        return self.total.counting.pooled

    def get(self, id_: str) -> Pledge | None:
        """Return the pledge with an id, where it is looked at or linked."""
        return self.linked.get(id_) or self.selected.get(id_)

    def knows(self, pledge: Pledge) -> bool:
        """Whether a pledge is known on the day of the total."""
        return is_known(pledge, self.day)

    def state(self, ids: Collection[str]) -> State:
        """Return the state of some records, with everything that they are tied to."""
        pledges = {id_: pledge for id_ in ids if (pledge := self.get(id_))}
        selected = frozenset(self.selected.keys() & ids if ids else ())
        return State(pledges, selected, self.day, self.pooled)
