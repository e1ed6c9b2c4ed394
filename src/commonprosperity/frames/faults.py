"""What is wrong with the lines of a dataframe, how many rows have it, and how they are found."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, reduce
from operator import itemgetter, or_
from typing import Any, NamedTuple

from commonprosperity.errors import CurrencyError, PeriodError, RateNotFoundError
from commonprosperity.frames.ledger import Finder
from commonprosperity.frames.sums import Flaw, Line
from commonprosperity.period import Period
from commonprosperity.totals import Conversion
from commonprosperity.wording import currency_code

SHOWN = 5
"""How many of a kind are shown: rows of a fault, values, files."""


class Wrong(NamedTuple):
    """A fault of some rows: of which part, what it is, how many have it, and what finds them."""

    part: str
    problem: str
    rows: int
    found_by: Finder


class Faults:
    """Collects what is wrong with lines."""

    def __init__(self, conversion: Conversion) -> None:
        self._conversion = conversion
        self._problems: dict[tuple[str, Any], str | None] = {}

    def of(self, lines: Sequence[Line]) -> Iterator[Wrong]:
        """Go through the faults of lines."""
        yield from _flaws(lines)
        for part in ("currency", "date"):
            yield from self._keys(part, lines)
        yield from self._rates(lines)

    def _keys(self, part: str, lines: Sequence[Line]) -> Iterator[Wrong]:
        """Tell of currencies or dates that are missing or none."""
        counts: Counter[Any] = Counter()
        for line in lines:
            counts[getattr(line, part)] += line.rows
        wrong = {key: rows for key, rows in counts.items() if self.problem(part, key)}
        missing = {key: wrong.pop(key) for key in [*wrong] if _is_blank(key)}
        if missing:
            yield Wrong(part, "is missing", sum(missing.values()), _one_of(part, missing))
        most_first = sorted(wrong.items(), key=lambda pair: (-pair[1], str(pair[0])))
        for key, rows in most_first[:SHOWN]:
            yield Wrong(part, self.problem(part, key) or "", rows, _one_of(part, [key]))
        if others := dict(most_first[SHOWN:]):
            problem = f"has {len(others):,} more values that are none"
            yield Wrong(part, problem, sum(others.values()), _one_of(part, others))

    def _rates(self, lines: Sequence[Line]) -> Iterator[Wrong]:
        """Tell of currencies and dates between which there is no rate."""
        counts: Counter[tuple[str, Any]] = Counter()
        for line in lines:
            if line.added and line.currency and self.is_sound(line):
                counts[line.currency, line.date] += line.rows
        wrong = [(key, rows) for key, rows in counts.items() if self._without_rate(key)]
        wrong.sort(key=lambda found: (-found[1], str(found[0])))
        for key, rows in wrong[:SHOWN]:
            yield Wrong("date", self._without_rate(key) or "", rows, _any_of([key]))
        if others := wrong[SHOWN:]:
            problem = f"has {len(others):,} more values without a rate"
            first = _any_of([key for key, _ in others[:SHOWN]])
            yield Wrong("date", problem, sum(rows for _, rows in others), first)

    def is_sound(self, line: Line) -> bool:
        """Whether a line has a currency and a date."""
        return not (self.problem("currency", line.currency) or self.problem("date", line.date))

    def problem(self, part: str, key: Any) -> str | None:
        """Tell why a value is no currency, or no date; None where it is one."""
        if (part, key) not in self._problems:
            try:
                _ = currency_code(key) if part == "currency" else period_of(key)
            except (CurrencyError, PeriodError) as error:
                self._problems[part, key] = str(error)
            else:
                self._problems[part, key] = None
        return self._problems[part, key]

    def _without_rate(self, key: tuple[str, Any]) -> str | None:
        if ("rate", key) not in self._problems:
            on = period_of(key[1])
            try:
                self._conversion.rate(key[0], on.start, on.end)
            except RateNotFoundError as error:
                self._problems["rate", key] = str(error)
            else:
                self._problems["rate", key] = None
        return self._problems["rate", key]


@lru_cache(maxsize=10_000)
def period_of(value: Any) -> Period:
    """Return the period of a day, of a text, or of the integer of a year.

    Raises `PeriodError` for what is none.
    """
    return Period.of(value if isinstance(value, date) else str(value))


def _is_blank(key: Any) -> bool:
    return key is None or (isinstance(key, str) and not key.strip())


def _flaws(lines: Sequence[Line]) -> Iterator[Wrong]:
    """Tell of amounts that are missing or none, of times of day, and of links."""
    counts: Counter[Flaw] = Counter()
    for line in lines:
        counts.update(line.flaws)
    for flaw, rows in counts.items():
        if rows:
            yield Wrong(*flaw, rows, itemgetter(flaw))


def _one_of(part: str, keys: Iterable[Any]) -> Finder:
    """Find the cells of a part that are one of some keys, of which None is a cell without any."""
    keys = [*keys]
    given = [key for key in keys if key is not None]

    def found_by(cells: Mapping[Any, Any]) -> Any:
        ways = [cells[part].is_in(given)] * bool(given) + [cells[part].is_null()] * (None in keys)
        return reduce(or_, ways)

    return found_by


def _any_of(pairs: Sequence[tuple[str, Any]]) -> Finder:
    """Find the rows of one of some pairs of a currency and a date."""

    def found_by(cells: Mapping[Any, Any]) -> Any:
        return reduce(
            or_, ((cells["currency"] == code) & (cells["date"] == on) for code, on in pairs)
        )

    return found_by
