"""What counts of each selected pledge, and why.

A version never counts once a later one is known; of the newest version's tellings that are
selected, one counts. Pledges inside one another are a tree, in which a whole counts for what its
parts leave over: what counts of a tree is the worth of its root, told apart.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

import attrs

from commonprosperity.counting.bounds import ENDLESS, NOTHING, Measure, highest, lowest, stated
from commonprosperity.counting.links import Links, precedence, targets_first
from commonprosperity.errors import DatasetError, Fault
from commonprosperity.money import Money, summing
from commonprosperity.records import Pledge, Stage


class Line(NamedTuple):
    """What counts of a pledge, in its own currency, and why; a root is inside no other."""

    amount: Decimal
    reason: str
    is_root: bool = False


@attrs.frozen(eq=False)
class Counting:
    """What counts of each selected pledge, as known on a day.

    ``measure`` is what an amount is taken to be: as stated, at its low, or at its high.
    """

    selected: tuple[Pledge, ...]
    links: Links
    day: date | None = None
    measure: Measure = stated

    @cached_property
    def at_low(self) -> "Counting":
        """The same selection, counted again with every amount at its low."""
        return attrs.evolve(self, measure=lowest)

    @cached_property
    def at_high(self) -> "Counting":
        """The same selection, counted again with every amount at its high."""
        return attrs.evolve(self, measure=highest)

    @cached_property
    def lines(self) -> dict[str, Line]:
        """The lines of the linked pledges, by id; any other counts for all of its amount."""
        lines, tree = self._settled
        with summing():
            shares = tree.shares(self.measure)
        return lines | {tree.counting[key].id: line for key, line in shares.items()}

    def wholes(self) -> Iterator[tuple[Pledge, list[Pledge]]]:
        """Go through the counting pledges that have parts, with these."""
        tree = self._settled[1]
        parts: dict[str, list[Pledge]] = defaultdict(list)
        for key, whole in tree.above.items():
            if whole is not None and key in tree.counting:
                parts[whole].append(tree.counting[key])
        yield from ((tree.counting[key], some) for key, some in parts.items())

    def counts(self, pledge: Pledge) -> bool:
        """Whether a selected pledge is neither superseded nor another one's telling."""
        return pledge.id not in self._settled[0]

    def is_disbursed_in_part(self, pledge: Pledge) -> bool:
        """Whether a disbursement is known of the tree that a counting pledge is in."""
        return self._roots.get(pledge.id, pledge.id) in self._disbursed

    @cached_property
    def _settled(self) -> "tuple[dict[str, Line], _Tree]":
        """The lines of what does not count, and the tree of what does."""
        later, wholes = self.links.as_of(self.day)
        lines, counting = self._tellings(later)
        return lines, _Tree(counting, wholes)

    @cached_property
    def _roots(self) -> dict[str, str]:
        """The root of each linked counting pledge, by ids."""
        tree = self._settled[1]
        root: dict[str, str] = {}
        for key in tree.order:
            whole = tree.above[key]
            root[key] = key if whole is None else root[whole]
        return {tree.counting[key].id: tree.counting[top].id for key, top in root.items()}

    @cached_property
    def _disbursed(self) -> set[str]:
        given = [p for p in self.selected if p.stage is Stage.DISBURSEMENT and self.counts(p)]
        return {self._roots.get(pledge.id, pledge.id) for pledge in given}

    def mixed_stages(self) -> dict[str, tuple[Pledge, Pledge]]:
        """Return, by initiative, two roots of its trees that differ in stage, where some do."""
        lines = self.lines
        first: dict[str, Pledge] = {}
        mixed: dict[str, tuple[Pledge, Pledge]] = {}
        for pledge in self.selected:
            if pledge.initiative is None or (pledge.id in lines and not lines[pledge.id].is_root):
                continue
            other = first.setdefault(pledge.initiative, pledge)
            if other.stage is not pledge.stage:
                mixed.setdefault(pledge.initiative, (other, pledge))
        return mixed

    def _tellings(self, later: Mapping[str, Pledge]) -> tuple[dict[str, Line], dict[str, Pledge]]:
        """Let one telling of each pledge's newest version count; say why the others do not."""
        lines: dict[str, Line] = {}
        tellings: dict[str, list[Pledge]] = defaultdict(list)
        records, version, pledge_of = self.links.records, self.links.version, self.links.pledge
        for pledge in self.selected:
            if pledge.id not in records:
                continue
            newer = later.get(version(pledge.id))
            if newer:
                lines[pledge.id] = Line(NOTHING, f"superseded by {newer.id}")
            else:
                tellings[pledge_of(pledge.id)].append(pledge)
        counting: dict[str, Pledge] = {}
        for key, some in tellings.items():
            first, *others = sorted(some, key=precedence) if len(some) > 1 else some
            counting[key] = first
            for other in others:
                lines[other.id] = Line(NOTHING, f"restates {first.id}")
        return lines, counting


class _Tree:
    """The counting pledges, each on its nearest counting ancestor; ``above`` names it by key."""

    def __init__(self, counting: Mapping[str, Pledge], wholes: Mapping[str, str]) -> None:
        self.counting = counting
        self.above: dict[str, str | None] = {}
        order = targets_first(wholes.items())
        for key in order:
            whole = wholes.get(key)
            self.above[key] = whole if whole is None or whole in counting else self.above[whole]
        self.order = [key for key in order if key in counting]
        self.alone = [key for key in counting if key not in self.above]

    def shares(self, measure: Measure) -> dict[str, Line]:
        """Share every tree out among its pledges, from the leaves to the roots."""
        told = self._told_in_currencies_above()
        has_parts = {self.above[key] for key in self.order}
        parts: dict[tuple[str, str], Decimal] = defaultdict(Decimal)  # their worth, by currency
        lines: dict[str, Line] = {}
        for key in [*reversed(self.order), *self.alone]:
            pledge, whole = self.counting[key], self.above.get(key)
            own = measure(pledge, pledge.amount)
            inside = parts[key, pledge.amount.currency]
            left = own if own == ENDLESS else max(NOTHING, own - inside)
            reason = "counted"
            if key in has_parts:
                reason = "left over by its parts" if left else "its parts count"
            lines[key] = Line(left, reason, whole is None)
            if whole is not None:
                for currency, money in told[key].items():
                    parts[whole, currency] += max(measure(pledge, money), parts[key, currency])
        return lines

    def _told_in_currencies_above(self) -> dict[str, dict[str, Money]]:
        """Return, by key, what a pledge is in the currency of everything that it is inside of.

        Raises `DatasetError` when one does not say what it is in such a currency.
        """
        told: dict[str, dict[str, Money]] = {}
        faults: list[Fault] = []
        for key in self.order:
            pledge, whole = self.counting[key], self.above[key]
            told[key] = {}
            above = {*told[whole], self.counting[whole].amount.currency} if whole else set()
            for currency in sorted(above):
                money = pledge.amount_in(currency)
                if money:
                    told[key][currency] = money
                else:
                    problem = f"it is inside money in {currency}; give an equivalent in {currency}"
                    faults.append(Fault(pledge.id, "equivalents", problem))
        if faults:
            raise DatasetError(tuple(faults))
        return told
