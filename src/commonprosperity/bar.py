"""A bar that shows how far something long has come, in a terminal and a notebook, in no pipe."""

from collections.abc import Iterable, Iterator
from sys import modules
from typing import Any


def bar(items: Iterable[Any], total: int, unit: str, *, progress: bool) -> Iterator[Any]:
    """Go through items and show how many of ``total`` are done, unless it is told otherwise.

    >>> sum(bar([1, 2], 2, "file", progress=False))
    3
    """
    from tqdm import tqdm  # noqa: PLC0415 (few things are long)

    # None hides the bar where there is no terminal, and a notebook is none.
    shown = False if _is_notebook() else None
    yield from tqdm(items, total=total, unit=unit, disable=shown if progress else True)


def _is_notebook() -> bool:
    """Whether this is a kernel: ipykernel may be imported where there is none."""
    kernel = modules.get("ipykernel.kernelapp")
    return kernel is not None and bool(kernel.IPKernelApp.initialized())
