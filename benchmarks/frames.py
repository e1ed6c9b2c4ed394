"""Compare totals of large ledgers with queries written by hand: see docs/benchmarks.md.

Every measurement is a process of its own, of which the time of the query and the peak of memory
are taken. The ledgers are those of examples/giving_day.py.
"""

import json
import resource
import runpy
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from statistics import median
from subprocess import check_output
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any


def _giving_day() -> dict[str, Any]:
    return runpy.run_path(str(Path(__file__).parents[1] / "examples" / "giving_day.py"))


def _ours(folder: Path, engine: str) -> object:
    import commonprosperity as cp  # noqa: PLC0415 (each process loads what it measures)

    frame: Any = folder
    if engine == "polars":
        import polars as pl  # noqa: PLC0415

        frame = pl.scan_parquet(folder / "*.parquet")
    if engine == "pandas":
        import pandas as pd  # noqa: PLC0415

        columns = ["cause", "currency", "date", "fen"]
        frame = pd.read_parquet(folder, columns=columns, dtype_backend="pyarrow")
    options: dict[str, Any] = {"by": "cause", "amount": "fen", "minor_units": True}
    return cp.frames.total(frame, "USD", **options, progress=False).grand.amount


def _rates() -> list[tuple[str, Any, float]]:
    from commonprosperity.rates import ecb  # noqa: PLC0415

    giving_day = _giving_day()
    codes = ("CNY", *giving_day["ABROAD"])
    return [
        (code, day, float(ecb().rate(code, "USD", day).factor))
        for code in codes
        for day in giving_day["DAYS"]
    ]


def _duckdb(folder: Path, *, join: bool) -> object:
    import duckdb  # noqa: PLC0415

    connection = duckdb.connect()
    ledger = connection.read_parquet(str(folder / "*.parquet"))
    ledger.create_view("ledger")
    if not join:
        return ledger.aggregate("cause, sum(fen)", "cause").fetchall()
    connection.execute("CREATE TABLE rates (currency VARCHAR, date DATE, factor DOUBLE)")
    connection.executemany("INSERT INTO rates VALUES (?, ?, ?)", _rates())
    query = "SELECT cause, sum(fen * factor) FROM ledger JOIN rates USING (currency, date)"
    return connection.execute(f"{query} GROUP BY cause").fetchall()


def _polars(folder: Path, *, join: bool) -> object:
    import polars as pl  # noqa: PLC0415

    ledger = pl.scan_parquet(folder / "*.parquet")
    given = pl.col("fen")
    if join:
        rates = pl.LazyFrame(_rates(), schema=["currency", "date", "factor"], orient="row")
        codes = pl.col("currency").cast(pl.String)
        ledger = ledger.with_columns(codes).join(rates, on=["currency", "date"])
        given = given * pl.col("factor")
    return ledger.group_by("cause").agg(given.sum()).collect(engine="streaming")


def _pandas(folder: Path, *, join: bool) -> object:
    import pandas as pd  # noqa: PLC0415

    columns = ["cause", "currency", "date", "fen"]
    ledger = pd.read_parquet(folder, columns=columns, dtype_backend="pyarrow")
    if join:
        rates = pd.DataFrame(_rates(), columns=["currency", "date", "factor"])
        rates = rates.astype({"currency": ledger["currency"].dtype, "date": ledger["date"].dtype})
        ledger = ledger.merge(rates, on=["currency", "date"])
        ledger["fen"] = ledger["fen"] * ledger["factor"]
    return ledger.groupby("cause")["fen"].sum()


SUBJECTS: dict[str, Callable[[Path], object]] = {
    "DuckDB: sums": lambda folder: _duckdb(folder, join=False),
    "DuckDB: a rate joined to each row": lambda folder: _duckdb(folder, join=True),
    "ours, files scanned by DuckDB": lambda folder: _ours(folder, "duckdb"),
    "Polars: sums": lambda folder: _polars(folder, join=False),
    "Polars: a rate joined to each row": lambda folder: _polars(folder, join=True),
    "ours, a LazyFrame of Polars": lambda folder: _ours(folder, "polars"),
    "pandas: sums, reading included": lambda folder: _pandas(folder, join=False),
    "pandas: a rate joined to each row": lambda folder: _pandas(folder, join=True),
    "ours, pandas, reading included": lambda folder: _ours(folder, "pandas"),
}
_IN_MEMORY = 10_000_000  # rows that are at the most loaded whole


def _measured(name: str, folder: Path) -> dict[str, float]:
    """Measure a subject here: seconds once all is imported, and megabytes at the peak."""
    SUBJECTS[name](folder)
    start = perf_counter()
    SUBJECTS[name](folder)
    passed = perf_counter() - start
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": passed, "megabytes": kilobytes / 1024}


def _compare(folder: Path, rows: int, rounds: int) -> None:
    subjects = [name for name in SUBJECTS if rows <= _IN_MEMORY or "pandas" not in name]
    found: dict[str, list[dict[str, float]]] = {name: [] for name in subjects}
    for _ in range(rounds):
        for name in subjects:
            found[name].append(json.loads(_apart("--one", name, str(folder))))
    print(f"\n{rows:,} rows: seconds, times the sums of the same engine, MB at the peak")
    sums = 0.0
    for name, taken in found.items():
        seconds, megabytes = (median(one[what] for one in taken) for what in taken[0])
        sums = seconds if ": sums" in name else sums
        print(f"{seconds:8.3f} {seconds / sums:6.2f} {megabytes:8.0f}  {name}")


def _apart(*arguments: str) -> str:
    """Run this file in a process of its own, whose peak of memory is not that of this one."""
    return check_output([sys.executable, __file__, *arguments], text=True)  # noqa: S603 (this file)


def main() -> None:
    """Write ledgers of the sizes that are asked for, and measure each subject on them."""
    parser = ArgumentParser(description="Compare totals of dataframes with queries by hand.")
    parser.add_argument("--smoke", action="store_true", help="a tiny size once, to see it run")
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000, 68_700_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one", nargs=2, metavar=("SUBJECT", "FOLDER"), help="measure this alone")
    parser.add_argument("--write", nargs=2, metavar=("ROWS", "FOLDER"), help="write a ledger alone")
    arguments = parser.parse_args()
    if arguments.write:
        _giving_day()["write"](Path(arguments.write[1]), int(arguments.write[0]))
        return
    if arguments.one:
        print(json.dumps(_measured(arguments.one[0], Path(arguments.one[1]))))
        return
    for rows in [10_000] if arguments.smoke else arguments.rows:
        with TemporaryDirectory() as folder:
            _apart("--write", str(rows), folder)
            _compare(Path(folder), rows, 1 if arguments.smoke else arguments.rounds)


if __name__ == "__main__":
    main()
