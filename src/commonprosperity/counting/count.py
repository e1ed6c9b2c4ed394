"""What counts of each selected pledge, and why.

A version never counts once a later one is known; of the newest version's tellings that are
selected, one counts. Pledges inside one another are a tree, in which a whole counts for what its
parts leave over: what counts of a tree adds up to the worth of its root.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property

import attrs

from commonprosperity.counting.bounds import Measure, highest, lowest, stated
from commonprosperity.counting.delivery import Delivery, deliveries
from commonprosperity.counting.due import Due, due_of
from commonprosperity.counting.forest import Forest
from commonprosperity.counting.line import COUNTED, Line
from commonprosperity.counting.links import Links
from commonprosperity.counting.mixed_stages import Pair, SeveralStages
from commonprosperity.counting.pools import Member, Pool, apart, pools_of
from commonprosperity.counting.shares import shares
from commonprosperity.counting.tree import Path, Tree
from commonprosperity.money import Money, summing
from commonprosperity.records import Pledge
from commonprosperity.sentence import Sentence


@attrs.frozen(eq=False)
class Counting:
    """What counts of each selected pledge, by the links that hold on a day.

    ``pooled`` are the initiatives that are pools. ``measure`` says how large an amount is: as
    stated, at its low, or at its high. ``whole`` counts the selection that this one is a part of.
    """

    selected: tuple[Pledge, ...]
    links: Links
    pooled: frozenset[str] = frozenset()
    measure: Measure = stated
    whole: "Counting | None" = None
    forest: Forest = attrs.Factory(lambda self: Forest(self.selected, self.links), takes_self=True)

    def of(self, selected: tuple[Pledge, ...], links: Links) -> "Counting":
        """Count some of the selected pledges, by the links that hold on an earlier day.

        A tree that is selected as a whole keeps its lines, as all of it is known on that day.
        """
        if links is self.links and len(selected) == len(self.selected):
            return self
        return Counting(selected, links, self.pooled, self.measure, self)

    @cached_property
    def at_low(self) -> "Counting":
        """The same selection, counted again with every amount at its low."""
        return attrs.evolve(self, measure=lowest, whole=self.whole and self.whole.at_low)

    @cached_property
    def at_high(self) -> "Counting":
        """The same selection, counted again with every amount at its high."""
        return attrs.evolve(self, measure=highest, whole=self.whole and self.whole.at_high)

    @cached_property
    def lines(self) -> dict[str, Line]:
        """The lines of the linked pledges, and of those in pools, by id; perhaps of others, too."""
        return self.linked_lines | self._pooled_lines if self.pools else self.linked_lines

    @cached_property
    def linked_lines(self) -> dict[str, Line]:
        """The lines of the linked pledges, before pools share anything out."""
        if self.whole is None:
            with summing():
                return self.forest.not_counting | shares(self._tree, self.measure)
        cut = self.whole.forest.cut(self.selected)
        if not cut:
            return self.whole.linked_lines
        counting = Counting(cut, self.links, measure=self.measure)
        return self.whole.linked_lines | {pledge.id: counting.line(pledge) for pledge in cut}

    @cached_property
    def _pooled_lines(self) -> dict[str, Line]:
        """The lines of the records in pools, which share out what the links leave over."""
        lines: dict[str, Line] = {}
        with summing():
            for pool in self.pools:
                pledges = [member.pledge for member in pool.members]
                lines |= pool.shared_out({each.id: self._linked_line(each) for each in pledges})
        return lines

    @cached_property
    def pools(self) -> tuple[Pool, ...]:
        """The pools of the selection; those of one company's initiative stand side by side."""
        if not self.pooled:
            return ()
        paths, key = self._tree.paths, self.links.pledge
        return pools_of(
            Member(pledge, paths.get(key(pledge.id)) or Path.of(pledge))
            for pledge in self.selected
            if pledge.initiative in self.pooled and pledge.id not in self.forest.not_counting
        )

    def _linked_line(self, pledge: Pledge) -> Line:
        return self.linked_lines.get(pledge.id) or self._line_alone(pledge)

    def line(self, pledge: Pledge) -> Line:
        """Return the line of a pledge: one without links or pool counts for all of its amount."""
        return self.lines.get(pledge.id) or self._line_alone(pledge)

    def _line_alone(self, pledge: Pledge) -> Line:
        return Line(self.measure(pledge, pledge.amount), COUNTED, is_root=True)

    # What counts of the whole selection is settled once: of a million pledges, to look up their ids
    # takes as long as to convert and add up their amounts.

    def amounts(self, pledges: Sequence[Pledge]) -> Sequence[Decimal]:
        """Return what counts of each pledge; one without links or pool counts in full."""
        return self._amounts if pledges is self.selected else self._amounts_of(pledges)

    @cached_property
    def _amounts(self) -> Sequence[Decimal]:
        return self._amounts_of(self.selected)

    def _amounts_of(self, pledges: Sequence[Pledge]) -> Sequence[Decimal]:
        if self.measure is stated:  # to call it would take a third of the time of a total
            full = [pledge.amount.amount for pledge in pledges]
        else:
            full = [self.measure(pledge, pledge.amount) for pledge in pledges]
        pairs = zip(self._lines_of(pledges), full, strict=True)
        return [amount if line is None else line.amount for line, amount in pairs]

    def reasons(self, pledges: Sequence[Pledge]) -> Sequence[Sentence]:
        """Return why each pledge counts for what it does."""
        return [COUNTED if line is None else line.reason for line in self._lines_of(pledges)]

    def _lines_of(self, pledges: Sequence[Pledge]) -> Sequence[Line | None]:
        """Return the line of each pledge; None for one without links or pool."""
        return self._lines if pledges is self.selected else self._found(pledges)

    @cached_property
    def _lines(self) -> Sequence[Line | None]:
        return self._found(self.selected)

    def _found(self, pledges: Sequence[Pledge]) -> Sequence[Line | None]:
        lines = self.lines
        return [lines.get(pledge.id) for pledge in pledges] if lines else [None] * len(pledges)

    @cached_property
    def dues(self) -> Sequence[Due]:
        """What decides how each selected amount is converted; equal ones are one object.

        All ways to take a total apart share them: to read them off a million pledges takes a third
        of what groups take. A total alone reads them once, and keeps nothing.
        """
        alike: dict[Due, Due] = {}
        return [alike.setdefault(each, each) for each in map(due_of, self.selected)]

    def wholes(self) -> Iterator[tuple[Pledge, list[Pledge]]]:
        """Yield the counting pledges that have parts, with their parts.

        A withdrawn pledge is neither whole nor part, nor is one that went with a withdrawal.
        """
        tree = self._tree
        for key, parts in tree.parts.items():
            standing = [part for part in parts if part not in tree.withdrawals.taken_along]
            if standing and key not in tree.withdrawals:
                yield tree.counting[key], [tree.counting[part] for part in standing]

    def corrections(self) -> Iterator[tuple[Pledge, list[Pledge]]]:
        """Yield the counting pledges that corrections lower, with their corrections."""
        counting = self._tree.counting
        for key, corrections in self._tree.corrections.items():
            yield counting[key], [counting[correction] for correction in corrections]

    def corrected(self, pledge: Pledge) -> Pledge:
        """Return a counting pledge with the amount that its corrections leave of it."""
        key, tree = self.links.pledge(pledge.id), self._tree
        if key not in tree.corrections:
            return pledge
        with summing():
            amount, *high = (
                Money(tree.own(key, money, stated), money.currency)
                for money in (pledge.amount, pledge.high)
                if money
            )
        return attrs.evolve(pledge, amount=amount, high=next(iter(high), None))

    def counts(self, pledge: Pledge) -> bool:
        """Whether a selected pledge is neither superseded, told again, nor withdrawn."""
        if pledge.id in self.forest.not_counting:
            return False
        return self.links.pledge(pledge.id) not in self.links.withdrawals.taken_along

    def delivery(self, pledge: Pledge) -> Delivery | None:
        """Return what came of a selected pledge; None where it is superseded or told again."""
        if pledge.id in self.forest.not_counting:
            return None
        return self._deliveries.get(pledge.id) or Delivery(pledge.amount.amount, pledge)

    @cached_property
    def mixed_stages(self) -> tuple[Pair, ...]:
        """Two roots that differ in stage, once for each initiative of a company that has such.

        Withdrawn roots and pools are left out.
        """
        return tuple(
            self.several_stages.of_one_initiative(
                self.selected, self.pooled, self._is_standing_root
            )
        )

    @cached_property
    def unlinked_payments(self) -> tuple[Pair, ...]:
        """Promises, each with a payment of as much to its recipient that no link ties to it."""
        return tuple(
            self.several_stages.of_one_recipient(self.selected, self.pooled, self.stands_alone)
        )

    def stands_alone(self, pledge: Pledge) -> bool:
        """Whether a pledge is inside no other that counts, and something of it counts."""
        line = self.line(pledge)
        return line.is_root and line.amount > 0

    @cached_property
    def several_stages(self) -> SeveralStages:
        """The initiatives and recipients whose records may differ in stage."""
        return SeveralStages.of(self.selected) if self.whole is None else self.whole.several_stages

    def _is_standing_root(self, pledge: Pledge) -> bool:
        """Whether a pledge is inside no other that counts, and is not withdrawn."""
        is_withdrawn = self.links.pledge(pledge.id) in self.links.withdrawals
        return self.line(pledge).is_root and not is_withdrawn

    @cached_property
    def pools_apart(self) -> tuple[tuple[Pool, Pool], ...]:
        """The first two pools of each owner that has several, where stages differ in them."""
        return tuple(apart(self.pools, lambda pledge: bool(self._linked_line(pledge).amount)))

    @cached_property
    def _deliveries(self) -> dict[str, Delivery]:
        with summing():
            linked = deliveries(self._tree)
            return linked | self._pooled_deliveries(linked)

    def _pooled_deliveries(self, linked: dict[str, Delivery]) -> dict[str, Delivery]:
        pooled: dict[str, Delivery] = {}
        for pool in self.pools:
            for pledge, _ in pool.members:
                delivery = linked.get(pledge.id) or Delivery(pledge.amount.amount, pledge)
                # Links leave 100 of a pledge, and the pool 40 of these: 60 were drawn.
                before, after = self._linked_line(pledge).amount, self.lines[pledge.id].amount
                pooled[pledge.id] = delivery.in_pool(pledge, before, after, is_begun=pool.is_begun)
        return pooled

    @property
    def _tree(self) -> Tree:
        return self.forest.tree
