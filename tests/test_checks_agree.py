"""What checks find in amounts, beside what Fractions find in every pair and triple of them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from math import comb

from hypothesis import event, given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.rates import Rates
from strategies import dataset, pledge

TOLERANCES = st.sampled_from([Fraction(1, 200), Fraction(0), Fraction(1, 3), Fraction(1, 50)])
FIRST = date(2020, 1, 1)


class Inflating(Rates):
    """Rates at which the dollar and the yen lose most of their worth in yuan within three years."""

    provider, pivot = "Inflating", "CNY"

    def published(self, base: str, quote: str, period: cp.Period) -> Mapping[date, Fraction]:
        """Return a rate for every day."""
        start = {"USD": Fraction(13, 2), "JPY": Fraction(3, 50)}.get(base)
        if start is None or quote != "CNY":
            return {}
        days = (period.start + timedelta(n) for n in range((period.end - period.start).days + 1))
        return {day: start * (1 - Fraction((day - FIRST).days, 2_000)) for day in days}


RATES = Inflating()

amounts = st.builds(
    lambda digits, exponent: f"{digits}E{exponent}",
    st.integers(1, 40) | st.integers(1, 3),
    st.sampled_from([-2, -1, 0, 0, 0, 1]),
)


@st.composite
def told(draw: st.DrawFn, days: int, most: int = 8) -> list[cp.Pledge]:
    """Draw some pledges of one company, in a currency or several, some of them sums of others."""
    codes = draw(st.sampled_from([["CNY"], ["USD"], ["CNY", "USD"], ["CNY", "JPY", "USD"]]))
    pledges: list[cp.Pledge] = []
    for at in range(draw(st.integers(2, most))):
        code = draw(st.sampled_from(codes))
        own = [one.amount for one in pledges if one.amount.currency == code]
        addends = draw(st.lists(st.sampled_from(own), max_size=3)) if own else []
        drawn = cp.Money(draw(amounts), code)
        money = sum(addends, cp.Money(0, code)) if len(addends) > 1 else drawn
        day = FIRST + timedelta(draw(st.integers(0, days)))
        announced = str(day)[: draw(st.sampled_from([10, 10, 10, 7]))]
        pledges.append(pledge(f"p{draw(st.integers(0, 9))}{at}", money, announced=announced))
    return pledges


def found(code: str, pledges: Sequence[cp.Pledge], tolerance: Fraction) -> set[tuple[str, ...]]:
    findings = dataset(*pledges).check(RATES, tolerance)
    return {finding.ids for finding in findings if finding.code == code}


class Figure:
    """What a pledge comes to in the commonest currency of some, and what it may have been."""

    def __init__(self, pledge: cp.Pledge, common: str, tolerance: Fraction) -> None:
        self.pledge, self.id, money = pledge, pledge.id, pledge.amount
        self.currency, self.own = money.currency, Fraction(money.amount)
        self.own_rounding = Fraction(money.half_last_digit)
        factor = RATES.rate(money.currency, common, pledge.value_date).factor
        self.amount, self.rounding = self.own * factor, self.own_rounding * factor
        self.low = max(self.amount - self.rounding, Fraction(0)) * (1 - tolerance)
        self.high = (self.amount + self.rounding) * (1 + tolerance)
        self.start, self.end = pledge.announced.start, pledge.announced.end

    @property
    def age(self) -> tuple[date, date, str]:
        return self.start, self.end, self.id


def figures(pledges: Sequence[cp.Pledge], tolerance: Fraction) -> list[Figure]:
    counts = Counter(one.amount.currency for one in pledges)
    common = max(counts, key=lambda code: (counts[code], code))
    return [Figure(one, common, tolerance) for one in pledges]


# Look-alikes


def meet(one: Figure, other: Figure) -> bool:
    return max(one.low, other.low) <= min(one.high, other.high)


def tied_by_amount(records: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Put amounts together that meet, directly or through others."""
    rest = [*records]
    while rest:
        group = [rest.pop()]
        for one in group:  # which grows as it is read
            group += [other for other in rest if meet(one, other)]
            rest = [other for other in rest if other not in group]
        yield sorted(group, key=lambda one: one.age)


