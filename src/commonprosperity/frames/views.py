"""Narwhals' views of dataframes: taken, numbered by row, and collected."""

from typing import Any

from commonprosperity.errors import MissingExtraError
from commonprosperity.extras import needed


def view_of(frame: Any) -> Any:
    """Return Narwhals' view of a dataframe, the named index of pandas' among its columns.

    Raises `TypeError` for what is no dataframe.
    """
    narwhals = needed("narwhals", extra="frames")
    try:
        view = narwhals.from_native(frame)
        if view.implementation.is_pandas_like() and _has_index(frame):
            view = narwhals.from_native(frame.reset_index())
    except TypeError:
        problem = "is no dataframe; give one of pandas, Polars, PyArrow or DuckDB"
        raise TypeError(f"a {type(frame).__name__} {problem}") from None
    return view


def _has_index(frame: Any) -> bool:
    """Whether the index of a pandas dataframe has names that are not among its columns."""
    names = {name for name in frame.index.names if name is not None}
    return bool(names) and names.isdisjoint(frame.columns)


def numbered(view: Any, name: str) -> Any:
    """Return a view with the numbers of its rows, from 0, in a column of a name."""
    narwhals = needed("narwhals", extra="frames")
    if not isinstance(view, narwhals.LazyFrame):
        return view.with_row_index(name)
    native = view.to_native()
    if view.implementation.is_duckdb():
        return narwhals.from_native(native.project(f'row_number() OVER () - 1 AS "{name}", *'))
    return narwhals.from_native(native.with_row_index(name))


def collected(view: Any, *, in_order: bool = True) -> Any:
    """Return a view with its rows at hand, in their order unless that does not matter.

    Raises `MissingExtraError` where the package is missing that Narwhals puts them in.
    """
    narwhals = needed("narwhals", extra="frames")
    if not isinstance(view, narwhals.LazyFrame):
        return view
    # Polars' streaming engine takes a fraction of the memory of its other one.
    streams = not in_order and view.implementation.is_polars()
    try:
        return view.collect(**{"engine": "streaming"} if streams else {})
    except ModuleNotFoundError as error:  # Narwhals puts the rows in a dataframe of another package
        raise MissingExtraError(str(error.name)) from None
