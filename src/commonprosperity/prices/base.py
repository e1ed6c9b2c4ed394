"""``Prices``: the base class of every source of prices."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from commonprosperity.countries import country_code
from commonprosperity.errors import AmountError, PriceNotFoundError
from commonprosperity.prices.deflator import Deflator
from commonprosperity.sentence import Sentence


class Prices(ABC):
    """A source of prices: an index for each country, a number a year.

    A subclass names its ``provider`` and has one method, `published`. What the numbers are of does
    not matter, as only their ratios do: 100 in 2015, or 1 in 1990. A year without a number is not
    known; nothing is interpolated.
    """

    provider: str = Sentence("unnamed source")

    @abstractmethod
    def published(self, country: str) -> Mapping[int, Fraction]:
        """Return the index of a country's prices by year; empty where there is none.

        The country is given by its two-letter code of ISO 3166.
        """

    def deflator(self, country: str, year: int, base: int) -> Deflator:
        """Return how many times the prices of one year those of the base year are.

        The deflator back is its exact inverse.

        Raises `PriceNotFoundError` when the index lacks one of the years, and `CountryError` for
        an unknown code.
        """
        numbers = self.published(country_code(country))
        for each in (year, base):
            if each not in numbers:
                raise PriceNotFoundError(country, each, self._known(country, numbers))
        factor = self._number(numbers, base) / self._number(numbers, year)
        return Deflator(country, year, base, factor, self.provider)

    def _number(self, numbers: Mapping[int, Fraction], year: int) -> Fraction:
        """Return the number of a year, which must be a Fraction above 0."""
        number = numbers[year]
        if not isinstance(number, Fraction) or number <= 0:
            problem = Sentence(
                "an index is a Fraction above 0, as {provider:say}'s must be in {year}",
                provider=self.provider, year=year,
            )  # fmt: skip
            raise AmountError(number, problem)
        return number

    def _known(self, country: str, numbers: Iterable[int]) -> Sentence:
        """Say which years there are of a country: "desk.csv has 1990 to 2018 and 2020"."""
        spans = [*map(_span, runs(numbers))]
        if not spans:
            return Sentence(
                "{provider:say} has no year of {country}", provider=self.provider, country=country
            )
        if len(spans) == 1:
            return Sentence("{provider:say} has {span:say}", provider=self.provider, span=spans[0])
        return Sentence(
            "{provider:say} has {spans:list} and {last:say}",
            provider=self.provider, spans=spans[:-1], last=spans[-1],
        )  # fmt: skip


def _span(years: Sequence[int]) -> Sentence:
    if len(years) == 1:
        return Sentence("{year}", year=years[0])
    return Sentence("{start} to {end}", start=years[0], end=years[-1])


def runs(years: Iterable[int]) -> Iterator[list[int]]:
    """Yield years in their order, as lists of those that follow each other.

    >>> [*runs([2021, 2018, 2019])]
    [[2018, 2019], [2021]]
    """
    run: list[int] = []
    for year in sorted(years):
        if run and year > run[-1] + 1:
            yield run
            run = []
        run.append(year)
    if run:
        yield run
