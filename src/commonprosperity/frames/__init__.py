"""Anybody's dataframes: of pandas, Polars, PyArrow, DuckDB and all that Narwhals knows."""

from commonprosperity.frames.read import read

__all__ = ["read"]
