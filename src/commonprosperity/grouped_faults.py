"""Groups the faults of rows by cause, so that one sentence reports a thousand rows."""

import re
from collections.abc import Iterable, Iterator, Sequence

from commonprosperity.book import FAULTS_AT_MOST
from commonprosperity.errors import Fault

_EACH_AT_MOST = 5  # faults of one cause, and the rows that are named of more
_QUOTED = re.compile(r"""('[^']*'|"[^"]*") """)
_DIGITS = re.compile("[0-9]+")
_NUMBER = re.compile(r"[0-9]+\Z")


def grouped(faults: Sequence[Fault], rows: str, whole: str) -> Iterator[Fault]:
    """Yield the faults, and a single one for a cause with more than five.

    >>> many = [Fault(f"acme-{n}", "amount", "is missing", f"mine.csv:{n}") for n in range(2, 305)]
    >>> print(*grouped(many, "lines", "mine.csv"))
    mine.csv: amount: is missing (303 lines: 2, 3, 4, 5, 6, ...)

    Two problems have one cause if they differ only in numbers and in the value that they begin
    with.
    """
    by_cause: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        by_cause.setdefault(_cause(fault), []).append(fault)
    at_least = "at least " if len(faults) >= FAULTS_AT_MOST else ""
    for fault in faults:
        alike = by_cause[_cause(fault)]
        if len(alike) <= _EACH_AT_MOST:
            yield fault
        elif fault is alike[0]:
            named = ", ".join(_numbers(alike[:_EACH_AT_MOST]))
            count = f"{at_least}{len(alike):,} {rows}"
            yield Fault("", fault.field, f"{fault.problem} ({count}: {named}, ...)", whole)


def _cause(fault: Fault) -> tuple[str, str]:
    return fault.field, _DIGITS.sub("0", _QUOTED.sub("", fault.problem, count=1))


def _numbers(faults: Iterable[Fault]) -> Iterator[str]:
    for fault in faults:
        number = _NUMBER.search(fault.place)
        yield number[0] if number else fault.place
