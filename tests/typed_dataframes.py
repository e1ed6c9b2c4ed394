"""The same table of Arrow as a dataframe of each package whose columns have types.

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
TYPED: dict[str, Callable[[Any], Any]] = {
    "pandas": lambda table: table.to_pandas(types_mapper=pd.ArrowDtype),
    "polars": pl.from_arrow,
    "polars lazy": lambda table: pl.from_arrow(table).lazy(),
    "pyarrow": lambda table: table,
    "duckdb": CONNECTION.from_arrow,
    "dask": lambda table: dd.from_pandas(
        table.to_pandas(types_mapper=pd.ArrowDtype), chunksize=2, sort=False
    ),
}
every_engine = pytest.mark.parametrize("make", TYPED.values(), ids=TYPED)
Make = Callable[[Any], Any]
