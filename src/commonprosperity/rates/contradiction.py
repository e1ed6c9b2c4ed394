"""Factors that contradict each other beyond the rounding that they are stated with."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from commonprosperity.errors import RateContradictionError
from commonprosperity.rates.pairs import Pair, Pairs
from commonprosperity.wording import significant


class _Step(NamedTuple):
    """From one currency to another: at most how many of it one unit is, and which pair says so."""

    one: str
    other: str
    most: Fraction
    pair: Pair


def refuse_contradiction(factors: Mapping[Pair, Decimal]) -> None:
    """Raise `RateContradictionError` for factors that contradict each other beyond their rounding.

    Of a circle of pairs, the one stated last is at fault, and the others are its way around.
    """
    circle = _contradiction(factors)
    if not circle:
        return
    order = list(factors)
    at = max(range(len(circle)), key=lambda place: order.index(circle[place].pair))
    stated, *others = *circle[at:], *circle[:at]
    base, quote = stated.pair
    if stated.one == base:  # the others go on from the quote, and are named from the base
        others.reverse()
    around = Pairs({step.pair: {date.min: Fraction(factors[step.pair])} for step in others}, "")
    raise RateContradictionError(
        f"{base}/{quote}",
        significant(Fraction(factors[base, quote])),
        tuple("/".join(step.pair) for step in others),
        significant(around.rate(base, quote, date.min).factor),
    )


def _contradiction(factors: Mapping[Pair, Decimal]) -> list[_Step]:
    """Return a circle of steps whose pairs contradict each other; none where all agree.

    A factor is a span, give or take half of its last digit. EUR/USD of 1.2 and USD/CNY of 6 put
    EUR/CNY between 1.15 * 5.5 = 6.325 and 1.25 * 6.5 = 8.125; one of 7.6 agrees, and one of 80
    does not. Then a euro that goes out by the 8.125 at most, and comes back by the 79.5 at least,
    is 0.102 euros at the most: a circle whose product is below 1. Those are found as Bellman and
    Ford find circles of a negative length.
    """
    worth = {code: Fraction(1) for pair in factors for code in pair}
    last: dict[str, _Step] = {}
    steps = _steps(factors)
    is_settled = False
    while not is_settled:
        is_settled = True
        for step in steps:
            most = worth[step.one] * step.most
            if most < worth[step.other]:
                if circle := _circle(step, last):
                    return circle
                worth[step.other], last[step.other], is_settled = most, step, False
    return []


def _steps(factors: Mapping[Pair, Decimal]) -> list[_Step]:
    """Return the steps that pairs allow, there at their highest and back at their lowest factor."""
    steps = []
    for (base, quote), factor in factors.items():
        half = Fraction(10) ** int(factor.as_tuple().exponent) / 2
        steps.append(_Step(base, quote, Fraction(factor) + half, (base, quote)))
        steps.append(_Step(quote, base, 1 / (Fraction(factor) - half), (base, quote)))
    return steps


def _circle(step: _Step, last: Mapping[str, _Step]) -> list[_Step]:
    """Return the circle that a step closes, this one as its last; none where it closes none."""
    circle = [step]
    while circle[-1].one != step.other:
        if circle[-1].one not in last:
            return []
        circle.append(last[circle[-1].one])
    return circle[::-1]
