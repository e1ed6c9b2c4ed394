"""Several sources of rates: the first that has a rate answers, or legs of several do."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import reduce
from itertools import chain

import attrs

from commonprosperity.errors import RateNotFoundError
from commonprosperity.period import Period
from commonprosperity.rates.base import Rates
from commonprosperity.rates.rate import Rate
from commonprosperity.rates.rates_like import RatesLike, rates_of
from commonprosperity.rates.ways import Leg, Way, shortest_way
from commonprosperity.sentence import Sentence, together

_WAYS_NAMED_AT_MOST = 5

_Tried = tuple[Way, list[Leg]]
"""A way over legs of several sources, and those of its legs that have no rate."""


@attrs.frozen
class _FirstOf(Rates):
    given: tuple[Rates, ...]
    sources: tuple[Rates, ...] = attrs.field(init=False, eq=False, repr=False)
    _known_ways: dict[tuple[frozenset[Leg], str, str], Way | None] = attrs.field(
        factory=dict, init=False, eq=False, repr=False
    )
    _neighbours: dict[tuple[int, str], tuple[str, ...]] = attrs.field(
        factory=dict, init=False, eq=False, repr=False
    )

    @sources.default
    def _single_sources(self) -> tuple[Rates, ...]:
        """Return the sources, and those inside another `first_of` in its place, each once."""
        sources = (
            source.sources if isinstance(source, _FirstOf) else (source,) for source in self.given
        )
        return tuple({id(source): source for source in chain.from_iterable(sources)}.values())

    @property
    def provider(self) -> str:  # type: ignore[override]
        return " or ".join(source.provider for source in self.sources)

    def published(self, base: str, quote: str, period: Period) -> Mapping[date, Fraction]:
        numbers = (source.published(base, quote, period) for source in self.sources)
        return next(filter(None, numbers), {})

    def rate(self, base: str, quote: str, on: Period | date | str) -> Rate:
        alone: dict[int, RateNotFoundError] = {}
        answer = self._answer(base, quote, on, alone)
        if isinstance(answer, Rate):
            return answer
        raise self._missing([*alone.values()], answer, Period.of(on))

    def _answer(
        self,
        base: str,
        quote: str,
        on: Period | date | str,
        alone: dict[int, RateNotFoundError],
    ) -> Rate | list[_Tried]:
        """Return the rate of the first source that has it, or of legs, or else the ways tried.

        A `first_of` inside this one is a source too: it answers as it does outside. The error of
        each single source goes into ``alone``.
        """
        for source in self.given:
            if isinstance(source, _FirstOf):
                answer = source._answer(base, quote, on, alone)  # noqa: SLF001 (of one class)
                if isinstance(answer, Rate):
                    return answer
            elif id(source) not in alone:
                try:
                    return source.rate(base, quote, on)
                except RateNotFoundError as error:
                    alone[id(source)] = error
        return self._together(base, quote, Period.of(on))

    def _together(self, base: str, quote: str, on: Period) -> Rate | list[_Tried]:
        """Return the rate of the first way whose legs all have one, or else the ways tried.

        The next way to try is the first without any leg that had no rate before.
        """
        lacking: frozenset[Leg] = frozenset()
        tried: list[_Tried] = []
        while way := self._way_without(lacking, base, quote):
            rates = [self._rate_of(leg, on) for leg in way.legs]
            if None not in rates:
                return reduce(Rate.then, filter(None, rates))
            legs = [leg for leg, rate in zip(way.legs, rates, strict=True) if rate is None]
            lacking = lacking.union(legs, (leg.back() for leg in legs))
            if len(set(way.sources)) > 1:
                tried.append((way, legs))
        return tried

    def _way_without(self, lacking: frozenset[Leg], base: str, quote: str) -> Way | None:
        """Return the first way without some legs; it is the same on every day, and kept."""
        key = lacking, base, quote
        if key not in self._known_ways:
            way = shortest_way(base, quote, self._steps, lambda leg: leg not in lacking)
            self._known_ways[key] = way
        return self._known_ways[key]

    def _rate_of(self, leg: Leg, on: Period) -> Rate | None:
        return self.sources[leg.source]._leg(leg.base, leg.quote, on)  # noqa: SLF001 (of one class)

    def _error_of_leg(self, leg: Leg, on: Period) -> RateNotFoundError:
        return self.sources[leg.source]._error_of(leg.base, leg.quote, on)  # noqa: SLF001 (as above)

    def _missing(
        self, alone: list[RateNotFoundError], tried: list[_Tried], on: Period
    ) -> RateNotFoundError:
        """Return the error of a rate that no source has alone, nor several have together.

        It says when each source has the rate, and which legs each way lacks.
        """
        known, errors = [error.known for error in alone], [*alone]
        for way, legs in tried[:_WAYS_NAMED_AT_MOST]:
            of_legs = [self._error_of_leg(leg, on) for leg in legs]
            known.append(_known_together(way, of_legs))
            errors += of_legs
        nearest = sorted({day for error in errors for day in error.nearest})
        return attrs.evolve(alone[0], known=together(known), nearest=tuple(nearest), way_out=None)

    def _steps(self, code: str) -> Iterator[tuple[int, str]]:
        """Yield the pairs of a currency: the number of the source, and the other currency."""
        for number, source in enumerate(self.sources):
            if (number, code) not in self._neighbours:
                self._neighbours[number, code] = tuple(source._beside(code))  # noqa: SLF001 (as above)
            yield from ((number, other) for other in self._neighbours[number, code])


def _known_together(way: Way, lacking: Iterable[RateNotFoundError]) -> Sentence:
    """Say which legs a way lacks: "through USD, EUR: no TWD/USD, CBC's are known from ..."."""
    lacks = [
        Sentence("no {pair}, {known:say}", pair=f"{error.base}/{error.quote}", known=error.known)
        for error in lacking
    ]
    currencies = ", ".join(way.codes[1:-1])
    return Sentence(
        "through {currencies}: {lacks:say}", currencies=currencies, lacks=together(lacks)
    )


def first_of(first: RatesLike, *others: RatesLike) -> Rates:
    """Return rates that ask one source after another, until one has the rate.

    Where none has it alone, legs of several are put together: of all ways the one of the fewest
    legs, of those the one of the earlier sources, and of those the first in the alphabet. The legs
    of the `Rate` say whose they are. The way back is the same.

    A later source that has the whole way comes before legs of earlier ones: for dirhams in yuan,
    the NBP would come before the peg and the ECB below. ``first_of(first_of(peg, ecb()), nbp())``
    takes the peg, as a `first_of` inside another answers as one source.

    >>> from commonprosperity.rates import ecb, fixed
    >>> rates = first_of(ecb(), fixed({"USD/AED": "3.6725"}, provider="the peg"))
    >>> rates.rate("USD", "CNY", "2021-09-02").provider, rates.rate("USD", "AED", "2021").provider
    ('ECB', 'the peg')
    >>> dirham = rates.rate("AED", "CNY", "2021-09-02")
    >>> [(leg.base, leg.quote, leg.provider) for leg in dirham.published]
    [('USD', 'AED', 'the peg'), ('EUR', 'USD', 'ECB'), ('EUR', 'CNY', 'ECB')]

    A source may also be fixed rates in a mapping, such as ``{"USD/AED": "3.6725"}``.

    Raises `RecordError` for what is no source. The rates raise `RateNotFoundError` when there is no
    way, with what each source and way lacks.
    """
    return _FirstOf(tuple(map(rates_of, (first, *others))))
