"""Groups the faults of rows by cause, so that one sentence reports a thousand rows."""

from collections.abc import Iterable, Iterator, Sequence

from commonprosperity.book import FAULTS_AT_MOST
from commonprosperity.errors import Fault
from commonprosperity.patterns import pattern
from commonprosperity.sentence import Sentence

_EACH_AT_MOST = 5  # faults of one cause, and the rows that are named of more
_QUOTED = pattern(r"""('[^']*'|"[^"]*") """)
_DIGITS = pattern("[0-9]+")
_NUMBER = pattern(r"[0-9]+\Z")


def grouped(faults: Sequence[Fault], rows: str, whole: str) -> Iterator[Fault]:
    """Yield the faults, and a single one for a cause with more than five.

    >>> missing = Sentence("is missing")
    >>> many = [Fault(f"acme-{n}", "amount", missing, f"mine.csv:{n}") for n in range(2, 305)]
    >>> print(*grouped(many, "lines", "mine.csv"))
    mine.csv: amount: is missing (303 lines: 2, 3, 4, 5, 6, ...)

    Two problems of one sheet have one cause if they differ only in numbers and in the value that
    they begin with.
    """
    by_cause: dict[tuple[str, ...], list[Fault]] = {}
    for fault in faults:
        by_cause.setdefault(_cause(fault), []).append(fault)
    for fault in faults:
        alike = by_cause[_cause(fault)]
        if len(alike) <= _EACH_AT_MOST:
            yield fault
        elif fault is alike[0]:
            problem = Sentence(
                "{problem:say} ({count:say}: {numbers:list}, ...)",
                problem=fault.problem, numbers=[*_numbers(alike[:_EACH_AT_MOST])],
                count=_count(len(alike), rows, at_least=len(faults) >= FAULTS_AT_MOST),
            )  # fmt: skip
            yield Fault("", fault.field, problem, _before_number(fault, whole))


def _count(number: int, rows: str, *, at_least: bool) -> Sentence:
    count = f"{number:,}"
    counted = {
        "lines": Sentence("{count} lines", count=count),
        "rows": Sentence("{count} rows", count=count),
        "grants": Sentence("{count} grants", count=count),
    }[rows]
    return Sentence("at least {counted:say}", counted=counted) if at_least else counted


def _cause(fault: Fault) -> tuple[str, ...]:
    place = _NUMBER.sub("", fault.place)
    return place, fault.field, _DIGITS.sub("0", _QUOTED.sub("", fault.problem, count=1))


def _before_number(fault: Fault, whole: str) -> str:
    """Return the place without its row: the sheet, or the whole where a row alone is named.

    >>> _before_number(Fault("", "", "", "mine.xlsx/2021:7"), "mine.xlsx")
    'mine.xlsx/2021'
    >>> _before_number(Fault("", "", "", "row 7"), "the dataframe")
    'the dataframe'
    """
    place = _NUMBER.sub("", fault.place).removesuffix(":")
    return place if place.startswith(whole) else whole


def _numbers(faults: Iterable[Fault]) -> Iterator[str]:
    for fault in faults:
        number = _NUMBER.search(fault.place)
        yield number[0] if number else fault.place
