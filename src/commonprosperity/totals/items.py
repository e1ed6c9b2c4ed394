"""``Item`` and ``Items``: what of each pledge of a total counted, why, and at which rate."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple, overload

import attrs

from commonprosperity.counting import Counting, Due
from commonprosperity.money import Money
from commonprosperity.prices import Deflator
from commonprosperity.rates import Rate
from commonprosperity.records import Pledge
from commonprosperity.sentence import Sentence
from commonprosperity.totals.conversion import Conversion
from commonprosperity.totals.valuation import Valuation
from commonprosperity.wording import nearest, nearest_product


class Item(NamedTuple):
    """A pledge in a total: what of it counted, in its own currency, why, and at which rate.

    Its ``deflator`` puts it into the prices of another year, in a total of constant prices.
    """

    pledge: Pledge
    counted: Money
    reason: Sentence
    rate: Rate | None
    deflator: Deflator | None = None

    @property
    def converted(self) -> Fraction:
        """What counted, in the total's currency, exactly; 0 where nothing did."""
        if self.rate is None:
            return Fraction(0)
        return Fraction(self.counted.amount) * Valuation(self.rate, self.deflator).factor

    def rounded(self, digits: int) -> Decimal:
        """Return what counted, in the total's currency, rounded half to even to some decimals."""
        if self.rate is None:
            return nearest(Fraction(0), digits)
        factor = Valuation(self.rate, self.deflator).factor
        return nearest_product(self.counted.amount, factor, digits)


@attrs.frozen(eq=False, repr=False)
class Items(Sequence[Item]):
    """The items of a total, in the order of its pledges; equal to any sequence of the same.

    Each item is made when it is asked for: Python's garbage collector takes three times as long to
    look through a million that are kept as they take to be made.
    """

    _pledges: tuple[Pledge, ...]
    _counting: Counting
    _conversion: Conversion

    def __iter__(self) -> Iterator[Item]:
        return self._items(slice(None))

    def _items(self, places: slice) -> Iterator[Item]:
        return map(Item._make, self._facts(places))  # in four fifths of the time of Item(...)

    def _facts(self, places: slice) -> Iterator[tuple[Any, ...]]:
        """Go through the fields of the items at some places."""
        valuation = self._conversion.valuation
        known: dict[Due, Valuation] = {}  # a call for each item would take a fifth more
        columns = (self._pledges, self._counting.amounts(self._pledges), self._reasons, self._dues)
        for pledge, amount, reason, due in zip(*(each[places] for each in columns), strict=True):
            money = pledge.amount
            counted = money if amount is money.amount else Money(amount, money.currency)
            rate = deflator = None
            if amount:
                rate, deflator = known.get(due) or known.setdefault(due, valuation(due))
            yield pledge, counted, reason, rate, deflator

    @cached_property
    def _reasons(self) -> Sequence[Sentence]:
        return self._counting.reasons(self._pledges)

    @cached_property
    def _dues(self) -> Sequence[Due]:
        return self._conversion.dues(self._counting, self._pledges)

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, index: int | slice) -> Item | tuple[Item, ...]:
        if isinstance(index, slice):
            return tuple(self._items(index))
        place = range(len(self))[index]
        return next(self._items(slice(place, place + 1)))

    def __len__(self) -> int:
        return len(self._pledges)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))
