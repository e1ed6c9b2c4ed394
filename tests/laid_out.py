"""Tables that a layout reads, and what is wrong with them."""

import io
from typing import Any

import pytest

import commonprosperity as cp

COLUMNS = {"company": "Funder", "amount": "USD", "announced": "Date"}


def read(table: str | bytes, layout: Any, **options: Any) -> cp.Dataset:
    content = table.encode() if isinstance(table, str) else table
    return cp.read(io.BytesIO(content), format="csv", layout=layout, **options)


def faults(table: str | bytes, layout: Any, **options: Any) -> list[str]:
    with pytest.raises(cp.errors.FileError) as error:
        read(table, layout, **options)
    return [str(fault).removeprefix("the file") for fault in error.value.faults]


def wrong(**keys: Any) -> list[str]:
    with pytest.raises(cp.errors.LayoutError) as error:
        cp.Layout.of(keys)
    return [str(fault) for fault in error.value.faults]
