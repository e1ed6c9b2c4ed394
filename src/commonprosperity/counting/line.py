"""``Line``: what counts of a pledge, and why."""

from decimal import Decimal
from typing import NamedTuple

from commonprosperity.sentence import Sentence

COUNTED = Sentence("counted")
"""Why a pledge without links counts."""

LESS_CORRECTIONS = Sentence("counted, less its corrections")
"""Why a pledge counts for less than its amount, and is neither a whole nor drawn on."""


class Line(NamedTuple):
    """What counts of a pledge, in its own currency, and why; a root is inside no other."""

    amount: Decimal
    reason: Sentence
    is_root: bool = False
