"""The dataframes that are added up: one that is given, or one a file, scanned and never loaded."""

from collections.abc import Iterator
from glob import escape
from importlib.util import find_spec
from pathlib import Path
from sys import modules
from typing import Any

from commonprosperity.errors import DatasetError, Fault, FileError
from commonprosperity.extras import needed
from commonprosperity.frames.sums import told_of
from commonprosperity.frames.views import view_of

_KINDS = (".parquet", ".csv")
_WHOLE = "the dataframe"


def parts(frame: Any, *, progress: bool) -> Iterator[tuple[str, Any]]:
    """Go through the views of a dataframe, or of the files at a path, each with its place.

    Raises `FileError` where there is no file that is read, `TypeError` for what is no dataframe.
    """
    if not isinstance(frame, str | Path):
        yield _WHOLE, _given(frame)
        return
    files = _files(Path(frame))
    for file in _shown(files, progress=progress) if len(files) > 1 else files:
        with told_of(str(file)):
            view = _scanned(file)
        yield str(file), view


def _given(frame: Any) -> Any:
    narwhals = needed("narwhals", extra="frames")
    twice = DatasetError((Fault("", "", "has two columns of one name; leave one out", _WHOLE),))
    try:
        view = view_of(frame)
    except narwhals.exceptions.DuplicateError:
        raise twice from None
    # The only engine in which a query may have two; the first would be taken.
    if view.implementation.is_duckdb() and len({*frame.columns}) < len(frame.columns):
        raise twice
    return view


def _files(path: Path) -> list[Path]:
    files = [path]
    if path.is_dir():
        inside = (file for file in path.rglob("*") if file.suffix.lower() in _KINDS)
        files = sorted(file for file in inside if file.is_file())
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


def _scanned(file: Path) -> Any:
    """Scan a file with DuckDB, or else with Polars; the cells of a CSV are texts."""
    is_csv = file.suffix.lower() == ".csv"
    if find_spec("duckdb"):
        connection = needed("duckdb").connect()
        if is_csv:
            relation = connection.read_csv(escape(str(file)), header=True, all_varchar=True)
        else:
            relation = connection.read_parquet(escape(str(file)))
        return view_of(relation)
    polars = needed("polars")
    if is_csv:
        return view_of(polars.scan_csv(file, infer_schema=False, glob=False))
    return view_of(polars.scan_parquet(file, glob=False))


def _shown(files: list[Path], *, progress: bool) -> Iterator[Path]:
    """Go through files with a bar: in a terminal and a notebook, unless it is told otherwise."""
    from tqdm import tqdm  # noqa: PLC0415 (only many files have a bar)

    # None hides the bar where there is no terminal, and a notebook is none.
    shown = False if "ipykernel" in modules else None
    yield from tqdm(files, unit="file", disable=shown if progress else True)
