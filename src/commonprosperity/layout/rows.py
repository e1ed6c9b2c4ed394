"""The rows of somebody's table as rows under our own headings."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from commonprosperity.flat import AMOUNTS, Row
from commonprosperity.layout.cells import (
    equivalents,
    folded,
    is_hxl,
    joined,
    joined_date,
    one_reading,
    own_id,
)
from commonprosperity.layout.days import DATES, Days
from commonprosperity.layout.faults import problem_of
from commonprosperity.layout.headings import currency_of
from commonprosperity.layout.layout import Layout
from commonprosperity.messages import Sentence
from commonprosperity.quoting import brief, label, listed

_NAMES = ("company", "initiative", "source", "funder", "recipient")
_IDS = ("id", "part_of", "supersedes", "restates")
_OF_WORDS = ("stage", "qualifier", "instrument")
_NUMBER = re.compile(r"[-+]?[0-9][0-9.,'\s]*([eE][-+]?[0-9]+)?")
_problem_of = lru_cache(1_000)(problem_of)
_NO_CURRENCY = 'has no currency beside it; name a column of them, or give default="CNY" or another'


def _unmapped(cells: dict[str, str]) -> dict[str, str]:
    """Take out the words that are none of ours, and return what to do about them."""
    problems = {field: _problem_of(field, cells[field]) for field in _OF_WORDS if field in cells}
    wrong = {field: problem for field, problem in problems.items() if problem}
    for field in wrong:
        del cells[field]
    return {field: f"{problem}; say in values which it is" for field, problem in wrong.items()}


class LaidOut:
    """The rows of a table as a layout reads them, and what it told of those that it left out.

    >>> layout = Layout(
    ...     columns={"company": "Funder", "amount": "USD", "announced": "Year"},
    ...     constants={"stage": "commitment"}, skip={"amount": "n/a"},
    ... )
    >>> rows = [Row(2, {"Funder": "Acme", "USD": "5000", "Year": "2021"}),
    ...         Row(3, {"Funder": "Acme", "USD": "n/a", "Year": "2022"})]
    >>> laid_out = LaidOut(layout, rows)
    >>> [row.cells["currency"] for row in laid_out.rows], *laid_out.notes
    (['USD'], "rows left out as amount is 'n/a': 1")
    """

    def __init__(self, layout: Layout, rows: Iterable[Row]) -> None:
        self._layout = layout
        self._skip = {
            field: {folded(text) for text in texts} for field, texts in layout.skip.items()
        }
        self._words = {
            field: {folded(word): value for word, value in words.items()}
            for field, words in layout.values.items()
        }
        self._names = {folded(name): to for name, to in layout.names.items()}
        self._constants = {name: str(value) for name, value in layout.constants.items()}
        self._amounts = [*self._of_amounts()]
        self._days = Days(layout)
        self._skipped: Counter[tuple[str, str]] = Counter()
        self._cut: Counter[str] = Counter()
        self._cells_by_id: dict[str, Mapping[str, str]] = {}
        self._repeated = 0
        self._has_tags_below = False
        self._outer_wholes: list[str] = []
        self.rows = [*self._laid_out(rows)]
        if layout.extract:
            self._leave_out_wholes()
        self.notes = (*self._notes(),)
        """What was left out, and how often."""

    def _of_amounts(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield the heading of each amount with the cells that it gives to its records."""
        layout = self._layout
        says = {*layout.columns, *layout.constants}
        for heading, constants in layout.amounts.items() or [("", {})]:
            cells = {name: str(value) for name, value in constants.items()}
            code = None if "currency" in says else currency_of(heading, layout.symbols)
            yield heading, {**({"currency": code} if code else {}), **cells}

    def _laid_out(self, rows: Iterable[Row]) -> Iterator[Row]:
        for at, row in enumerate(rows):
            if at == 0 and is_hxl(row.cells.values()):
                self._has_tags_below = True
                continue
            for record in self._records(row):
                if self._is_there_already(record):
                    self._repeated += 1
                else:
                    yield record

    def _is_there_already(self, row: Row) -> bool:
        """Whether an earlier row of the same id says the same, as where two lists are joined."""
        id_ = row.cells.get("id")
        if id_ is None or row.problems:
            return False
        first = self._cells_by_id.setdefault(id_, row.cells)
        return first is not row.cells and first == row.cells

    def _records(self, row: Row) -> Iterator[Row]:
        """Yield the rows, one for each amount, that a row of the table stands for."""
        layout = self._layout
        fields = {field: self._joined(field, each, row) for field, each in layout.headings.items()}
        problems = {
            field: row.problems[heading]
            for field, headings in layout.headings.items()
            for heading in headings
            if heading in row.problems
        }
        amounts = [
            each for each in self._amounts
            if each[0] in row.cells or each[0] in row.problems
        ]  # fmt: skip
        # A blank amount is a fault, unless it is skipped.
        for heading, own in amounts or self._amounts[:1]:
            stated = {**fields, "amount": self._joined("amount", [heading], row)}
            wrong = {"amount": row.problems[heading]} if heading in row.problems else {}
            if not self._is_skipped(stated):
                cells = self._cells(stated)
                wrong |= self._days.read(cells)
                wrong |= _unmapped(cells)
                cells = {**self._constants, **own, **cells}
                wrong |= self._set_currencies(cells)
                if len(amounts) > 1 and "id" in cells:
                    cells["id"] = f"{cells['id']}-{own_id(heading)}"
                yield Row(row.number, cells, {**problems, **wrong})

    def _joined(self, field: str, headings: Sequence[str], row: Row) -> str:
        """Join what a row says of a field, each cell up to the mark where it ends."""
        mark = self._layout.until.get(field)
        if len(headings) == 1 and not mark and field != "equivalents":
            return row.cells.get(headings[0], "").strip()  # as for most; the rest takes longer
        cells = {heading: row.cells.get(heading, "") for heading in headings}
        if mark:
            cut = {heading: cell.partition(mark)[0] for heading, cell in cells.items()}
            self._cut[field] += sum(cell != cut[heading] for heading, cell in cells.items())
            cells = cut
        if field == "equivalents":
            return equivalents(cells, self._layout.symbols)
        return joined_date(cells.values()) if field in DATES else joined(cells.values())

    def _is_skipped(self, stated: Mapping[str, str]) -> bool:
        """Whether a cell says that a row is no pledge; count it if so."""
        for field, texts in self._skip.items():
            cell = stated.get(field, "").strip()
            if folded(cell) in texts:
                self._skipped[field, cell] += 1
                return True
        return False

    def _cells(self, stated: Mapping[str, str]) -> dict[str, str]:
        """Return the cells that are filled, in our words."""
        cells = {field: cell for field, cell in stated.items() if cell.strip()}
        for field, words in self._words.items():
            if field in cells:
                cells[field] = words.get(folded(cells[field]), cells[field])
        for field in _NAMES:
            if field in cells:
                cells[field] = self._names.get(folded(cells[field]), cells[field])
        for field in _IDS:
            if field in cells:
                cells[field] = own_id(cells[field])
        return cells

    def _set_currencies(self, cells: dict[str, str]) -> dict[str, str]:
        """Give a number alone its currency, and return what is wrong where there is none.

        Words may name their own. What an amount is in its own currency is no equivalent of it.
        """
        if _NUMBER.fullmatch(cells.get("amount", "")):
            if self._layout.default:
                cells.setdefault("currency", self._layout.default)
            if "currency" not in cells:
                return {"amount": f"{brief(cells.pop('amount'))} {_NO_CURRENCY}"}
        if "currency" in cells and self._layout.locale:
            cells |= {field: one_reading(cells[field]) for field in AMOUNTS if field in cells}
        if "currency" in cells and "equivalents" in cells:
            own = f" {cells['currency'].strip()}"
            others = [e for e in cells.pop("equivalents").split("; ") if not e.endswith(own)]
            cells |= {"equivalents": "; ".join(others)} if others else {}
        return {}

    def _leave_out_wholes(self) -> None:
        """Leave out the wholes that no row of the table has."""
        ids = {row.cells.get("id") for row in self.rows}
        for at, row in enumerate(self.rows):
            whole = row.cells.get("part_of")
            if whole is not None and whole not in ids:
                self._outer_wholes.append(whole)
                cells = {name: cell for name, cell in row.cells.items() if name != "part_of"}
                self.rows[at] = row._replace(cells=cells)

    def _notes(self) -> Iterator[str]:
        if self._has_tags_below:
            yield Sentence("left out: the row of HXL tags below the headings")
        yield from self._days.notes()
        for field, count in self._cut.items():
            yield Sentence(
                "cells of {field} read up to {mark}: {count}",
                field=field, mark=repr(label(self._layout.until[field])), count=f"{count:,}",
            )  # fmt: skip
        for (field, cell), count in self._skipped.items():
            facts = {"count": f"{count:,}", "field": field}
            if cell:
                sentence = Sentence(
                    "rows left out as {field} is {cell}: {count}", cell=repr(label(cell)), **facts
                )
            else:
                sentence = Sentence("rows left out as {field} is blank: {count}", **facts)
            yield sentence
        if self._repeated:
            yield Sentence(
                "rows left out as they stand there twice: {count}", count=f"{self._repeated:,}"
            )
        if self._outer_wholes:
            yield Sentence(
                "links left out as no row has the whole: {count} ({ids})",
                count=f"{len(self._outer_wholes):,}",
                ids=listed([*dict.fromkeys(self._outer_wholes)]),
            )
