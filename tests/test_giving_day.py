"""The example of a giving day's ledger: exact sums, the same again, in whatever engine."""

import runpy
from fractions import Fraction
from pathlib import Path

import pytest

import commonprosperity as cp

pytest.importorskip("narwhals", reason="needs the extra `frames`")
pytest.importorskip("pandas", reason="needs the extra `engines`")
pl = pytest.importorskip("polars", reason="needs the extra `engines`")
pytest.importorskip("pyarrow", reason="needs the extra `engines`")
pytest.importorskip("duckdb", reason="needs the extra `engines`")

EXAMPLE = runpy.run_path(str(Path(__file__).parents[1] / "examples" / "giving_day.py"))
YUAN = "synthetic-yuan.parquet"


@pytest.mark.parametrize("rows", [1, 999, 68_700])
def test_donations_come_to_their_share_of_the_giving_day_exactly(tmp_path: Path, rows: int) -> None:
    EXAMPLE["write"](tmp_path, rows)
    fen = EXAMPLE["FEN"] * rows // EXAMPLE["ROWS"]
    for amount, minor_units in (("amount", False), ("fen", True)):
        totals = cp.frames.total(
            tmp_path / YUAN, "CNY", by="cause", amount=amount, minor_units=minor_units
        )
        assert totals.grand.exact == Fraction(fen, 100)
    frame = pl.read_parquet(tmp_path / YUAN)
    assert (frame.height, frame["fen"].sum()) == (rows, fen)
    assert frame["fen"].min() >= 1
    assert (frame["amount"] * 100 == frame["fen"]).all()


def test_the_whole_of_it_is_what_the_public_gave() -> None:
    assert EXAMPLE["ROWS"] == 68_700_000
    assert cp.Money(EXAMPLE["FEN"], "CNY") == cp.Money("3569000000", "CNY") * 100


def test_ledger_is_the_same_again_and_another_with_another_seed(tmp_path: Path) -> None:
    for name, seed in {"one": 1, "again": 1, "two": 2}.items():
        EXAMPLE["write"](tmp_path / name, 2_000, seed)
    one, again, two = (pl.read_parquet(tmp_path / name / YUAN) for name in ("one", "again", "two"))
    assert one.equals(again)
    assert not one.equals(two)


def test_scan_of_either_engine_gives_the_same_totals(tmp_path: Path) -> None:
    EXAMPLE["write"](tmp_path, 20_000)
    ours = cp.frames.total(tmp_path, "USD", by=["cause", "currency"])
    polars = cp.frames.total(
        pl.scan_parquet(tmp_path / "*.parquet"), "USD", by=["cause", "currency"]
    )
    assert {group: total.exact for group, total in ours.items()} == {
        group: total.exact for group, total in polars.items()
    }
    assert {currency for _, currency in ours} == {"CNY", *EXAMPLE["ABROAD"]}
