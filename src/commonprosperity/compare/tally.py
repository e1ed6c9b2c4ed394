"""``Tally``: what each cause came to, in all that is tied together, by groups."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from commonprosperity.compare.effect import Cause
from commonprosperity.compare.scope import Scope
from commonprosperity.compare.worths import Worth, Worths

Place = tuple[Cause, Hashable, Any]
"""A cause, what ties the records that it changed, and their group.

What ties records whose rate changed is the rate: its currency and date.
"""


class Tally:
    """What causes came to: by place, what each record counts for more or less, by its id."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.changes: dict[Place, dict[str, Fraction]] = defaultdict(dict)
        self.together: dict[Place, tuple[Fraction, Sequence[str]]] = {}

    def follow(
        self, start: Worths, steps: Iterable[tuple[Cause, Worths]], weight: Fraction
    ) -> None:
        """Take the steps from one state to another, and enter what each of them changed."""
        for cause, worths in steps:
            for id_ in {**start, **worths} if start is not worths else ():
                before, after = start.get(id_), worths.get(id_)
                if before != after:
                    self._enter(cause, id_, before, -weight)
                    self._enter(cause, id_, after, weight)
            start = worths

    def _enter(self, cause: Cause, id_: str, worth: Worth | None, weight: Fraction) -> None:
        if worth:
            tie = worth.due if cause is Cause.RATE else self.scope.tie(id_)
            self.add((cause, tie, worth.group), id_, worth.exact * weight)

    def add(self, place: Place, id_: str, exact: Fraction) -> None:
        """Add to what a record counts for more, by a cause."""
        changes = self.changes[place]
        changes[id_] = changes.get(id_, 0) + exact

    def add_together(self, place: Place, ids: Sequence[str], exact: Fraction) -> None:
        """Add what several records count for more together; once for each place."""
        self.together[place] = exact, ids

    def sums(self) -> Iterator[tuple[Place, Fraction, set[str]]]:
        """Yield each place, what it comes to, and the ids of the records that make it so."""
        for place in {**self.changes, **self.together}:
            changes = self.changes.get(place, {})
            exact, ids = self.together.get(place, (Fraction(0), ()))
            yield (
                place,
                sum(changes.values(), exact),
                {*ids, *(id_ for id_, change in changes.items() if change)},
            )
