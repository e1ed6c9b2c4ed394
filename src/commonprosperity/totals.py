"""``Total`` and ``Totals``: what counts, converted, added up exactly and rounded once.

Sums are made for each currency and value date first, and the few sums are converted: fast, and
exact, because conversion is linear.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import zip_longest
from operator import attrgetter
from typing import Any, NamedTuple

import attrs

from commonprosperity.counting import Counting, stated
from commonprosperity.errors import FieldError
from commonprosperity.money import Money, summing
from commonprosperity.period import Period
from commonprosperity.rates import Rate, Rates
from commonprosperity.records import PLEDGE_FIELDS, Pledge, Stage
from commonprosperity.table import Column, Kind, Table

Key = Callable[[Pledge], Any]
By = str | Sequence[str] | Key
Names = Mapping[str, Mapping[str, str]]

_DONE = {Stage.PLEDGE: "pledged", Stage.COMMITMENT: "committed", Stage.DISBURSEMENT: "disbursed"}


class Item(NamedTuple):
    """A pledge in a total: what of it counted, in its own currency, why, and at which rate."""

    pledge: Pledge
    counted: Money
    reason: str
    rate: Rate | None

    @property
    def converted(self) -> Fraction:
        """What counted, in the total's currency, exactly; 0 where nothing did."""
        return Fraction(self.counted.amount) * self.rate.factor if self.rate else Fraction(0)


@attrs.frozen(eq=False)
class Conversion:
    """Into which currency, at whose rates, and on which date if not on each value date.

    A rate is looked up once.
    """

    currency: str
    rates: Rates
    on: Period | None = None
    _found: dict[tuple[str, date, date], Rate] = attrs.field(factory=dict, init=False)

    def rate(self, currency: str, start: date, end: date) -> Rate:
        """Return the rate for an amount of a currency whose value date is from start to end."""
        key = currency, start, end
        found = self._found.get(key)
        if found is None:
            on = self.on or Period(start, end)
            found = self._found[key] = self.rates.rate(currency, self.currency, on)
        return found

    def exact(self, pledges: Iterable[Pledge], counting: Counting) -> Fraction | None:
        """Add up what counts of some pledges; None when there is no end to it."""
        terms: list[tuple[int, int]] = []
        for due, amount in _sums(pledges, counting).items():
            if not amount.is_finite():
                return None
            if amount:
                numerator, denominator = amount.as_integer_ratio()
                factor = self.rate(*due).factor
                terms.append((numerator * factor.numerator, denominator * factor.denominator))
        return _added(terms)


def _sums(pledges: Iterable[Pledge], counting: Counting) -> dict[tuple[str, date, date], Decimal]:
    """Add up what counts by currency and value date."""
    lines = counting.lines
    # Calling a function for each amount as it is stated would take a third of the time of a total.
    measure = None if counting.measure is stated else counting.measure
    sums: dict[tuple[str, date, date], Decimal] = defaultdict(Decimal)
    with summing():
        for pledge in pledges:
            money, value_date, line = pledge.amount, pledge.value_date, lines.get(pledge.id)
            if line is not None:
                counted = line.amount
            else:
                counted = measure(pledge, money) if measure else money.amount
            sums[money.currency, value_date.start, value_date.end] += counted
    return sums


def _added(terms: list[tuple[int, int]]) -> Fraction:
    """Add numerators over denominators, in pairs, which keeps most of the numbers small."""
    while len(terms) > 1:
        pairs = zip_longest(terms[::2], terms[1::2], fillvalue=(0, 1))
        terms = [(n * other_d + other_n * d, d * other_d) for (n, d), (other_n, other_d) in pairs]
    return Fraction(*terms[0]) if terms else Fraction(0)


