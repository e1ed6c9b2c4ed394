"""The totals of anybody's dataframe: added up in its engine, converted exactly, rounded once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date as day
from functools import partial
from typing import Any

from commonprosperity.errors import DatasetError, Fault
from commonprosperity.extras import needed
from commonprosperity.frames.columns import Columns
from commonprosperity.frames.dask import Partitions
from commonprosperity.frames.faults import SHOWN, Faults, Wrong, period_of
from commonprosperity.frames.ledger import Ledger
from commonprosperity.frames.parts import parts
from commonprosperity.frames.summed import Summed
from commonprosperity.frames.sums import Line
from commonprosperity.frames.views import WHOLE, is_dask
from commonprosperity.money import Money, summing
from commonprosperity.period import Period
from commonprosperity.rates import Rates, ecb
from commonprosperity.totals import Conversion, Totals
from commonprosperity.wording import currency_code, currency_digits

Group = tuple[Any, ...]
Sums = dict[tuple[str, Period], Money]


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
    bar: bool = True,
) -> Totals:
    """Add up a dataframe's rows in a currency, each converted at the rate of its own date.

    ``frame`` is of pandas, Polars, PyArrow, DuckDB, Dask or Spark, or a path to Parquet or CSV
    files, which are scanned. ``currency`` and ``date`` are columns, or one currency and one date
    for all rows. ``by`` is a column, or several; without it all rows are one group, ``all``. ``on``
    and ``rates`` are as in `Dataset.total`. Every row counts for all of its amount.

    ``minor_units`` says that amounts are integers of fen or cents; ``float_digits``, with how many
    decimals floats were written. ``bar`` shows a bar of files and of Dask's partitions, in a
    terminal and a notebook.

    Raises `DatasetError` with everything that is wrong, the rows counted from 0, of up to five
    files; `FileError` where there is no such file; `MissingExtraError` for a package that is not
    installed; `RecordError` for what names no column.
    """
    titles = () if by is None else tuple(by) if isinstance(by, tuple | list) else (by,)
    columns = Columns(amount, currency, date, titles, minor_units, float_digits)
    when = None if on is None else Period.of(on)
    conversion = Conversion(currency_code(to), ecb() if rates is None else rates, when)
    groups: dict[Group, Sums] = defaultdict(dict)
    for line in _lines(_ledgers(frame, columns, bar=bar), conversion):
        money, due = _money(line, columns), period_of(line.date)
        _add(groups[line.group], (money.currency, due), money)
    return _totals(groups, by, conversion)


def total_frame(frame: Any, to: str, **options: Any) -> Any:
    """Return the rows of `total` as a small dataframe of the kind that was given.

    It has a column for each group, the total, and the share, as the dataframes of `Totals` have.
    Of a `LazyFrame` it is a `DataFrame`, of Dask one of pandas, and of files that of the package
    which scanned them.

    Raises what `total` raises.
    """
    totals = total(frame, to, **options)
    if is_dask(frame):
        return totals.to_pandas()
    kind = next(open_() for _, open_ in parts(frame, bar=False)).implementation
    if kind.is_pandas_like():
        return totals.to_pandas()
    if kind.is_duckdb():
        return needed("duckdb").from_arrow(totals.to_arrow())
    if kind.is_spark_like():
        return frame.sparkSession.createDataFrame(totals.to_arrow())
    return totals.to_polars() if kind.is_polars() else totals.to_arrow()


def _ledgers(
    frame: Any, columns: Columns, *, bar: bool
) -> Iterator[Callable[[], Ledger | Partitions]]:
    """Go through what opens the ledgers of a dataframe, or of files."""
    if is_dask(frame):
        yield partial(Partitions.of, frame, columns, WHOLE, bar=bar)
    else:
        for place, view in parts(frame, bar=bar):
            yield partial(Ledger.of, view, columns, place)


def _lines(
    ledgers: Iterable[Callable[[], Ledger | Partitions]], conversion: Conversion
) -> Iterator[Line]:
    """Go through the lines of ledgers.

    Raises `DatasetError` with everything that is wrong with the first ones at fault.
    """
    at_fault: list[DatasetError] = []
    for open_ in ledgers:
        try:
            ledger = open_()
            lines = ledger.lines()
            _refuse(lines, ledger, conversion)
        except DatasetError as error:
            at_fault.append(error)
            if len(at_fault) == SHOWN:
                break
        else:
            yield from lines
    if at_fault:
        raise type(at_fault[0])(tuple(fault for error in at_fault for fault in error.faults))


def _refuse(lines: list[Line], ledger: Ledger | Partitions, conversion: Conversion) -> None:
    """Raise `DatasetError` with what is wrong with lines, and the first rows of each fault."""
    wrongs = [*Faults(conversion).of(lines)]
    if not wrongs:
        return
    numbers = ledger.first_rows([wrong.found_by for wrong in wrongs], SHOWN)
    raise DatasetError(tuple(
        Fault("", ledger.titles.get(wrong.part, wrong.part), _told(wrong, rows), ledger.place)
        for wrong, rows in zip(wrongs, numbers, strict=True)
    ))  # fmt: skip


def _told(wrong: Wrong, rows: list[int]) -> str:
    count = f"{wrong.rows:,} row{'s' * (wrong.rows > 1)}"
    some = ", ".join(map(str, rows)) + ", ..." * (wrong.rows > len(rows))
    return f"{wrong.problem} ({count}: {some})"


def _money(line: Line, columns: Columns) -> Money:
    """Return what a line that has nothing wrong comes to."""
    code = str(line.currency)
    with summing():
        decimals = currency_digits(code) if columns.minor_units else 0
        return Money(line.added.scaleb(-decimals), code)


def _add(sums: Sums, key: tuple[str, Period], money: Money) -> None:
    sums[key] = sums[key] + money if key in sums else money


def _totals(
    groups: dict[Group, Sums], by: str | Sequence[str] | None, conversion: Conversion
) -> Totals:
    """Return the totals of groups, the largest first, as a dataset has them."""
    alone = isinstance(by, str)
    several = bool(by) and not alone
    everything: Sums = {}
    for sums in groups.values():
        for key, money in sums.items():
            _add(everything, key, money)
    totals = {
        (group if several else group[0] if alone else "all"): Summed.up(sums, conversion)
        for group, sums in groups.items()
    }
    largest_first = sorted(totals.items(), key=lambda pair: (-pair[1].exact, str(pair[0])))
    titles = tuple(by or ["rows"]) if not isinstance(by, str) else (by,)
    return Totals(Summed.up(everything, conversion), titles, dict(largest_first), {}, several)
