"""What counts of each selected pledge, and why.

A version never counts once a later one is known; of the newest version's tellings that are
selected, one counts. Pledges inside one another are a tree, in which a whole counts for what its
parts leave over: what counts of a tree adds up to the worth of its root.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from itertools import groupby

import attrs

from commonprosperity.counting.bounds import NOTHING, Measure, highest, lowest, stated
from commonprosperity.counting.delivery import Delivery, deliveries
from commonprosperity.counting.line import COUNTED, Line
from commonprosperity.counting.links import Links, precedence
from commonprosperity.counting.mixed_stages import Pair, of_one_initiative, of_one_recipient
from commonprosperity.counting.pools import Member, Pool, pools_of
from commonprosperity.counting.shares import shares
from commonprosperity.counting.tree import Path, Tree
from commonprosperity.counting.withdrawals import Withdrawals
from commonprosperity.messages import Sentence
from commonprosperity.money import Money, summing
from commonprosperity.records import Pledge, Stage


@attrs.frozen(eq=False)
class Counting:
    """What counts of each selected pledge, by the links that hold on a day.

    ``pooled`` are the initiatives that are pools. ``measure`` is what an amount is taken to be: as
    stated, at its low, or at its high.
    """

    selected: tuple[Pledge, ...]
    links: Links
    pooled: frozenset[str] = frozenset()
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
        """The lines of the linked pledges, and of those in pools, by id."""
        return self._linked_lines | self._pooled_lines if self.pools else self._linked_lines

    @cached_property
    def _linked_lines(self) -> dict[str, Line]:
        with summing():
            return self._not_counting | shares(self._tree, self.measure)

    @cached_property
    def _pooled_lines(self) -> dict[str, Line]:
        """The lines of the records in pools, which share out what the links leave over."""
        lines: dict[str, Line] = {}
        with summing():
            for pool in self.pools:
                pledges = [member.pledge for member in pool.members]
                lines |= pool.shared_out({p.id: self._linked_line(p) for p in pledges})
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
            if pledge.initiative in self.pooled and pledge.id not in self._not_counting
        )

    def _linked_line(self, pledge: Pledge) -> Line:
        line = self._linked_lines.get(pledge.id)
        return line or Line(self.measure(pledge, pledge.amount), COUNTED, is_root=True)

    def line(self, pledge: Pledge) -> Line:
        """Return the line of a pledge: one without links or pool counts for all of its amount."""
        line = self.lines.get(pledge.id)
        return line or Line(next(self.amounts([pledge])), COUNTED, is_root=True)

    def amounts(self, pledges: Iterable[Pledge]) -> Iterator[Decimal]:
        """Go through what counts of each pledge; a pledge without links counts in full."""
        lines, measure = self.lines, self.measure
        for pledge in pledges:
            line = lines.get(pledge.id)
            if line is not None:
                yield line.amount
            elif measure is stated:  # to call it would take a third of the time of a total
                yield pledge.amount.amount
            else:
                yield measure(pledge, pledge.amount)

    def wholes(self) -> Iterator[tuple[Pledge, list[Pledge]]]:
        """Go through the counting pledges that have parts, with these; not through withdrawn ones.

        A withdrawn whole is none any more, and a part that went with a withdrawal is none either.
        """
        tree = self._tree
        for key, parts in tree.parts.items():
            standing = [part for part in parts if part not in tree.withdrawals.taken_along]
            if standing and key not in tree.withdrawals:
                yield tree.counting[key], [tree.counting[part] for part in standing]

    def corrections(self) -> Iterator[tuple[Pledge, list[Pledge]]]:
        """Go through the counting pledges whose amounts corrections lower, with these."""
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
        withdrawn = self._tree.withdrawals.taken_along
        return pledge.id not in self._not_counting and self.links.pledge(pledge.id) not in withdrawn

    def delivery(self, pledge: Pledge) -> Delivery | None:
        """Return what came of a selected pledge; None where it is superseded or told again."""
        if pledge.id in self._not_counting:
            return None
        return self._deliveries.get(pledge.id) or Delivery(pledge.amount.amount, pledge)

    @cached_property
    def mixed_stages(self) -> tuple[Pair, ...]:
        """Two roots that differ in stage, for each company's initiative that has such; once each.

        A withdrawn root is no matter, and a pool none either.
        """
        return tuple(of_one_initiative(self.selected, self.pooled, self._is_standing_root))

    @cached_property
    def unlinked_payments(self) -> tuple[Pair, ...]:
        """A promise and what its recipient got of the same amount, both roots; once each."""
        return tuple(of_one_recipient(self.selected, self.pooled, self.stands_alone))

    def stands_alone(self, pledge: Pledge) -> bool:
        """Whether a pledge is inside no other that counts, and something of it counts."""
        line = self.line(pledge)
        return line.is_root and line.amount > 0

    def _is_standing_root(self, pledge: Pledge) -> bool:
        """Whether a pledge is inside no other that counts, and is not withdrawn."""
        is_withdrawn = self.links.pledge(pledge.id) in self._tree.withdrawals
        return self.line(pledge).is_root and not is_withdrawn

    @cached_property
    def pools_apart(self) -> tuple[tuple[Pool, Pool], ...]:
        """The first two pools of each owner that has several, where stages differ in them."""
        apart = []
        for _, owned in groupby(self.pools, key=lambda pool: pool.owner):
            first, *others = owned
            if others:
                stages = {pool: self._stages_of(pool) for pool in (first, *others)}
                counting = [pool for pool in stages if stages[pool]]
                if len(counting) > 1 and len(set().union(*stages.values())) > 1:
                    apart.append((counting[0], counting[1]))
        return tuple(apart)

    def _stages_of(self, pool: Pool) -> set[Stage]:
        """Return the stages of the records of a pool that links leave something of."""
        pledges = (member.pledge for member in pool.members)
        return {pledge.stage for pledge in pledges if self._linked_line(pledge).amount}

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

    @cached_property
    def _linked(self) -> list[Pledge]:
        records = self.links.records
        return [pledge for pledge in self.selected if pledge.id in records]

    @cached_property
    def _tellings(self) -> dict[str, list[Pledge]]:
        """The selected tellings of each linked pledge's newest version, that which counts first."""
        tellings: dict[str, list[Pledge]] = defaultdict(list)
        version, later = self.links.version, self.links.later
        for pledge in self._linked:
            if version(pledge.id) not in later:
                tellings[self.links.pledge(pledge.id)].append(pledge)
        for several in tellings.values():
            if len(several) > 1:
                several.sort(key=precedence)
        return tellings

    @cached_property
    def _not_counting(self) -> dict[str, Line]:
        """The lines of what is superseded or told again."""
        lines: dict[str, Line] = {}
        version, later = self.links.version, self.links.later
        for pledge in self._linked:
            newer = later.get(version(pledge.id))
            if newer:
                lines[pledge.id] = Line(NOTHING, Sentence("superseded by {id}", id=newer.id))
        for first, *others in self._tellings.values():
            for other in others:
                lines[other.id] = Line(NOTHING, Sentence("restates {id}", id=first.id))
        return lines

    @cached_property
    def _tree(self) -> Tree:
        counting = {key: first for key, (first, *_) in self._tellings.items()}
        return Tree(counting, self.links.wholes, Withdrawals.of(self.links))
