"""Anybody's dataframes: of pandas, Polars, PyArrow, DuckDB and all that Narwhals knows."""

from commonprosperity.frames.read import read
from commonprosperity.frames.summed import Sum, Summed
from commonprosperity.frames.total import total, total_frame

__all__ = ["Sum", "Summed", "read", "total", "total_frame"]
