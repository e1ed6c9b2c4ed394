"""``Tree``: the counting pledges of a selection, each on its nearest counting ancestor."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from commonprosperity.counting.bounds import ZERO, Measure
from commonprosperity.counting.links import Links
from commonprosperity.errors import DatasetError, Fault
from commonprosperity.money import Money
from commonprosperity.records import Pledge, Stage
from commonprosperity.sentence import Sentence

Worths = dict[tuple[str, str], Decimal]
"""What the parts of wholes are worth together, by the whole's key and by currency."""

Own = Callable[[str, Money], Decimal]
"""What a pledge's own amount, or an equivalent of it, is taken to be, by the pledge's key."""

RANKS = {stage: rank for rank, stage in enumerate(Stage)}
"""The stages in their order, as numbers."""


class Path(NamedTuple):
    """From which stage on, and up to which, links tell of money, as numbers.

    A payment inside a contract goes from commitment to disbursement.
    """

    first: int
    last: int

    @classmethod
    def of(cls, pledge: Pledge, above: "Path | None" = None) -> "Path":
        """Return the path of a record, given that of the one that it is inside of."""
        rank = RANKS[pledge.stage]
        return cls(min(rank, above.first), max(rank, above.last)) if above else cls(rank, rank)


class Tree:
    """The counting pledges, by the keys of their links; ``above`` names what each is inside of.

    ``order`` has those that are inside another or have parts, wholes first; ``alone`` the others.
    """

    def __init__(self, counting: Mapping[str, Pledge], links: Links) -> None:
        self.counting, self.withdrawals = counting, links.withdrawals
        self.above: dict[str, str | None] = {}
        # Where "a" is in "b", which does not count, and "b" is in "c", "a" hangs on "c".
        for key in links.order:
            whole = links.wholes.get(key)
            self.above[key] = whole if whole is None or whole in counting else self.above[whole]
        self.order = [key for key in links.order if key in counting]
        self.alone = [key for key in counting if key not in self.above]

    @cached_property
    def corrections(self) -> dict[str, list[str]]:
        """The corrections inside a record of their own stage, whose amount they lower."""
        corrections: dict[str, list[str]] = defaultdict(list)
        for key in self.order:
            pledge = self.counting[key]
            if pledge.amount.amount < 0:
                whole = self.above[key]
                if whole and pledge.stage is self.counting[whole].stage:
                    corrections[whole].append(key)
        return dict(corrections)

    @cached_property
    def taken_off(self) -> set[str]:
        """What lowers the record that it is inside of, and counts for nothing itself."""
        return {key for keys in self.corrections.values() for key in keys}

    @cached_property
    def parts(self) -> dict[str, list[str]]:
        """The parts of each whole; not the corrections that lower its own amount."""
        parts: dict[str, list[str]] = defaultdict(list)
        for key in self.order:
            whole = self.above[key]
            if whole is not None and key not in self.taken_off:
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
            # What is inside 6 CNY inside 1 USD says what it is in CNY and in USD.
            above = {*figures[whole], self.counting[whole].amount.currency} if whole else set()
            for currency in sorted(above):
                money = pledge.amount_in(currency)
                if money:
                    figures[key][currency] = money
                else:
                    problem = Sentence(
                        "it is inside money in {code:currency}; give an equivalent in "
                        "{code:currency}",
                        code=currency,
                    )
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

    @cached_property
    def paths(self) -> dict[str, Path]:
        """The path of each pledge in ``order``."""
        paths: dict[str, Path] = {}
        for key in self.order:
            paths[key] = Path.of(self.counting[key], paths.get(self.above[key] or ""))
        return paths

    def own(self, key: str, money: Money, measure: Measure) -> Decimal:
        """Measure a pledge's own amount, or an equivalent of it, less its corrections.

        What was withdrawn is nothing, and no amount is lowered below nothing.
        """
        if key in self.withdrawals.taken_along:
            return ZERO
        own = measure(self.counting[key], money)
        # A payment of 100 with a refund of -30 is 70, and one of 20 with that refund is 0.
        for correction in self.corrections.get(key, ()):
            figure = self.figures[correction][money.currency]
            own = max(ZERO, own + measure(self.counting[correction], figure))
        return own

    def measured(self, measure: Measure) -> Own:
        """Return what the amounts of pledges are, by their keys, as a measure takes them."""
        if self.corrections or self.withdrawals.taken_along:
            return lambda key, money: self.own(key, money, measure)
        counting = self.counting
        return lambda key, money: measure(counting[key], money)

    def parts_first(self) -> Iterator[tuple[str, str]]:
        """Yield the parts from the leaves to the roots, each with its whole."""
        for key in reversed(self.order):
            whole = self.above[key]
            if whole is not None and key not in self.taken_off:
                yield key, whole

    def sums(self, own: Own) -> Worths:
        """Add up what the parts of each whole are worth, from the leaves to the roots.

        Where "b" of 60 is in "a" of 100, and "c" of 70 is in "b", the parts of "a" are worth 70.
        """
        sums: Worths = defaultdict(Decimal)
        figures = self.figures
        for key, whole in self.parts_first():
            for currency, money in figures[key].items():
                inside = sums.get((key, currency))
                mine = own(key, money)
                sums[whole, currency] += worth(mine, inside) if inside else mine
        return sums


def left_over(own: Decimal, inside: Decimal) -> Decimal:
    """Return what a pledge leaves over, given what its parts are worth together.

    It is never below nothing nor above the pledge's own amount, which corrections among its parts
    may make it: a whole of 100, with a payment of 10 and a refund of 20, leaves over 100.
    """
    if inside <= 0 or not own.is_finite():
        return own
    return max(ZERO, own - inside)


def worth(own: Decimal, inside: Decimal) -> Decimal:
    """Return what a pledge is worth: what it leaves over, and the sum of its parts' worths.

    Without corrections it is the larger of the two: 70 where 60 have parts of 70.
    """
    return left_over(own, inside) + inside
