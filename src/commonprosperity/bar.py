"""The bar of what takes long: in a terminal and a notebook, and nowhere else."""

from collections.abc import Iterable
from sys import modules
from typing import TypeVar

_Item = TypeVar("_Item")

_MANY = 100_000  # rows of a file, which take about four seconds


def with_bar(
    items: Iterable[_Item], what: str, total: int, *, progress: bool, at_least: int = _MANY
) -> Iterable[_Item]:
    """Go through items with a bar that counts them, where there are many; it goes as they end.

    >>> list(with_bar("abc", "letters", 3, progress=True))
    ['a', 'b', 'c']

    The bar is written to standard error where that is a terminal, and in a notebook; never where
    ``progress`` is False.
    """
    if not progress or total < at_least:
        return items
    from tqdm import tqdm  # noqa: PLC0415 (only what takes long has a bar)

    # None hides the bar where there is no terminal, and a notebook is none.
    hidden = False if _is_notebook() else None
    return tqdm(items, what, total, leave=False, unit="", disable=hidden)


def _is_notebook() -> bool:
    """Whether this is a kernel: ipykernel may be imported where there is none."""
    kernel = modules.get("ipykernel.kernelapp")
    return kernel is not None and bool(kernel.IPKernelApp.initialized())
