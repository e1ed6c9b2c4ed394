"""``Cells``: cells of a row taken out of a JSON object, and what is wrong with others."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import attrs

from commonprosperity.errors import CellError, CommonProsperityError
from commonprosperity.files.grants360.terms import SEVERAL
from commonprosperity.files.parsed import Unreadable
from commonprosperity.patterns import pattern
from commonprosperity.quoting import AsWritten, brief, label
from commonprosperity.sentence import Sentence
from commonprosperity.wording.thousands import number_text

_PLAIN = pattern(r"-?[0-9]+(\.[0-9]{1,2})?")


def text(value: Any) -> str:
    """Take a text, or a number that stands for one, as in identifiers.

    Raises `CellError` for anything else.
    """
    if isinstance(value, str):
        return value
    if _is_number(value):
        return str(value)
    raise CellError(Sentence("{value} is no text", value=_quoted(value)))


def amount(value: Any) -> str:
    """Take a number with the digits that it is written with, in quotes too if it is plain.

    >>> amount(Decimal("38500.0")), amount(Decimal("250.000")), amount("1000")
    ('38500.0', '2.50000E+2', '1000')

    Raises `CellError` for anything else.
    """
    if _is_number(value):
        return number_text(Decimal(value))
    if isinstance(value, str) and _PLAIN.fullmatch(value.strip()):
        return value
    raise CellError(
        Sentence("{value} is no number; write one in digits, 60 at most", value=_quoted(value))
    )


@attrs.frozen
class Cells:
    """Cells by their columns, each taken from a key of a JSON object.

    A key without a value fills nothing. ``cell_at_most`` is how long a text may be.

    >>> cells = Cells({"amountAwarded": Decimal("40000.0"), "title": ["x"], "url": None}, 100)
    >>> cells.take("amount", "amountAwarded", amount)
    >>> cells.take("note", "title")
    >>> cells.take("locator", "url")
    >>> cells.filled, cells.problems
    ({'amount': '40000.0'}, {'note': 'title: ["x"] is no text'})
    """

    content: Mapping[str, Any]
    cell_at_most: int
    filled: dict[str, str] = attrs.field(factory=dict)
    problems: dict[str, Sentence] = attrs.field(factory=dict)

    def take(self, column: str, key: str, convert: Callable[[Any], str] = text) -> None:
        """Fill a column with what a key has, converted."""
        self._fill(column, key, lambda value: [convert(value)])

    def take_each(self, column: str, key: str, inner: str) -> None:
        """Fill a column with what a key of each of several objects has, semicolons between."""
        self._fill(column, key, lambda value: map(text, each_of(value, inner)))

    def need(self, columns: Mapping[str, str]) -> None:
        """Say of each column that is not filled which key is looked for."""
        for column, key in columns.items():
            if column not in self.filled:
                self.problems.setdefault(
                    column, Sentence("is missing; 360Giving writes {key}", key=key)
                )

    def _fill(self, column: str, key: str, texts_of: Callable[[Any], Iterable[str]]) -> None:
        value = self.content.get(key)
        if value is None:
            return
        try:
            cell = SEVERAL.join(each.strip() for each in texts_of(value) if each.strip())
        except CommonProsperityError as error:
            self.problems[column] = Sentence(
                "{part:say}: {rest:say}", part=key, rest=error.sentence
            )
            return
        if key in getattr(self.content, "repeated_keys", ()):
            problem = Sentence("{key} is written twice; leave one of them out", key=key)
            self.problems[column] = problem
        elif len(cell) > self.cell_at_most:
            self.problems[column] = Sentence(
                "has more than {most} characters; shorten it", most=f"{self.cell_at_most:,}"
            )
        elif cell:
            self.filled[column] = cell


def objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a list; one alone is taken, too.

    Raises `CellError` for what is no object.
    """
    for each in value if isinstance(value, list) else [value]:
        if not isinstance(each, Mapping):
            raise CellError(Sentence("{value} is no object", value=_quoted(each)))
        yield each


def each_of(value: Any, inner: str) -> Iterator[Any]:
    """Yield what a key has in each of several objects.

    >>> [*each_of([{"name": "A"}, {"name": None}, {"name": "B"}], "name")]
    ['A', 'B']

    Raises `CellError` for what is no object.
    """
    return (each[inner] for each in objects(value) if each.get(inner) is not None)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _quoted(value: Any) -> str:
    return label(value.text) if isinstance(value, Unreadable) else brief(AsWritten(value))
