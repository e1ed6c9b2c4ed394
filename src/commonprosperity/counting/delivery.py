"""What came of promises: what each pledge leaves over, in the currency of its root."""

from decimal import Decimal
from typing import NamedTuple

from commonprosperity.counting.bounds import ZERO, scaled, stated
from commonprosperity.counting.tree import Tree, left_over
from commonprosperity.money import Money
from commonprosperity.records import Pledge, Stage


class Delivery(NamedTuple):
    """What a pledge leaves over, in the currency of the root of its tree.

    It ``is_begun`` when a disbursement speaks for the pledge.
    """

    amount: Decimal
    root: Pledge
    is_begun: bool = False

    def in_pool(
        self, pledge: Pledge, before: Decimal, left: Decimal, *, is_begun: bool
    ) -> "Delivery":
        """Return the delivery of a pledge after a pool has left only a part of its amount."""
        currency = self.root.amount.currency
        amount = self.amount
        if left != before:
            is_own = currency == pledge.amount.currency
            amount = left if is_own else scaled(Money(amount, currency), left, before)
        return self._replace(amount=amount, is_begun=self.is_begun or is_begun)


def deliveries(tree: Tree) -> dict[str, Delivery]:
    """Return the deliveries of the pledges that have parts or are parts, by id."""
    own, begun = tree.measured(stated), _begun(tree)
    sums = tree.sums(own)
    by_id: dict[str, Delivery] = {}
    for key in tree.order:
        pledge, root = tree.counting[key], tree.counting[tree.roots[key]]
        currency = root.amount.currency
        money = tree.figures[key].get(currency, pledge.amount)
        is_off = key in tree.taken_off
        left = ZERO if is_off else left_over(own(key, money), sums[key, currency])
        by_id[pledge.id] = Delivery(left, root, key in begun)
    return by_id


def _begun(tree: Tree) -> set[str]:
    """Find what disbursements speak for: all above them, up to and including the nearest pledge.

    Where a payment is inside a contract, this inside a promise, and this inside a programme, it
    speaks for the contract and the promise; of the rest of the programme nothing is known.
    """
    begun: set[str] = set()
    for key in reversed(tree.order):
        whole, stage = tree.above[key], tree.counting[key].stage
        speaks = stage is Stage.DISBURSEMENT or (key in begun and stage is not Stage.PLEDGE)
        if whole is not None and speaks:
            begun.add(whole)
    return begun
