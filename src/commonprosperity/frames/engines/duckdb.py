"""DuckDB's relations; it scans files where it is installed."""

from collections.abc import Iterator, Sequence
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commonprosperity.frames.csv_file import CsvFile
from commonprosperity.frames.engines.engine import Engine
from commonprosperity.frames.nw import nw, view_of

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from duckdb import DuckDBPyConnection, DuckDBPyRelation

    from commonprosperity.frames.nw import View


_UNIONS_AT_MOST = 100


class DuckDB(Engine["DuckDBPyRelation"]):
    """A relation of DuckDB, whose sums of 64 bits have 128 and raise where these overflow."""

    adds_up_in_128_bits = True
    ignores_case = True

    def owns(self, frame: object) -> bool:
        """Whether a dataframe is of DuckDB."""
        return nw.dependencies.is_duckdb_relation(frame)

    def names(self, frame: "DuckDBPyRelation") -> Sequence[str]:
        """Return the names of all columns: a query may have two of one name."""
        return frame.columns

    def cells(self, frame: "DuckDBPyRelation") -> "View":
        """Return all columns, with dates as texts: it has days that Python has not, 'infinity'."""
        chosen = [
            f"{quoted(name)}::VARCHAR AS {quoted(name)}" if str(type_) == "DATE" else quoted(name)
            for name, type_ in zip(frame.columns, frame.types, strict=True)
        ]
        return view_of(frame.project(", ".join(chosen)))

    def columns(self, frame: "DuckDBPyRelation", names: Sequence[str], place: str) -> "View":
        """Return the columns of some names, texts told apart by their bytes."""
        del place
        types = dict(zip(frame.columns, map(str, frame.types), strict=True))
        # A column may have a collation, by which cny and CNY are one group.
        chosen = [
            f'{quoted(name)} COLLATE "binary" AS {quoted(name)}'
            if types[name] == "VARCHAR" else quoted(name)
            for name in names
        ]  # fmt: skip
        return view_of(frame.project(", ".join(chosen)))

    def numbered(self, view: "View", name: str) -> "View":
        """Return a view with the numbers of its rows."""
        number = f"row_number() OVER () - 1 AS {quoted(name)}, *"
        return view_of(view.to_native().project(number))

    def composed(self, view: "View", name: str) -> "View":
        """Return a view whose texts in a column are in Unicode's form NFC."""
        text = f"nfc_normalize({quoted(name)}) AS {quoted(name)}"
        return view_of(view.to_native().project(f"* REPLACE ({text})"))

    def one_of(self, view: "View", name: str, texts: "AbstractSet[str]") -> "View":
        """Return the rows whose text in a column is one of some: many are slow as expressions."""
        separator = "\x1f"  # which no id has
        every = separator.join(texts).replace("'", "''")
        wanted = f"SELECT unnest(string_split('{every}', '{separator}'))"
        return view_of(view.to_native().filter(f"{quoted(name)} IN ({wanted})"))

    def one_below_another(self, views: "Sequence[View]") -> "View":
        """Return the rows of several views: of many by a table, as a long union takes minutes."""
        if len(views) <= _UNIONS_AT_MOST:
            return super().one_below_another(views)
        first, *others = (view.to_native() for view in views)
        table = "one below another"
        first.create(quoted(table))
        for relation in others:
            relation.insert_into(quoted(table))
        return view_of(first.query("first", f"FROM {quoted(table)}"))

    def rows(self, view: "View") -> list[tuple[Any, ...]]:
        """Return the rows of a view, in any order."""
        # By way of PyArrow they would take 50 MB more, and sums of integers become floats.
        rows: list[tuple[Any, ...]] = view.to_native().fetchall()
        return rows


def quoted(name: str) -> str:
    """Return a name in quotes, as SQL has it."""
    return '"{}"'.format(name.replace('"', '""'))


def scan_parquet(connection: "DuckDBPyConnection", file: Path) -> "DuckDBPyRelation":
    """Scan a Parquet file; what its folders are called is no column."""
    return connection.read_parquet(escape(str(file)), hive_partitioning=False)


def parquet_columns(connection: "DuckDBPyConnection", file: Path) -> Iterator[str]:
    """Yield the top-level columns of a Parquet file, whose schema is a tree.

    DuckDB gives the second column of one name another name, which nobody wrote.
    """
    query = "SELECT name, coalesce(num_children, 0) FROM parquet_schema(?)"
    _, *nodes = connection.execute(query, [escape(str(file))]).fetchall()
    below = 0  # nodes that are still to come inside the column
    for column, children in nodes:
        if not below:
            yield column
        below += children - bool(below)


def scan_csv(connection: "DuckDBPyConnection", file: CsvFile) -> "DuckDBPyRelation":
    """Scan a CSV, its cells as texts. What is not said, DuckDB guesses."""
    quote = '"' if file.quoted else ""
    options: dict[str, Any] = {"quotechar": quote, "escapechar": quote, "comment": ""}
    return connection.read_csv(
        escape(str(file.path)), sep=file.delimiter, header=False, skiprows=1,
        columns=dict.fromkeys(file.columns, "VARCHAR"), auto_detect=False, hive_partitioning=False,
        **options,
    )  # fmt: skip
