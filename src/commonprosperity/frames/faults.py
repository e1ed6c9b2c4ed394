"""What is wrong with the rows of a dataframe: how many have each fault, and which are the first."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache, reduce
from operator import or_
from typing import Any, NamedTuple

from commonprosperity.errors import CurrencyError, Fault, PeriodError, RateNotFoundError
from commonprosperity.extras import needed
from commonprosperity.frames.sums import Line, Readings, told_of, wrong_cells
from commonprosperity.frames.views import collected, numbered
from commonprosperity.period import Period
from commonprosperity.totals import Conversion
from commonprosperity.wording import currency_code

_SHOWN = 5
_LINKED = (
    "ties rows to others, of which one counts; cp.frames.read(frame).totals(...) counts them once"
)


class _Wrong(NamedTuple):
    """A fault of some rows: of which part, what it is, and the expression that finds them."""

    part: str
    problem: str
    rows: int
    found_by: Any


class Faults:
    """Collects what is wrong with the lines of a view, and then finds rows of each fault."""

    def __init__(self, readings: Readings, conversion: Conversion) -> None:
        self._readings, self._conversion = readings, conversion
        self._problems: dict[tuple[str, Any], str | None] = {}

    def of(
        self, lines: Sequence[Line], view: Any, names: dict[str, str], place: str
    ) -> Iterator[Fault]:
        """Go through the faults; ``names`` are the columns of the parts."""
        for wrong in (*self._cells(lines, view), *self._keys(lines), *self._rates(lines)):
            with told_of(place):
                rows = _rows(view, wrong.found_by)
            count = f"{wrong.rows:,} row{'s' * (wrong.rows > 1)}"
            some = ", ".join(map(str, rows)) + ", ..." * (wrong.rows > len(rows))
            name = names.get(wrong.part, wrong.part)
            yield Fault("", name, f"{wrong.problem} ({count}: {some})", place)

    def _cells(self, lines: Sequence[Line], view: Any) -> Iterator[_Wrong]:
        """Tell of amounts that are missing or none, of times of day, and of links."""
        counts: Counter[str] = Counter()
        for line in lines:
            counts.update(line.wrong)
        if counts["missing"]:
            nothing = self._readings["amount"].value.is_null()
            yield _Wrong("amount", "is missing", counts["missing"], nothing)
        for name, found_by in wrong_cells(view, self._readings):
            if counts[name]:
                part = name.removeprefix("link ")
                problem = _LINKED if part != name else self._readings[part].problem
                yield _Wrong(part, problem, counts[name], found_by)

    def _keys(self, lines: Sequence[Line]) -> Iterator[_Wrong]:
        """Tell of currencies and dates that are missing or none."""
        for part in ("currency", "date"):
            value = self._readings[part].value
            counts: Counter[Any] = Counter()
            for line in lines:
                counts[getattr(line, part)] += line.rows
            wrong = {key: rows for key, rows in counts.items() if self.problem(part, key)}
            missing = {key: wrong.pop(key) for key in [*wrong] if _is_blank(key)}
            if missing:
                found_by = value.is_null()
                if texts := [key for key in missing if key is not None]:
                    found_by |= value.is_in(texts)
                yield _Wrong(part, "is missing", sum(missing.values()), found_by)
            most_first = sorted(wrong.items(), key=lambda pair: (-pair[1], str(pair[0])))
            for key, rows in most_first[:_SHOWN]:
                yield _Wrong(part, self.problem(part, key) or "", rows, value == key)
            if others := dict(most_first[_SHOWN:]):
                problem = f"has {len(others):,} more values that are none"
                yield _Wrong(part, problem, sum(others.values()), value.is_in([*others]))

    def _rates(self, lines: Sequence[Line]) -> Iterator[_Wrong]:
        """Tell of currencies and dates between which there is no rate."""
        counts: Counter[tuple[str, Any]] = Counter()
        for line in lines:
            if line.added and line.currency and self.is_sound(line):
                counts[line.currency, line.date] += line.rows
        wrong = [(*key, rows) for key, rows in counts.items() if self._without_rate(key)]
        wrong.sort(key=lambda found: (-found[2], str(found[:2])))
        currency, when = self._readings["currency"].value, self._readings["date"].value
        found_by = [(currency == code) & (when == on) for code, on, _ in wrong[: 2 * _SHOWN]]
        for (code, on, rows), found in zip(wrong[:_SHOWN], found_by, strict=False):
            yield _Wrong("date", self._without_rate((code, on)) or "", rows, found)
        if others := wrong[_SHOWN:]:
            problem = f"has {len(others):,} more values without a rate"
            count = sum(rows for _, _, rows in others)
            yield _Wrong("date", problem, count, reduce(or_, found_by[_SHOWN:]))

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


def _rows(view: Any, found_by: Any) -> list[int]:
    """Return the numbers of the first rows that an expression finds."""
    narwhals = needed("narwhals", extra="frames")
    number = "row"
    while number in view.collect_schema().names():
        number += "_"
    # Selected first: no engine filters by what is the same for all rows.
    found = numbered(view, number).select(number, found_by.alias("is found"))
    first = found.filter(narwhals.col("is found")).select(number).head(_SHOWN)
    return sorted(row for (row,) in collected(first).iter_rows())
