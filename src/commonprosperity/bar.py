"""The bar of what takes long: in a terminal and a notebook, and nowhere else."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any, TypeVar

_Item = TypeVar("_Item")

_SECONDS = 0.2
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

    return tqdm(items, what, total, leave=False, unit="", disable=hidden(progress=progress))


@contextmanager
def percent_bar(percent: Callable[[], float], what: str, *, progress: bool) -> Iterator[None]:
    """Show until the block ends how much is done, of which another thread asks again and again.

    A second passes before there is a bar, and there is none as long as nothing is known to be done.
    """
    from tqdm import tqdm  # noqa: PLC0415 (only what takes long has a bar)

    form = "{desc}: {percentage:3.0f}%|{bar}| [{elapsed}<{remaining}]"
    shown: Any = {"delay": 1, "bar_format": form, "disable": hidden(progress=progress)}
    with tqdm(desc=what, total=100, leave=False, **shown) as bar:
        ended = Event()

        def ask() -> None:
            while not ended.wait(_SECONDS):
                if (done := percent()) > 0:
                    bar.update(max(done - bar.n, 0))

        asking = Thread(target=ask, daemon=True)
        if not bar.disable:
            asking.start()
        try:
            yield
        finally:
            ended.set()
            if asking.is_alive():
                asking.join()


def hidden(*, progress: bool) -> bool | None:
    """Tell tqdm whether to hide a bar: None where there is no terminal, and a notebook is none."""
    if not progress or sys.stderr is None:  # as where Python runs without a console
        return True
    return False if _is_notebook() else None


def _is_notebook() -> bool:
    """Whether this is a kernel: ipykernel may be imported where there is none."""
    kernel = sys.modules.get("ipykernel.kernelapp")
    return kernel is not None and bool(kernel.IPKernelApp.initialized())
