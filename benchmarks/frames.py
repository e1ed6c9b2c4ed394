"""Compare totals of large ledgers with queries written by hand: see docs/benchmarks.md.

Every measurement is a process of its own, of which the time of the query and the peak of memory
are taken. The ledgers are those of examples/giving_day.py.
"""

import json
import os
import runpy
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from measuring import apart, peak

Keys = tuple[str, ...]
KEYS = ("cause", "currency", "date")
CAUSE = ("cause",)
ROWS = [1_000_000, 2_000_000, 10_000_000, 20_000_000, 68_700_000]


def _giving_day() -> dict[str, Any]:
    return runpy.run_path(str(Path(__file__).parents[1] / "examples" / "giving_day.py"))


def _ours(folder: Path, engine: str) -> object:
    import commonprosperity as cp  # noqa: PLC0415 (each process loads what it measures)

    frame: Any = folder
    if engine == "polars":
        import polars as pl  # noqa: PLC0415

        frame = pl.scan_parquet(folder / "*.parquet")
    if engine == "polars, in memory":
        frame = _in_memory(folder)
    if engine == "pandas":
        import pandas as pd  # noqa: PLC0415

        frame = pd.read_parquet(folder, columns=[*KEYS, "fen"], dtype_backend="pyarrow")
    if engine == "dask":
        frame = _dask(folder)
    if engine == "spark":
        frame = _spark().read.parquet(str(folder))
    options: dict[str, Any] = {"by": "cause", "amount": "fen", "minor_units": True}
    grand = cp.frames.total(frame, "USD", **options, bar=False).grand
    return grand.exact, grand.amount


@cache
def _in_memory(folder: Path) -> Any:
    import polars as pl  # noqa: PLC0415

    return pl.read_parquet(folder / "*.parquet", columns=[*KEYS, "fen"])


@cache
def _spark() -> Any:
    from pyspark.sql import SparkSession  # noqa: PLC0415

    os.environ["PYSPARK_PYTHON"] = sys.executable
    return SparkSession.builder.master("local[2]").getOrCreate()


@cache
def _workers() -> Any:
    import distributed  # noqa: PLC0415

    new: Any = distributed.Client
    return new(n_workers=2, threads_per_worker=1, dashboard_address=":0")


def _dask(folder: Path) -> Any:
    import dask.dataframe as dd  # noqa: PLC0415

    _workers()
    return dd.read_parquet(folder, columns=[*KEYS, "fen"], split_row_groups=3)


def _rates() -> list[tuple[str, Any, float]]:
    from commonprosperity.rates import ecb  # noqa: PLC0415

    giving_day = _giving_day()
    codes = ("CNY", *giving_day["ABROAD"])
    return [
        (code, day, float(ecb().rate(code, "USD", day).factor))
        for code in codes
        for day in giving_day["DAYS"]
    ]


def _duckdb(folder: Path, by: Keys, *, join: bool = False) -> object:
    import duckdb  # noqa: PLC0415

    connection = duckdb.connect()
    ledger = connection.read_parquet(str(folder / "*.parquet"))
    ledger.create_view("ledger")
    if not join:
        return ledger.aggregate(f"{', '.join(by)}, sum(fen)", ", ".join(by)).fetchall()
    connection.execute("CREATE TABLE rates (currency VARCHAR, date DATE, factor DOUBLE)")
    connection.executemany("INSERT INTO rates VALUES (?, ?, ?)", _rates())
    query = "SELECT cause, sum(fen * factor) FROM ledger JOIN rates USING (currency, date)"
    return connection.execute(f"{query} GROUP BY cause").fetchall()


def _polars(folder: Path, by: Keys, *, join: bool = False) -> object:
    import polars as pl  # noqa: PLC0415

    ledger = pl.scan_parquet(folder / "*.parquet")
    given = pl.col("fen")
    if join:
        rates = pl.LazyFrame(_rates(), schema=["currency", "date", "factor"], orient="row")
        codes = pl.col("currency").cast(pl.String)
        ledger = ledger.with_columns(codes).join(rates, on=["currency", "date"])
        given = given * pl.col("factor")
    return ledger.group_by(*by).agg(given.sum()).collect(engine="streaming")


def _polars_in_memory(folder: Path) -> object:
    import polars as pl  # noqa: PLC0415

    groups = _in_memory(folder).lazy().group_by(*KEYS)
    return groups.agg(pl.col("fen").sum()).collect(engine="streaming")


def _pandas(folder: Path, by: Keys, *, join: bool = False) -> object:
    import pandas as pd  # noqa: PLC0415

    columns = [*KEYS, "fen"] if join else [*by, "fen"]
    ledger = pd.read_parquet(folder, columns=columns, dtype_backend="pyarrow")
    if join:
        rates = pd.DataFrame(_rates(), columns=["currency", "date", "factor"])
        rates = rates.astype({"currency": ledger["currency"].dtype, "date": ledger["date"].dtype})
        ledger = ledger.merge(rates, on=["currency", "date"])
        ledger["fen"] = ledger["fen"] * ledger["factor"]
    return ledger.groupby([*by], observed=True)["fen"].sum()


