"""``IndexNumbers``: indices of prices at hand, and how rates of inflation make one."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

import attrs

from commonprosperity.prices.base import Prices, runs
from commonprosperity.sentence import Sentence

ByYear = Mapping[int, Fraction]


@attrs.frozen
class IndexNumbers(Prices):
    """The index of each country by year.

    ``broken`` has the years whose rate of inflation is missing, by country: an index that is made
    of such rates does not go back beyond the last of them.
    """

    indices: Mapping[str, ByYear]
    provider: str
    broken: Mapping[str, int] = attrs.field(factory=dict)

    @classmethod
    def of_inflation(cls, rates: Mapping[str, ByYear], provider: str) -> "IndexNumbers":
        """Make indices of rates of inflation, which say how much prices rose since last year.

        >>> from fractions import Fraction
        >>> rates = {"CN": {2020: Fraction("0.5"), 2021: Fraction("4.5")}}  # in percent
        >>> numbers = IndexNumbers.of_inflation(rates, "desk.csv").published("CN")
        >>> {year: float(number) for year, number in numbers.items()}
        {2019: 1.0, 2020: 1.005, 2021: 1.050225}
        """
        indices, broken = {}, {}
        for country, by_year in rates.items():
            *earlier, last = runs(by_year)
            indices[country] = _chained(last, by_year)
            if earlier:
                broken[country] = last[0] - 1
        return cls(indices, provider, broken)

    def published(self, country: str) -> ByYear:
        """Return the index of a country by year."""
        return self.indices.get(country, {})

    def _known(self, country: str, numbers: Iterable[int]) -> Sentence:
        known = super()._known(country, numbers)
        if country not in self.broken:
            return known
        year = self.broken[country]
        return Sentence(
            "{known:say}, as it has no rate of inflation of {year}, which would lead further back",
            known=known, year=year,
        )  # fmt: skip


def _chained(years: list[int], rates: ByYear) -> ByYear:
    """Chain the rates of years that follow each other, from 1 in the year before the first."""
    index = {years[0] - 1: Fraction(1)}
    for year in years:
        index[year] = index[year - 1] * (1 + rates[year] / 100)
    return index
