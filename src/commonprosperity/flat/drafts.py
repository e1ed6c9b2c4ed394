"""``Drafts``: the records that the rows of a table of pledges stand for, as plain data."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple
from unicodedata import is_normalized, normalize

from commonprosperity.bar import with_bar
from commonprosperity.book import FAULTS_AT_MOST, LINKS
from commonprosperity.errors import Fault
from commonprosperity.flat.cells import NAMED
from commonprosperity.flat.names import Names, id_or_none
from commonprosperity.flat.scales import scale_in_heading
from commonprosperity.flat.stated import Spelling, stated_amounts
from commonprosperity.quoting import label, suggestion
from commonprosperity.records import Pledge
from commonprosperity.wording import currency_codes

_AS_THEY_ARE = frozenset({"funder", "locator", "note"})
_TOTALS = frozenset([
    "totals", "grandtotal", "overalltotal", "subtotal", "sumtotal", "totalamount",
    "合计", "总计", "总额", "小计", "总和", "共计", "合計", "總計", "總額", "小計", "總和", "共計",
])  # fmt: skip
_IN_BRACKETS = re.compile(r"[(（\[]([^)）\]]*)[)）\]]")
_NO_WORDS = re.compile(r"[^a-z\u4e00-\u9fff]")
_TOTAL_AT_MOST = 40  # characters
_OF_A_PLEDGE = ("id", "announced", "source")  # columns that a row of totals has no cells in
_LINKS = tuple(link for link, kinds in LINKS["pledges"].items() if Pledge in kinds)
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
        # The ids of rows that have one written in them.
        self._written: set[str] = set()
        self._pledges: dict[str, dict[str, Any]] = {}

    def take(self, rows: Iterable[Row], *, bar: bool = False) -> None:
        """Take the rows, up to the thousandth fault, with a bar if they are many."""
        kept = [_trimmed(row) for row in rows if not self._is_total(row)]
        self._written |= {row.cells["id"] for row in kept if "id" in row.cells}
        for row, id_ in with_bar(_with_ids(kept), "amounts", len(kept), bar=bar):
            for fault in self._draft(id_, row):
                self.faults.append(fault._replace(place=self._place(row.number)))
            if len(self.faults) >= FAULTS_AT_MOST:
                return
        self.faults += self._links_to_places()

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
        is_pledge = any(row.cells.get(column) for column in _OF_A_PLEDGE)
        # An id may be anything, as long as a company is named beside it.
        for word in (company,) if company and first == "id" else (cell, company):
            if len(word) <= _TOTAL_AT_MOST and _says_total(word, beside_a_pledge=is_pledge):
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

    def _links_to_places(self) -> Iterator[Fault]:
        """Refuse links to ids that rows got from their places: a row put in above moves them."""
        known = self._written.union(*(names.by_id for names in self._names.values()))
        for id_, content in self._pledges.items():
            for link in _LINKS:
                end = content.get(link)
                if end is not None and end not in known:
                    way_out = suggestion(end, self._written) or "; write it into the row you mean"
                    problem = f"no row has the id {label(end)} written in it{way_out}"
                    yield Fault(id_, link, problem, self._place(self._rows[id_]))


@lru_cache(maxsize=1_000)
def _says_total(cell: str, *, beside_a_pledge: bool) -> bool:
    """Whether a cell says Total with no more than a year or a bracket beside it.

    SUM and Total (France) may be companies, and are where something stands beside them that a row
    of totals does not have; Total, Total (2021) and Total (USD m) are none.
    """
    word = _NO_WORDS.sub("", _IN_BRACKETS.sub("", cell.casefold()))
    if word not in {"sum", "total"}:
        return word in _TOTALS
    named = word == "sum" or not all(map(_is_of_totals, _IN_BRACKETS.findall(cell)))
    return not (named and beside_a_pledge)


def _is_of_totals(bracket: str) -> bool:
    """Whether a bracket says of what a total is made: all, a year, a currency, a unit."""
    word = bracket.strip()
    return (
        word.casefold() == "all"
        or word in currency_codes()
        or not any(map(str.isalpha, word))
        or scale_in_heading(f"amount ({word})") is not None
    )


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
    """Take the spaces around a cell away, where it is not a text to be kept as it is.

    Letters and their accents are composed, so that one name has one spelling.
    """
    texts = [*row.cells.values()]
    if texts == [*map(str.strip, texts)] and is_normalized("NFC", "\0".join(texts)):
        return row  # as most are; a copy of each would take as much memory again
    cells = {k: v if k in _AS_THEY_ARE else v.strip() for k, v in row.cells.items()}
    composed = {k: normalize("NFC", v) for k, v in cells.items()}
    return Row(row.number, composed, row.problems)


def _source(text: str) -> dict[str, str]:
    return {"title": text, "url": text} if _URL.fullmatch(text) else {"title": text}
