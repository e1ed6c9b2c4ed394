"""Trees shared out: what of each pledge its parts leave over, and why."""

from decimal import Decimal

from commonprosperity.counting.bounds import ZERO, Measure, highest
from commonprosperity.counting.growth import highest_within
from commonprosperity.counting.line import COUNTED, LESS_CORRECTIONS, Line
from commonprosperity.counting.tree import Tree, left_over
from commonprosperity.sentence import Sentence

_LEFT_OVER, _PARTS_COUNT = Sentence("left over by its parts"), Sentence("its parts count")


def shares(tree: Tree, measure: Measure) -> dict[str, Line]:
    """Share every tree out: each pledge counts for its amount less the worths of its parts.

    In "a" of 100 is "b" of 60, and in "b" is "c" of 70: 70 count of "c", nothing of "b", 30 of "a".
    """
    own = highest_within(tree) if measure is highest else tree.measured(measure)
    sums = tree.sums(own)
    lines: dict[str, Line] = {}
    for key in (*tree.order, *tree.alone):
        pledge = tree.counting[key]
        if key in tree.taken_off:
            whole = tree.counting[str(tree.above[key])]
            lines[pledge.id] = Line(ZERO, Sentence("taken off {id}", id=whole.id))
            continue
        left = own(key, pledge.amount)
        if key in tree.parts:  # "a" of 100 less 70, which is what "b" is worth with "c" in it
            left = left_over(left, sums[key, pledge.amount.currency])
        lines[pledge.id] = Line(left, _reason(tree, key, left), tree.above.get(key) is None)
    return lines


def _reason(tree: Tree, key: str, left: Decimal) -> Sentence:
    withdrawal = tree.withdrawals.taken_along.get(key)
    if withdrawal:
        return Sentence("withdrawn with {id}", id=withdrawal.id)
    if key not in tree.parts:
        return LESS_CORRECTIONS if key in tree.corrections else COUNTED
    return _LEFT_OVER if left else _PARTS_COUNT
