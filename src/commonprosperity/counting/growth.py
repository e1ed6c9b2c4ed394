"""How far parts may grow at the high: into what their whole leaves over.

The stated amounts come first, even where they exceed the whole. Of what is left over, the part that
was announced first takes all that it can, then the next.
"""

from collections import defaultdict
from decimal import Decimal
from functools import cached_property

import attrs

from commonprosperity.counting.announced import age
from commonprosperity.counting.bounds import (
    ENDLESS,
    ZERO,
    bounds_parts,
    highest,
    scaled,
    stated,
)
from commonprosperity.counting.tree import Own, Tree, Worths, worth
from commonprosperity.money import Money


def highest_within(tree: Tree) -> Own:
    """Return the highest amounts that the wholes of a tree let their parts grow to, by key.

    In a whole of exactly 100, whose parts are 60 and "at least 30", the second may grow to 40.
    """
    limits = _Growth(tree).limits

    def own(key: str, money: Money) -> Decimal:
        limit = limits.get(key)
        most = tree.own(key, money, highest)
        return most if limit is None else min(most, _limited(tree, key, money, limit))

    return own


def _limited(tree: Tree, key: str, money: Money, limit: Decimal) -> Decimal:
    """Return an amount, or an equivalent of it, of a pledge that may grow to a limit only."""
    figure = tree.counting[key].amount
    least, most = tree.own(key, figure, stated), tree.own(key, figure, highest)
    own = min(most, max(least, limit))  # "at least 30" that may grow to 40 is 40, to 20 still 30
    if money.currency == figure.currency:
        return own
    if own == most:
        return ENDLESS
    least_there = tree.own(key, money, stated)
    return scaled(Money(least_there, money.currency), own, least) if least else least_there


@attrs.frozen(eq=False)
class _Growth:
    """The growth of the pledges of a tree, from their stated amounts to their highest."""

    tree: Tree

    @cached_property
    def stated(self) -> Worths:
        """What the parts of each whole are worth as they are stated."""
        return self.tree.sums(self.tree.measured(stated))

    @cached_property
    def highest(self) -> Worths:
        """What the parts of each whole are worth at the most, if nothing bounds that whole."""
        sums: Worths = defaultdict(Decimal)
        for key, whole in self.tree.parts_first():
            for currency, money in self.tree.figures[key].items():
                sums[whole, currency] += self._most(key, money, sums)
        return sums

    def _most(self, key: str, money: Money, sums: Worths) -> Decimal:
        """Return what a pledge is worth at the most: its parts fill it, if it bounds them."""
        of_parts = self.stated if self._bounds_parts(key) else sums
        return worth(self.tree.own(key, money, highest), of_parts[key, money.currency])

    def _bounds_parts(self, key: str) -> bool:
        return key not in self.tree.withdrawals and bounds_parts(self.tree.counting[key])

    @cached_property
    def limits(self) -> dict[str, Decimal]:
        """What each pledge may be worth, in its own currency, where the wholes above bound it."""
        limits: dict[str, Decimal] = {}
        for whole in self.tree.order:  # which has wholes before their parts
            limit = limits.get(whole, ENDLESS)
            if whole in self.tree.parts and self._bounds_parts(whole):
                limit = min(limit, self.tree.own(whole, self.tree.counting[whole].amount, highest))
            if whole in self.tree.parts and limit != ENDLESS:
                limits |= self._limits_of_parts(whole, limit)
        return limits

    def _limits_of_parts(self, whole: str, limit: Decimal) -> dict[str, Decimal]:
        """Give each part what room there is, and a limit to those for which it is too little."""
        limits: dict[str, Decimal] = {}
        currency = self.tree.counting[whole].amount.currency
        room = max(ZERO, limit - self.stated[whole, currency])
        for part in sorted(self.tree.parts[whole], key=lambda key: age(self.tree.counting[key])):
            money = self.tree.figures[part][currency]
            growth = self._most(part, money, self.highest) - self._worth(part, money)
            if growth > room:
                limits[part] = self._own_limit(part, money, room)
            room = max(ZERO, room - growth)
        return limits

    def _worth(self, key: str, money: Money) -> Decimal:
        return worth(self.tree.own(key, money, stated), self.stated[key, money.currency])

    def _own_limit(self, part: str, money: Money, room: Decimal) -> Decimal:
        """Return what a part may be worth in its own currency, with room in its whole's."""
        own = self.tree.counting[part].amount
        if own.currency != money.currency:
            room = scaled(own, room, money.amount) if money.amount else ZERO
        return self._worth(part, own) + room
