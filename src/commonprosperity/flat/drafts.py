"""``Drafts``: the records that the rows of a table of pledges stand for, as plain data."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import count, islice
from typing import Any, NamedTuple
from unicodedata import is_normalized, normalize

from commonprosperity.bar import with_bar
from commonprosperity.book import FAULTS_AT_MOST
from commonprosperity.errors import Fault
from commonprosperity.fields import has_one_line, on_one_line
from commonprosperity.flat.columns import NAMED
from commonprosperity.flat.known import Known
from commonprosperity.flat.names import Names
from commonprosperity.flat.sources import Sources
from commonprosperity.flat.stated import Spelling, stated_amounts
from commonprosperity.flat.total_rows import word_of_totals
from commonprosperity.kinds import LINKS
from commonprosperity.namesakes import id_or_none
from commonprosperity.quoting import brief, label, suggestion
from commonprosperity.records import Pledge, Record
from commonprosperity.tags import key_of_tag

_KEPT_WITH_SPACES = frozenset(
    {"funder", "recipient", "locator", "note", "funder_zh", "locator_zh", "note_zh"}
)
_LINKS = tuple(link for link, kinds in LINKS["pledges"].items() if Pledge in kinds)
_SEARCHED_AT_MOST = 2_000  # ids, for a near one


class Row(NamedTuple):
    """A row: its number, its filled cells by their headings, and what is wrong with others.

    ``times`` is how many rows it stands for.
    """

    number: int
    cells: Mapping[str, str]
    problems: Mapping[str, str] = {}
    times: int = 1


class Drafts:
    """The plain data made of the rows of a table of pledges, and what is wrong with them.

    >>> row = Row(0, {"company": "Acme", "amount": "2 million CNY", "announced": "2021"})
    >>> drafts = Drafts.of([row], "row {}".format, Spelling())
    >>> drafts.tables()["company"], drafts.places()["acme-1"]
    ({'acme': {'name': 'Acme'}}, 'row 0')
    """

    def __init__(self, place: Callable[[int], str], spelling: Spelling, known: Known) -> None:
        self.faults: list[Fault] = []
        self._place, self._spelling, self._known = place, spelling, known
        self._pledges: dict[str, dict[str, Any]] = {}
        self._names = {
            column: Names(partial(known.id_of, column)) for column in ("company", "initiative")
        }
        self._sources = Sources(known)
        self._new_ids: dict[str, dict[str, str]] = {column: {} for column in NAMED}
        self._companies_by_initiative: dict[str, set[str]] = {}
        self._first_rows: dict[str, int] = {}

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
        drafted again. ``bar`` shows one if rows are many.
        """
        drafts = cls(place, spelling, known or Known())
        kept = [_trimmed(row) for row in rows if not drafts._is_of_totals(row)]
        for row, id_ in with_bar(_with_ids(kept, drafts._known), "amounts", len(kept), bar=bar):
            for fault in drafts._draft(id_, row):
                drafts.faults.append(fault._replace(place=place(row.number)))
            if len(drafts.faults) >= FAULTS_AT_MOST:
                return drafts
        drafts._part_names()
        written = {row.cells["id"] for row in kept if "id" in row.cells}
        left = FAULTS_AT_MOST - len(drafts.faults)
        drafts.faults += islice(drafts._links_to_places(written), left)
        return drafts

    def places(self) -> dict[str, str]:
        """Return where each record stands: at its first row."""
        return {id_: self._place(number) for id_, number in self._first_rows.items()}

    def known(self) -> tuple[Record, ...]:
        """Return the records that are not drafted, as they are known, and what they link to."""
        return tuple(self._known.named())

    def tables(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Return the pledges, and the records that their names stand for."""
        companies, initiatives = self._names["company"], self._names["initiative"]
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
                    id_: {"name": name, **self._runner(id_), **initiatives.note(id_)}
                    for id_, name in initiatives.by_id.items()
                },
            ),
            "pledge": self._pledges,
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
            for content in self._pledges.values() if new_ids else ():
                if content.get(column) in new_ids:
                    content[column] = new_ids[content[column]]

    def _is_of_totals(self, row: Row) -> bool:
        word = word_of_totals(row.cells)
        if word is None:
            return False
        field = next(name for name, cell in row.cells.items() if cell == word)
        way_out = f"leave it out, as a layout does with skip.{field} = {brief(word)}"
        problem = f"{label(word)} makes it a row of totals, not a pledge; {way_out}"
        self.faults.append(Fault("", "", problem, self._place(row.number)))
        return True

    def _draft(self, id_: str, row: Row) -> Iterator[Fault]:
        for column, problem in row.problems.items():
            yield Fault(id_, column, problem)
        if id_ in self._pledges:
            yield Fault(id_, "id", f"another row has it, at {self._place(self._first_rows[id_])}")
            return
        self._first_rows[id_] = row.number
        content: dict[str, Any] = {**row.cells}
        content.pop("id", None)
        content.pop("currency", None)
        self._pledges[id_] = content
        content.pop("url", None)
        for column, id_of in self._named(row.cells):
            try:
                content[column] = id_of()
                self._first_rows.setdefault(content[column], row.number)
            except ValueError as error:
                content.pop(column, None)
                yield Fault(id_, column, str(error))
        self._give(content)
        _put_tags_together(content)
        stated, faults = stated_amounts(row.cells, self._spelling)
        content |= stated
        for fault in faults:
            yield fault._replace(record=id_)

    def _named(self, cells: Mapping[str, str]) -> Iterator[tuple[str, Callable[[], str]]]:
        """Yield each column that names a record, with what returns the record's id."""
        for column, names in self._names.items():
            if column in cells:
                yield column, partial(names.id_of, cells[column])
        url = cells.get("url")
        title = cells.get("source") or url
        if title:
            yield "source", partial(self._sources.id_of, title, url)

    def _give(self, content: Mapping[str, Any]) -> None:
        """Note whose money an initiative has."""
        company, initiative = content.get("company"), content.get("initiative")
        if company and initiative:
            self._companies_by_initiative.setdefault(initiative, set()).add(company)

    def _runner(self, initiative: str) -> dict[str, str]:
        """Return who runs an initiative: the company of all its rows, where it is one."""
        companies = self._companies_by_initiative.get(initiative, ())
        if len(companies) != 1:
            return {}
        (company,) = companies
        return {"company": self._new_ids["company"].get(company, company)}

    def _links_to_places(self, written: set[str]) -> Iterator[Fault]:
        """Refuse links to ids that no row has written in it.

        The first row of Tencent without an id is tencent-1. Once a row is put in above it, it is
        tencent-2, and a link to tencent-1 would lead to the new row without a word.
        """
        known = written.union(self._sources.by_id, *(n.by_id for n in self._names.values()))
        searched = written if len(written) <= _SEARCHED_AT_MOST else ()
        for id_, content in self._pledges.items():
            for link in _LINKS:
                end = content.get(link)
                if end is not None and end not in known:
                    way_out = suggestion(end, searched) or "; write it into the row you mean"
                    problem = f"no row has the id {label(end)} written in it{way_out}"
                    yield Fault(id_, link, problem, self._place(self._first_rows[id_]))


def _with_ids(rows: list[Row], known: Known) -> Iterator[tuple[Row, str]]:
    """Yield each row with its id: its own, or that of its company and a free number.

    Two rows of Acme without an id are acme-1 and acme-2, or acme-2 and acme-3 where another has
    acme-1.
    """
    names = {row.cells.get(column) for row in rows for column in NAMED}
    id_by_name = {name: id_or_none(name) for name in names}
    used = {*id_by_name.values(), *(row.cells.get("id") for row in rows)}
    numbers: dict[str, Iterator[int]] = {}
    for row in rows:
        id_ = row.cells.get("id")
        if not id_:
            company = id_by_name[row.cells.get("company")] or "pledge"
            numbered = (f"{company}-{at}" for at in numbers.setdefault(company, count(1)))
            id_ = next(each for each in numbered if each not in used and each not in known)
        yield row, id_


def _put_tags_together(content: dict[str, Any]) -> None:
    """Put the cells of tags into one table, each under its key."""
    keys = {column: key for column in content if (key := key_of_tag(column))}
    if keys:
        content["tags"] = {key: content.pop(column) for column, key in keys.items()}


def _trimmed(row: Row) -> Row:
    """Take the spaces around each cell away, except in texts that keep them.

    Letters and accents are composed, so that Nestlé is one name however it is encoded.
    """
    texts = [*row.cells.values()]
    joined = "\0".join(texts)
    if texts == [*map(str.strip, texts)] and is_normalized("NFC", joined) and has_one_line(joined):
        return row  # as most are; a copy of each would take as much memory again
    cells = {
        name: normalize("NFC", cell if name in _KEPT_WITH_SPACES else cell.strip())
        for name, cell in row.cells.items()
    }
    cells |= {name: on_one_line(cells[name]) for name in NAMED if name in cells}
    return Row(row.number, cells, row.problems)
