"""What came of promises: what each pledge leaves over, in the currency of its root."""

from decimal import Decimal
from typing import NamedTuple

from commonprosperity.counting.bounds import NOTHING, stated
from commonprosperity.counting.tree import Tree
from commonprosperity.records import Pledge, Stage


class Delivery(NamedTuple):
    """What a pledge leaves over, in the currency of the root of its tree.

    It ``is_begun`` when a disbursement speaks for the pledge.
    """

    amount: Decimal
    root: Pledge
    is_begun: bool = False


def deliveries(tree: Tree) -> dict[str, Delivery]:
    """Return the deliveries of the pledges that have parts or are parts, by id."""
    sums, begun = tree.sums(stated), _begun(tree)
    by_id: dict[str, Delivery] = {}
    for key in tree.order:
        pledge, root = tree.counting[key], tree.counting[tree.roots[key]]
        currency = root.amount.currency
        money = tree.figures[key].get(currency, pledge.amount)
        left = max(NOTHING, tree.own(key, money, stated) - sums[key, currency])
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
