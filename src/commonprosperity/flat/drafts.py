"""``Drafts``: the records that the rows of a table of pledges stand for, as plain data."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count, islice
from typing import Any

import attrs

from commonprosperity.bar import with_bar
from commonprosperity.book import FAULTS_AT_MOST
from commonprosperity.errors import Fault
from commonprosperity.flat.chinese_words import stated_values
from commonprosperity.flat.columns import NAME_COLUMNS, PERIOD_ENDS, POOLED
from commonprosperity.flat.known import KnownRecords
from commonprosperity.flat.named_records import NamedRecords
from commonprosperity.flat.period_ends import period_end_problems
from commonprosperity.flat.row import Row, trimmed
from commonprosperity.flat.stated import Spelling, leave_the_row_out, stated_amounts
from commonprosperity.flat.total_rows import word_of_totals
from commonprosperity.quoting import label, suggestion
from commonprosperity.records import PLEDGE_FIELDS, Pledge, Record
from commonprosperity.records.kinds import LINKS
from commonprosperity.records.names import id_or_none
from commonprosperity.sentence import Sentence
from commonprosperity.tags import key_of_tag

_FIELDS = frozenset(PLEDGE_FIELDS)
_LINKS = tuple(link for link, kinds in LINKS["pledges"].items() if Pledge in kinds)
_SEARCHED_AT_MOST = 2_000  # ids, for a near one


class Drafts:
    """The records that the rows of a table of pledges stand for, and what is wrong with them.

    A pledge is made as soon as its row is read, so that memory holds the records and no rows. One
    that cannot be made stays plain data, in which cattrs finds every fault.

    >>> row = Row(0, {"company": "Acme", "amount": "2 million CNY", "announced": "2021"})
    >>> drafts = Drafts.of([row], "row {}".format, Spelling())
    >>> drafts.records()
    (Pledge(id='acme-1', company='acme', amount='2 million CNY', announced='2021'),)
    >>> drafts.tables()["company"], drafts.places()["acme-1"]
    ({'acme': {'name': 'Acme'}}, 'row 0')
    """

    def __init__(
        self, place: Callable[[int], str], spelling: Spelling, known: KnownRecords, *, bar: bool
    ) -> None:
        self.faults: list[Fault] = []
        self._place, self._spelling, self._known, self._bar = place, spelling, known, bar
        self._pledges: list[Pledge] = []
        self._refused: dict[str, dict[str, Any]] = {}
        self._rows: dict[str, int] = {}
        self._named = NamedRecords(known)
        self._links: list[tuple[str, str, str]] = []

    @classmethod
    def of(
        cls,
        rows: Iterable[Row],
        place: Callable[[int], str],
        spelling: Spelling,
        *,
        known: KnownRecords | None = None,
        bar: bool = False,
    ) -> "Drafts":
        """Draft the records of rows, up to the thousandth fault.

        ``place`` says where a row stands, given its number. What is ``known`` by its name is not
        drafted again. ``bar`` shows a progress bar where many rows wait for an id.
        """
        drafts = cls(place, spelling, known or KnownRecords(), bar=bar)
        rows = iter(rows)
        numbered: set[str] = set()
        for row, id_ in drafts._with_ids(rows, numbered):
            for column, problem in drafts._draft(id_, row).items():
                drafts.faults.append(Fault(id_, column, problem, place(row.number)))
            if len(drafts.faults) >= FAULTS_AT_MOST:
                deque(rows, maxlen=0)  # if they are no table after all, this raises its error
                return drafts
        for column, new_ids in drafts._named.give_own_ids():
            drafts._rename(column, new_ids)
        left = FAULTS_AT_MOST - len(drafts.faults)
        drafts.faults += islice(drafts._links_to_places(numbered), left)
        return drafts

    def places(self) -> dict[str, str]:
        """Return where each record stands: at its first row."""
        rows = self._named.rows | self._rows
        return {id_: self._place(number) for id_, number in rows.items()}

    def records(self) -> tuple[Record, ...]:
        """Return the pledges, and the known records that names stand for."""
        return (*self._known.named(), *self._pledges)

    def tables(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Return the records that names stand for, and the pledges that could not be made."""
        return {**self._named.tables(), "pledge": self._refused}

    def _rename(self, column: str, new_ids: Mapping[str, str]) -> None:
        """Put the new ids of records that a column names in the place of the old ones."""
        self._pledges = [_renamed(pledge, column, new_ids) for pledge in self._pledges]
        for content in self._refused.values():
            if content.get(column) in new_ids:
                content[column] = new_ids[content[column]]

    def _with_ids(self, rows: Iterable[Row], numbered: set[str]) -> Iterator[tuple[Row, str]]:
        """Yield each row with its id: its own, or that of its company and a free number.

        Two rows of Acme without an id are acme-1 and acme-2, or acme-2 and acme-3 where another has
        acme-1: from the first such row on, all are read before the next is drafted. ``numbered``
        takes the ids with such a number.
        """
        filled = self._without_totals(rows)
        for row in filled:
            id_ = row.cells.get("id")
            if not id_:
                waiting = deque([row, *filled])
                break
            yield row, id_
        else:
            return
        names = {row.cells.get(column) for row in waiting for column in NAME_COLUMNS}
        id_by_name = {name: id_or_none(name) for name in names | self._named.cells}
        used = {*id_by_name.values(), *(row.cells.get("id") for row in waiting), *self._rows}
        numbers: dict[str, Iterator[int]] = {}
        for _ in with_bar(range(len(waiting)), "records", len(waiting), bar=self._bar):
            row = waiting.popleft()  # so that it is freed when its record is made
            id_ = row.cells.get("id")
            if not id_:
                company = id_by_name[row.cells.get("company")] or "pledge"
                free = (f"{company}-{at}" for at in numbers.setdefault(company, count(1)))
                id_ = next(each for each in free if each not in used and each not in self._known)
                numbered.add(id_)
            yield row, id_

    def _without_totals(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows that are pledges, trimmed; a row of totals is a fault."""
        for row in rows:
            word = word_of_totals(row.cells)
            if word is None:
                yield trimmed(row)
                continue
            fault = Fault("", "", _problem_of_totals(row, word), self._place(row.number))
            if fault not in self.faults[-1:]:  # as where the row has several amounts
                self.faults.append(fault)

    def _draft(self, id_: str, row: Row) -> Mapping[str, Sentence]:
        """Make the pledge of a row, and return what is wrong with its cells, by column."""
        if id_ in self._rows:
            place = self._place(self._rows[id_])
            problem = Sentence(
                "another row has it, at {place}; give this one an id of its own, or leave it out",
                place=place,
            )
            return {**row.problems, "id": problem}
        self._rows[id_] = row.number
        content: dict[str, Any] = {**row.cells, "id": id_}
        content.pop("currency", None)
        problems = {**row.problems, **self._named.put_ids(content, row.number)}
        self._note_links(id_, content)
        if not _FIELDS.issuperset(content):
            problems |= self._take_others(content)
        amounts, wrong_amounts = stated_amounts(row.cells, self._spelling)
        values, wrong_words = stated_values(row.cells)
        content |= {**amounts, **values}
        for field in wrong_words:
            del content[field]
        try:
            self._pledges.append(Pledge(**content))
        except Exception:  # noqa: BLE001 (cattrs finds this fault again, and all others)
            del content["id"]
            self._refused[id_] = content
        return {**problems, **wrong_amounts, **wrong_words}

    def _take_others(self, content: dict[str, Any]) -> dict[str, Sentence]:
        """Take the columns that are no fields out, and return what is wrong with them."""
        problems = dict(period_end_problems(content))
        for column in PERIOD_ENDS:
            content.pop(column, None)
        if POOLED in content:
            wrong = self._named.pools.problem(content.get("initiative"), content.pop(POOLED))
            if wrong:
                problems[POOLED] = wrong
        _put_tags_together(content)
        return problems

    def _note_links(self, id_: str, content: Mapping[str, Any]) -> None:
        """Note the pledges that a row links to."""
        for link in _LINKS:
            if link in content:
                self._links.append((id_, link, content[link]))

    def _links_to_places(self, numbered: set[str]) -> Iterator[Fault]:
        """Refuse links to ids that no row has written in it.

        The first row of Tencent without an id is tencent-1. Once a row is put in above it, it is
        tencent-2, and a link to tencent-1 would lead to the new row without a word.
        """
        if not self._links:
            return
        written = self._rows.keys() - numbered
        known = written | self._named.ids
        searched = written if len(written) <= _SEARCHED_AT_MOST else ()
        for id_, link, end in self._links:
            if end not in known:
                near = suggestion(end, searched)
                problem = Sentence(
                    "no row has the id {end} written in it{way_out:say}", end=label(end),
                    way_out=near or Sentence("; write it into the row you mean"),
                )  # fmt: skip
                yield Fault(id_, link, problem, self._place(self._rows[id_]))


def _problem_of_totals(row: Row, word: str) -> Sentence:
    field = next(name for name, cell in row.cells.items() if cell == word)
    return Sentence(
        "{word} makes it a row of totals, not a pledge; {way_out:say}",
        word=label(word), way_out=leave_the_row_out(field, word),
    )  # fmt: skip


def _renamed(pledge: Pledge, column: str, new_ids: Mapping[str, str]) -> Pledge:
    """Return a pledge with the new id of a record that one of its columns names, if it has one."""
    id_ = getattr(pledge, column)
    change: dict[str, Any] = {column: new_ids[id_]} if id_ in new_ids else {}
    return attrs.evolve(pledge, **change) if change else pledge


def _put_tags_together(content: dict[str, Any]) -> None:
    """Put the cells of tags into one table, each under its key."""
    keys = {column: key for column in content if (key := key_of_tag(column))}
    if keys:
        content["tags"] = {key: content.pop(column) for column, key in keys.items()}
