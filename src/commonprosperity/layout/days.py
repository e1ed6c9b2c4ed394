"""``Days``: reads the dates in the cells of somebody's table."""

from collections.abc import Iterator
from functools import lru_cache

from commonprosperity.errors import CellError, PeriodError
from commonprosperity.flat import DATES
from commonprosperity.layout.cells import folded
from commonprosperity.layout.layout import Layout
from commonprosperity.period import Period, has_one_meaning
from commonprosperity.quoting import brief
from commonprosperity.sentence import Sentence

_YES = frozenset({"yes", "y", "true", "1", "是"})
_NO = frozenset({"", "no", "n", "false", "0", "否"})


class Days:
    """Reads the dates of rows by a layout, and counts those that needed it.

    >>> days = Days(Layout(
    ...     columns={"company": "Funder", "amount": "USD", "announced": "Date"}, dates="d/m/y",
    ... ))
    >>> cells = {"announced": "5/6/2014"}
    >>> days.read(cells), cells, *days.notes()
    ({}, {'announced': '2014-06-05'}, 'dates read as d/m/y: 1')
    """

    def __init__(self, layout: Layout) -> None:
        self._form, self._zone = layout.dates, layout.zone
        self._estimated = {field: f"estimated.{field}" for field in layout.estimated}
        self._by_form = 0
        self._shortened = 0

    def read(self, cells: dict[str, str], times: int = 1) -> dict[str, Sentence]:
        """Rewrite the dates of a row in ISO 8601; return what is wrong with the others, by field.

        An estimated first day of a month or a year becomes that month or year. ``times`` is how
        many rows of the table the row represents.
        """
        problems = {}
        for field in DATES:
            word = cells.pop(self._estimated.get(field, ""), "")
            if field not in cells:
                continue
            try:
                cells[field] = self._day(cells[field].strip(), word, times)
            except (PeriodError, CellError) as error:
                problems[field] = error.sentence
                del cells[field]
        return problems

    def notes(self) -> Iterator[Sentence]:
        """Report how many dates had two meanings, and how many were estimated."""
        if self._by_form:
            count = f"{self._by_form:,}"
            yield Sentence("dates read as {form}: {count}", form=self._form, count=count)
        if self._shortened:
            count = f"{self._shortened:,}"
            yield Sentence("estimated days read as their month or year: {count}", count=count)

    def _day(self, text: str, estimated: str, times: int) -> str:
        period, is_by_form = _read(text, self._form, self._zone)
        self._by_form += is_by_form * times
        is_first = period.start == period.end and period.start.day == 1
        if not _says_yes(estimated) or not is_first:
            return str(period)
        self._shortened += times
        return str(period)[:4] if period.start.month == 1 else str(period)[:7]


@lru_cache(10_000)  # many rows have the same day
def _read(text: str, form: str | None, zone: str | None) -> tuple[Period, bool]:
    """Read a date, and return whether it has two meanings without the form."""
    period = Period.parse(text, dates=form, zone=zone)
    return period, form is not None and not has_one_meaning(text, zone=zone)


def _says_yes(word: str) -> bool:
    """Whether a cell says that a day is estimated.

    Raises `CellError` for what is neither yes nor no.
    """
    answer = folded(word)
    if answer not in _YES | _NO:
        problem = Sentence(
            "whether it is estimated says {word}; write Yes or No", word=brief(word.strip())
        )
        raise CellError(problem)
    return answer in _YES
