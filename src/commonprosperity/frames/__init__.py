"""Anybody's dataframes: of pandas, Polars, PyArrow, DuckDB and all that Narwhals knows."""

from commonprosperity.frames.read import read
from commonprosperity.frames.sum_total import Sum, SumTotal
from commonprosperity.frames.total import total

__all__ = ["Sum", "SumTotal", "read", "total"]
