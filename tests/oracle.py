"""Counting once, told again from the design alone: slow, recursive, in Fractions.

It shares no code with the library, so that a mistake would have to be made twice.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from math import inf
from typing import Any, NamedTuple

import attrs

from commonprosperity import Money, Pledge

Amount = Fraction | float
"""A Fraction, or infinity."""

Measured = Callable[[Pledge, Money], Amount]

LINKS = ("part_of", "restates", "supersedes")


class Told(NamedTuple):
    """What the oracle says of a pledge."""

    amount: Amount
    reason: str
    is_root: bool = False


class Delivered(NamedTuple):
    """What is left over of a pledge in its root's currency, and whether a gift tells of it."""

    amount: Fraction
    root: Pledge
    is_told_of: bool


def as_stated(_: Pledge, money: Money) -> Amount:
    return Fraction(money.amount)


def half_of_last_significant(amount: Decimal) -> Fraction:
    """Half a unit of the last digit that is not zero, and at least of the second; 0.5 of 0."""
    value, unit = abs(Fraction(amount)), Fraction(10) ** 70
    if not value:
        return Fraction(1, 2)
    while value % unit or unit > value / 10:
        unit /= 10
    return unit / 2


def at_low(pledge: Pledge, money: Money) -> Amount:
    amount = Fraction(money.amount)
    if pledge.qualifier == "up_to":
        return Fraction(0)
    if pledge.qualifier == "about":
        low = amount - half_of_last_significant(money.amount)
        return low if amount < 0 else max(Fraction(0), low)
    return amount


def at_high(pledge: Pledge, money: Money) -> Amount:
    if pledge.qualifier == "at_least" and pledge.high is None:
        return inf
    end, digit = Fraction(money.amount), money.amount
    if pledge.high is not None:
        if money.currency == pledge.amount.currency:
            end, digit = Fraction(pledge.high.amount), pledge.high.amount
        elif pledge.amount.amount:
            end = to_the_cent(end * Fraction(pledge.high.amount) / Fraction(pledge.amount.amount))
    return end + (half_of_last_significant(digit) if pledge.qualifier == "about" else 0)


def left_of(own: Amount, inside: Amount) -> Amount:
    """Return what a pledge leaves over: never below 0, nor above its own amount."""
    if own == inf:
        return inf
    return min(own, max(Fraction(0), own - inside)) if inside else own


def to_the_cent(exact: Fraction) -> Fraction:
    return Fraction(round(exact * 100), 100)


def _groups(pledges: Iterable[Pledge], *links: str) -> dict[str, frozenset[str]]:
    """Return, by id, the ids of all records that some links tie it to."""
    group = {pledge.id: frozenset({pledge.id}) for pledge in pledges}
    for pledge in pledges:
        for link in links:
            if getattr(pledge, link):
                united = group[pledge.id] | group[getattr(pledge, link)]
                group |= dict.fromkeys(united, united)
    return group


def _has_circle(arrows: set[tuple[frozenset[str], frozenset[str]]]) -> bool:
    reached = arrows
    while True:
        more = reached | {(a, d) for a, b in reached for c, d in arrows if b == c}
        if more == reached:
            return any(start == end for start, end in reached)
        reached = more


