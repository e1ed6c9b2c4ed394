"""What counts of records is worth in the currency of a total, exactly."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

import attrs

from commonprosperity.compare.state import ImpossibleStateError, State
from commonprosperity.errors import ConstantPriceError, RateNotFoundError
from commonprosperity.records import Pledge
from commonprosperity.totals import Due, Total


class Worth(NamedTuple):
    """What counts of a record: in which group, by which rate, and what it is worth."""

    group: Any
    due: Due
    exact: Fraction


Worths = Mapping[str, Worth]
"""The worths of records by id; what counts for nothing is not there."""

Key = Callable[[Pledge], Any]
"""The group of a pledge."""


@attrs.frozen(eq=False)
class Pricing:
    """The rates of a total. Where it has not needed one and has none, another total's holds."""

    total: Total
    other: Total
    key: Key
    _factors: dict[Due, Fraction | None] = attrs.field(factory=dict, init=False)
    _known: dict[State, Worths] = attrs.field(factory=dict, init=False)

    def worths(self, state: State) -> Worths:
        """Return what counts of each selected record of a state.

        Raises `ImpossibleStateError` where a rate or an equivalent is lacking, which only a state
        between two datasets needs.
        """
        if state not in self._known:
            self._known[state] = self._worths(state)
        return self._known[state]

    def _worths(self, state: State) -> Worths:
        worths: dict[str, Worth] = {}
        lacking: set[str] = set()
        for pledge, amount in state.counted():
            if not amount:
                continue
            due = self.total.due(pledge)
            factor = self._factor(due)
            if factor is None:
                lacking.add(pledge.id)
            else:
                worths[pledge.id] = Worth(self.key(pledge), due, Fraction(amount) * factor)
        if lacking:
            raise ImpossibleStateError(lacking)
        return worths

    def _factor(self, due: Due) -> Fraction | None:
        if due not in self._factors:
            self._factors[due] = self._looked_up(due)
        return self._factors[due]

    def _looked_up(self, due: Due) -> Fraction | None:
        for total in (self.total, self.other):
            try:
                return total.factor(due)
            except (RateNotFoundError, ConstantPriceError):
                continue
        return None
