"""``Tabular``: values that can be exported as a dataframe, their numbers exact.

Narwhals, of the extra ``frames``, makes the dataframes; their own packages are the user's.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from commonprosperity.extras import needed
from commonprosperity.period import Period
from commonprosperity.table.column import Column, Kind, period_ends
from commonprosperity.wording import number
from commonprosperity.wording.thousands import number_text

if TYPE_CHECKING:
    import narwhals as nw
    import pandas as pd
    import polars as pl
    import pyarrow as pa

_DIGITS_AT_MOST = 38  # in a decimal of pandas, Polars, PyArrow and DuckDB alike


class Tabular:
    """A value with rows and columns that can be exported as a dataframe of typed columns.

    Amounts are exact decimals of 38 digits, with as many decimals as the finest of their column.
    Where one needs more digits its whole column is text: nothing is ever rounded. Shares and
    rates, which no decimal holds exactly, are floats. A period is text, and the columns beside it
    have its first and its last day, as dates; all else is text. A missing value is null, and so is
    an upper end that does not exist.
    """

    __slots__ = ()

    def _columns_and_rows(self) -> tuple[Sequence[Column], Sequence[Sequence[Any]]]:
        """Return what is exported."""
        raise NotImplementedError

    def to_arrow(self) -> "pa.Table":
        """Return the rows as a PyArrow table.

        Raises `MissingExtraError` where PyArrow or the extra ``frames`` is not installed.
        """
        table: pa.Table = self._frame("pyarrow").to_native()
        return table

    def to_pandas(self, *, floats: bool = False) -> "pd.DataFrame":
        """Return the rows as a pandas dataframe, its decimals those of PyArrow, its days datetimes.

        ``floats`` makes them floats, which pandas can plot, and which are not exact.

        Raises `MissingExtraError` where pandas, PyArrow or the extra ``frames`` is not installed.
        """
        pandas, pyarrow = needed("pandas"), needed("pyarrow")
        arrow = self.to_arrow()
        types = {
            column.type: pandas.ArrowDtype(column.type)
            for column in arrow.schema
            if pyarrow.types.is_decimal(column.type)
        }
        table: pd.DataFrame = arrow.to_pandas(types_mapper=types.get, date_as_object=False)
        if not floats:
            return table
        decimals = {*types.values()}
        return table.astype({name: float for name in table if table.dtypes[name] in decimals})

    def to_polars(self) -> "pl.DataFrame":
        """Return the rows as a Polars dataframe.

        Raises `MissingExtraError` where Polars or the extra ``frames`` is not installed.
        """
        table: pl.DataFrame = self._frame("polars").to_native()
        return table

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Export the rows to whatever takes Arrow's streams: ``polars.DataFrame(totals)``, DuckDB.

        Raises `MissingExtraError` where neither PyArrow nor Polars, or not the extra ``frames``,
        is installed.
        """
        package = "pyarrow" if find_spec("pyarrow") or not find_spec("polars") else "polars"
        return self._frame(package).__arrow_c_stream__(requested_schema)

    def _frame(self, package: str) -> "nw.DataFrame[Any]":
        """Return the rows as Narwhals' dataframe of a package's own."""
        narwhals = needed("narwhals", extra="frames")
        needed(package)
        columns, rows = self._columns_and_rows()
        cells_by_column = list(zip(*rows, strict=True)) or [()] * len(columns)
        types: dict[str, Any] = {}
        values: dict[str, list[Any]] = {}
        for column, cells in zip(columns, cells_by_column, strict=True):
            name = _unused(column.name, types)
            types[name], values[name] = _type_and_values(cells, column.kind, narwhals)
            for end, days in _ends(column, cells):
                name = _unused(end, types)
                types[name], values[name] = narwhals.Date, days
        frame: nw.DataFrame[Any] = narwhals.from_dict(values, types, backend=package)
        return frame


def _ends(column: Column, cells: Sequence[Any]) -> Iterator[tuple[str, list[date | None]]]:
    """Yield the columns that a column of periods has beside it; what is no period has no ends."""
    if column.kind is not Kind.PERIOD:
        return
    periods = [cell if isinstance(cell, Period) else None for cell in cells]
    first, last = period_ends(column.name)
    yield first, [period.start if period else None for period in periods]
    yield last, [period.end if period else None for period in periods]


def _unused(name: str, used: Container[str]) -> str:
    """Return a name, with a number where it is used: a dataframe has no name twice."""
    names = chain([name], (f"{name} {at}" for at in count(2)))
    return next(name for name in names if name not in used)


def _type_and_values(cells: Iterable[Any], kind: Kind, narwhals: Any) -> tuple[Any, list[Any]]:
    """Return the type of a column, and its values in it."""
    if kind is Kind.AMOUNT:
        return _decimals(list(map(_amount, cells)), narwhals)
    if kind in {Kind.SHARE, Kind.RATE}:
        return narwhals.Float64, [None if cell is None else float(cell) for cell in cells]
    return narwhals.String, [None if cell is None else str(cell) for cell in cells]


def _amount(cell: Any) -> Decimal | None:
    if cell is None or cell == Decimal("Infinity"):  # an upper end that does not exist
        return None
    # A zero has no digits that matter, though it may be written with many: 0E-60.
    return number(cell) or Decimal(0)


def _decimals(amounts: list[Decimal | None], narwhals: Any) -> tuple[Any, list[Any]]:
    """Return decimals of 38 digits where these are enough, and else texts.

    123456.7 and 0.005 need 6 digits before the point and 3 after it; 1E+37 and 0.01 need 40.
    """
    before = after = 0
    for amount in filter(None, amounts):
        before = max(before, amount.adjusted() + 1)
        after = max(after, -int(amount.as_tuple().exponent))
    if before + after <= _DIGITS_AT_MOST:
        return narwhals.Decimal(_DIGITS_AT_MOST, after), amounts
    return narwhals.String, [None if amount is None else number_text(amount) for amount in amounts]
