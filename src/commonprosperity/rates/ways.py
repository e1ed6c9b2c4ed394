"""The way from one currency to another, over the pairs that one source or several have.

Of all ways, the one of the fewest legs is taken; of those, the one whose legs come from the earlier
sources; and of those, the first in the alphabet.
"""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import NamedTuple

Steps = Callable[[str], Iterable[tuple[int, str]]]
"""Where one may go from a currency: to others, each with the number of the source of the pair."""


class Leg(NamedTuple):
    """One pair on a way, and the number of the source that has it."""

    source: int
    base: str
    quote: str

    def back(self) -> "Leg":
        """Return the leg the other way round."""
        return Leg(self.source, self.quote, self.base)


class Way(NamedTuple):
    """Currencies from one end to the other, and the number of the source of each leg.

    Ways of one length compare by the numbers first, and then by the alphabet.
    """

    sources: tuple[int, ...]
    codes: tuple[str, ...]

    @property
    def legs(self) -> tuple[Leg, ...]:
        """The legs, in their order."""
        pairs = pairwise(self.codes)
        return tuple(Leg(number, *pair) for number, pair in zip(self.sources, pairs, strict=True))


def shortest_way(
    base: str, quote: str, steps: Steps, may_go: Callable[[Leg], bool] = lambda _: True
) -> Way | None:
    """Return the first way whose legs may all be gone; None if there is none.

    The search starts from the end that comes first in the alphabet, so that AUD to USD goes the way
    that USD to AUD comes. Each round makes the ways longer by one leg, and keeps the best one to
    each currency: CNY; then CNY-EUR; then CNY-EUR-JPY, CNY-EUR-USD, ...
    """
    first, last = sorted((base, quote))
    ways = [Way((), (first,))]
    reached = {first}
    while ways:
        # The last leg is tried first: most ways end here, and need no other leg looked up.
        for way in _longer(ways, steps, lambda code: code == last):
            if may_go(way.legs[-1]):
                return way if first == base else Way(way.sources[::-1], way.codes[::-1])
        longer = _longer(ways, steps, lambda code: code not in reached and code != last)
        ways = []
        for way in longer:
            if way.codes[-1] not in reached and may_go(way.legs[-1]):
                reached.add(way.codes[-1])
                ways.append(way)
    return None


def _longer(ways: Iterable[Way], steps: Steps, is_wanted: Callable[[str], bool]) -> list[Way]:
    """Return the ways that are longer by a leg to a currency that is wanted, in their order."""
    return sorted(
        Way((*way.sources, source), (*way.codes, code))
        for way in ways
        for source, code in steps(way.codes[-1])
        if is_wanted(code)
    )
