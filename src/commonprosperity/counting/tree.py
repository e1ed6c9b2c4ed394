"""``Tree``: the counting pledges of a selection, each on its nearest counting ancestor."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from commonprosperity.counting.arrows import targets_first
from commonprosperity.counting.bounds import NOTHING, Measure
from commonprosperity.counting.withdrawals import Withdrawals
from commonprosperity.errors import DatasetError, Fault
from commonprosperity.money import Money
from commonprosperity.records import Pledge

Worths = dict[tuple[str, str], Decimal]
"""What the parts of wholes are worth together, by the whole's key and by currency."""


class Tree:
    """The counting pledges, by key; ``above`` names the one that each is inside of.

    ``order`` has those that are inside another or have parts, wholes first; ``alone`` the others.
    """

    def __init__(
        self, counting: Mapping[str, Pledge], wholes: Mapping[str, str], withdrawals: Withdrawals
    ) -> None:
        self.counting, self.withdrawals = counting, withdrawals
        self.above: dict[str, str | None] = {}
        order = targets_first(wholes.items())
        # Where "a" is in "b", which does not count, and "b" is in "c", "a" hangs on "c".
        for key in order:
            whole = wholes.get(key)
            self.above[key] = whole if whole is None or whole in counting else self.above[whole]
        self.order = [key for key in order if key in counting]
        self.alone = [key for key in counting if key not in self.above]

    @cached_property
    def parts(self) -> dict[str, list[str]]:
        """The parts of each whole."""
        parts: dict[str, list[str]] = defaultdict(list)
        for key in self.order:
            whole = self.above[key]
            if whole is not None:
                parts[whole].append(key)
        return dict(parts)

    @cached_property
    def figures(self) -> dict[str, dict[str, Money]]:
        """What each pledge is in the currency of everything that it is inside of, by currency.

        Raises `DatasetError` when one does not say what it is in such a currency.
        """
        figures: dict[str, dict[str, Money]] = {}
        faults: list[Fault] = []
        for key in self.order:
            pledge, whole = self.counting[key], self.above[key]
            figures[key] = {}
            above = {*figures[whole], self.counting[whole].amount.currency} if whole else set()
            for currency in sorted(above):
                money = pledge.amount_in(currency)
                if money:
                    figures[key][currency] = money
                else:
                    problem = f"it is inside money in {currency}; give an equivalent in {currency}"
                    faults.append(Fault(pledge.id, "equivalents", problem))
        if faults:
            raise DatasetError(tuple(faults))
        return figures

    @cached_property
    def roots(self) -> dict[str, str]:
        """The key of the root of each tree, for each pledge in ``order``."""
        roots: dict[str, str] = {}
        for key in self.order:
            whole = self.above[key]
            roots[key] = key if whole is None else roots[whole]
        return roots

    def own(self, key: str, money: Money, measure: Measure) -> Decimal:
        """Measure a pledge's own amount, or an equivalent of it; what was withdrawn is nothing."""
        is_withdrawn = key in self.withdrawals.taken_along
        return NOTHING if is_withdrawn else measure(self.counting[key], money)

    def sums(self, measure: Measure) -> Worths:
        """Add up what the parts of each whole are worth, from the leaves to the roots.

        A part is worth the larger of its own amount and the sum of its parts' worths. Where "b" of
        60 is in "a" of 100, and "c" of 70 is in "b", the parts of "a" are worth 70.
        """
        sums: Worths = defaultdict(Decimal)
        figures = self.figures
        for key in reversed(self.order):
            whole = self.above[key]
            if whole is not None:
                for currency, money in figures[key].items():
                    own = self.own(key, money, measure)
                    sums[whole, currency] += max(own, sums[key, currency])
        return sums