@given(told(days=90, most=14), TOLERANCES)
def test_look_alikes_are_the_pairs_that_fractions_find(
    pledges: list[cp.Pledge], tolerance: Fraction
) -> None:
    expected = set()
    for group in tied_by_amount(figures(pledges, tolerance)):
        for at, one in enumerate(group):
            for other in group[at + 1 : at + 6]:
                middles = sorted([one.low + one.high, other.low + other.high])
                is_alike = meet(one, other) and middles[1] <= middles[0] * Fraction(11, 10)
                if is_alike and (other.start - one.end).days <= 30:
                    expected.add((one.id, other.id))
    assert found("look-alike", pledges, tolerance) == expected
    event(f"{min(len(expected), 5)} pairs or more")


# Sums


def spread(*records: Figure) -> int:
    return max(0, (max(one.start for one in records) - min(one.end for one in records)).days)


def size(one: Figure) -> int:
    """Return the power of ten of an amount."""
    power = 0
    while one.amount >= Fraction(10) ** (power + 1):
        power += 1
    while one.amount < Fraction(10) ** power:
        power -= 1
    return power


def last_digit(one: Figure) -> Fraction:
    exponent = one.pledge.amount.amount.normalize().as_tuple().exponent
    return Fraction(10) ** int(exponent)


def steps(whole: Figure, parts: Sequence[Figure], tolerance: Fraction) -> Fraction:
    records = whole, *parts
    if len({one.currency for one in records}) == 1:
        sum_, amount = sum(one.own for one in parts), whole.own
        if sum_ == amount:
            return amount / min(map(last_digit, records))
        allowed = max(one.own_rounding for one in records)
    else:
        sum_, amount = sum(one.amount for one in parts), whole.amount
        allowed = max(one.rounding for one in records) + tolerance * amount
    missing = abs(sum_ - amount)
    is_near = missing <= allowed and missing * 4 <= min(sum_, amount)
    return amount / (2 * allowed) if is_near else Fraction(0)


def best_sum(
    whole: Figure, records: Sequence[Figure], tolerance: Fraction
) -> tuple[str, ...] | None:
    near = [
        one
        for one in records
        if abs((one.start - whole.start).days) <= 732
        if size(whole) - size(one) in {0, 1}
    ]
    others = sorted((one for one in near if one is not whole), key=lambda one: (one.amount, one.id))
    addends = [one for one in others if whole.amount / 10 <= one.amount < whole.amount]
    sums = []
    for parts in (parts for count in (2, 3) for parts in combinations(addends, count)):
        number = steps(whole, parts, tolerance)
        within = 92 if number < 10 else 366 if number < 100 else 732
        around = sum(spread(whole, one) <= within for one in others)
        chance = 2 * (comb(around, 2) + comb(around, 3))
        if number and spread(whole, *parts) <= within and number >= chance:
            sums.append((len(parts), spread(whole, *parts), [one.id for one in parts]))
    return (whole.id, *min(sums)[-1]) if sums else None


@given(told(days=100) | told(days=800), TOLERANCES)
def test_sums_are_those_that_fractions_find(pledges: list[cp.Pledge], tolerance: Fraction) -> None:
    records = figures(pledges, tolerance)
    expected = {sum_ for one in records if (sum_ := best_sum(one, records, tolerance))}
    assert found("sums-up", pledges, tolerance) == expected
    event(f"{len(expected)} sums")


# Outliers


@given(
    st.lists(
        st.tuples(st.integers(1, 3) | st.integers(990, 9_000), st.sampled_from(["CNY", "USD"])),
        max_size=7,
    )
)
def test_outliers_are_those_that_fractions_find(drawn: list[tuple[int, str]]) -> None:
    pledges = [
        pledge(f"p{at}", cp.Money(amount, code), announced=str(FIRST + timedelta(at)))
        for at, (amount, code) in enumerate(drawn)
    ]
    records = sorted(figures(pledges, Fraction(0)), key=lambda one: one.amount) if drawn else []
    middle = [one.amount for one in records[(len(records) - 1) // 2 : len(records) // 2 + 1]]
    expected = {
        (one.id,)
        for one in records
        if len(records) > 2
        if one.amount * len(middle) >= 1_000 * sum(middle)
        if 2 * one.amount > sum(each.amount for each in records)
    }
    assert found("outlier", pledges, Fraction(0)) == expected
    event(f"{len(expected)} outliers")
