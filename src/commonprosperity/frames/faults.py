"""What is wrong with the rows of a dataframe, how many have it, and how they are found."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache, partial, reduce
from operator import methodcaller, or_
from typing import TYPE_CHECKING, NamedTuple

from commonprosperity.dates import with_arguments_in_layout
from commonprosperity.errors import CellError, CurrencyError, PeriodError, RateNotFoundError
from commonprosperity.flat import refuse_other_currency
from commonprosperity.frames.columns import Constant, Roles
from commonprosperity.frames.partition import Partition
from commonprosperity.frames.reading import MISSING, NO_DAY, ColumnReading
from commonprosperity.frames.row_reading import Flaw, RowReading
from commonprosperity.frames.subtotals import Subtotal
from commonprosperity.period import Period
from commonprosperity.sentence import NO_SENTENCE, Sentence
from commonprosperity.totals import Conversion
from commonprosperity.wording import currency_code

if TYPE_CHECKING:
    from commonprosperity.frames.nw import nw
    from commonprosperity.frames.partition import Finder

EXAMPLES_AT_MOST = 5
"""How many examples a sentence shows: rows of a fault, values, files."""


class RowFault(NamedTuple):
    """A fault of some rows: its column, its problem, how many rows have it, and what finds them."""

    title: str
    problem: Sentence
    rows: int
    found_by: "Finder"

    def with_rows(self, examples: Sequence[object]) -> Sentence:
        """Say what the fault is, how many rows have it, and which are the first."""
        rows = count_of(self.rows, examples)
        return Sentence("{problem:say} {rows:say}", problem=self.problem, rows=rows)


class _Key(NamedTuple):
    """A column that rows are added up by, of currencies or dates, and how to parse its cells."""

    title: str
    field: str
    parse: Callable[[object], object]
    may_be_blank: bool = False

    def cell(self, subtotal: Subtotal) -> object:
        """Return what the rows of a subtotal have in the column."""
        cell: object = getattr(subtotal, self.field)
        return cell

    def column(self, reading: RowReading) -> ColumnReading:
        """Return how the column is read."""
        column: ColumnReading = getattr(reading, self.field)
        return column


class _Due(NamedTuple):
    """What needs a rate: a currency, and a date in a column."""

    currency: str
    date: object
    key: _Key


class Faults:
    """Collects what is wrong with subtotals."""

    def __init__(self, roles: Roles, conversion: Conversion) -> None:
        self._conversion = conversion
        currency_of_amount = partial(_currency_under, roles.amount)
        self._currency = _Key(_title(roles.currency, "currency"), "currency", currency_of_amount)
        self._date = _Key(_title(roles.date, "date"), "date", period_of)
        self._keys = [self._currency, self._date]
        self._value_date: _Key | None = None
        if roles.value_date is not None:
            title = roles.value_date
            self._value_date = _Key(title, "value_date", period_of, may_be_blank=True)
            self._keys.append(self._value_date)
        self._problems: dict[object, Sentence | None] = {}

    def of(self, subtotals: Sequence[Subtotal]) -> "Iterator[RowFault]":
        """Yield the faults of subtotals, except for missing rates."""
        yield from flaws_of(subtotals)
        for key in self._keys:
            yield from self._of_key(key, subtotals)

    def _of_key(self, key: _Key, subtotals: Sequence[Subtotal]) -> Iterator[RowFault]:
        """Yield faults of missing and wrong values: currencies, or the dates of a column."""
        no_day = Flaw(key.title, NO_DAY)
        counts: Counter[object] = Counter()
        for subtotal in subtotals:
            value = key.cell(subtotal)
            counts[value] += subtotal.rows - (subtotal.flaws.get(no_day, 0) if value is None else 0)
        wrong = {
            value: rows for value, rows in counts.items() if self._problem(key, value) and rows
        }
        missing = {value: wrong.pop(value) for value in [*wrong] if _is_blank(value)}
        if missing:
            rows = sum(missing.values())
            yield RowFault(key.title, MISSING, rows, _one_of(key, missing))
        most_first = sorted(wrong.items(), key=lambda pair: (-pair[1], str(pair[0])))
        for value, rows in most_first[:EXAMPLES_AT_MOST]:
            yield RowFault(
                key.title, self._problem(key, value) or NO_SENTENCE, rows, _one_of(key, [value])
            )
        if others := dict(most_first[EXAMPLES_AT_MOST:]):
            problem = Sentence("has {count} more values that are none", count=f"{len(others):,}")
            yield RowFault(key.title, problem, sum(others.values()), _one_of(key, others))

    def of_rates(self, subtotals: Sequence[Subtotal]) -> Iterator[RowFault]:
        """Yield faults of currencies and dates without a rate, unless they add up to 0."""
        counts: Counter[_Due] = Counter()
        dues = [(self._due(subtotal), subtotal) for subtotal in subtotals]
        needed = {due for due, subtotal in dues if subtotal.added}
        for due, subtotal in dues:
            if due in needed and self.is_sound(subtotal):
                counts[due] += subtotal.rows
        wrong = [(due, rows) for due, rows in counts.items() if self._without_rate(due)]
        wrong.sort(key=lambda found: (-found[1], str(found[0][:2])))
        for due, rows in wrong[:EXAMPLES_AT_MOST]:
            problem = self._without_rate(due) or NO_SENTENCE
            yield RowFault(due.key.title, problem, rows, _any_of([due]))
        if others := wrong[EXAMPLES_AT_MOST:]:
            problem = Sentence("has {count} more values without a rate", count=f"{len(others):,}")
            first = _any_of([due for due, _ in others[:EXAMPLES_AT_MOST]])
            yield RowFault(self._date.title, problem, sum(rows for _, rows in others), first)

    def is_sound(self, subtotal: Subtotal) -> bool:
        """Whether a subtotal has a currency and a date."""
        return not any(self._problem(key, key.cell(subtotal)) for key in self._keys)

    def _due(self, subtotal: Subtotal) -> _Due:
        key = self._date
        if self._value_date is not None and subtotal.value_date is not None:
            key = self._value_date
        return _Due(str(subtotal.currency), key.cell(subtotal), key)

    def _problem(self, key: _Key, value: object) -> Sentence | None:
        """Say why a value is no currency, or no date; None if it is one, or may be blank."""
        if key.may_be_blank and value is None:
            return None
        if (key.title, value) not in self._problems:
            try:
                key.parse(value)
            except (CurrencyError, CellError) as error:
                self._problems[key.title, value] = error.sentence
            except PeriodError as error:
                problem = with_arguments_in_layout(error.problem)
                self._problems[key.title, value] = PeriodError(error.value, problem).sentence
            else:
                self._problems[key.title, value] = None
        return self._problems[key.title, value]

    def _without_rate(self, due: _Due) -> Sentence | None:
        if due not in self._problems:
            on = period_of(due.date)
            try:
                self._conversion.rate(due.currency, on.start, on.end)
            except RateNotFoundError as error:
                self._problems[due] = error.sentence
            else:
                self._problems[due] = None
        return self._problems[due]


@lru_cache(maxsize=10_000)
def period_of(value: object) -> Period:
    """Return the period of a day, of a text, or of the integer of a year.

    Raises `PeriodError` for what is none.
    """
    return Period.of(value) if isinstance(value, date) else Period.parse(str(value))


def _currency_under(heading: str, value: object) -> str:
    """Take the currency of amounts, which may be no other than their heading names."""
    code = currency_code(value)
    refuse_other_currency(heading, code)
    return code


def _title(role: str | Constant, otherwise: str) -> str:
    return otherwise if isinstance(role, Constant) else role


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def flaws_of(subtotals: Sequence[Subtotal]) -> Iterator[RowFault]:
    """Yield faults of missing and wrong amounts, and of times of day."""
    counts: Counter[Flaw] = Counter()
    for subtotal in subtotals:
        counts.update(subtotal.flaws)
    for flaw, rows in counts.items():
        if rows:
            yield RowFault(*flaw, rows, methodcaller("having", flaw))


def _one_of(key: _Key, values: Iterable[object]) -> "Finder":
    """Find the rows whose key is one of some values; None stands for a blank cell."""
    values = [*values]
    given = [value for value in values if value is not None]

    def found_by(partition: Partition) -> "nw.Expr":
        column = key.column(partition.reading)
        ways = [column.value.is_in(given)] if given else []
        if None in values:
            is_missing = column.value.is_null()
            if (no_day := column.flaws.get(NO_DAY)) is not None:
                is_missing &= no_day.is_null()  # which of a day that is none is known
            ways.append(is_missing)
        is_found: nw.Expr = reduce(or_, ways)
        return is_found

    return found_by


def _any_of(several: Sequence[_Due]) -> "Finder":
    """Find the rows of one of some currencies and dates."""

    def found_by(partition: Partition) -> "nw.Expr":
        is_found: nw.Expr = reduce(or_, (_is_due(partition.reading, due) for due in several))
        return is_found

    return found_by


def _is_due(reading: RowReading, due: _Due) -> "nw.Expr":
    is_due: nw.Expr = (reading.currency.value == due.currency) & (
        due.key.column(reading).value == due.date
    )
    if reading.value_date is not None and not due.key.may_be_blank:
        is_due &= reading.value_date.value.is_null()
    return is_due


def count_of(rows: int, examples: Sequence[object]) -> Sentence:
    """Say how many rows have a fault, and which are the first.

    >>> count_of(1, [4]), count_of(1_000, range(5))
    ('(1 row: 4)', '(1,000 rows: 0, 1, 2, 3, 4, ...)')
    """
    counted = Sentence("1 row") if rows == 1 else Sentence("{count} rows", count=f"{rows:,}")
    first = [*map(str, examples[:EXAMPLES_AT_MOST])]
    if not first:
        return Sentence("({rows:say})", rows=counted)
    if rows > len(first):
        return Sentence("({rows:say}: {numbers:list}, ...)", rows=counted, numbers=first)
    return Sentence("({rows:say}: {numbers:list})", rows=counted, numbers=first)