def _dask_alone(folder: Path) -> object:
    return _dask(folder).groupby([*KEYS], observed=True)["fen"].sum().compute()


def _spark_alone(folder: Path) -> object:
    return _spark().read.parquet(str(folder)).groupBy(*KEYS).sum("fen").collect()


SUBJECTS: dict[str, Callable[[Path], object]] = {
    "DuckDB: sums": lambda folder: _duckdb(folder, KEYS),
    "DuckDB: sums by cause alone": lambda folder: _duckdb(folder, CAUSE),
    "DuckDB: a rate joined to each row": lambda folder: _duckdb(folder, CAUSE, join=True),
    "ours, files scanned by DuckDB": lambda folder: _ours(folder, "duckdb"),
    "Polars: sums": lambda folder: _polars(folder, KEYS),
    "Polars: sums by cause alone": lambda folder: _polars(folder, CAUSE),
    "Polars: a rate joined to each row": lambda folder: _polars(folder, CAUSE, join=True),
    "ours, a LazyFrame of Polars": lambda folder: _ours(folder, "polars"),
    "Polars, in memory: sums": _polars_in_memory,
    "ours, a DataFrame of Polars": lambda folder: _ours(folder, "polars, in memory"),
    "pandas: sums, reading included": lambda folder: _pandas(folder, KEYS),
    "pandas: sums by cause alone": lambda folder: _pandas(folder, CAUSE),
    "pandas: a rate joined to each row": lambda folder: _pandas(folder, CAUSE, join=True),
    "ours, pandas, reading included": lambda folder: _ours(folder, "pandas"),
}
"""Those that only sum do so by cause, currency and date, which is what a conversion needs."""

CLUSTERS: dict[str, Callable[[Path], object]] = {
    "Dask, two workers: sums": _dask_alone,
    "ours, Dask, two workers": lambda folder: _ours(folder, "dask"),
    "Spark, local[2]: sums": _spark_alone,
    "ours, Spark, local[2]": lambda folder: _ours(folder, "spark"),
}


def _measured(name: str, folder: Path) -> dict[str, float]:
    """Measure a subject here: seconds once all is imported, and megabytes at the peak."""
    subject = (SUBJECTS | CLUSTERS)[name]
    subject(folder)
    start, used = perf_counter(), process_time()
    subject(folder)
    passed, used = perf_counter() - start, process_time() - used
    return {"seconds": passed, "cpu": used, "megabytes": peak()}


def _compare(folder: Path, rows: int, rounds: int, subjects: Iterable[str]) -> None:
    found: dict[str, list[dict[str, float]]] = {name: [] for name in subjects}
    for _ in range(rounds):
        for name in subjects:
            found[name].append(json.loads(apart(__file__, "--one", name, str(folder))))
    print(f"\n{rows:,} rows: seconds, of the processor, MB at the peak; each over the same sums'")
    sums: list[float] = []
    for name, taken in found.items():
        measures = [median(one[what] for one in taken) for what in taken[0]]
        sums = measures if name.endswith((": sums", ": sums, reading included")) else sums
        ratios = [measure / least for measure, least in zip(measures, sums, strict=True)]
        seconds, used, megabytes = measures
        of_sums = " ".join(f"{ratio:6.2f}" for ratio in ratios)
        print(f"{seconds:8.3f} {used:8.3f} {megabytes:6.0f}  {of_sums}  {name}")


def main() -> None:
    """Write ledgers of the sizes that are asked for, and measure each subject on them."""
    parser = ArgumentParser(description="Compare totals of dataframes with queries by hand.")
    parser.add_argument("--smoke", action="store_true", help="a tiny size once, to see it run")
    parser.add_argument("--rows", type=int, nargs="+", default=ROWS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one-file", action="store_true", help="only the yuan, which are a file")
    parser.add_argument("--only", default="", help="a part of the names of subjects")
    parser.add_argument("--clusters", action="store_true", help="Dask and Spark instead")
    parser.add_argument("--one", nargs=2, metavar=("SUBJECT", "FOLDER"), help="measure this alone")
    parser.add_argument("--write", nargs=2, metavar=("ROWS", "FOLDER"), help="write a ledger alone")
    arguments = parser.parse_args()
    if arguments.write:
        _giving_day()["write"](Path(arguments.write[1]), int(arguments.write[0]))
        return
    if arguments.one:
        print(json.dumps(_measured(arguments.one[0], Path(arguments.one[1]))))
        return
    subjects = CLUSTERS if arguments.clusters else SUBJECTS
    for rows in [10_000] if arguments.smoke else arguments.rows:
        with TemporaryDirectory() as folder:
            apart(__file__, "--write", str(rows), folder)
            if arguments.one_file:
                (Path(folder) / "synthetic-abroad.parquet").unlink()
            rounds = 1 if arguments.smoke else arguments.rounds
            _compare(
                Path(folder), rows, rounds, [name for name in subjects if arguments.only in name]
            )


if __name__ == "__main__":
    main()