class Oracle:
    """All pledges of a dataset, those that are selected, and the day they are known on."""

    def __init__(
        self,
        pledges: Iterable[Pledge],
        selected: Iterable[str],
        day: date | None = None,
        pooled: Iterable[str] = (),
    ) -> None:
        self.day = day
        self.pooled = frozenset(pooled)
        records = {pledge.id: pledge for pledge in pledges}
        holding = self._holding(records)
        # A link that does not hold yet might as well not have been stated.
        self.all = {
            id_: p
            if id_ in holding
            else attrs.evolve(p, part_of=None, restates=None, supersedes=None)
            for id_, p in records.items()
        }
        self.selected = [self.all[id_] for id_ in selected if self.knows(self.all[id_])]
        self.version = _groups(self.all.values(), "restates")
        self.same = _groups(self.all.values(), "restates", "supersedes")
        # What is asked again and again is kept; nothing else hangs on it.
        self._later = cache(self._latest)
        self._ancestors = cache(self._ancestry)
        self._limit = cache(self._limited_to)

    def knows(self, pledge: Pledge) -> bool:
        return self.day is None or pledge.announced.end <= self.day

    def _holding(self, records: dict[str, Pledge]) -> set[str]:
        """Return the records that are known, and all that their links name, over any steps."""
        holding = {id_ for id_, pledge in records.items() if self.knows(pledge)}
        while True:
            named = {getattr(records[id_], link) for id_ in holding for link in LINKS} - {None}
            if named <= holding:
                return holding
            holding |= named

    def _is_contradictory(self) -> bool:
        """Whether there are circles, two successors of a record, or two wholes of a pledge."""
        version, same = self.version, self.same
        of = self.all.values()
        retold = {(frozenset({p.id}), frozenset({p.restates})) for p in of if p.restates}
        replaced = {(version[p.id], version[p.supersedes]) for p in of if p.supersedes}
        inside = {(same[p.id], same[p.part_of]) for p in of if p.part_of}
        older = [p.supersedes for p in of if p.supersedes]
        return (
            any(map(_has_circle, (retold, replaced, inside)))
            or len(older) != len(set(older))
            or any(len(self._wholes_named_by(group)) > 1 for group in same.values())
            or any(
                self.all[id_].amount.amount < 0 for p in of if p.part_of for id_ in same[p.part_of]
            )
        )

    def is_refused(self) -> bool:
        """Whether a dataset of all these pledges is refused."""
        return self._is_contradictory() or self.is_short_of_equivalents()

    def is_short_of_equivalents(self) -> bool:
        return any(
            self._in(part, above.amount.currency) is None
            for part in self._counting
            for above in self._ancestors(part)
        )

    # One pledge, several records

    def _latest(self, version: frozenset[str]) -> Pledge | None:
        """Return the record that is told to supersede a version, if one is known."""
        successors = []
        for newer in self.all.values():
            if newer.supersedes not in version:
                continue
            tellers = [self.all[id_] for id_ in self.version[newer.id]]
            known = sorted(filter(self.knows, tellers), key=lambda p: (p.announced, p.id))
            nearest = [newer] if newer in known else known[:1]
            later = self._later(self.version[newer.id])
            successors += nearest or ([later] if later else [])
        return min(successors, key=lambda p: (p.announced, p.id), default=None)

    @cached_property
    def _counting(self) -> list[Pledge]:
        """Return the records that count: one of the newest selected tellings of each pledge."""
        newest = [p for p in self.selected if not self._later(self.version[p.id])]
        newest.sort(key=lambda p: (p.restates is not None, p.announced, p.id))
        return [
            p
            for at, p in enumerate(newest)
            if not any(q.id in self.same[p.id] for q in newest[:at])
        ]

    # Parts

    def _wholes_named_by(self, group: frozenset[str]) -> list[frozenset[str]]:
        """Return the wholes of a pledge: the first is its whole, others contradict it."""
        of = sorted(
            (self.all[id_] for id_ in group),
            key=lambda p: (p.restates is not None, p.announced, p.id),
        )
        current = [p for p in of if not self._later(self.version[p.id])]
        current = [p for p in current if any(self.knows(self.all[i]) for i in self.version[p.id])]
        originals = [p for p in current if p.restates is None and p.part_of]
        named = originals or [p for p in current if p.part_of] + [p for p in of if p.part_of]
        return list(dict.fromkeys(self.same[p.part_of] for p in named if p.part_of))

    def _ancestry(self, pledge: Pledge) -> list[Pledge]:
        """Return the counting pledges that one is inside of, the nearest first."""
        wholes = self._wholes_named_by(self.same[pledge.id])
        if not wholes:
            return []
        counting = [p for p in self._counting if p.id in wholes[0]]
        return counting + self._ancestors(self.all[min(wholes[0])])

    def _inside(self, whole: Pledge) -> list[Pledge]:
        return [p for p in self._counting if self._ancestors(p)[:1] == [whole]]

    def _parts(self, whole: Pledge) -> list[Pledge]:
        return [p for p in self._inside(whole) if not self._corrects(p, whole)]

    def _corrects(self, pledge: Pledge, whole: Pledge) -> bool:
        """Whether a record inside another lowers that one's own amount."""
        return pledge.amount.amount < 0 and pledge.stage == whole.stage

    def _is_taken_off(self, pledge: Pledge) -> bool:
        return any(self._corrects(pledge, whole) for whole in self._ancestors(pledge)[:1])

    def _in(self, pledge: Pledge, currency: str) -> Money | None:
        figures = [m for m in (pledge.amount, *pledge.equivalents) if m.currency == currency]
        return figures[0] if figures else None

    def _own(self, pledge: Pledge, currency: str, measured: Measured) -> Amount:
        """Return a pledge's own amount in a currency, less its corrections.

        It is nothing when it was withdrawn.
        """
        if measured == self.at_high_within_wholes:
            return self._own_within_wholes(pledge, currency)
        if self.withdrawn_with(pledge):
            return Fraction(0)
        corrections = [p for p in self._inside(pledge) if self._corrects(p, pledge)]
        own, *lowering = (
            measured(each, self._in(each, currency) or each.amount)
            for each in (pledge, *corrections)
        )
        return max(Fraction(0), own + sum(lowering)) if lowering else own

    def _worth(self, pledge: Pledge, currency: str, measured: Measured) -> Amount:
        inside = sum(self._worth(part, currency, measured) for part in self._parts(pledge))
        return left_of(self._own(pledge, currency, measured), inside) + inside

    # Withdrawals

    def _speaker(self, group: frozenset[str]) -> Pledge | None:
        """Return the known record that speaks for a pledge: its newest version's first telling."""
        known = [self.all[id_] for id_ in group if self.knows(self.all[id_])]
        newest = [p for p in known if not self._later(self.version[p.id])]
        first = sorted(newest, key=lambda p: (p.restates is not None, p.announced, p.id))
        return first[0] if first else None

    def _withdraws(self, pledge: Pledge | None) -> bool:
        if pledge is None or pledge.amount.amount or pledge.high or pledge.qualifier != "exact":
            return False
        return any(self.all[id_].supersedes for id_ in self.version[pledge.id])

    def withdrawn_with(self, pledge: Pledge) -> Pledge | None:
        """Return the withdrawal that a pledge went with, if it did."""
        speaker = self._speaker(self.same[pledge.id])
        if speaker is None or speaker.stage != "pledge":
            return None
        wholes = self._wholes_named_by(self.same[pledge.id])
        while wholes:
            whole = self._speaker(wholes[0])
            if whole is not None:
                if self._withdraws(whole) and speaker.announced.end <= whole.announced.end:
                    return whole
                if whole.stage != "pledge":
                    return None
            wholes = self._wholes_named_by(wholes[0])
        return None

    # The most that parts may come to

    def _bounds_its_parts(self, pledge: Pledge) -> bool:
        withdrawn = self.withdrawn_with(pledge) or self._withdraws(
            self._speaker(self.same[pledge.id])
        )
        is_firm = pledge.high is not None or pledge.qualifier in {"exact", "up_to"}
        return is_firm and not withdrawn

    def _worth_at_most(self, pledge: Pledge, currency: str) -> Amount:
        """Return the most that a pledge is worth, if nothing above it bounds it."""
        of_part = self._stated_worth if self._bounds_its_parts(pledge) else self._worth_at_most
        inside = sum(of_part(part, currency) for part in self._parts(pledge))
        return left_of(self._own(pledge, currency, at_high), inside) + inside

    def _stated_worth(self, pledge: Pledge, currency: str) -> Amount:
        return self._worth(pledge, currency, as_stated)

    def _limited_to(self, pledge: Pledge) -> Amount:
        """Return what the wholes above let a pledge be worth, in its own currency."""
        if not self._ancestors(pledge) or self._is_taken_off(pledge):
            return inf
        whole = self._ancestors(pledge)[0]
        currency, most = whole.amount.currency, self._limit(whole)
        if self._bounds_its_parts(whole):
            most = min(most, self._own(whole, currency, at_high))
        parts = sorted(self._parts(whole), key=lambda p: (p.announced, p.id))
        room = max(0, most - sum(self._stated_worth(part, currency) for part in parts))
        for part in parts:
            growth = self._worth_at_most(part, currency) - self._stated_worth(part, currency)
            if part == pledge:
                break
            room = max(0, room - growth) if room != inf else inf
        if growth <= room:
            return inf
        own = pledge.amount.currency
        if own != currency:
            stated, inside = Fraction(pledge.amount.amount), self._in(pledge, currency)
            assert inside is not None
            share = stated / Fraction(inside.amount) if inside.amount else 0
            room = to_the_cent(Fraction(room) * share)
        return self._stated_worth(pledge, own) + room

    def at_high_within_wholes(self, pledge: Pledge, money: Money) -> Amount:
        """Return an amount at its high, as far as the wholes above let it grow."""
        return self._own_within_wholes(pledge, money.currency)

    def _own_within_wholes(self, pledge: Pledge, currency: str) -> Amount:
        mine = pledge.amount.currency
        most, stated = self._own(pledge, mine, at_high), self._own(pledge, mine, as_stated)
        allowed = min(most, max(stated, self._limit(pledge)))
        if currency == mine:
            return allowed
        most_there = self._own(pledge, currency, at_high)
        stated_there = self._own(pledge, currency, as_stated)
        if allowed == most:
            return most_there
        if not stated:
            return stated_there
        scaled = to_the_cent(Fraction(stated_there) * Fraction(allowed) / Fraction(stated))
        return min(most_there, scaled)

    # What it says

    def told(self, measured: Measured = as_stated) -> dict[str, Told]:
        """Return, by id, what the oracle says of each selected pledge."""
        counting = self._counting
        lines = {}
        for pledge in self.selected:
            later = self._later(self.version[pledge.id])
            if later:
                lines[pledge.id] = Told(Fraction(0), f"superseded by {later.id}")
            elif pledge not in counting:
                first = next(p for p in counting if p.id in self.same[pledge.id])
                lines[pledge.id] = Told(Fraction(0), f"restates {first.id}")
            else:
                lines[pledge.id] = self._share(pledge, measured)
        for pool in self.pools:
            lines |= pool.told(lines)
        return lines

    def _left(self, pledge: Pledge, currency: str, measured: Measured) -> Amount:
        inside = sum(self._worth(part, currency, measured) for part in self._parts(pledge))
        return left_of(self._own(pledge, currency, measured), inside)

    def _share(self, pledge: Pledge, measured: Measured) -> Told:
        is_root = not self._ancestors(pledge)
        withdrawal = self.withdrawn_with(pledge)
        left = self._left(pledge, pledge.amount.currency, measured)
        if withdrawal:
            return Told(Fraction(0), f"withdrawn with {withdrawal.id}", is_root)
        if self._is_taken_off(pledge):
            return Told(Fraction(0), f"taken off {self._ancestors(pledge)[0].id}")
        if not self._parts(pledge):
            lowered = ", less its corrections" if self._inside(pledge) else ""
            return Told(left, f"counted{lowered}", is_root)
        return Told(left, "left over by its parts" if left else "its parts count", is_root)

    def mixed_stages(self) -> set[tuple[str, str]]:
        """Return the companies and initiatives whose roots differ in stage."""
        stages: dict[tuple[str, str], set[str]] = {}
        for pledge in self._counting:
            speaker = self._speaker(self.same[pledge.id])
            if self._ancestors(pledge) or self.withdrawn_with(pledge) or self._withdraws(speaker):
                continue
            if pledge.initiative and pledge.initiative not in self.pooled:
                stages.setdefault((pledge.company, pledge.initiative), set()).add(pledge.stage)
        return {key for key, several in stages.items() if len(several) > 1}

    def delivered(self) -> dict[str, Delivered]:
        """Return, by id, what is left over of each counting pledge at its root."""
        told_of: set[str] = set()
        for gift in self._counting:
            if gift.stage == "disbursement":
                for above in self._ancestors(gift):
                    told_of.add(above.id)
                    if above.stage == "pledge":
                        break
        linked = {p.id: self._share(p, as_stated).amount for p in self._counting}
        told, pools = self.told(), [*self.pools]
        delivered = {}
        for pledge in self._counting:
            root = [pledge, *self._ancestors(pledge)][-1]
            left = Fraction(self._left(pledge, root.amount.currency, as_stated))
            before, after = Fraction(linked[pledge.id]), Fraction(told[pledge.id].amount)
            if self._is_taken_off(pledge):
                left = Fraction(0)
            elif after != before and root.amount.currency == pledge.amount.currency:
                left = after
            elif after != before:
                left = to_the_cent(left * after / before)
            pool = [p for p in pools if pledge in p.records]
            is_begun = bool(pool) and any(p.stage == "disbursement" for p in pool[0].records)
            delivered[pledge.id] = Delivered(left, root, pledge.id in told_of or is_begun)
        return delivered

    # Pools

    @property
    def pools(self) -> "list[Pool]":
        """Put what counts of pooled initiatives into pools, each in one currency."""
        pools: list[Pool] = []
        in_pools = [p for p in self._counting if p.initiative in self.pooled]
        for key in sorted({(str(p.initiative), p.company) for p in in_pools}):
            rest = [p for p in in_pools if (p.initiative, p.company) == key]
            while rest:
                codes = sorted({m.currency for p in rest for m in (p.amount, *p.equivalents)})
                best = max(
                    codes,
                    key=lambda code: (
                        sum(self._in(p, code) is not None for p in rest),
                        sum(p.amount.currency == code for p in rest),
                        -codes.index(code),
                    ),
                )
                members = [p for p in rest if self._in(p, best)]
                pools.append(Pool(self, best, members))
                rest = [p for p in rest if p not in members]
        return pools

    def owners_of_pools_apart(self) -> set[tuple[str, str]]:
        """Return the owners of several pools in which something counts, in several stages."""
        counting: dict[tuple[str, str], list[set[Any]]] = {}
        for pool in self.pools:
            stages = {p.stage for p in pool.records if self._share(p, as_stated).amount}
            owner = str(pool.records[0].initiative), pool.records[0].company
            counting.setdefault(owner, []).extend([stages] if stages else [])
        return {
            owner
            for owner, stages in counting.items()
            if len(stages) > 1 and len(set().union(*stages)) > 1
        }

    def path(self, pledge: Pledge) -> tuple[int, int]:
        """Return from which stage on, and up to which, links tell a record's money."""
        ranks = [STAGES.index(p.stage) for p in (pledge, *self._ancestors(pledge))]
        return min(ranks), max(ranks)


