"""The dataframes that are added up: one that is given, or one a file, scanned and never loaded."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from commonprosperity.bar import percent_bar, with_bar
from commonprosperity.disk import named, problem_of
from commonprosperity.errors import FileError
from commonprosperity.extras import needed
from commonprosperity.frames.csv_file import CsvFile, CsvForm
from commonprosperity.frames.engines import WHOLE, Engine, duckdb, engine_of, polars
from commonprosperity.sentence import Sentence

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_KINDS = (".parquet", ".csv", ".tsv")

CsvOf = Callable[[Path], CsvFile]
"""What makes a CSV one that every engine reads alike."""


class Opened(NamedTuple):
    """A dataframe of an engine, and the names of its columns, each as often as it is there.

    ``ignores_case`` is whether names that differ in case alone are one, ``doubtful`` whether commas
    may divide decimals, as in a CSV with semicolons.
    """

    engine: Engine[Any]
    frame: object
    names: list[str]
    ignores_case: bool
    doubtful: bool = False

    @property
    def alone(self) -> list[str]:
        """The names that no two columns have."""
        same = str.casefold if self.ignores_case else str
        times = Counter(map(same, self.names))
        return [name for name in self.names if times[same(name)] == 1]


class Input(NamedTuple):
    """The place of a dataframe, and what opens it."""

    place: str
    open: Callable[[], Opened]


@contextmanager
def inputs(frame: object, form: CsvForm, *, bar: bool) -> Iterator[Iterator[Input]]:
    """Open the inputs that a dataframe or a path stands for, for as long as the block lasts.

    ``form`` is for the files that are CSVs.

    Raises `FileError` where there is no file that is read, `TypeError` for what is no dataframe.
    """
    if not isinstance(frame, str | Path):
        engine, native = engine_of(frame)
        yield iter([Input(WHOLE, partial(_opened, engine, native))])
        return
    files = _files(frame)
    with TemporaryDirectory() as folder:
        scan = _scanned_by_duckdb if find_spec("duckdb") else _scanned_by_polars
        yield scan(files, partial(CsvFile.of, folder=Path(folder), form=form), bar=bar)


def _opened(engine: Engine[Any], frame: object) -> Opened:
    names = [name for name in engine.names(frame) if isinstance(name, str)]
    return Opened(engine, frame, names, engine.ignores_case)


def _files(given: str | Path) -> list[Path]:
    path = named(given)
    files = [path]
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except OSError as error:  # the name is too long
        raise FileError.at(str(path), problem_of(error)) from None
    if is_folder:
        inside = (file for file in path.rglob("*") if file.suffix.lower() in _KINDS)
        files = sorted(file for file in inside if file.is_file() and not _is_hidden(file, path))
    if not files:
        raise FileError.at(str(path), Sentence("has no Parquet or CSV files"))
    if not exists:
        raise FileError.at(str(path), Sentence("there is no such file or folder"))
    kinds = {file.suffix.lower() for file in files}
    if not kinds <= {*_KINDS}:
        raise FileError.at(str(path), Sentence("is no .parquet, .csv or .tsv file"))
    if len(kinds) > 1:
        problem = Sentence("has files of several kinds, perhaps of the same rows; name one of them")
        raise FileError.at(str(path), problem)
    return files


def _is_hidden(file: Path, folder: Path) -> bool:
    """Whether programs keep a file for themselves: a backup, or what is not yet written whole."""
    return any(part.startswith((".", "_")) for part in file.relative_to(folder).parts)


def _scanned_by_duckdb(files: list[Path], csv_of: CsvOf, *, bar: bool) -> Iterator[Input]:
    """Scan files, with a bar of them or of how much of one is done."""
    package = needed("duckdb")
    connection = package.connect()
    with suppress(package.Error):  # in a notebook it wants ipywidgets, for a bar of its own
        connection.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
    alone = len(files) == 1
    with percent_bar(connection.query_progress, files[0].name, bar=bar and alone):
        for file in with_bar(files, "files", len(files), bar=bar, at_least=2):
            yield Input(str(file), partial(_opened_by_duckdb, file, csv_of, connection))


def _opened_by_duckdb(file: Path, csv_of: CsvOf, connection: "DuckDBPyConnection") -> Opened:
    if file.suffix.lower() != ".parquet":
        sheet = csv_of(file)
        relation = duckdb.scan_csv(connection, sheet)
        names = [*sheet.headings]
        return Opened(duckdb.DuckDB(), relation, names, True, sheet.doubtful)  # noqa: FBT003
    names = list(duckdb.parquet_columns(connection, file))
    relation = duckdb.scan_parquet(connection, file)
    return Opened(duckdb.DuckDB(), relation, names, ignores_case=True)


def _scanned_by_polars(files: list[Path], csv_of: CsvOf, *, bar: bool) -> Iterator[Input]:
    for file in with_bar(files, "files", len(files), bar=bar, at_least=2):
        yield Input(str(file), partial(_opened_by_polars, file, csv_of))


def _opened_by_polars(file: Path, csv_of: CsvOf) -> Opened:
    if file.suffix.lower() != ".parquet":
        sheet = csv_of(file)
        frame = polars.scan_csv(sheet)
        names = [*sheet.headings]
        return Opened(polars.Polars(), frame, names, True, sheet.doubtful)  # noqa: FBT003
    return _opened(polars.Polars(), polars.scan_parquet(file))
