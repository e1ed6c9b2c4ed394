"""``Scale``: the one unit of all amounts of a table, and their decimals."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

import attrs

from commonprosperity.table.column import Unit

_NO_UNIT = Unit("", 0)
_DECIMALS = 3  # of a unit; without one, those of most currencies:
_DECIMALS_OF_MONEY = 2
_DIGITS = 3  # of every amount that it shows


@attrs.frozen
class Scale:
    """The unit of all amounts of a table, and how many decimals each of them has.

    They share both, so that a reader can compare them at a glance.
    """

    unit: Unit
    decimals: int

    @classmethod
    def of(cls, amounts: Iterable[Decimal], units: Sequence[Unit]) -> "Scale":
        """Choose what suits the largest amount, and keeps three digits of the smallest.

        The unit is the largest that the largest amount reaches, and the smallest a hundredth of.
        There are three decimals, or four where an amount would have less than three digits:
        beside 15.484 billion, 50.708 million are 0.0507 billion.

        >>> Scale.of([Decimal("15.484E9"), Decimal("50.708E6")], [Unit("in billions", 9)])
        Scale(unit=Unit(words='in billions', power=9), decimals=4)
        """
        sizes = [amount.copy_abs() for amount in amounts if amount and amount.is_finite()]
        unit = _unit(sizes, units)
        least = _DECIMALS if unit.power else _DECIMALS_OF_MONEY
        needs = (_decimals(size, unit.power) for size in sizes)
        return cls(unit, max(least, *needs) if sizes else least)


def _unit(sizes: Sequence[Decimal], units: Sequence[Unit]) -> Unit:
    smallest, largest = (end(sizes, default=Decimal(0)) for end in (min, max))
    for unit in units:
        one, hundredth = Decimal((0, (1,), unit.power)), Decimal((0, (1,), unit.power - 2))
        if largest >= one and smallest >= hundredth:
            return unit
    return _NO_UNIT


def _decimals(size: Decimal, power: int) -> int:
    """Return how many decimals show three digits of an amount, or all that it has.

    >>> _decimals(Decimal("50708000"), 9), _decimals(Decimal("50000000"), 9)
    (4, 2)
    """
    of_three = power - size.adjusted() + _DIGITS - 1
    if of_three <= _DECIMALS_OF_MONEY:  # as all have that many, its own digits do not matter
        return of_three
    _, digits, exponent = size.as_tuple()
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    of_its_own = power - int(exponent) - zeros
    return min(of_its_own, of_three)
