"""The packages of dataframes: a module each, the only place that knows where its package differs.

To add one, write a module with a subclass of `Engine`, and put an instance of it into ``ENGINES``.
"""

from pathlib import Path
from typing import Any

from commonprosperity.frames.engines.dask import Dask
from commonprosperity.frames.engines.duckdb import DuckDB
from commonprosperity.frames.engines.engine import (
    WHOLE,
    Engine,
    collected,
    engine_failures_as_faults,
)
from commonprosperity.frames.engines.pandas import Pandas
from commonprosperity.frames.engines.polars import Polars
from commonprosperity.frames.engines.pyarrow import PyArrow
from commonprosperity.frames.engines.spark import Spark
from commonprosperity.frames.nw import nw

__all__ = ["ENGINES", "WHOLE", "Engine", "collected", "engine_failures_as_faults", "engine_of"]

ENGINES: tuple[Engine[Any], ...] = (Dask(), DuckDB(), Pandas(), Polars(), PyArrow(), Spark())


def engine_of(frame: object) -> tuple[Engine[Any], object]:
    """Return the engine of a dataframe, and the dataframe without the view that Narwhals may be.

    Raises `TypeError` for what is no dataframe.
    """
    native = nw.to_native(frame, pass_through=True)
    for engine in (*ENGINES, Engine[Any]()):
        if engine.owns(native):
            return engine, native
    problem = "is no dataframe; give one of pandas, Polars, PyArrow, DuckDB, Dask or Spark"
    way_out = "; a file is read by commonprosperity.read" if isinstance(native, str | Path) else ""
    raise TypeError(f"a {type(native).__name__} {problem}{way_out}")
