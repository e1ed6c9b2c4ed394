"""``State``: records on the way from one dataset to another, and what counts of them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

import attrs

from commonprosperity.counting import Counting, Links, is_known
from commonprosperity.errors import DatasetError
from commonprosperity.records import Pledge


class ImpossibleStateError(Exception):
    """Some records, by their ids, cannot be as a state on the way has them."""

    def __init__(self, ids: Iterable[str]) -> None:
        super().__init__()
        self.ids = frozenset(ids)


@attrs.frozen(eq=False)
class State:
    """Records as they are known on a day; some of them are selected."""

    pledges: Mapping[str, Pledge]
    selected: frozenset[str]
    day: date | None
    pooled: frozenset[str]

    def counted(self) -> Iterable[tuple[Pledge, Decimal]]:
        """Return each selected pledge with what counts of it.

        Raises `ImpossibleStateError` where a part does not say what it is in its whole's currency.
        """
        selected = tuple(each for each in self.pledges.values() if each.id in self.selected)
        counting = Counting(selected, Links(self.pledges.values(), self.day), self.pooled)
        try:
            return zip(selected, counting.amounts(selected), strict=True)
        except DatasetError as error:
            raise ImpossibleStateError(fault.record for fault in error.faults) from None

    def without(self, ids: Collection[str], kept: Collection[str]) -> "State":
        """Return the state with some records unselected; those that are not kept are gone."""
        pledges = {
            id_: pledge for id_, pledge in self.pledges.items() if id_ not in ids or id_ in kept
        }
        return attrs.evolve(self, pledges=pledges, selected=self.selected - {*ids})

    def is_like(self, other: "State") -> bool:
        """Whether another state of one side has the same records, as known on the same day."""
        return (
            self.day == other.day
            and self.selected == other.selected
            and self.pledges.keys() == other.pledges.keys()
        )

    @property
    def known(self) -> set[str]:
        """The ids of the records that are known: they count, or their links hold."""
        return {id_ for id_, pledge in self.pledges.items() if is_known(pledge, self.day)}
