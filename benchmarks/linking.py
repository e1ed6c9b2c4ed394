"""Compare totals of a ledger of which 1 % of the rows are linked with those of one without links.

Printed is how many times as long the linked total takes, less what its linked rows take as records.
"""

from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import duckdb
import polars as pl

import commonprosperity as cp

_ROWS = """
SELECT 'row-' || i AS id, (i * 7919 % 100000) AS amount, 'CNY' AS currency,
    (DATE '2021-01-01' + (i % 365)::INTEGER)::VARCHAR AS announced, 'Acme' AS company,
    CASE WHEN i % 100 = 1 THEN 'row-' || (i - 1) END AS {link}
FROM range({rows}) rows(i)
"""


def _seconds(call: Callable[[], Any]) -> float:
    start = perf_counter()
    call()
    return perf_counter() - start


def main() -> None:
    """Measure each in turn, three times, and print the best of each as a ratio."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    rows = parser.parse_args().rows
    with TemporaryDirectory() as folder:
        for link in ("part_of", "note"):
            query = _ROWS.format(rows=rows, link=link)
            duckdb.sql(f"COPY ({query}) TO '{folder}/{link}.parquet'")
        every = duckdb.read_parquet(f"{folder}/part_of.parquet")
        whole = "id IN (SELECT 'row-' || (i * 100) FROM range(10_000_000) rows(i))"
        linked = every.filter(f"part_of IS NOT NULL OR {whole}").pl()
        files = [Path(f"{folder}/{link}.parquet") for link in ("note", "part_of")]
        _compare("DuckDB", files, linked)
        _compare("Polars", [pl.scan_parquet(file) for file in files], linked)


def _compare(name: str, frames: Sequence[object], linked: pl.DataFrame) -> None:
    def total(frame: object) -> object:
        return cp.frames.total(frame, "CNY", date="announced", bar=False)

    calls: list[Callable[[], object]] = [partial(total, frame) for frame in frames]
    calls.append(lambda: cp.frames.read(linked).total("CNY"))
    seconds = [min(_seconds(call) for _ in range(3)) for call in calls]
    times = (seconds[1] - seconds[2]) / seconds[0]
    print(f"{name}: {times:.2f} times", *(f"{each:.2f} s" for each in seconds))


if __name__ == "__main__":
    main()
