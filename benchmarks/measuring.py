"""What is compared runs in turn, round after round, and the median of each one's times is taken."""

import gc
import resource
import sys
from collections.abc import Callable, Mapping
from statistics import median
from subprocess import check_output
from time import process_time
from typing import NamedTuple

Run = Callable[[], object]
Prepare = Callable[[], Run]


def process_time_of_others() -> float:
    """Return the CPU seconds of all processes that were started here and have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def apart(script: str, *arguments: str) -> str:
    """Run a script in a process of its own, whose peak of memory is not that of this one."""
    return check_output([sys.executable, script, *arguments], text=True)  # noqa: S603 (our own)


def peak() -> float:
    """Return the most megabytes that this process has had in memory."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Ratio(NamedTuple):
    """One measure over another; ``aim`` is what it should be at the most, if anything."""

    what: str
    ratio: float
    aim: float | None = None

    def __str__(self) -> str:
        aim = "" if self.aim is None else f" (aim: at most {self.aim:g})"
        return f"{self.ratio:10.3f}  {self.what}{aim}"


def seconds(
    rounds: int, subjects: Mapping[str, Prepare], clock: Callable[[], float] = process_time
) -> dict[str, float]:
    """Return the median time of each subject, and print it with the shortest.

    A subject is prepared anew for each round, untimed; what that returns is timed. The clock is
    that of the processor, which other work disturbs least; subjects that are processes of their own
    need ``process_time_of_others``.
    The garbage collector is on, as it is in use.
    """
    taken: dict[str, list[float]] = {name: [] for name in subjects}
    for _ in range(rounds):
        for name, prepare in subjects.items():
            taken[name].append(_seconds(prepare(), clock))
    for name, times in taken.items():
        print(f"{median(times) * 1e3:10.3f} ms, at least {min(times) * 1e3:.3f} ms: {name}")
    return {name: median(times) for name, times in taken.items()}


def _seconds(run: Run, clock: Callable[[], float]) -> float:
    gc.collect()
    start = clock()
    result = run()
    passed = clock() - start
    del result  # so late that freeing it is not timed
    return passed
