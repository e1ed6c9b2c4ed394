"""A synthetic ledger of a giving day, written in bounded memory and added up by cause.

68,700,000 donations, drawn and not real, that come to exactly 3,569,000,000.00 yuan: what the
public gave on the 99 Giving Day of 2021, and how often. A second file has donations in five other
currencies. With another number of rows, the average donation is the same::

    python examples/giving_day.py ledger --rows 1000000
"""

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet
from tqdm import tqdm

import commonprosperity as cp

ROWS = 68_700_000
FEN = 356_900_000_000
CAUSES = (
    "schools", "rural doctors", "rivers", "elderly care", "flood relief",
    "libraries", "rare diseases", "forests", "left-behind children", "museums",
)  # fmt: skip
DAYS = [date(2021, 9, 1) + timedelta(days=n) for n in range(10)]
ABROAD = ("USD", "EUR", "HKD", "GBP", "SGD")
_AT_ONCE = 1_000_000
_CENTS = pa.decimal128(18, 2)
_SCHEMA = pa.schema(
    {
        "cause": pa.dictionary(pa.int8(), pa.string()),
        "date": pa.date32(),
        "currency": pa.dictionary(pa.int8(), pa.string()),
        "fen": pa.int64(),
        "amount": _CENTS,
    }
)


def write(folder: Path, rows: int = ROWS, seed: int = 99) -> None:
    """Write ``synthetic-yuan.parquet`` and ``synthetic-abroad.parquet`` into a folder.

    The same rows and seed give the same donations. ``fen`` holds fen, and cents abroad; ``amount``
    is the same amount as a decimal of the currency.
    """
    folder.mkdir(parents=True, exist_ok=True)
    draw = np.random.default_rng(seed)
    _write(folder / "synthetic-yuan.parquet", rows, ("CNY",), draw)
    _write(folder / "synthetic-abroad.parquet", rows // 100, ABROAD, draw)


def _write(path: Path, rows: int, codes: tuple[str, ...], draw: np.random.Generator) -> None:
    """Write donations piece by piece, so that no more than a million are in memory."""
    bar = tqdm(total=rows, unit="row", unit_scale=True, desc=path.name, disable=None)
    with parquet.ParquetWriter(path, _SCHEMA) as writer, bar:
        for first, count in _pieces(rows):
            fen = FEN * (first + count) // ROWS - FEN * first // ROWS
            writer.write_table(_donations(count, fen, codes, draw))
            bar.update(count)


def _pieces(rows: int) -> Iterator[tuple[int, int]]:
    for first in range(0, rows, _AT_ONCE):
        yield first, min(_AT_ONCE, rows - first)


def _donations(count: int, fen: int, codes: tuple[str, ...], draw: np.random.Generator) -> pa.Table:
    """Draw donations of at least a fen that come to a sum, in integers alone."""
    weights = draw.integers(1, 400, count) ** 2
    shares = 1 + weights * (fen - count) // weights.sum()
    shares[: fen - shares.sum()] += 1  # what rounding down has left over
    return pa.table(
        [
            _drawn(CAUSES, count, draw),
            pa.array(DAYS, pa.date32()).take(pa.array(draw.integers(0, len(DAYS), count))),
            _drawn(codes, count, draw),
            pa.array(shares),
            _decimals(shares),
        ],
        schema=_SCHEMA,
    )


def _drawn(words: tuple[str, ...], count: int, draw: np.random.Generator) -> pa.DictionaryArray:
    numbers = draw.integers(0, len(words), count, dtype=np.int8)
    return pa.DictionaryArray.from_arrays(numbers, list(words))


def _decimals(hundredths: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> pa.Array:
    """Make decimals of integers from 0 on: their low halves, as Arrow lays them out."""
    halves = np.zeros((len(hundredths), 2), np.int64)
    halves[:, 0] = hundredths
    return pa.Array.from_buffers(_CENTS, len(hundredths), [None, pa.py_buffer(halves)])


def main() -> None:
    """Write the ledger, and show what was given to each cause, in dollars."""
    parser = ArgumentParser(description="Write a synthetic ledger of donations, and add it up.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--seed", type=int, default=99)
    arguments = parser.parse_args()
    write(arguments.folder, arguments.rows, arguments.seed)
    yuan = cp.frames.total(arguments.folder / "synthetic-yuan.parquet", "CNY")
    print(f"Given in yuan: {yuan.grand.amount}")
    print(cp.frames.total(arguments.folder, "USD", by="cause"))


if __name__ == "__main__":
    main()