@attrs.frozen(repr=False)
class Total:
    """What counts of some pledges, in one currency.

    ``amount`` is the ``exact`` rational sum, rounded once, half to even, to the digits of the
    currency. ``pledges`` are all those that were selected, counted or not.
    """

    amount: Money
    exact: Fraction
    pledges: tuple[Pledge, ...]
    counting: Counting = attrs.field(eq=False)
    _conversion: Conversion = attrs.field(eq=False)

    @classmethod
    def of(cls, pledges: Sequence[Pledge], counting: Counting, conversion: Conversion) -> "Total":
        """Add up what counts of some pledges of a counting."""
        exact = conversion.exact(pledges, counting) or Fraction(0)
        amount = Money.rounded(exact, conversion.currency)
        return cls(amount, exact, tuple(pledges), counting, conversion)

    @property
    def currency(self) -> str:
        """The currency of every amount of the total."""
        return self.amount.currency

    @cached_property
    def low(self) -> Money:
        """The total with every amount at its low: ``up_to`` may be nothing."""
        exact = self._conversion.exact(self.pledges, self.counting.at_low) or Fraction(0)
        return min(self.amount, Money.rounded(exact, self.currency))

    @cached_property
    def high(self) -> Money | None:
        """The total with every amount at its high; None when one has no upper end."""
        exact = self._conversion.exact(self.pledges, self.counting.at_high)
        return None if exact is None else max(self.amount, Money.rounded(exact, self.currency))

    @property
    def by_stage(self) -> dict[Stage, Money]:
        """What is still only pledged, what is committed, and what is disbursed."""
        stages = self.apart(lambda pledge: pledge.stage)
        return {stage: stages[stage].amount for stage in Stage if stage in stages}

    @property
    def by_funder(self) -> dict[str | None, Money]:
        """What each funder pays, the largest first; None is the companies themselves."""
        funders = self.apart(lambda pledge: pledge.funder).items()
        largest_first = sorted(funders, key=lambda pair: (-pair[1].exact, pair[0] or ""))
        return {funder: total.amount for funder, total in largest_first}

    @property
    def paid_by_others(self) -> Money | None:
        """What others than the companies pay; None where nobody else does."""
        others = self.apart(lambda pledge: pledge.funder is not None).get(True)
        return others.amount if others else None

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every selected pledge, in order: what of it counted, why, and at which rate."""
        return tuple(self._items())

    def explain(self) -> Table:
        """Show each pledge: what of it counts and why, its rate, and the date of the rate."""
        columns = [
            Column("pledge"), Column("counts", Kind.AMOUNT), Column("in"), Column("why"),
            Column("rate", Kind.RATE), Column("rate of"), Column(self.currency, Kind.AMOUNT),
        ]  # fmt: skip
        rows = [
            (
                item.pledge.id, item.counted.amount, item.counted.currency, item.reason,
                item.rate.factor if item.rate else None, _date_of(item.rate),
                Money.rounded(item.converted, self.currency).amount,
            )
            for item in self.items
        ]  # fmt: skip
        total = ("total", None, None, None, None, None, self.amount.amount)
        return Table(columns, rows, [total])

    def table(self) -> Table:
        """Show the amount, its bounds, the stages, and what others than the companies pay."""
        rows: list[tuple[str, Decimal | None]] = [
            (_DONE[stage], money.amount) for stage, money in self.by_stage.items()
        ]
        paid = {who: money.amount for who, money in self.by_funder.items() if who is not None}
        rows += [(f"paid by {funder}", amount) for funder, amount in paid.items()]
        rows.append(("at least", self.low.amount))
        rows.append(("at most", self.high.amount) if self.high else ("at most: no upper end", None))
        columns = [Column("what"), Column(self.currency, Kind.AMOUNT)]
        return Table(columns, rows, [("total", self.amount.amount)])

    def __repr__(self) -> str:
        return f"Total: {self.amount.words()}"

    def apart(self, key: Key) -> "dict[Any, Total]":
        """Return the total of each group of its pledges; what counts is counted once over all."""
        groups: dict[Any, list[Pledge]] = defaultdict(list)
        for pledge in self.pledges:
            groups[key(pledge)].append(pledge)
        return {
            group: Total.of(pledges, self.counting, self._conversion)
            for group, pledges in groups.items()
        }

    def _items(self) -> Iterator[Item]:
        lines, rate = self.counting.lines, self._conversion.rate
        for pledge in self.pledges:
            money, value_date, line = pledge.amount, pledge.value_date, lines.get(pledge.id)
            if line is None:
                counted, reason = money, "counted"
            else:
                counted, reason = Money(line.amount, money.currency), line.reason
            found = None
            if counted.amount:
                found = rate(money.currency, value_date.start, value_date.end)
            yield Item(pledge, counted, reason, found)


def _date_of(rate: Rate | None) -> str | None:
    """Return the days that a rate was published on, or the longer period that it is a mean of."""
    if rate is None or not rate.days:
        return None
    return ", ".join(map(str, rate.days)) if rate.on.is_day else f"mean of {rate.on}"


@attrs.frozen(eq=False, repr=False)
class Totals(Mapping[Any, Total]):
    """The totals of groups, the largest first, which add up to ``grand`` exactly.

    A group is the value of the field that it was made by, None where the field is empty, and a
    tuple for several fields. ``by`` names the fields; ``names`` what the ids in them are called.
    """

    grand: Total
    by: tuple[str, ...]
    groups: Mapping[Any, Total]
    names: Names = attrs.field(factory=dict)
    _several: bool = False

    @classmethod
    def of(cls, grand: Total, by: "By", names: Names) -> "Totals":
        """Take a total apart by fields of its pledges, by year or month, or by a function.

        Raises `FieldError` for a name that is no field of a pledge.
        """
        titles, key = _key(by)
        groups = sorted(grand.apart(key).items(), key=lambda pair: (-pair[1].exact, str(pair[0])))
        several = not (callable(by) or isinstance(by, str))
        return cls(grand, titles, dict(groups), names, several)

    @property
    def shares(self) -> dict[Any, Fraction]:
        """Each group's share of the grand total, exactly; 0 where that is nothing."""
        whole = self.grand.exact
        return {group: total.exact / whole if whole else whole for group, total in self.items()}

    def table(self, *others: "Totals") -> Table:
        """Show each group's stages, what others than the company pay, its total and its share.

        Totals of the same groups in other currencies are shown beside them.
        """
        stages = [*self.grand.by_stage] if len(self.grand.by_stage) > 1 else []
        columns = [
            *map(Column, self.by),
            *(Column(_DONE[stage], Kind.AMOUNT) for stage in stages),
            Column("paid by others", Kind.AMOUNT),
            Column(self.grand.currency, Kind.AMOUNT),
            Column("share", Kind.SHARE),
            *(Column(other.grand.currency, Kind.AMOUNT) for other in others),
        ]

        def cells(total: Total, share: Fraction, beside: Iterable[Total]) -> list[Any]:
            by_stage, by_others = total.by_stage, total.paid_by_others
            amounts = [*(by_stage.get(stage) for stage in stages), by_others, total.amount]
            numbers = [money.amount if money else None for money in amounts]
            return [*numbers, share, *(other.amount.amount for other in beside)]

        rows = [
            [*self.names_of(group), *cells(total, self.shares[group], [o[group] for o in others])]
            for group, total in self.items()
        ]
        grand = ["total", *[None] * (len(self.by) - 1)]
        grand += cells(self.grand, Fraction(1), [other.grand for other in others])
        return Table(columns, rows, [grand])

    def names_of(self, group: Any) -> list[str]:
        """Return what a group is called: a name for each field that the groups are made by."""
        values = group if self._several else (group,)
        return [
            "–" if value is None else str(self.names.get(field, {}).get(value, value))
            for field, value in zip(self.by, values, strict=True)
        ]

    def __getitem__(self, group: Any) -> Total:
        return self.groups[group]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.groups)

    def __len__(self) -> int:
        return len(self.groups)

    def __repr__(self) -> str:
        groups = f"{len(self)} groups" if len(self) != 1 else "1 group"
        return f"Totals: {groups} by {', '.join(self.by)}, {self.grand.amount.words()}"

    def __str__(self) -> str:
        return self.table().text()


def _key(by: By) -> tuple[tuple[str, ...], Key]:
    """Return the names of the fields to group by, and the key that groups a pledge."""
    if callable(by):
        return ("group",), by
    if isinstance(by, str):
        return (by,), _field(by)
    if not by:
        raise FieldError(by, ("year", "month", *PLEDGE_FIELDS))
    keys = [_field(name) for name in by]
    return tuple(by), lambda pledge: tuple(key(pledge) for key in keys)


def _field(name: str) -> Key:
    if name in {"year", "month"}:
        length = len("2021") if name == "year" else len("2021-09")
        return lambda pledge: _announced_in(pledge, length)
    if name not in PLEDGE_FIELDS:
        raise FieldError(name, ("year", "month", *PLEDGE_FIELDS))
    return attrgetter(name)


def _announced_in(pledge: Pledge, length: int) -> str | None:
    """Return the year or month of an announcement; None where it may be in more than one."""
    first, last = (
        day.isoformat()[:length] for day in (pledge.announced.start, pledge.announced.end)
    )
    return first if first == last else None
