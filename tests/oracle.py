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

from commonprosperity import Money, Pledge

Amount = Fraction | float
"""A Fraction, or infinity."""

Measured = Callable[[Pledge, Money], Amount]


class Told(NamedTuple):
    """What the oracle says of a pledge."""

    amount: Amount
    reason: str
    is_root: bool = False


def as_stated(_: Pledge, money: Money) -> Amount:
    return Fraction(money.amount)


def _half_last_digit(money: Money) -> Fraction:
    exponent = money.amount.as_tuple().exponent
    assert isinstance(exponent, int)
    return Fraction(10) ** exponent / 2


def at_low(pledge: Pledge, money: Money) -> Amount:
    amount = Fraction(money.amount)
    if pledge.qualifier == "up_to":
        return Fraction(0)
    if pledge.qualifier == "about":
        return max(Fraction(0), amount - _half_last_digit(money))
    return amount


def at_high(pledge: Pledge, money: Money) -> Amount:
    if pledge.qualifier == "at_least" and pledge.high is None:
        return inf
    end = money
    if pledge.high is not None:
        if money.currency == pledge.amount.currency:
            end = pledge.high
        elif pledge.amount.amount:
            scaled = Fraction(money.amount) * Fraction(pledge.high.amount)
            scaled /= Fraction(pledge.amount.amount)
            end = Money(Decimal(round(scaled * 100)).scaleb(-2), money.currency)
    half = _half_last_digit(end) if pledge.qualifier == "about" else 0
    return Fraction(end.amount) + half


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
        self.all = {pledge.id: pledge for pledge in pledges}
        self.day = day
        self.selected = [self.all[id_] for id_ in selected if self.knows(self.all[id_])]
        self.version = _groups(self.all.values(), "restates")
        self.same = _groups(self.all.values(), "restates", "supersedes")
        # What is asked again and again is kept; nothing else hangs on it.
        self._later = cache(self._latest)
        self._ancestors = cache(self._ancestry)

    def knows(self, pledge: Pledge) -> bool:
        return self.day is None or pledge.announced.end <= self.day

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
        found = []
        for newer in self.all.values():
            if newer.supersedes not in version:
                continue
            tellers = [self.all[id_] for id_ in self.version[newer.id]]
            known = sorted(filter(self.knows, tellers), key=lambda p: (p.announced, p.id))
            told = [newer] if newer in known else known[:1]
            found += told or [later for later in [self._later(self.version[newer.id])] if later]
        return min(found, key=lambda p: (p.announced, p.id), default=None)

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
        told = [m for m in (pledge.amount, *pledge.equivalents) if m.currency == currency]
        return told[0] if told else None

    def _worth(self, pledge: Pledge, currency: str, measured: Measured) -> Amount:
        money = self._in(pledge, currency)
        assert money is not None
        inside = sum(self._worth(part, currency, measured) for part in self._parts(pledge))
        return max(measured(pledge, money), inside)

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

    def _share(self, pledge: Pledge, measured: Measured) -> Told:
        own, is_root = measured(pledge, pledge.amount), not self._ancestors(pledge)
        parts = self._parts(pledge)
        if not parts:
            return Told(own, "counted", is_root)
        inside = sum(self._worth(part, pledge.amount.currency, measured) for part in parts)
        left = inf if own == inf else max(Fraction(0), own - inside)
        return Told(left, "left over by its parts" if left else "its parts count", is_root)
