"""Totals on a cluster of Dask: two worker processes, of which one may die."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import commonprosperity as cp

pytest.importorskip("narwhals", reason="needs the extra `frames`")
pd = pytest.importorskip("pandas", reason="needs the extra `engines`")
dd = pytest.importorskip("dask.dataframe", reason="needs the extra `engines`")
distributed = pytest.importorskip("distributed", reason="needs the extra `engines`")

ROWS = 10_000
OPTIONS: dict[str, Any] = {"by": "cause", "amount": "fen", "minor_units": True}


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
    )
    with cluster, distributed.Client(cluster) as client:
        yield client


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger")
    frame = pd.DataFrame({
        "cause": [("schools", "rivers", "museums", None)[row % 4] for row in range(ROWS)],
        "currency": [("CNY", "USD", "HKD")[row % 3] for row in range(ROWS)],
        "date": pd.to_datetime("2021-09-01") + pd.to_timedelta([row % 10 for row in range(ROWS)], "D"),
        "fen": [row * row % 10_007 for row in range(ROWS)],
    })  # fmt: skip
    for at in range(10):
        frame[at * 1000 : (at + 1) * 1000].to_parquet(folder / f"{at}.parquet")
    return folder


def exact(totals: Any) -> list[Any]:
    return [(group, total.exact, total.sums) for group, total in totals.items()]


def workers(client: Any) -> set[int]:
    return {*client.run(os.getpid).values()}


def dies(part: Any) -> Any:
    """Kill this process, as the kernel does when memory is short."""
    os.kill(os.getpid(), signal.SIGKILL)
    return part


def dies_once(part: Any, mark: Path) -> Any:
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return part
    return dies(part)


@pytest.mark.usefixtures("client")
def test_totals_of_a_cluster_are_those_of_one_process(ledger: Path) -> None:
    frame = dd.read_parquet(ledger)
    assert frame.npartitions > 1
    alone = cp.frames.total(ledger, "USD", **OPTIONS)
    assert exact(cp.frames.total(frame, "USD", **OPTIONS)) == exact(alone)
    assert cp.frames.total(frame, "USD", **OPTIONS).grand.exact == alone.grand.exact


def test_nothing_is_lost_with_a_worker_that_is_killed_on_the_way(
    client: Any, ledger: Path, tmp_path: Path
) -> None:
    before = workers(client)
    frame = dd.read_parquet(ledger)
    mortal = frame.map_partitions(dies_once, tmp_path / "mark", meta=frame)
    totals = cp.frames.total(mortal, "USD", **OPTIONS)
    assert (tmp_path / "mark").exists()
    client.wait_for_workers(2)
    assert len(workers(client) - before) == 1
    assert exact(totals) == exact(cp.frames.total(ledger, "USD", **OPTIONS))


@pytest.mark.usefixtures("client")
def test_faults_are_those_of_one_process(ledger: Path) -> None:
    frame = dd.read_parquet(ledger)
    told = []
    for one in (frame, frame.compute().reset_index(drop=True)):
        wrong = one.assign(
            currency=one["currency"].replace("HKD", "RMB"),
            date=one["date"].where(one["fen"] % 1000 != 7),
            amount=one["fen"].astype("Int64").mask(one["fen"] % 5000 == 9),
        )
        with pytest.raises(cp.errors.DatasetError) as error:
            cp.frames.total(wrong, "USD")
        told.append(error.value.faults)
    of_cluster, of_pandas = told
    assert of_cluster == of_pandas
    assert [fault.field for fault in of_cluster] == ["amount", "currency", "date"]


@pytest.mark.usefixtures("client")
def test_worker_that_always_dies_is_told(ledger: Path) -> None:
    frame = dd.read_parquet(ledger / "0.parquet")
    with pytest.raises(
        cp.errors.DatasetError, match="the dataframe: cannot be read: Attempted to run"
    ):
        cp.frames.total(frame.map_partitions(dies, meta=frame), "USD", **OPTIONS)


@pytest.mark.usefixtures("client")
def test_partition_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for name in "ab":
        pd.DataFrame({"amount": ["1"]}).to_parquet(tmp_path / f"{name}.parquet")
    frame = dd.read_parquet(tmp_path)
    (tmp_path / "b.parquet").unlink()
    with pytest.raises(
        cp.errors.DatasetError, match=r"the dataframe: cannot be read: .*b\.parquet"
    ):
        cp.frames.total(frame, "CNY", currency="CNY", date="2021")


def test_flaw_that_only_some_partitions_can_have_is_told() -> None:
    cells = {"amount": [1, 2, 3], "restates": [None, None, "acme-1"]}
    frame = dd.from_pandas(pd.DataFrame(cells), npartitions=3)
    typeless = frame.map_partitions(lambda part: part.astype(object), meta=frame)
    for one in (frame, typeless):
        with pytest.raises(cp.errors.DatasetError) as error:
            cp.frames.total(one, "CNY", currency="CNY", date="2021")
        (fault,) = error.value.faults
        assert fault.field == "restates"
        assert fault.problem == (
            "names the ids of other rows, and no column has ids; name it by id="
        )


def test_partitions_of_several_types_are_added_up_or_told() -> None:
    def retype(part: Any, kinds: Any) -> Any:
        return part.astype(kinds[part["amount"].iloc[0]])

    options: dict[str, Any] = {"currency": "CNY", "date": "2021"}
    frame = dd.from_pandas(pd.DataFrame({"amount": ["1", "2", "x"]}), npartitions=3)
    sound = frame.partitions[:2].map_partitions(retype, {"1": "int64", "2": "string"}, meta=frame)
    assert cp.frames.total(sound, "CNY", **options).grand.exact == 3
    kinds = {"1": "int64", "2": "string", "x": "string"}
    with pytest.raises(cp.errors.DatasetError) as error:
        cp.frames.total(frame.map_partitions(retype, kinds, meta=frame), "CNY", **options)
    (fault,) = error.value.faults
    assert (
        fault.problem
        == 'is no plain number such as 1234.56, or 1,234.56 with locale="en" (1 row: 2)'
    )


def test_dates_of_several_types_are_found_where_they_are() -> None:
    cells = {"amount": [1, 2], "date": ["someday", "2021"]}
    frame = dd.from_pandas(pd.DataFrame(cells), npartitions=2)
    mixed = frame.map_partitions(
        lambda part: part if part["date"].iloc[0] == "someday" else part.astype({"date": "int64"}),
        meta=frame,
    )
    with pytest.raises(cp.errors.DatasetError) as error:
        cp.frames.total(mixed, "CNY", currency="CNY")
    (fault,) = error.value.faults
    assert fault.problem.startswith("'someday' is no period")
    assert fault.problem.endswith("(1 row: 0)")


def test_named_index_is_a_column_and_near_misses_are_named() -> None:
    frame = pd.DataFrame({"amount": [1, 2], "cause": ["b", "a"]}).set_index("cause").sort_index()
    options: dict[str, Any] = {"currency": "CNY", "date": "2021"}
    totals = cp.frames.total(dd.from_pandas(frame, npartitions=1), "CNY", by="cause", **options)
    assert {group: int(total.exact) for group, total in totals.items()} == {"a": 2, "b": 1}
    with pytest.raises(cp.errors.DatasetError, match=r"causes: is no column; did you mean cause\?"):
        cp.frames.total(dd.from_pandas(frame, npartitions=1), "CNY", by="causes", **options)
