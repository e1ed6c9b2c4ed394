"""The dataframes that are added up: one that is given, or one a file, scanned and never loaded."""

from collections.abc import Callable, Iterator
from functools import partial
from glob import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from commonprosperity.bar import percent_bar, with_bar
from commonprosperity.errors import DatasetError, Fault, FileError
from commonprosperity.extras import needed
from commonprosperity.frames.views import view_of

_KINDS = (".parquet", ".csv")
WHOLE = "the dataframe"


def parts(frame: Any, *, progress: bool) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Go through the parts of a dataframe: the place of each, and what gives the view of it.

    Raises `FileError` where there is no file that is read, `TypeError` for what is no dataframe.
    """
    if not isinstance(frame, str | Path):
        view = _given(frame)
        yield WHOLE, lambda: view
        return
    files = _files(frame)
    if find_spec("duckdb"):
        yield from _scanned_by_duckdb(files, progress=progress)
    else:
        for file in with_bar(files, "files", len(files), progress=progress, at_least=2):
            yield str(file), partial(_scanned_by_polars, file)


def _given(frame: Any) -> Any:
    narwhals = needed("narwhals", extra="frames")
    twice = DatasetError((Fault("", "", "has two columns of one name; leave one out", WHOLE),))
    try:
        view = view_of(frame)
    except narwhals.exceptions.DuplicateError:
        raise twice from None
    # The only engine in which a query may have two; the first would be taken.
    if view.implementation.is_duckdb() and len({*frame.columns}) < len(frame.columns):
        raise twice
    return view


def _files(given: str | Path) -> list[Path]:
    path = Path(given)
    files = [path]
    if path.is_dir():
        inside = (file for file in path.rglob("*") if file.suffix.lower() in _KINDS)
        files = sorted(file for file in inside if file.is_file())
    if not str(given):
        raise FileError((Fault("", "", "a path is wanted, and this is an empty text", "''"),))
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


def _scanned_by_duckdb(
    files: list[Path], *, progress: bool
) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Scan files, with a bar of them or of how much of one is done; a CSV's cells are texts."""
    connection = needed("duckdb").connect()
    connection.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")

    def scanned(file: Path) -> Any:
        name = escape(str(file))
        if file.suffix.lower() == ".csv":
            return view_of(connection.read_csv(name, header=True, all_varchar=True))
        return view_of(connection.read_parquet(name))

    alone = len(files) == 1
    with percent_bar(connection.query_progress, files[0].name, progress=progress and alone):
        for file in with_bar(files, "files", len(files), progress=progress, at_least=2):
            yield str(file), partial(scanned, file)


def _scanned_by_polars(file: Path) -> Any:
    polars = needed("polars")
    if file.suffix.lower() == ".csv":
        return view_of(polars.scan_csv(file, infer_schema=False, glob=False))
    return view_of(polars.scan_parquet(file, glob=False))
