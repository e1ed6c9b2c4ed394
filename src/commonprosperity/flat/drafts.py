"""``Drafts``: the records that the rows of a table of pledges stand for, as plain data."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import count, islice
from typing import Any, NamedTuple
from unicodedata import is_normalized, normalize

import attrs

from commonprosperity.bar import with_bar
from commonprosperity.book import FAULTS_AT_MOST
from commonprosperity.errors import Fault
from commonprosperity.errors.cells import CellError
from commonprosperity.fields import on_one_line
from commonprosperity.flat.chinese_words import values_of
from commonprosperity.flat.columns import NAMED, PERIOD_ENDS, POOLED
from commonprosperity.flat.known import Known
from commonprosperity.flat.names import Names
from commonprosperity.flat.period_ends import period_end_problems
from commonprosperity.flat.pools import Pools
from commonprosperity.flat.sources import Sources
from commonprosperity.flat.stated import Spelling, stated_amounts
from commonprosperity.flat.total_rows import word_of_totals
from commonprosperity.kinds import LINKS
from commonprosperity.namesakes import id_or_none
from commonprosperity.quoting import brief, label, suggestion
from commonprosperity.records import PLEDGE_FIELDS, TEXTS, Pledge, Record
from commonprosperity.sentence import Sentence
from commonprosperity.tags import key_of_tag

_FIELDS = frozenset(PLEDGE_FIELDS)
_LINKS = tuple(link for link, kinds in LINKS["pledges"].items() if Pledge in kinds)
_SEARCHED_AT_MOST = 2_000  # ids, for a near one


class Row(NamedTuple):
    """A row: its number, its filled cells by their headings, and what is wrong with others.

    ``times`` is how many rows it stands for.
    """

    number: int
    cells: Mapping[str, str]
    problems: Mapping[str, Sentence] = {}
    times: int = 1


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
        self, place: Callable[[int], str], spelling: Spelling, known: Known, *, bar: bool
    ) -> None:
        self.faults: list[Fault] = []
        self._place, self._spelling, self._known, self._bar = place, spelling, known, bar
        self._pledges: list[Pledge] = []
        self._refused: dict[str, dict[str, Any]] = {}
        self._rows: dict[str, int] = {}
        self._names = {
            column: Names(partial(known.id_of, column)) for column in ("company", "initiative")
        }
        self._sources = Sources(known)
        self._pools = Pools(known)
        self._first_rows: dict[str, int] = {}
        self._new_ids: dict[str, dict[str, str]] = {column: {} for column in NAMED}
        self._givers: set[tuple[str, str]] = set()
        self._links: list[tuple[str, str, str]] = []

    @classmethod
    def of(
        cls,
        rows: Iterable[Row],
        place: Callable[[int], str],
        spelling: Spelling,
        *,
        known: Known | None = None,
        bar: bool = False,
    ) -> "Drafts":
        """Draft the records of rows, up to the thousandth fault.

        ``place`` says where a row stands, given its number. What is ``known`` by its name is not
        drafted again. ``bar`` shows one where many rows wait for an id.
        """
        drafts = cls(place, spelling, known or Known(), bar=bar)
        rows = iter(rows)
        numbered: set[str] = set()
        for row, id_ in drafts._with_ids(rows, numbered):
            for fault in drafts._draft(id_, row):
                drafts.faults.append(fault._replace(place=place(row.number)))
            if len(drafts.faults) >= FAULTS_AT_MOST:
                deque(rows, maxlen=0)  # where they are no table, that is told in place of these
                return drafts
        drafts._part_names()
        left = FAULTS_AT_MOST - len(drafts.faults)
        drafts.faults += islice(drafts._links_to_places(numbered), left)
        return drafts

    def places(self) -> dict[str, str]:
        """Return where each record stands: at its first row."""
        rows = self._first_rows | self._rows
        return {id_: self._place(number) for id_, number in rows.items()}

    def records(self) -> tuple[Record, ...]:
        """Return the pledges, and the records that names stand for, as far as they are known."""
        return (*self._known.named(), *self._pledges)

    def tables(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Return the records that names stand for, and the pledges that could not be made."""
        companies, initiatives = self._names["company"], self._names["initiative"]
        runners = self._runners()
        return {
            "source": self._parted("source", self._sources.by_id),
            "company": self._parted(
                "company",
                {
                    id_: {"name": name, **companies.aliases(id_)}
                    for id_, name in companies.by_id.items()
                },
            ),
            "initiative": self._parted(
                "initiative",
                {
                    id_: {
                        "name": name,
                        **({"company": runners[id_]} if id_ in runners else {}),
                        **self._pools.fact(id_),
                        **initiatives.note(id_),
                    }
                    for id_, name in initiatives.by_id.items()
                },
            ),
            "pledge": self._refused,
        }

    def _parted(self, column: str, contents: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        """Return records under the ids that part them from others of the same name."""
        new_ids = self._new_ids[column]
        return {new_ids.get(id_, id_): content for id_, content in contents.items()}

    def _part_names(self) -> None:
        """Give a record that is called as one of another kind is an id of its own.

        Where Acme is a company and a source, the source is acme-source.
        """
        used: set[str] = set()
        for column, ids in (
            ("company", self._names["company"].by_id),
            ("initiative", self._names["initiative"].by_id),
            ("source", self._sources.by_id),
        ):
            new_ids = {id_: f"{id_}-{column}" for id_ in ids if id_ in used or id_ in self._known}
            used |= ids.keys()
            self._new_ids[column] = new_ids
            self._first_rows |= {new: self._first_rows[id_] for id_, new in new_ids.items()}
            if new_ids:
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
        trimmed = (_trimmed(row) for row in rows if not self._is_of_totals(row))
        for row in trimmed:
            if not row.cells.get("id"):
                kept = deque([row, *trimmed])
                break
            yield row, row.cells["id"]
        else:
            return
        names = {row.cells.get(column) for row in kept for column in NAMED}
        names |= self._sources.titles.union(*(names.cells for names in self._names.values()))
        id_by_name = {name: id_or_none(name) for name in names}
        used = {*id_by_name.values(), *(row.cells.get("id") for row in kept), *self._rows}
        numbers: dict[str, Iterator[int]] = {}
        for _ in with_bar(range(len(kept)), "records", len(kept), bar=self._bar):
            row = kept.popleft()  # so that it is freed when its record is made
            id_ = row.cells.get("id")
            if not id_:
                company = id_by_name[row.cells.get("company")] or "pledge"
                free = (f"{company}-{at}" for at in numbers.setdefault(company, count(1)))
                id_ = next(each for each in free if each not in used and each not in self._known)
                numbered.add(id_)
            yield row, id_

    def _is_of_totals(self, row: Row) -> bool:
        word = word_of_totals(row.cells)
        if word is None:
            return False
        field = next(name for name, cell in row.cells.items() if cell == word)
        way_out = Sentence(
            "leave it out, as a layout does with skip.{field} = {word}",
            field=field, word=brief(word),
        )  # fmt: skip
        problem = Sentence(
            "{word} makes it a row of totals, not a pledge; {way_out:say}",
            word=label(word), way_out=way_out,
        )  # fmt: skip
        self.faults.append(Fault("", "", problem, self._place(row.number)))
        return True

    def _draft(self, id_: str, row: Row) -> list[Fault]:
        """Make the pledge of a row, and return what is wrong with its cells."""
        faults = [Fault(id_, column, problem) for column, problem in row.problems.items()]
        if id_ in self._rows:
            place = self._place(self._rows[id_])
            problem = Sentence("another row has it, at {place}", place=place)
            return [*faults, Fault(id_, "id", problem)]
        self._rows[id_] = row.number
        content: dict[str, Any] = {**row.cells}
        content.pop("currency", None)
        faults += self._put_ids(id_, content, row.number)
        self._note_links(id_, content)
        if not _FIELDS.issuperset(content):
            faults += self._take_others(id_, content)
        stated, wrong = stated_amounts(row.cells, self._spelling)
        content |= stated
        content |= values_of(row.cells)
        faults += [fault._replace(record=id_) for fault in wrong]
        content["id"] = id_
        try:
            self._pledges.append(Pledge(**content))
        except Exception:  # noqa: BLE001 (whatever is wrong: cattrs tells it, and all else)
            del content["id"]
            self._refused[id_] = content
        return faults

    def _take_others(self, id_: str, content: dict[str, Any]) -> Iterator[Fault]:
        """Take the columns that are no fields out, and yield what is wrong with them."""
        for column, problem in period_end_problems(content):
            yield Fault(id_, column, problem)
        for column in PERIOD_ENDS:
            content.pop(column, None)
        if POOLED in content:
            wrong = self._pools.problem(content.get("initiative"), content.pop(POOLED))
            if wrong:
                yield Fault(id_, POOLED, wrong)
        _put_tags_together(content)

    def _put_ids(self, id_: str, content: dict[str, Any], number: int) -> Iterator[Fault]:
        """Put ids in the place of names; the web address belongs to the source."""
        url = content.pop("url", None)
        if url:
            content.setdefault("source", url)
        for column in NAMED:
            if column in content:
                try:
                    content[column] = self._id_of(column, content[column], url)
                    self._first_rows.setdefault(content[column], number)
                except CellError as error:
                    del content[column]
                    yield Fault(id_, column, error.sentence)

    def _id_of(self, column: str, name: str, url: str | None) -> str:
        if column == "source":
            return self._sources.id_of(name, url)
        return self._names[column].id_of(name)

    def _note_links(self, id_: str, content: Mapping[str, Any]) -> None:
        """Note whose money an initiative has, and the pledges that a row links to."""
        if "initiative" in content and "company" in content:
            self._givers.add((content["initiative"], content["company"]))
        for link in _LINKS:
            if link in content:
                self._links.append((id_, link, content[link]))

    def _runners(self) -> dict[str, str]:
        """Return who runs an initiative: the company of all its rows, where it is one."""
        companies: dict[str, list[str]] = {}
        for initiative, company in self._givers:
            companies.setdefault(initiative, []).append(company)
        new_ids = self._new_ids["company"]
        return {
            initiative: new_ids.get(several[0], several[0])
            for initiative, several in companies.items()
            if len(several) == 1
        }

    def _links_to_places(self, numbered: set[str]) -> Iterator[Fault]:
        """Refuse links to ids that no row has written in it.

        The first row of Tencent without an id is tencent-1. Once a row is put in above it, it is
        tencent-2, and a link to tencent-1 would lead to the new row without a word.
        """
        if not self._links:
            return
        written = self._rows.keys() - numbered
        known = written.union(self._sources.by_id, *(n.by_id for n in self._names.values()))
        searched = written if len(written) <= _SEARCHED_AT_MOST else ()
        for id_, link, end in self._links:
            if end not in known:
                near = suggestion(end, searched)
                problem = Sentence(
                    "no row has the id {end} written in it{way_out:say}", end=label(end),
                    way_out=near or Sentence("; write it into the row you mean"),
                )  # fmt: skip
                yield Fault(id_, link, problem, self._place(self._rows[id_]))


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


def _trimmed(row: Row) -> Row:
    """Take the spaces around each cell away, except in texts that keep them.

    Letters and accents are composed, so that Nestlé is one name however it is encoded.
    """
    joined = f" {' '.join(row.cells.values())} "
    if "  " not in joined and joined.isprintable() and is_normalized("NFC", joined):
        return row  # as most are: no space at an end of a cell, and no line end
    cells = {
        name: normalize("NFC", cell if name in TEXTS else cell.strip())
        for name, cell in row.cells.items()
    }
    cells |= {name: on_one_line(cells[name]) for name in NAMED if name in cells}
    return Row(row.number, cells, row.problems)
