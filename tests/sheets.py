"""Workbooks as the library reads them, and what it refuses."""

import io
from typing import Any

import pytest

import commonprosperity as cp


def read(content: bytes, **how: Any) -> cp.Dataset:
    return cp.read(io.BytesIO(content), format="xlsx", **how)


def pledge_of(content: bytes, **how: Any) -> cp.Pledge:
    (pledge,) = read(content, **how)
    return pledge


def refusal(content: bytes, **how: Any) -> str:
    with pytest.raises(cp.errors.FileError) as error:
        read(content, **how)
    return str(error.value)
