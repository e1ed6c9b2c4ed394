"""Ledgers as tables of Arrow, the same rows as pledges, and the faults of their totals."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import strategies as st

import commonprosperity as cp
from strategies import codes, dataset, days, pledge
from typed_dataframes import pa

DAY = dt.date(2021, 9, 2)
KEY: dict[str, Any] = {"currency": "CNY", "date": "2021-09-02"}


def ledger(**columns: Any) -> Any:
    """Make a PyArrow table, yuan of one day where nothing else is given."""
    length = max(map(len, columns.values()))
    return pa.table({"currency": ["CNY"] * length, "date": [DAY] * length} | columns)


def faults(frame: Any, to: str = "CNY", **options: Any) -> list[str]:
    with pytest.raises(cp.errors.DatasetError) as error:
        cp.frames.total(frame, to, **options)
    return [f"{fault.field}: {fault.problem}" for fault in error.value.faults]


ROW = pa.schema(
    {
        "cause": pa.string(),
        "amount": pa.decimal128(20, 2),
        "currency": pa.string(),
        "date": pa.date32(),
    }
)


rows = st.lists(
    st.tuples(
        st.sampled_from(["schools", "rivers", "nurses"]),
        st.decimals(0, 10**15, places=2, allow_nan=False),
        codes,
        days,
    ),
    max_size=8,
)


def table_of(rows: list[Any]) -> Any:
    return pa.table({name: [row[at] for row in rows] for at, name in enumerate(ROW.names)}, ROW)


def pledges_of(rows: list[Any]) -> cp.Dataset:
    return dataset(*(
        pledge(f"p{at}", cp.Money(amount, code), funder=cause, announced=day)
        for at, (cause, amount, code, day) in enumerate(rows)
    ))  # fmt: skip
