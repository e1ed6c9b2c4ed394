"""The ends of periods, which stand beside them in a table, and must fit them."""

from collections.abc import Iterator, Mapping

from commonprosperity.errors import PeriodError
from commonprosperity.flat.columns import PERIOD_ENDS
from commonprosperity.period import Period
from commonprosperity.quoting import label
from commonprosperity.sentence import Sentence
from commonprosperity.table import period_ends


def period_end_problems(cells: Mapping[str, str]) -> Iterator[tuple[str, Sentence]]:
    """Yield each column whose day is not the end of its period, and what is wrong.

    We read the period alone, so we refuse a table in which somebody changed only an end.

    >>> cells = {"announced": "2021-04", "announced_start": "2021-05-01"}
    >>> [*period_end_problems(cells)]
    [('announced_start', '2021-05-01 is not the first day of announced, 2021-04; change both, or leave the column out')]
    """  # noqa: E501 (the sentence stands on one line)
    for column, name in PERIOD_ENDS.items():
        if column not in cells:
            continue
        # Without a value date, its ends are those of the announcement.
        period = cells.get(name) or (cells.get("announced") if name == "value_date" else None)
        day, is_first = cells[column], column == period_ends(name)[0]
        if period is None:
            yield column, Sentence(
                "is {day}, and {field} is not given; write {field}, which is read",
                day=label(day), field=name,
            )  # fmt: skip
        elif not _is_end(day, period, is_first=is_first):
            end = Sentence("first day") if is_first else Sentence("last day")
            yield column, Sentence(
                "{day} is not the {end:say} of {field}, {period}; change both, or leave the column "
                "out", day=label(day), end=end, field=name, period=label(period),
            )  # fmt: skip


def _is_end(day: str, period: str, *, is_first: bool) -> bool:
    """Whether a day is an end of a period; one that cannot be read is a fault of its own."""
    if day == period:  # as most are
        return True
    try:
        whole = Period.parse(period)
    except PeriodError:
        return True
    try:
        end = Period.parse(day)
    except PeriodError:
        return False
    return end.is_day and end.start == (whole.start if is_first else whole.end)
