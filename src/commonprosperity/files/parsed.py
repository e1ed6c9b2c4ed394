"""What the parsers of TOML and JSON return, examined before any record is made of it."""

from collections import Counter, deque
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

import attrs

from commonprosperity.book import FAULTS_AT_MOST
from commonprosperity.errors import AmountError, Fault
from commonprosperity.files.intake import Intake
from commonprosperity.plain import PlainRecords
from commonprosperity.quoting import label
from commonprosperity.sentence import Sentence
from commonprosperity.wording import number

_DEEPEST = 8  # a kind, a record, a field, a list in it: four
_NAME_AT_MOST = 200


class KeyTrackingDict(dict[str, Any]):
    """A JSON object that knows which of its keys came twice."""

    repeated_keys: tuple[str, ...] = ()

    @classmethod
    def of(cls, pairs: list[tuple[str, Any]]) -> "KeyTrackingDict":
        """Make one of keys and values; of a key that comes twice the last value stays."""
        table = cls(pairs)
        if len(table) < len(pairs):
            times = Counter(key for key, _ in pairs)
            table.repeated_keys = tuple(key for key in times if times[key] > 1)
        return table


@attrs.frozen
class Unreadable:
    """A number that cannot be held exactly, or is none: ``1e999999999``, ``NaN``."""

    text: str


def exact(text: str) -> Decimal | Unreadable:
    """Return a number with a decimal point or an exponent exactly, or mark it as unreadable.

    >>> exact("0.10"), exact("1e999999999")
    (Decimal('0.10'), Unreadable(text='1e999999999'))
    """
    try:
        return number(text)
    except AmountError:
        return Unreadable(text)


def pruned(parsed: dict[str, Any], intake: Intake) -> PlainRecords:
    """Take out what no record holds, as a fault: what is too deep or too long, or no number.

    >>> parsed = {"company": {"acme": {"note": Unreadable("NaN")}}}
    >>> plain = pruned(parsed, Intake("mine.json"))
    >>> str(*plain.faults), plain.tables
    ('acme: note: NaN is no number that can be held exactly; write at most 60 digits', \
{'company': {'acme': {'note': None}}})
    """
    return PlainRecords(parsed, [*islice(_prune(parsed, intake), FAULTS_AT_MOST)])


def _prune(parsed: dict[str, Any], intake: Intake) -> Iterator[Fault]:
    """Go down the tables and lists, level by level, as recursion would end at a thousand."""
    left: deque[tuple[Any, tuple[str, ...]]] = deque([(parsed, ())])
    while left:
        table, way = left.popleft()
        for key in getattr(table, "repeated_keys", ()):
            yield _fault((*way, key), Sentence("is written twice; leave one of them out"))
        for key, value in list(table.items() if isinstance(table, dict) else enumerate(table)):
            inside = (*way, str(key))
            problem = _problem(value, inside, intake)
            if problem:
                table[key] = None
                yield _fault(inside, problem)
            elif isinstance(value, dict | list):
                left.append((value, inside))
            if len(inside[-1]) > _NAME_AT_MOST:
                del table[key]


def _problem(value: Any, way: tuple[str, ...], intake: Intake) -> Sentence | None:
    if len(way[-1]) > _NAME_AT_MOST:
        return Sentence("has more than {most} characters; shorten it", most=_NAME_AT_MOST)
    if isinstance(value, str) and len(value) > intake.cell_at_most:
        return Sentence(
            "has more than {most} characters; shorten it", most=f"{intake.cell_at_most:,}"
        )
    if isinstance(value, Unreadable):
        return Sentence(
            "{text} is no number that can be held exactly; write at most 60 digits",
            text=label(value.text),
        )
    if isinstance(value, dict | list) and len(way) > _DEEPEST:
        return Sentence("has tables or lists that are nested too deep")
    return None


def _fault(way: tuple[str, ...], problem: Sentence) -> Fault:
    """Return the fault of what stands at the end of a way: a kind, a record, a field."""
    first, *more = way
    return Fault(more[0], ".".join(more[1:]), problem) if more else Fault("", first, problem)
