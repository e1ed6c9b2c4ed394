"""``Drafts``: the records that the rows of a table of pledges stand for, as plain data."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple

from commonprosperity.bar import with_bar
from commonprosperity.book import FAULTS_AT_MOST
from commonprosperity.errors import Fault
from commonprosperity.flat.cells import NAMED
from commonprosperity.flat.names import Names, id_or_none
from commonprosperity.flat.stated import Spelling, stated_amounts
from commonprosperity.quoting import label

_AS_THEY_ARE = frozenset({"funder", "locator", "note"})
_TOTALS = frozenset([
    "total", "totals", "grandtotal", "overalltotal", "subtotal", "sumtotal", "totalamount", "sum",
    "合计", "总计", "总额", "小计", "总和", "共计", "合計", "總計", "總額", "小計", "總和", "共計",
])  # fmt: skip
_BESIDE_WORDS = re.compile(r"[(（\[][^)）\]]*[)）\]]|[^a-z\u4e00-\u9fff]")
_TOTAL_AT_MOST = 40  # characters
_URL = re.compile(r"https?://\S+", re.IGNORECASE)


class Row(NamedTuple):
    """A row: the number it is found by, its filled cells by their headings, and wrong ones."""

    number: int
    cells: Mapping[str, str]
    problems: Mapping[str, str] = {}


class Drafts:
    """The plain data made of the rows of a table of pledges, and what is wrong with them.

    ``place`` says where a row stands, given its number. The places are those of the records.

    >>> drafts = Drafts(lambda number: f"row {number}", Spelling())
    >>> drafts.take([Row(0, {"company": "Acme", "amount": "2 million CNY", "announced": "2021"})])
    >>> drafts.plain()["company"], drafts.places["acme-1"]
    ({'acme': {'name': 'Acme'}}, 'row 0')
    """

    def __init__(self, place: Callable[[int], str], spelling: Spelling) -> None:
        self.faults: list[Fault] = []
        self._place, self._spelling = place, spelling
        # Each record's first row.
        self._rows: dict[str, int] = {}
        self._names = {column: Names() for column in NAMED}
        # Each initiative's company.
        self._owners: dict[str, str] = {}
        self._pledges: dict[str, dict[str, Any]] = {}

    def take(self, rows: Iterable[Row], *, progress: bool = False) -> None:
        """Take the rows, up to the thousandth fault, with a bar if they are many."""
        kept = [_trimmed(row) for row in rows if not self._is_total(row)]
        for row, id_ in with_bar(_with_ids(kept), "amounts", len(kept), progress=progress):
            for fault in self._draft(id_, row):
                self.faults.append(fault._replace(place=self._place(row.number)))
            if len(self.faults) >= FAULTS_AT_MOST:
                break

    @property
    def places(self) -> dict[str, str]:
        """Where the records stand, each by its first row."""
        return {id_: self._place(number) for id_, number in self._rows.items()}

    def plain(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Return the pledges, and the records that their names stand for."""
        named = {column: self._names[column].by_id.items() for column in NAMED}
        return {
            "source": {id_: _source(text) for id_, text in named["source"]},
            "company": {id_: {"name": name} for id_, name in named["company"]},
            "initiative": {
                id_: {"name": name, "company": self._owners[id_]}
                for id_, name in named["initiative"]
                if id_ in self._owners
            },
            "pledge": self._pledges,
        }

    def _is_total(self, row: Row) -> bool:
        company = row.cells.get("company", "")
        first, cell = next(iter(row.cells.items()), ("", ""))
        # An id may be anything, as long as a company is named beside it.
        for word in (company,) if company and first == "id" else (cell, company):
            if len(word) <= _TOTAL_AT_MOST and _says_total(word):
                problem = f"{word} makes it a row of totals, not a pledge; leave it out"
                self.faults.append(Fault("", "", problem, self._place(row.number)))
                return True
        return False

    def _draft(self, id_: str, row: Row) -> Iterator[Fault]:
        for column, problem in row.problems.items():
            yield Fault(id_, column, problem)
        if id_ in self._pledges:
            yield Fault(id_, "id", f"another row has it, at {self._place(self._rows[id_])}")
            return
        self._rows[id_] = row.number
        cells = row.cells
        content: dict[str, Any] = {**cells}
        content.pop("id", None)
        content.pop("currency", None)
        self._pledges[id_] = content
        for column, names in self._names.items():
            try:
                if column in cells:
                    content[column] = names.take(cells[column])
                    self._rows.setdefault(content[column], row.number)
            except ValueError as error:
                del content[column]
                yield Fault(id_, column, str(error))
        yield from self._own(id_, content)
        stated, faults = stated_amounts(cells, self._spelling)
        content |= stated
        for fault in faults:
            yield fault._replace(record=id_)

    def _own(self, id_: str, content: dict[str, Any]) -> Iterator[Fault]:
        """Give an initiative to the company of its first row."""
        company = content.get("company", "")
        initiative = content.pop("initiative", "")
        if not company or not initiative:
            return
        content["initiative"] = initiative
        owner = self._owners.setdefault(initiative, company)
        if owner != company:
            place = self._place(self._rows[initiative])
            problem = f"{label(initiative)} is of {label(owner)}, by {place}"
            yield Fault(id_, "initiative", f"{problem}; an initiative has one company")


@lru_cache(maxsize=1_000)
def _says_total(cell: str) -> bool:
    """Whether a cell says Total with no more than a year or a bracket beside it."""
    return _BESIDE_WORDS.sub("", cell.casefold()) in _TOTALS


def _with_ids(rows: list[Row]) -> Iterator[tuple[Row, str]]:
    """Give a row without an id the one of its company, and a number that no other has."""
    names = {row.cells.get(column) for row in rows for column in NAMED}
    made = {name: id_or_none(name) for name in names}
    given = {*made.values(), *(row.cells.get("id") for row in rows)}
    numbers: dict[str, Iterator[int]] = {}
    for row in rows:
        id_ = row.cells.get("id")
        if not id_:
            company = made[row.cells.get("company")] or "pledge"
            free = (f"{company}-{at}" for at in numbers.setdefault(company, count(1)))
            id_ = next(each for each in free if each not in given)
        yield row, id_


def _trimmed(row: Row) -> Row:
    """Take the spaces around a cell away, where it is not a text to be kept as it is."""
    texts = [*row.cells.values()]
    if texts == [*map(str.strip, texts)]:
        return row  # as most are; a copy of each would take as much memory again
    cells = {k: v if k in _AS_THEY_ARE else v.strip() for k, v in row.cells.items()}
    return Row(row.number, cells, row.problems)


def _source(text: str) -> dict[str, str]:
    return {"title": text, "url": text} if _URL.fullmatch(text) else {"title": text}
