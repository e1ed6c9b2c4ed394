"""``ConstantPrices``: how amounts are valued in the prices of one year, the base year."""

from collections.abc import Mapping
from typing import NamedTuple

import attrs

from commonprosperity.countries import currency_of
from commonprosperity.errors import ConstantPriceError, Fault, PriceNotFoundError, RecordError
from commonprosperity.period import Period
from commonprosperity.prices import Prices
from commonprosperity.rates import Rate, Rates
from commonprosperity.sentence import Sentence
from commonprosperity.totals.valuation import Valuation

_LAST_YEAR = 9999


class _Payer(NamedTuple):
    """The country whose prices count, and its currency."""

    country: str
    currency: str


@attrs.frozen(eq=False)
class ConstantPrices:
    """A source of prices, a base year, and the country of each company.

    An amount goes into the company's own currency at the mean rate of its year, by the deflator of
    the company's country to the base year, and out at the base year's mean rate: the method of the
    Development Assistance Committee (DAC) of the OECD. What is in the currency asked for and of
    the base year stays as it is.
    """

    prices: Prices
    base: int
    countries: Mapping[str, str | None]
    _means: dict[tuple[str, str, int], Rate] = attrs.field(factory=dict, init=False)

    @classmethod
    def of(
        cls, prices: object, base: object, countries: Mapping[str, str | None]
    ) -> "ConstantPrices":
        """Take prices, and a base year as a number or a text.

        Raises `RecordError` for what is no source of prices, and no year.
        """
        if not isinstance(prices, Prices):
            problem = Sentence(
                "is no source of prices; give one, such as prices.from_csv(path), and a base"
            )
            raise RecordError("prices", prices, problem)
        return cls(prices, base_year(base), countries)

    def valuation(
        self, rates: Rates, to: str, currency: str, value_date: Period, company: str
    ) -> Valuation:
        """Return the rate and the deflator of an amount; no deflator for what stays as it is.

        The rate leads into the company's own currency, and from there into the one asked for.

        Raises `ConstantPriceError`, saying why, where the prices that count are not known, and
        `RateNotFoundError` where a rate is not.
        """
        year, last = value_date.start.year, value_date.end.year
        if year != last:
            problem = Sentence(
                "the value date {value_date} is in several years; give the record a value_date in "
                'one of them, such as "{year}"', value_date=value_date, year=f"{last:04}",
            )  # fmt: skip
            raise _error(problem)
        if currency == to and year == self.base:
            return Valuation(rates.rate(currency, to, value_date))
        payer = self._payer(company, year)
        try:
            deflator = self.prices.deflator(payer.country, year, self.base)
        except PriceNotFoundError as error:
            raise _error(error.sentence) from None
        into = self._mean(rates, currency, payer.currency, year)
        out = self._mean(rates, payer.currency, to, self.base)
        if payer.currency == to:
            return Valuation(into, deflator)
        if payer.currency == currency:
            return Valuation(out, deflator)
        return Valuation(attrs.evolve(into.then(out), legs=(into, out)), deflator)

    def _payer(self, company: str, year: int) -> _Payer:
        """Return whose prices count, if its currency of a year is still that of the base year."""
        country = self.countries.get(company)
        if country is None:
            problem = Sentence("is not given, and constant prices need it; write a code such as CN")
            raise _error(problem, company, "country")
        then, now = (currency_of(country, each) for each in (year, self.base))
        if then is None or now is None:
            problem = Sentence(
                "{country} has no currency of its own in {year}",
                country=country, year=self.base if then else year,
            )  # fmt: skip
            raise _error(problem)
        if then != now:
            problem = Sentence(
                "{country} had {then} in {year} and has {now} in {base}; take a base year with "
                "{then}, or total these pledges apart",
                country=country, then=then, year=year, now=now, base=self.base,
            )  # fmt: skip
            raise _error(problem)
        return _Payer(country, then)

    def _mean(self, rates: Rates, base: str, quote: str, year: int) -> Rate:
        """Return the mean rate of a year; it is worked out once."""
        key = base, quote, year
        if key not in self._means:
            self._means[key] = rates.rate(base, quote, f"{year:04}")
        return self._means[key]


def base_year(base: object) -> int:
    """Take the year whose prices count, as a number or a text; `RecordError` for what is none.

    >>> base_year("2021")
    2021
    """
    text = str(base)
    is_year = isinstance(base, int | str) and text.isascii() and text.isdecimal()
    if not is_year or not 0 < int(text[:5]) <= _LAST_YEAR:
        raise RecordError(
            "base", base, Sentence("is no year; give the one whose prices count: 2021")
        )
    return int(text)


def _error(problem: Sentence, record: str = "", field: str = "") -> ConstantPriceError:
    return ConstantPriceError((Fault(record, field, problem),))
