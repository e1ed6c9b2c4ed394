"""What the parsers of TOML and JSON hand over, examined before any record is made of it."""

from collections import Counter, deque
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import attrs

from commonprosperity.errors import AmountError, Fault
from commonprosperity.files.reading import Reading
from commonprosperity.quoting import label
from commonprosperity.wording import number

_DEEPEST = 8  # a kind, a record, a field, a list in it: four
_NAME_AT_MOST = 200


class Table(dict[str, Any]):
    """A table that knows which of its keys it was given twice."""

    twice: tuple[str, ...] = ()

    @classmethod
    def of(cls, pairs: list[tuple[str, Any]]) -> "Table":
        """Make a table of keys and values."""
        table = cls(pairs)
        if len(table) < len(pairs):
            table.twice = tuple(key for key, n in Counter(key for key, _ in pairs).items() if n > 1)
        return table


@attrs.frozen
class Unreadable:
    """A number that cannot be held exactly, or is none: ``1e999999999``, ``NaN``."""

    text: str


def exact(text: str) -> Decimal | Unreadable:
    """Take a number with a decimal point or an exponent exactly, or keep it to be told of.

    >>> exact("0.10"), exact("1e999999999")
    (Decimal('0.10'), Unreadable(text='1e999999999'))
    """
    try:
        return number(text)
    except AmountError:
        return Unreadable(text)


def pruned(plain: Any, reading: Reading) -> Iterator[Fault]:
    """Take away what no record holds, and tell of it: what is too deep or long, or no number.

    >>> plain = {"company": {"acme": {"note": Unreadable("NaN")}}}
    >>> [str(fault) for fault in pruned(plain, Reading("mine.json"))]
    ['acme: note: NaN is no number that can be held exactly; write at most 60 digits']
    >>> plain
    {'company': {'acme': {'note': None}}}
    """
    left: deque[tuple[Any, tuple[str, ...]]] = deque([(plain, ())])
    while left:
        table, way = left.popleft()
        for key in getattr(table, "twice", ()):
            yield _fault((*way, key), "is written twice; leave one of them out")
        for key, value in list(table.items() if isinstance(table, dict) else enumerate(table)):
            inside = (*way, str(key))
            problem = _problem(value, inside, reading)
            if problem:
                table[key] = None
                yield _fault(inside, problem)
            elif isinstance(value, dict | list):
                left.append((value, inside))
            if len(inside[-1]) > _NAME_AT_MOST:
                del table[key]


def _problem(value: Any, way: tuple[str, ...], reading: Reading) -> str:
    if len(way[-1]) > _NAME_AT_MOST:
        return f"has more than {_NAME_AT_MOST} characters; shorten it"
    if isinstance(value, str) and len(value) > reading.cell_at_most:
        return f"has more than {reading.cell_at_most:,} characters; shorten it"
    if isinstance(value, Unreadable):
        return f"{label(value.text)} is no number that can be held exactly; write at most 60 digits"
    if isinstance(value, dict | list) and len(way) > _DEEPEST:
        return "has tables or lists that are nested too deep"
    return ""


def _fault(way: tuple[str, ...], problem: str) -> Fault:
    """Tell of something by the way to it: a kind, a record, a field."""
    first, *more = way
    return Fault(more[0], ".".join(more[1:]), problem) if more else Fault("", first, problem)
