"""Compare the reading of an .xlsx with that of the same rows in a CSV: see docs/benchmarks.md.

Every measurement is a process of its own, of which the time of the processor and the peak of
memory are taken.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

import xlsxwriter
from measuring import apart, peak
from reading_csv import HEADINGS, rows, write_csv

_AIM = 1.5
_NUMBERS = HEADINGS.index("amount")


def _write_xlsx(file: Path, size: int) -> None:
    """Write the rows as a workbook of one sheet, its amounts as numbers."""
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        for number, row in enumerate(rows(size, words=False), start=1):
            for at, cell in enumerate(row):
                if at == _NUMBERS:
                    sheet.write_number(number, at, float(cell))
                else:
                    sheet.write_string(number, at, cell)


def _measured(file: Path) -> dict[str, float]:
    """Measure the reading of a file here, once all is imported by reading a small one."""
    import commonprosperity as cp  # noqa: PLC0415 (each process loads what it measures)

    with TemporaryDirectory() as folder:
        few = Path(folder) / f"few{file.suffix}"
        _write_xlsx(few, 10) if file.suffix == ".xlsx" else write_csv(few, 10, words=False)
        cp.read(few)
    start = process_time()
    dataset = cp.read(file, bytes_at_most=10**9, bar=False)
    passed = process_time() - start
    return {"seconds": passed, "megabytes": peak(), "pledges": len(dataset)}


def _compare(folder: Path, size: int, rounds: int) -> None:
    files = {"csv": folder / "pledges.csv", "xlsx": folder / "pledges.xlsx"}
    write_csv(files["csv"], size, words=False)
    _write_xlsx(files["xlsx"], size)
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in files}
    for _ in range(rounds):
        for name, file in files.items():
            taken[name].append(json.loads(apart(__file__, "--one", str(file))))
    seconds = {name: min(one["seconds"] for one in several) for name, several in taken.items()}
    for name, several in taken.items():
        megabytes = median(one["megabytes"] for one in several)
        print(f"{seconds[name]:8.3f} s {megabytes:8.0f} MB  {name} of {size:,} rows")
    print(f"{seconds['xlsx'] / seconds['csv']:8.2f}  xlsx / csv (aim: at most {_AIM})")


def main() -> None:
    """Write the files of a size, and measure them in turn."""
    parser = ArgumentParser(description="Compare the reading of an .xlsx with that of a CSV.")
    parser.add_argument("--smoke", action="store_true", help="a tiny size once, to see it run")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", type=Path, metavar="FILE", help="measure this alone")
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(_measured(arguments.one)))
        return
    with TemporaryDirectory() as folder:
        size, rounds = (1_000, 1) if arguments.smoke else (arguments.rows, arguments.rounds)
        _compare(Path(folder), size, rounds)


if __name__ == "__main__":
    main()
