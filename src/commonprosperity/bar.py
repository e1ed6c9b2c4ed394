"""A progress bar for long work: in a terminal and a notebook, and nowhere else."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any, TypeVar

_Item = TypeVar("_Item")

_POLL_SECONDS = 0.2
_MANY = 100_000  # rows of a file, which take about four seconds


def with_bar(
    items: Iterable[_Item], what: str, total: int, *, bar: bool, at_least: int = _MANY
) -> Iterable[_Item]:
    """Yield items below a bar that counts them, if they are many; it goes away at the end.

    >>> list(with_bar("abc", "letters", 3, bar=True))
    ['a', 'b', 'c']

    The bar appears on standard error where that is a terminal, and in a notebook; never where
    ``bar`` is False.
    """
    if not bar or total < at_least:
        return items
    from tqdm import tqdm  # noqa: PLC0415 (only long work has a bar)

    return tqdm(items, what, total, leave=False, unit="", disable=tqdm_disabled(bar=bar))


@contextmanager
def percent_bar(percent: Callable[[], float], what: str, *, bar: bool) -> Iterator[None]:
    """Show progress until the block ends; a thread polls it.

    The bar appears after a second, once there is any progress.
    """
    from tqdm import tqdm  # noqa: PLC0415 (only long work has a bar)

    bar_format = "{desc}: {percentage:3.0f}%|{bar}| [{elapsed}<{remaining}]"
    options: Any = {"delay": 1, "bar_format": bar_format, "disable": tqdm_disabled(bar=bar)}
    with tqdm(desc=what, total=100, leave=False, **options) as percents:
        ended = Event()

        def poll() -> None:
            while not ended.wait(_POLL_SECONDS):
                if (now := percent()) > 0:
                    percents.update(max(now - percents.n, 0))

        thread = Thread(target=poll, daemon=True)
        if not percents.disable:
            thread.start()
        try:
            yield
        finally:
            ended.set()
            if thread.is_alive():
                thread.join()


def tqdm_disabled(*, bar: bool) -> bool | None:
    """Return tqdm's ``disable``: None leaves it to tqdm, which takes a notebook for no terminal."""
    if not bar or sys.stderr is None:  # as where Python runs without a console
        return True
    return False if _is_notebook() else None


def _is_notebook() -> bool:
    """Whether this is a kernel: ipykernel may be imported where there is none."""
    kernel = sys.modules.get("ipykernel.kernelapp")
    return kernel is not None and bool(kernel.IPKernelApp.initialized())
