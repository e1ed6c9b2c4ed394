"""The totals of anybody's dataframe: added up in its engine, converted exactly, rounded once."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date as day
from typing import Any

from commonprosperity.errors import DatasetError, Fault, RecordError
from commonprosperity.extras import needed
from commonprosperity.frames.columns import Columns, Constant
from commonprosperity.frames.faults import Faults, period_of
from commonprosperity.frames.pandas import as_arrow
from commonprosperity.frames.parts import parts
from commonprosperity.frames.summed import Summed
from commonprosperity.frames.sums import lines, told_of
from commonprosperity.frames.views import view_of
from commonprosperity.money import Money, summing
from commonprosperity.period import Period
from commonprosperity.rates import Rates, ecb
from commonprosperity.totals import Conversion, Totals
from commonprosperity.wording import currency_code, currency_digits

Group = tuple[Any, ...]
Sums = dict[tuple[str, Period], Money]

_FLOAT_DIGITS = 15  # a float has no more


def total(  # noqa: PLR0913 (every question that a dataframe leaves open has its own name)
    frame: Any,
    to: str,
    *,
    amount: str = "amount",
    currency: str = "currency",
    date: str | day | Period = "date",
    by: str | Sequence[str] | None = None,
    rates: Rates | None = None,
    on: Period | day | str | None = None,
    minor_units: bool = False,
    float_digits: int | None = None,
    progress: bool = True,
) -> Totals:
    """Add up a dataframe's rows in a currency, each converted at the rate of its own date.

    ``frame`` is of pandas, Polars, PyArrow or DuckDB, or a path to Parquet or CSV files, which are
    scanned. ``currency`` and ``date`` are columns, or one currency and one date for all rows.
    ``by`` is a column, or several; without it all rows are one group, ``all``. ``on`` and ``rates``
    are as in `Dataset.total`. Every row counts for all of its amount.

    ``minor_units`` says that amounts are integers of fen or cents; ``float_digits``, with how many
    decimals floats were written. A bar shows how many files of a folder are done, in a terminal and
    a notebook.

    Raises `DatasetError` with everything that is wrong, the rows counted from 0; `FileError` where
    there is no such file; `MissingExtraError` for a package that is not installed.
    """
    if float_digits is not None and float_digits not in range(_FLOAT_DIGITS + 1):
        problem = f"is no number of decimals from 0 to {_FLOAT_DIGITS}"
        raise RecordError("float_digits", float_digits, problem)
    titles = (by,) if isinstance(by, str) else tuple(by or ())
    columns = Columns(amount, currency, date, titles, minor_units, float_digits)
    when = None if on is None else Period.of(on)
    conversion = Conversion(currency_code(to), ecb() if rates is None else rates, when)
    groups: dict[Group, Sums] = defaultdict(dict)
    for place, view in parts(frame, progress=progress):
        for group, money, due in _sums(view, columns, conversion, place):
            _add(groups[group], (money.currency, due), money)
    return _totals(groups, by, conversion)


def total_frame(frame: Any, to: str, **options: Any) -> Any:
    """Return the rows of `total` as a small dataframe of the kind that was given.

    It has a column for each group, the total, and the share, as the dataframes of `Totals` have.
    Of a `LazyFrame` it is a `DataFrame`; of files, that of the package that scanned them.

    Raises what `total` raises.
    """
    totals = total(frame, to, **options)
    kind = next(view for _, view in parts(frame, progress=False)).implementation
    if kind.is_pandas_like():
        return totals.to_pandas()
    if kind.is_duckdb():
        return needed("duckdb").from_arrow(totals.to_arrow())
    return totals.to_polars() if kind.is_polars() else totals.to_arrow()


def _sums(
    view: Any, columns: Columns, conversion: Conversion, place: str
) -> Iterator[tuple[Group, Money, Period]]:
    """Go through what the rows of a view come to by group, currency and date.

    Raises `DatasetError` with everything that is wrong with them.
    """
    with told_of(place):
        names = [name for name in view.collect_schema().names() if isinstance(name, str)]
    found = dict(columns.constants(names, place))
    _refuse(*(f for f in found.values() if isinstance(f, Fault)), *columns.missing(names, place))
    constants = {part: value for part, value in found.items() if isinstance(value, Constant)}
    with told_of(place):
        view = view.select(columns.used(names))
        if view.implementation.is_pandas_like():
            view = view_of(as_arrow(view.to_native(), view.columns, place))
        schema = view.collect_schema()
    readings, unreadable = columns.readings(schema, constants, place)
    _refuse(*unreadable)
    read = lines(view, readings, place)
    faults = Faults(readings, conversion)
    _refuse(*faults.of(read, view, columns.called(constants), place))
    decimals = _decimals(columns, readings["amount"].decimals)
    for line in read:
        code = str(line.currency)
        with summing():
            number = line.added.scaleb(-decimals(code))
        yield line.group, Money(number, code), period_of(line.date)


def _add(sums: Sums, key: tuple[str, Period], money: Money) -> None:
    sums[key] = sums[key] + money if key in sums else money


def _decimals(columns: Columns, decimals: int) -> Callable[[str], int]:
    """Return how many of the digits of a sum are decimals, by its currency."""
    return currency_digits if columns.minor_units else lambda _: decimals


def _refuse(*faults: Fault) -> None:
    if faults:
        raise DatasetError(faults)


def _totals(
    groups: dict[Group, Sums], by: str | Sequence[str] | None, conversion: Conversion
) -> Totals:
    """Return the totals of groups, the largest first, as a dataset has them."""
    several = bool(by) and not isinstance(by, str)
    everything: Sums = {}
    for sums in groups.values():
        for key, money in sums.items():
            _add(everything, key, money)
    totals = {
        (group if several else group[0] if by else "all"): Summed.up(sums, conversion)
        for group, sums in groups.items()
    }
    largest_first = sorted(totals.items(), key=lambda pair: (-pair[1].exact, str(pair[0])))
    titles = ("rows",) if not by else (by,) if isinstance(by, str) else tuple(by)
    return Totals(Summed.up(everything, conversion), titles, dict(largest_first), {}, several)
