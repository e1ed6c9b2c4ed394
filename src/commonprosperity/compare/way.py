"""The difference of two totals, taken apart by its causes.

Records that only one side has go first and come last: `Cause.REMOVED` and `Cause.ADDED`, and
where they are another version or telling of what stays, `Cause.SUPERSEDED` and `Cause.RESTATED`.
In between, the records that both sides have change, and so do the rates. Where two of these causes
meet, in one record or in records that are tied, each would come to something else if it came first:
so the changes are made in one order and then in the opposite one, and an effect is the mean.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from commonprosperity.compare.effect import Cause, Effect, Effects
from commonprosperity.compare.scope import Scope
from commonprosperity.compare.side import Side
from commonprosperity.compare.state import ImpossibleStateError
from commonprosperity.compare.steps import Causes, Changing, Leaving, Step
from commonprosperity.compare.tally import Tally
from commonprosperity.compare.words import rate_change, what_happened
from commonprosperity.compare.worths import Key, Pricing, Worths
from commonprosperity.errors import FieldError
from commonprosperity.money import summing
from commonprosperity.sentence import Sentence
from commonprosperity.totals import By, Due, Total, Totals, names_and_key

_ONE = Fraction(1)


def difference(old: Side, new: Side, by: By | None, *, other_rates: bool) -> Effects:
    """Take the difference of two totals apart, by groups if they are asked for.

    Raises `FieldError` for a name that is no field.
    """
    groups, key = _grouping(old.total, new.total, by)
    scope = Scope.of(old, new, key)
    old, new = old.within(scope.ids), new.within(scope.ids)
    before = Pricing(old.total, new.total, key)
    after = Pricing(new.total, old.total, key) if other_rates else before
    at_once: set[str] = set()
    while True:
        way = Way(old, new, scope, before, after)
        try:
            way.go({id_ for id_ in scope.ids if scope.tie(id_) not in at_once})
        except ImpossibleStateError as error:
            at_once |= {scope.tie(id_) for id_ in error.ids}
        else:
            way.leap({id_ for id_ in scope.ids if scope.tie(id_) in at_once})
            if other_rates:
                way.reprice()
            return Effects.of(old.total, new.total, groups, [*way.effects()])


def _grouping(old: Total, new: Total, by: By | None) -> tuple[Totals[Total] | None, Key]:
    """Return what names groups, with none of them in it, and the key that groups a pledge."""
    if by is None:
        return None, lambda _: None
    try:
        names, key = names_and_key(by, new.records)
    except FieldError:
        names, key = names_and_key(by, old.records)  # a tag that no record has any more
    several = not (callable(by) or isinstance(by, str))
    return Totals(new, names, {}, {**old.records, **new.records}, several), key


class Way:
    """The way from the old total to the new one, and what its causes come to."""

    def __init__(self, old: Side, new: Side, scope: Scope, before: Pricing, after: Pricing) -> None:
        self.old, self.new, self.scope = old, new, scope
        self.before, self.after = before, after
        self.tally = Tally(scope)
        self.causes: dict[tuple[Cause, Hashable], set[str]] = defaultdict(set)

    def go(self, ids: Collection[str]) -> None:
        """Go the way of some records in steps."""
        going, coming, changing = self._legs(ids)
        self._leave(going, self.before, _ONE)
        self._leave(coming, self.after, -_ONE)
        changes = self._entered(changing.causes())
        forward = [
            *_priced(self.before, changing.steps(changes, [*changes])),
            (Cause.RATE, self.after.worths(changing.new)),
        ]
        backward = [
            (Cause.RATE, self.after.worths(changing.old)),
            *_priced(self.after, changing.steps(changes, [*changes][::-1])),
        ]
        has_one_cause = len(changes) == 1 and self.before is self.after
        ways = [forward] if has_one_cause else [forward, backward]
        for steps in ways:
            self.tally.follow(self.before.worths(changing.old), steps, Fraction(1, len(ways)))

    def _legs(self, ids: Collection[str]) -> tuple[Leaving, Leaving, Changing]:
        going = Leaving.of(self.old, self.new, ids, Cause.REMOVED)
        coming = Leaving.of(self.new, self.old, ids, Cause.ADDED)
        return going, coming, Changing(going.common, coming.common, self.before.key)

    def _leave(self, leaving: Leaving, pricing: Pricing, weight: Fraction) -> None:
        steps = _priced(pricing, leaving.steps(self._entered(leaving.causes())))
        self.tally.follow(pricing.worths(leaving.whole), steps, weight)

    def _entered(self, causes: Causes) -> Causes:
        """Enter which records causes changed, by what ties them."""
        for cause, ids in causes.items():
            for id_ in ids:
                self.causes[cause, self.scope.tie(id_)].add(id_)
        return causes

    def leap(self, ids: Collection[str]) -> None:
        """Go the way of some records at once; what is tied has its first cause alone."""
        legs = self._legs(ids) if ids else ()
        changed = [
            (cause, self.scope.tie(id_), id_)
            for leg in legs
            for cause, ids_of_cause in leg.causes().items()
            for id_ in ids_of_cause
        ]
        order = [*Cause]
        first: dict[str, Cause] = {}
        for cause, tie, _ in sorted(changed, key=lambda change: order.index(change[0])):
            first.setdefault(tie, cause)
        for _, tie, id_ in changed:
            self.causes[first[tie], tie].add(id_)
        for side, pricing, weight in ((self.old, self.before, -1), (self.new, self.after, 1)):
            for id_, worth in pricing.worths(side.state(ids)).items():
                tie = self.scope.tie(id_)
                place = first.get(tie, Cause.OTHER), tie, worth.group
                self.tally.add(place, id_, weight * worth.exact)

    def reprice(self) -> None:
        """Enter the change of rates for all records that do not differ themselves."""
        total = self.new.total
        places: dict[tuple[Due, Any], tuple[list[str], list[Decimal]]]
        places = defaultdict(lambda: ([], []))
        amounts = total.counting.amounts(total.pledges)
        for pledge, due, amount in zip(total.pledges, total.dues, amounts, strict=True):
            if amount and pledge.id not in self.scope.ids:
                ids, alike = places[due, self.after.key(pledge)]
                ids.append(pledge.id)
                alike.append(amount)
        for (due, group), (ids, alike) in places.items():
            with summing():
                amount = sum(alike, Decimal(0))
            change = total.factor(due) - self.old.total.factor(due)
            self.tally.add_together((Cause.RATE, due, group), ids, Fraction(amount) * change)

    def effects(self) -> Iterator[Effect]:
        """Yield the effect of each cause, unless it is nothing."""
        for (cause, tie, group), exact, counting in self.tally.sums():
            if exact:
                causing = self.causes.get((cause, tie), set())
                changed = [*sorted(causing & counting), *sorted(causing - counting)]
                ids = (*changed, *sorted(counting - causing))
                what = partial(self._what, cause, tie, changed)
                yield Effect(cause, ids, exact, group, what=what)

    def _what(self, cause: Cause, tie: Any, changed: Sequence[str]) -> Sentence:
        if cause is Cause.RATE:
            return rate_change(tie, self.old.total, self.new.total)
        return what_happened(cause, changed, self.old, self.new)


def _priced(pricing: Pricing, steps: Iterable[Step]) -> Iterator[tuple[Cause, Worths]]:
    return ((cause, pricing.worths(state)) for cause, state in steps)
