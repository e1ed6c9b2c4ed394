"""``Effect`` and ``Effects``: by how much something changed a total, and in which records."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, overload

import attrs

from commonprosperity.money import Money
from commonprosperity.sentence import NO_SENTENCE, Sentence, together
from commonprosperity.table import Column, Names, Table, TableDisplay
from commonprosperity.totals import TIMES, Total, Totals, in_currency, in_order


class Cause(StrEnum):
    """What changed a total, in the order in which effects are shown."""

    REMOVED = Sentence("removed")
    ADDED = Sentence("added")
    SUPERSEDED = Sentence("superseded")
    RESTATED = Sentence("restated")
    AMOUNT = Sentence("amount revised")
    PART = Sentence("part moved")
    STAGE = Sentence("stage changed")
    DATE = Sentence("date changed")
    OTHER = Sentence("other facts changed")
    RATE = Sentence("rate changed")


@attrs.frozen
class Effect:
    """By how much a cause changed a total: ``exact``, in the total's currency, and never 0.

    ``ids`` are the records that changed, and then those that count for more or less because of
    them. ``group`` is the group that changed, where groups are compared.
    """

    kind: Cause
    ids: tuple[str, ...]
    exact: Fraction
    group: Any = None
    _what: Callable[[], Sentence] = attrs.field(kw_only=True, eq=False, repr=False)

    @property
    def what(self) -> Sentence:
        """What happened, in a sentence."""
        return self._what()


@attrs.frozen(eq=False, repr=False)
class Effects(TableDisplay, Sequence[Effect]):
    """Why a total changed: the effects add up to ``new.exact - old.exact``.

    They come by group, then by kind, and the largest of a kind first. ``groups`` names the groups,
    and has none of them where the totals were not taken apart.
    """

    old: Total
    new: Total
    groups: Totals[Total] | None
    _effects: tuple[Effect, ...]

    @classmethod
    def of(
        cls, old: Total, new: Total, groups: Totals[Total] | None, effects: Sequence[Effect]
    ) -> "Effects":
        """Put the effects in order."""
        place = _places(groups, effects)
        order = [*Cause]
        ordered = sorted(
            effects,
            key=lambda one: (place[one.group], order.index(one.kind), -abs(one.exact), one.ids),
        )
        return cls(old, new, groups, tuple(ordered))

    @property
    def exact(self) -> Fraction:
        """The sum of the effects: what the new total is more than the old one."""
        return sum((effect.exact for effect in self), Fraction(0))

    def table(self, *, locale: str = "en") -> Table:
        """Show the effects, the sum of them, and both totals."""
        groups = self.groups
        names = () if groups is None else groups.by
        columns = [
            *map(Column, names), Column("effect"), Column("records"), Column("what"),
            in_currency(self.new.currency),
        ]  # fmt: skip
        rows = [
            [
                *(() if groups is None else groups.bilingual_names_of(effect.group)),
                Sentence(effect.kind.value),
                Names(effect.ids), effect.what, self._rounded(effect.exact),
            ]
            for effect in self
        ]  # fmt: skip
        sums = [
            (Sentence("old"), self.old.exact), (Sentence("change"), self.exact),
            (Sentence("new"), self.new.exact),
        ]  # fmt: skip
        blank = [None] * (len(columns) - 2)
        totals = [[name, *blank, self._rounded(exact)] for name, exact in sums]
        note = NO_SENTENCE if rows else Sentence("nothing that counts has changed")
        if groups is not None:
            note = together([note, *groups.notes_of(effect.group for effect in self)])
        return Table(columns, rows, totals, self.new.in_prices, note).in_locale(locale)

    def _rounded(self, exact: Fraction) -> Decimal:
        return Money.rounded(exact, self.new.currency).amount

    @overload
    def __getitem__(self, index: int) -> Effect: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Effect, ...]: ...
    def __getitem__(self, index: int | slice) -> Effect | tuple[Effect, ...]:
        return self._effects[index]

    def __iter__(self) -> Iterator[Effect]:
        return iter(self._effects)

    def __len__(self) -> int:
        return len(self._effects)

    def __repr__(self) -> str:
        count = f"{len(self)} effects" if len(self) != 1 else "1 effect"
        change = Money.rounded(self.exact, self.new.currency).words()
        return f"Effects: {count}, {change} in all"

    def _notebook_table(self) -> Table:
        return attrs.evolve(self.table(), title=repr(self))


def _places(groups: Totals[Total] | None, effects: Sequence[Effect]) -> dict[Any, int]:
    """Return where each group comes: times in their order, others that changed most first."""
    if groups is None:
        return {None: 0}
    sizes: dict[Any, Fraction] = defaultdict(Fraction)
    for effect in effects:
        sizes[_values(groups, effect.group)] += abs(effect.exact)
    order = in_order(sizes, groups.by, TIMES, several=True)
    place = {values: at for at, values in enumerate(order)}
    return {effect.group: place[_values(groups, effect.group)] for effect in effects}


def _values(groups: Totals[Total], group: Any) -> tuple[Any, ...]:
    return tuple(value for _, value in groups.values_of(group))