STAGES = ["pledge", "commitment", "disbursement"]


class Pool:
    """Records of one company and one pooled initiative, in one currency."""

    def __init__(self, oracle: Oracle, currency: str, records: list[Pledge]) -> None:
        self.records = sorted(records, key=lambda p: (p.announced, p.id))
        self.currency, self.path = currency, {p.id: oracle.path(p) for p in records}

    def told(self, lines: dict[str, Told]) -> dict[str, Told]:
        """Return what counts of the records, once corrections are taken off and all have drawn."""
        at_first = {p.id: self._in_pool(p, lines[p.id].amount) for p in self.records}
        left, reasons, self.lowered = dict(at_first), dict[str, str](), set[str]()
        for is_near in (True, False):
            self._take_corrections_off(left, reasons, is_near=is_near)
        for p in self.records:
            if left[p.id] < 0:
                reasons.setdefault(p.id, "there is nothing to take it off")
                left[p.id] = Fraction(0)
        for id_ in self.lowered:
            if lines[id_].reason == "counted":
                lines[id_] = lines[id_]._replace(reason="counted, less its corrections")
        to_draw = dict(left)
        for rank in (1, 0):
            self._draw_on(rank, to_draw, left, reasons)
        return {
            p.id: self._line(p, lines[p.id], at_first[p.id], left[p.id], reasons.get(p.id))
            for p in self.records
        }

    def _take_corrections_off(
        self, left: dict[str, Amount], reasons: dict[str, str], *, is_near: bool
    ) -> None:
        for p in self.records:
            for q in reversed(self.records):
                near = self.path[p.id] == self.path[q.id]
                if q.stage == p.stage and near is is_near and left[p.id] < 0 < left[q.id]:
                    taken = min(-left[p.id], left[q.id])
                    left[p.id] += taken
                    left[q.id] = self._less(left[q.id], taken)
                    reasons.setdefault(p.id, f"taken off {q.id}")
                    self.lowered.add(q.id)

    def _draw_on(
        self,
        rank: int,
        to_draw: dict[str, Amount],
        left: dict[str, Amount],
        reasons: dict[str, str],
    ) -> None:
        for p in self.records:
            for q in self.records:
                if self.path[p.id][0] > rank and self.path[q.id][1] == rank:
                    drawn = min(to_draw[p.id], left[q.id])
                    if drawn:
                        to_draw[p.id] = self._less(to_draw[p.id], drawn)
                        left[q.id] = self._less(left[q.id], drawn)
                        reasons.setdefault(q.id, f"drawn by {p.id}")

    def _less(self, amount: Amount, taken: Amount) -> Amount:
        return Fraction(0) if taken >= amount else amount - taken

    def _in_pool(self, pledge: Pledge, amount: Amount) -> Amount:
        if pledge.amount.currency == self.currency or amount == inf:
            return amount
        stated = Fraction(pledge.amount.amount)
        equivalent = next(m for m in pledge.equivalents if m.currency == self.currency)
        if not stated or amount == stated:
            return Fraction(equivalent.amount) if stated else Fraction(0)
        return to_the_cent(Fraction(amount) * Fraction(equivalent.amount) / stated)

    def _line(
        self, pledge: Pledge, line: Told, before: Amount, after: Amount, reason: str | None
    ) -> Told:
        amount = line.amount
        if not after and before:
            amount = Fraction(0)
        elif after != before and pledge.amount.currency == self.currency:
            amount = after
        elif after != before:
            scaled = to_the_cent(Fraction(amount) * Fraction(after) / Fraction(before))
            amount = min(amount, scaled)
        return Told(amount, reason or line.reason, line.is_root)
