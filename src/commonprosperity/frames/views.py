"""Narwhals' views of dataframes: taken, numbered by row, and collected."""

from sys import modules
from typing import Any

from commonprosperity.errors import DatasetError, Fault, MissingExtraError
from commonprosperity.extras import needed

WHOLE = "the dataframe"


def is_dask(frame: Any) -> bool:
    """Whether a dataframe is one of Dask; who has one has imported it."""
    dask = modules.get("dask.dataframe")
    return dask is not None and isinstance(frame, dask.DataFrame)


def view_of(frame: Any) -> Any:
    """Return Narwhals' view of a dataframe, the named index of pandas' among its columns.

    One of Dask is computed: Narwhals is about to leave those to another package.

    Raises `TypeError` for what is no dataframe.
    """
    narwhals = needed("narwhals", extra="frames")
    frame = narwhals.to_native(frame, pass_through=True)
    if is_dask(frame):
        frame = frame.compute()
    try:
        view = narwhals.from_native(frame)
        if view.implementation.is_pandas_like() and _has_index(frame):
            view = narwhals.from_native(_with_index(frame))
    except TypeError:
        problem = "is no dataframe; give one of pandas, Polars, PyArrow, DuckDB, Dask or Spark"
        raise TypeError(f"a {type(frame).__name__} {problem}") from None
    return view


def _has_index(frame: Any) -> bool:
    """Whether the index of a pandas dataframe has names that are not among its columns."""
    names = {name for name in frame.index.names if name is not None}
    return bool(names) and names.isdisjoint(frame.columns)


def _with_index(frame: Any) -> Any:
    try:
        return frame.reset_index()
    except ValueError as error:
        problem = f"has an index that makes no columns: {error}; reset it"
        raise DatasetError((Fault("", "", problem, WHOLE),)) from None


def numbered(view: Any, name: str) -> Any:
    """Return a view with the numbers of its rows, from 0, in a column of a name."""
    narwhals = needed("narwhals", extra="frames")
    if not isinstance(view, narwhals.LazyFrame):
        return view.with_row_index(name)
    native = view.to_native()
    if view.implementation.is_duckdb():
        return narwhals.from_native(native.project(f'row_number() OVER () - 1 AS "{name}", *'))
    if view.implementation.is_spark_like():
        return narwhals.from_native(_numbered_by_spark(native, name))
    return narwhals.from_native(native.with_row_index(name))


def _numbered_by_spark(frame: Any, name: str) -> Any:
    """Count rows from 0: how many the partitions before theirs have, and where in theirs they are.

    Spark's own way is a window over all rows, for which it moves them into one partition.
    """
    functions = needed("pyspark.sql.functions")
    partition, in_it = functions.spark_partition_id(), functions.monotonically_increasing_id()
    heights = frame.groupBy(partition.alias("partition")).count().orderBy("partition").collect()
    starts, start = [], 0
    for at, height in heights:
        starts += [functions.lit(at), functions.lit(start)]
        start += height
    before = functions.create_map(*starts)[partition] if starts else functions.lit(0)
    # The number of the partition stands in the upper bits, and that in it in the 33 lower ones.
    return frame.withColumn(name, before + in_it.bitwiseAND((1 << 33) - 1))


def rows(view: Any) -> list[dict[str, Any]]:
    """Return the rows of a view, in any order.

    Raises `MissingExtraError` as `collected` does.
    """
    if view.implementation.is_duckdb():  # by way of PyArrow it would take 50 MB more
        native = view.to_native()
        return [dict(zip(native.columns, row, strict=True)) for row in native.fetchall()]
    # Polars' streaming engine takes a fraction of the memory of its other one.
    options = {"engine": "streaming"} if view.implementation.is_polars() else {}
    return list(collected(view, **options).iter_rows(named=True))


def collected(view: Any, **options: Any) -> Any:
    """Return a view with its rows at hand.

    Raises `MissingExtraError` where the package is missing that Narwhals puts them in.
    """
    narwhals = needed("narwhals", extra="frames")
    if not isinstance(view, narwhals.LazyFrame):
        return view
    try:
        return view.collect(**options)
    except ModuleNotFoundError as error:  # Narwhals puts the rows in a dataframe of another package
        raise MissingExtraError(str(error.name)) from None
