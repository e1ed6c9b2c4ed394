"""Counting once, told again from the design alone: slow, recursive, in Fractions.

It shares no code with the library, so that a mistake would have to be made twice.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from math import inf
from typing import NamedTuple

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
        return max(Fraction(0), amount - half_of_last_significant(money.amount))
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
        self, pledges: Iterable[Pledge], selected: Iterable[str], day: date | None = None
    ) -> None:
        self.day = day
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

    def _parts(self, whole: Pledge) -> list[Pledge]:
        return [p for p in self._counting if self._ancestors(p)[:1] == [whole]]

    def _in(self, pledge: Pledge, currency: str) -> Money | None:
        figures = [m for m in (pledge.amount, *pledge.equivalents) if m.currency == currency]
        return figures[0] if figures else None

    def _own(self, pledge: Pledge, currency: str, measured: Measured) -> Amount:
        """Return a pledge's own amount in a currency: nothing when it was withdrawn."""
        money = self._in(pledge, currency)
        assert money is not None
        return Fraction(0) if self.withdrawn_with(pledge) else measured(pledge, money)

    def _worth(self, pledge: Pledge, currency: str, measured: Measured) -> Amount:
        inside = sum(self._worth(part, currency, measured) for part in self._parts(pledge))
        return max(self._own(pledge, currency, measured), inside)

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
        return max(self._own(pledge, currency, at_high), inside)

    def _stated_worth(self, pledge: Pledge, currency: str) -> Amount:
        return self._worth(pledge, currency, as_stated)

    def _limited_to(self, pledge: Pledge) -> Amount:
        """Return what the wholes above let a pledge be worth, in its own currency."""
        if not self._ancestors(pledge):
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
        own, stated = at_high(pledge, pledge.amount), Fraction(pledge.amount.amount)
        allowed = min(own, max(stated, self._limit(pledge)))
        if money == pledge.amount:
            return allowed
        if allowed == own:
            return at_high(pledge, money)
        if not stated:
            return Fraction(money.amount)
        scaled = to_the_cent(Fraction(money.amount) * Fraction(allowed) / stated)
        return min(at_high(pledge, money), scaled)

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
        return lines

    def _left(self, pledge: Pledge, currency: str, measured: Measured) -> Amount:
        own = self._own(pledge, currency, measured)
        inside = sum(self._worth(part, currency, measured) for part in self._parts(pledge))
        return inf if own == inf else max(Fraction(0), own - inside)

    def _share(self, pledge: Pledge, measured: Measured) -> Told:
        is_root = not self._ancestors(pledge)
        withdrawal = self.withdrawn_with(pledge)
        left = self._left(pledge, pledge.amount.currency, measured)
        if withdrawal:
            return Told(Fraction(0), f"withdrawn with {withdrawal.id}", is_root)
        if not self._parts(pledge):
            return Told(left, "counted", is_root)
        return Told(left, "left over by its parts" if left else "its parts count", is_root)

    def mixed_stages(self) -> set[tuple[str, str]]:
        """Return the companies and initiatives whose roots differ in stage."""
        stages: dict[tuple[str, str], set[str]] = {}
        for pledge in self._counting:
            speaker = self._speaker(self.same[pledge.id])
            if self._ancestors(pledge) or self.withdrawn_with(pledge) or self._withdraws(speaker):
                continue
            if pledge.initiative:
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
        delivered = {}
        for pledge in self._counting:
            root = [pledge, *self._ancestors(pledge)][-1]
            left = Fraction(self._left(pledge, root.amount.currency, as_stated))
            delivered[pledge.id] = Delivered(left, root, pledge.id in told_of)
        return delivered
