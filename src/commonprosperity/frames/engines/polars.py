"""Polars, lazy or not; it scans files where DuckDB is not installed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commonprosperity.extras import needed
from commonprosperity.frames.csv_file import CsvFile
from commonprosperity.frames.engines.engine import Engine
from commonprosperity.frames.nw import nw, view_of

if TYPE_CHECKING:
    import polars as pl

    from commonprosperity.frames.nw import View


class Polars(Engine["pl.DataFrame | pl.LazyFrame"]):
    """A dataframe of Polars, which is made lazy at the door: its streaming engine takes less."""

    text_cast = 'pl.col("{}").cast(pl.String)'
    integer_cast = 'pl.col("{}").cast(pl.Int64)'
    finds_extremes_apart = True  # those of groups take as long again as all else that groups need

    def owns(self, frame: object) -> bool:
        """Whether a dataframe is of Polars."""
        known = nw.dependencies
        return known.is_polars_dataframe(frame) or known.is_polars_lazyframe(frame)

    def columns(
        self, frame: "pl.DataFrame | pl.LazyFrame", names: Sequence[str], place: str
    ) -> "View":
        """Return the columns of some names."""
        del place
        return view_of(frame.lazy().select(names))

    def numbered(self, view: "View", name: str) -> "View":
        """Return a view with the numbers of its rows."""
        return view_of(view.to_native().with_row_index(name))

    def composed(self, view: "View", name: str) -> "View":
        """Return a view whose texts in a column are in Unicode's form NFC."""
        composed = needed("polars").col(name).str.normalize("NFC")
        return view_of(view.to_native().with_columns(composed))

    def rows(self, view: "View") -> list[tuple[Any, ...]]:
        """Return the rows of a view, in any order."""
        return list(view.to_native().collect(engine="streaming").iter_rows())

    def rows_of_each(self, views: "Sequence[View]") -> list[list[tuple[Any, ...]]]:
        """Return the rows of several views; what they share is read once."""
        lazy = [view.to_native() for view in views]
        frames = needed("polars").collect_all(lazy, engine="streaming")
        return [list(frame.iter_rows()) for frame in frames]


def scan_parquet(file: Path) -> "pl.LazyFrame":
    """Scan a Parquet file; what its folders are called is no column."""
    frame: pl.LazyFrame = needed("polars").scan_parquet(file, glob=False, hive_partitioning=False)
    return frame


def scan_csv(file: CsvFile) -> "pl.LazyFrame":
    """Scan a CSV, its cells as texts."""
    polars = needed("polars")
    texts = dict.fromkeys(file.columns, polars.String)
    frame: pl.LazyFrame = polars.scan_csv(
        file.path, separator=file.delimiter, quote_char='"' if file.quoted else None,
        has_header=False, skip_rows=1, schema=texts, glob=False,
    )  # fmt: skip
    return frame
