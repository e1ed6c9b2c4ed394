"""Totals on Spark, in two threads of this machine: run by hand, with `pytest -m spark`."""

import datetime as dt
import os
import runpy
import shutil
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import commonprosperity as cp
from ledgers import ledger, pledges_of, rows, table_of
from strategies import codes

pa = pytest.importorskip("pyarrow", reason="needs the extra `engines`")
sql = pytest.importorskip("pyspark.sql", reason="needs the extra `spark`")

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="needs Java"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),  # PySpark's, of pandas 3
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # of sockets to the Java side
]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2"}
    builder = sql.SparkSession.builder.master("local[2]").config(map=settings)
    with builder.getOrCreate() as session:
        session.sparkContext.setLogLevel("OFF")
        yield session


@pytest.fixture(params=["true", "false"], ids=["ANSI", "not ANSI"])
def either_mode(spark: Any, request: pytest.FixtureRequest) -> Any:
    """Give Spark as it raises on overflow, and as it wraps or makes nulls of it."""
    spark.conf.set("spark.sql.ansi.enabled", request.param)
    yield spark
    spark.conf.unset("spark.sql.ansi.enabled")


def faults(frame: Any) -> Any:
    with pytest.raises(cp.errors.DatasetError) as error:
        cp.frames.total(frame, "CNY")
    return error.value.faults


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows, codes)
def test_totals_are_those_of_the_same_amounts_as_pledges(spark: Any, rows: Any, to: str) -> None:
    ours = cp.frames.total(spark.createDataFrame(table_of(rows)), to, by="cause")
    theirs = pledges_of(rows).totals(to, by="funder")
    assert {group: total.exact for group, total in ours.items()} == {
        group: total.exact for group, total in theirs.items()
    }
    assert ours.grand.amount == theirs.grand.amount


@pytest.mark.parametrize("type_", [pa.int32(), pa.int64(), pa.decimal128(38, 0)], ids=str)
def test_sums_beyond_64_bits_are_exact(either_mode: Any, type_: Any) -> None:
    largest = 2**31 - 1 if type_ == pa.int32() else 2**63 - 1
    frame = either_mode.createDataFrame(ledger(amount=pa.array([largest] * 4, type_)))
    assert cp.frames.total(frame, "CNY").grand.exact == 4 * largest


def test_sums_beyond_38_digits_are_refused(either_mode: Any) -> None:
    most = pa.array([Decimal(10**38 - 1)] * 2, pa.decimal128(38, 0))
    (fault,) = faults(either_mode.createDataFrame(ledger(amount=most)))
    assert fault.field in {"amount", ""}
    assert "38 digits" in fault.problem or "overflow" in fault.problem.lower()


@pytest.mark.parametrize(
    "columns",
    [
        {"amount": [1, None, 3, None]},
        {"amount": ["1.50", "1,50", None, "x"]},
        {"amount": [1, 2, 3, 4], "currency": ["CNY", "RMB", None, ""]},
        {"amount": [1, 2, 3, 4], "date": ["2021", "September", None, "2021-09-02"]},
        {"amount": [1, 2], "currency": ["USD", "USD"], "date": [dt.date(1900, 1, 1)] * 2},
        {"amount": [1, 2, 3], "restates": [None, "", "acme-1"]},
        {"amount": [1.5, 2.5]},
    ],
)
@pytest.mark.parametrize("partitions", [1, 3])
def test_faults_and_their_rows_are_those_of_one_process(
    spark: Any, columns: dict[str, Any], partitions: int
) -> None:
    table = ledger(**columns)
    cells = spark.sparkContext.parallelize(table.to_pylist(), partitions)
    frame = spark.createDataFrame(cells, spark.createDataFrame(table).schema)
    assert frame.rdd.getNumPartitions() == partitions
    assert faults(frame) == faults(table)


def test_giving_day_comes_to_the_same(spark: Any, tmp_path: Path) -> None:
    example = Path(__file__).parents[1] / "examples" / "giving_day.py"
    runpy.run_path(str(example))["write"](tmp_path, 100_000)
    options: dict[str, Any] = {"by": "cause", "amount": "fen", "minor_units": True}
    ours: Any = cp.frames.total(spark.read.parquet(str(tmp_path)), "USD", **options)
    alone: Any = cp.frames.total(tmp_path, "USD", **options)
    assert [(group, total.exact, total.sums) for group, total in ours.items()] == [
        (group, total.exact, total.sums) for group, total in alone.items()
    ]
