"""The same table of Arrow as a dataframe of each package.

A module that imports this one is skipped where a package is not installed.
"""

from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("narwhals", reason="needs the extra `frames`")
pd = pytest.importorskip("pandas", reason="needs the extra `engines`")
pl = pytest.importorskip("polars", reason="needs the extra `engines`")
pa = pytest.importorskip("pyarrow", reason="needs the extra `engines`")
duckdb = pytest.importorskip("duckdb", reason="needs the extra `engines`")
dd = pytest.importorskip("dask.dataframe", reason="needs the extra `engines`")

CONNECTION = duckdb.connect()


def of_objects(table: Any) -> Any:
    """Make a pandas dataframe of Python's decimals, texts and days."""
    columns = {name: table[name].to_pylist() for name in table.column_names}
    return pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()})


def of_dask(table: Any) -> Any:
    """Make a Dask dataframe of partitions of two rows, with the index of all rows."""
    frame = table.to_pandas(types_mapper=pd.ArrowDtype)
    return dd.from_pandas(frame, chunksize=2, sort=False)


TYPED: dict[str, Callable[[Any], Any]] = {
    "pandas": lambda table: table.to_pandas(types_mapper=pd.ArrowDtype),
    "polars": pl.from_arrow,
    "polars lazy": lambda table: pl.from_arrow(table).lazy(),
    "pyarrow": lambda table: table,
    "duckdb": CONNECTION.from_arrow,
    "dask": of_dask,
}
"""The ways to a dataframe whose columns are of the types of a PyArrow table's."""

every_typed_engine = pytest.mark.parametrize("make", TYPED.values(), ids=TYPED)
every_engine = pytest.mark.parametrize(
    "make", [*TYPED.values(), of_objects], ids=[*TYPED, "pandas objects"]
)
Make = Callable[[Any], Any]
