"""The dataframes that are added up: one that is given, or one a file, scanned and never loaded."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from glob import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from commonprosperity.bar import percent_bar, with_bar
from commonprosperity.disk import named
from commonprosperity.errors import DatasetError, Fault, FileError
from commonprosperity.extras import needed
from commonprosperity.frames.views import WHOLE, view_of

_KINDS = (".parquet", ".csv")
_DELIMITERS = ",;\t"


def parts(frame: Any, *, bar: bool) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Go through the parts of a dataframe: the place of each, and what gives the view of it.

    Raises `FileError` where there is no file that is read, `TypeError` for what is no dataframe.
    """
    if not isinstance(frame, str | Path):
        view = _given(frame)
        yield WHOLE, lambda: view
        return
    files = _files(frame)
    if find_spec("duckdb"):
        yield from _scanned_by_duckdb(files, bar=bar)
    else:
        for file in with_bar(files, "files", len(files), bar=bar, at_least=2):
            yield str(file), partial(_scanned_by_polars, file)


def _given(frame: Any) -> Any:
    narwhals = needed("narwhals", extra="frames")
    try:
        view = view_of(frame)
    except narwhals.exceptions.DuplicateError:
        raise _twice(WHOLE) from None
    # The only engine in which a query may have two; the first would be taken.
    if view.implementation.is_duckdb() and _are_twice(view.to_native().columns):
        raise _twice(WHOLE)
    return view


def _files(given: str | Path) -> list[Path]:
    path = named(given)
    files = [path]
    if path.is_dir():
        inside = (file for file in path.rglob("*") if file.suffix.lower() in _KINDS)
        files = sorted(file for file in inside if file.is_file() and not _is_hidden(file, path))
    if not files:
        raise FileError((Fault("", "", "has no Parquet or CSV files", str(path)),))
    if not path.exists():
        raise FileError((Fault("", "", "there is no such file or folder", str(path)),))
    kinds = {file.suffix.lower() for file in files}
    if not kinds <= {*_KINDS}:
        raise FileError((Fault("", "", "is neither a .parquet nor a .csv file", str(path)),))
    if len(kinds) > 1:
        problem = "has Parquet and CSV files, perhaps of the same rows; name one of them"
        raise FileError((Fault("", "", problem, str(path)),))
    return files


def _is_hidden(file: Path, folder: Path) -> bool:
    """Whether programs keep a file for themselves: a backup, or what is not yet written whole."""
    return any(part.startswith((".", "_")) for part in file.relative_to(folder).parts)


def _are_twice(names: Iterable[str]) -> bool:
    return max(Counter(names).values(), default=0) > 1


def _scanned_by_duckdb(files: list[Path], *, bar: bool) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Scan files, with a bar of them or of how much of one is done; a CSV's cells are texts."""
    duckdb = needed("duckdb")
    connection = duckdb.connect()
    with suppress(duckdb.Error):  # in a notebook it wants ipywidgets, for a bar of its own
        connection.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")

    def scanned(file: Path) -> Any:
        name = escape(str(file))
        if not _is_csv(file):
            if _are_twice(_columns(connection, name)):  # DuckDB gives the second another name
                raise _twice(str(file))
            return view_of(connection.read_parquet(name, hive_partitioning=False))
        # What is not said, DuckDB guesses: that 't Hooft begins a quotation, and #1 a comment.
        said = {"quotechar": '"', "escapechar": '"', "comment": "", "skiprows": 0}
        said |= {"header": True, "all_varchar": True, "hive_partitioning": False}
        return view_of(connection.read_csv(name, sep=_delimiter(file), **said))

    alone = len(files) == 1
    with percent_bar(connection.query_progress, files[0].name, bar=bar and alone):
        for file in with_bar(files, "files", len(files), bar=bar, at_least=2):
            yield str(file), partial(scanned, file)


def _columns(connection: Any, name: str) -> Iterator[str]:
    """Go through the columns of a Parquet file, of whose tree of names they are the first floor."""
    query = "SELECT name, coalesce(num_children, 0) FROM parquet_schema(?)"
    _, *nodes = connection.execute(query, [name]).fetchall()
    below = 0
    for column, children in nodes:
        if not below:
            yield column
        below += children - bool(below)


def _scanned_by_polars(file: Path) -> Any:
    polars = needed("polars")
    if not _is_csv(file):
        return view_of(polars.scan_parquet(file, glob=False, hive_partitioning=False))
    said = {"separator": _delimiter(file), "infer_schema": False, "glob": False}
    return view_of(polars.scan_csv(file, **said))


def _is_csv(file: Path) -> bool:
    return file.suffix.lower() == ".csv"


def _delimiter(file: Path) -> str:
    """Return what is between the headings of a CSV most often.

    Raises `DatasetError` where two headings are the same but for their case.
    """
    with file.open(encoding="utf-8-sig", newline="") as opened:
        first = opened.readline()
        delimiter = max(_DELIMITERS, key=first.count)
        opened.seek(0)
        headings = next(csv.reader(opened, delimiter=delimiter), [])
    if _are_twice(map(str.casefold, headings)):
        raise _twice(str(file))
    return delimiter


def _twice(place: str) -> DatasetError:
    return DatasetError((Fault("", "", "has two columns of one name; leave one out", place),))
