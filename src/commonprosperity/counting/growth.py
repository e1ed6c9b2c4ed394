"""How far parts may grow at the high: into what their whole leaves over.

The stated amounts come first, even where they exceed the whole. Of what is left over, the part that
was announced first takes all that it can, then the next.
"""

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

import attrs

from commonprosperity.counting.bounds import (
    ENDLESS,
    NOTHING,
    Measure,
    bounds_parts,
    highest,
    stated,
)
from commonprosperity.counting.links import age
from commonprosperity.counting.tree import Tree, Worths
from commonprosperity.money import Money
from commonprosperity.records import Pledge


def highest_within(tree: Tree) -> Measure:
    """Return the measure of the highest amounts, as far as the wholes above let them grow.

    In a whole of exactly 100, whose parts are 60 and "at least 30", the second may grow to 40.
    """
    limits = {tree.counting[key].id: limit for key, limit in _Growth(tree).limits.items()}

    def measure(pledge: Pledge, money: Money) -> Decimal:
        limit = limits.get(pledge.id)
        return highest(pledge, money) if limit is None else _limited(pledge, money, limit)

    return measure


def _limited(pledge: Pledge, money: Money, limit: Decimal) -> Decimal:
    """Measure an amount, or an equivalent of it, of a pledge that may grow to a limit only."""
    amount, most = pledge.amount.amount, highest(pledge, pledge.amount)
    own = min(most, max(amount, limit))
    if money.currency == pledge.amount.currency:
        return own
    if own == most:
        return highest(pledge, money)
    return min(highest(pledge, money), _scaled(money, own, amount)) if amount else money.amount


def _scaled(money: Money, numerator: Decimal, denominator: Decimal) -> Decimal:
    exact = Fraction(money.amount) * Fraction(numerator) / Fraction(denominator)
    return Money.rounded(exact, money.currency).amount


@attrs.frozen(eq=False)
class _Growth:
    """The growth of the pledges of a tree, from their stated amounts to their highest."""

    tree: Tree

    @cached_property
    def stated(self) -> Worths:
        """What the parts of each whole are worth as they are stated."""
        return self.tree.sums(stated)

    @cached_property
    def highest(self) -> Worths:
        """What the parts of each whole are worth at the most, if nothing bounds that whole."""
        sums: Worths = defaultdict(Decimal)
        for key in reversed(self.tree.order):
            whole = self.tree.above[key]
            if whole is not None:
                for currency, money in self.tree.figures[key].items():
                    sums[whole, currency] += self._most(key, money, sums)
        return sums

    def _most(self, key: str, money: Money, sums: Worths) -> Decimal:
        """Return what a pledge is worth at the most: its parts fill it, if it bounds them."""
        of_parts = self.stated if self._bounds_parts(key) else sums
        return max(self.tree.own(key, money, highest), of_parts[key, money.currency])

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
        room = max(NOTHING, limit - self.stated[whole, currency])
        for part in sorted(self.tree.parts[whole], key=lambda key: age(self.tree.counting[key])):
            money = self.tree.figures[part][currency]
            growth = self._most(part, money, self.highest) - self._worth(part, money)
            if growth > room:
                limits[part] = self._own_limit(part, money, room)
            room = max(NOTHING, room - growth)
        return limits

    def _worth(self, key: str, money: Money) -> Decimal:
        own = self.tree.own(key, money, stated)
        return max(own, self.stated[key, money.currency])

    def _own_limit(self, part: str, money: Money, room: Decimal) -> Decimal:
        """Return what a part may be worth in its own currency, with room in its whole's."""
        own = self.tree.counting[part].amount
        if own.currency != money.currency:
            room = _scaled(own, room, money.amount) if money.amount else NOTHING
        return self._worth(part, own) + room
