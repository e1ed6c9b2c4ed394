"""Compare the reading of a flat CSV with readers written by hand: see docs/benchmarks.md.

Every measurement is a process of its own, of which the time of the processor and the peak of
memory are taken.
"""

import csv
import json
import re
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

import attrs
from measuring import apart, peak

HEADINGS = (
    "id", "company", "initiative", "amount", "currency", "qualifier", "stage", "announced",
    "source",
)  # fmt: skip
_SIGNS = {"CNY": "RMB", "EUR": "€", "HKD": "HK$", "JPY": "JPY ", "USD": "US$"}
_CODES = {sign: code for code, sign in _SIGNS.items()}
_QUALIFIERS = ("exact", "about", "up_to")
_STAGES = ("pledge", "commitment", "disbursement")
_DAYS = [str(date(2021, 1, 4) + timedelta(days=number)) for number in range(500)]
_WORDS = re.compile(r"(about |up to )?(RMB|€|HK\$|JPY |US\$)([0-9.]+) (million|billion)")
_SCALES = {"million": Decimal(10**6), "billion": Decimal(10**9)}


def rows(size: int, *, words: bool) -> Iterator[tuple[str, ...]]:
    """Go through rows of 100 companies and 500 days; amounts in words are a thousand or so."""
    random = Random(2021)  # noqa: S311 (the same rows each time)
    codes = [*_SIGNS]
    for number in range(size):
        company = f"Company {number // 10 % 100}"
        code, firm = random.choice(codes), random.choice(_QUALIFIERS)
        amount = f"{random.randrange(10**9)}.{random.randrange(100):02}"
        if words:
            said = {"exact": "", "about": "about ", "up_to": "up to "}[firm]
            amount = f"{said}{_SIGNS[code]}{random.randrange(1, 50)}.5 {random.choice([*_SCALES])}"
        yield (
            f"pledge-{number}", company, f"{company} Fund {number % 3}", amount,
            "" if words else code, "" if words else firm, random.choice(_STAGES),
            random.choice(_DAYS), f"https://example.org/{number // 10 % 50}",
        )  # fmt: skip


def write_csv(file: Path, size: int, *, words: bool) -> None:
    """Write the rows as a flat CSV."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([HEADINGS, *rows(size, words=words)])


def _read_rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        yield from csv.DictReader(opened)


@attrs.frozen
class _Money:
    amount: Decimal
    currency: str


@attrs.frozen(kw_only=True)
class _Pledge:
    id: str
    company: str
    initiative: str
    amount: _Money
    qualifier: str
    stage: str
    announced: date
    source: str


def _plain(file: Path) -> object:
    """Make plain objects of the rows: nothing of them is checked, linked or left out."""
    return [_plain_pledge(row) for row in _read_rows(file)]


def _plain_pledge(row: dict[str, str]) -> _Pledge:
    amount, code = row.pop("amount"), row.pop("currency")
    announced = date.fromisoformat(row.pop("announced"))
    if code:
        return _Pledge(amount=_Money(Decimal(amount), code), announced=announced, **row)
    said = _WORDS.fullmatch(amount)
    if said is None:
        raise ValueError(amount)
    money = _Money(Decimal(said[3]) * _SCALES[said[4]], _CODES[said[2]])
    row["qualifier"] = (said[1] or "exact").strip().replace(" ", "_")
    return _Pledge(amount=money, announced=announced, **row)


def _by_hand(file: Path) -> object:
    """Make our records of the rows, as one would without `read`, and a dataset of them."""
    import commonprosperity as cp  # noqa: PLC0415 (each process loads what it measures)

    companies: dict[str, cp.Company] = {}
    initiatives: dict[str, cp.Initiative] = {}
    sources: dict[str, cp.Source] = {}
    pledges = []
    for row in _read_rows(file):
        company, initiative, source = (
            _id(row[name]) for name in ("company", "initiative", "source")
        )
        if company not in companies:
            companies[company] = cp.Company(id=company, name=row["company"])
        if initiative not in initiatives:
            name = row["initiative"]
            initiatives[initiative] = cp.Initiative(id=initiative, company=company, name=name)
        if source not in sources:
            sources[source] = cp.Source(id=source, title=row["source"], url=row["source"])
        stated = (
            cp.ParsedAmount(
                cp.Money(row["amount"], row["currency"]), cp.Qualifier(row["qualifier"])
            )
            if row["currency"]
            else cp.parse_amount(row["amount"])
        )
        pledge = cp.Pledge(
            id=row["id"], company=company, initiative=initiative, amount=stated.money,
            qualifier=stated.qualifier, stage=cp.Stage(row["stage"]), announced=row["announced"],
            source=source,
        )  # fmt: skip
        pledges.append(pledge)
    return cp.Dataset(sources.values(), companies.values(), initiatives.values(), pledges)


def _id(name: str) -> str:
    return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")


def _ours(file: Path) -> object:
    import commonprosperity as cp  # noqa: PLC0415

    return cp.read(file, bytes_at_most=10**9, bar=False)


def _pandas(file: Path) -> object:
    import pandas as pd  # noqa: PLC0415

    return pd.read_csv(file)


SUBJECTS: dict[str, Callable[[Path], object]] = {
    "pandas.read_csv": _pandas,
    "csv and attrs: plain objects": _plain,
    "csv and our records: a Dataset": _by_hand,
    "read: a Dataset": _ours,
}
_OURS = "read: a Dataset"


def _measured(name: str, file: Path) -> dict[str, float]:
    """Measure a subject here: seconds once all is imported, and megabytes at the peak."""
    with TemporaryDirectory() as folder, file.open(encoding="utf-8", newline="") as opened:
        few = Path(folder) / "few.csv"
        few.write_text("".join(islice(opened, 100)), encoding="utf-8", newline="")
        SUBJECTS[name](few)
    start = process_time()
    made = SUBJECTS[name](file)
    passed = process_time() - start
    del made  # so late that freeing it is not timed
    return {"seconds": passed, "megabytes": peak()}


def _compare(file: Path, rounds: int) -> None:
    found: dict[str, list[dict[str, float]]] = {name: [] for name in SUBJECTS}
    for _ in range(rounds):
        for name in SUBJECTS:
            found[name].append(json.loads(apart(__file__, "--one", name, str(file))))
    medians = {
        name: [median(one[what] for one in taken) for what in ("seconds", "megabytes")]
        for name, taken in found.items()
    }
    for name, (seconds, megabytes) in medians.items():
        ratio = medians[_OURS][0] / seconds
        print(f"{seconds:8.3f} {ratio:8.2f} {megabytes:8.0f}  {name}")


def main() -> None:
    """Write files of the sizes that are asked for, and measure each subject on them."""
    parser = ArgumentParser(description="Compare the reading of a flat CSV with readers by hand.")
    parser.add_argument("--smoke", action="store_true", help="a tiny size once, to see it run")
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=["digits", "words"], help="amounts written so alone")
    parser.add_argument("--one", nargs=2, metavar=("SUBJECT", "FILE"), help="measure this alone")
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(_measured(arguments.one[0], Path(arguments.one[1]))))
        return
    sizes = [1_000] if arguments.smoke else arguments.rows
    for written in [arguments.only] if arguments.only else ["digits", "words"]:
        for size in sizes:
            print(f"\n{size:,} rows, amounts in {written}: seconds, ours by these, MB at the peak")
            with TemporaryDirectory() as folder:
                file = Path(folder) / "pledges.csv"
                write_csv(file, size, words=written == "words")
                _compare(file, 1 if arguments.smoke else arguments.rounds)


if __name__ == "__main__":
    main()
