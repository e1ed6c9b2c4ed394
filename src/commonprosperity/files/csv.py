"""The flat CSV: one table of pledges, as a spreadsheet gives it.

Companies, initiatives and sources are made from their names. It holds nothing else, and a dataset
that has more is not written to it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any

import attrs

from commonprosperity.book import FAULTS_AT_MOST, kind_of
from commonprosperity.dataset import Dataset
from commonprosperity.errors import Fault, FileError
from commonprosperity.files.cells import cells_of
from commonprosperity.files.encoding import decoded
from commonprosperity.files.names import Names, id_of
from commonprosperity.files.reading import Reading
from commonprosperity.files.sheet import Row, Sheet, sheet_text
from commonprosperity.files.stated import stated_amounts
from commonprosperity.files.table_schema import columns
from commonprosperity.records import Pledge, Record, Source
from commonprosperity.schema import plain_of

_COLUMNS = columns(Pledge)
_NAMED = ("company", "initiative", "source")
_AS_THEY_ARE = frozenset({"funder", "locator", "note"})
_TOTALS = frozenset([
    "total", "totals", "grand_total", "subtotal", "sum",
    "合计", "总计", "总额", "小计", "总和", "共计", "合計", "總計", "總額",
])  # fmt: skip
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_HOLDS = (
    "a flat CSV holds pledges, and of their companies, initiatives and sources the names alone; "
    "write .toml, .json, .zip or a folder, which hold all"
)


def read(content: bytes, reading: Reading) -> Dataset:
    """Read a dataset from a flat CSV with commas, semicolons or tabs.

    Raises `FileError` with everything that is wrong; each fault has the line of its row.
    """
    sheet = Sheet.of(decoded(content, reading), _COLUMNS, reading)
    missing = [name for name in ("company", "amount", "announced") if name not in sheet.headings]
    faults = [Fault("", name, "is no column of it; add one", reading.place(1)) for name in missing]
    if missing:
        raise FileError(tuple(faults))
    drafts = _Drafts(reading, sheet.delimiter)
    drafts.take(sheet.rows)
    return reading.made(drafts.plain(), drafts.faults, lambda: drafts.places)


def write(dataset: Dataset) -> bytes:
    """Write a dataset as a flat CSV.

    Raises `FileError` with everything that the file could not hold, found by reading it back.
    """
    plain = plain_of(dataset)
    pledges = [record for record in dataset.records if isinstance(record, Pledge)]
    rows = [_cells(dataset, record, plain["pledge"][record.id]) for record in pledges]
    content = sheet_text(_COLUMNS, rows).encode()
    try:
        lost = [*_lost(dataset, read(content, Reading("")))]
    except FileError as error:
        lost = [fault._replace(place="") for fault in error.faults]
    if lost:
        raise FileError((Fault("", "", _HOLDS), *lost))
    return content


class _Drafts:
    """The plain data made of the rows, and what is wrong with them."""

    def __init__(self, reading: Reading, delimiter: str) -> None:
        self.faults: list[Fault] = []
        self.places: dict[str, str] = {}
        self._reading, self._delimiter = reading, delimiter
        self._names = {column: Names() for column in _NAMED}
        # Each initiative's company.
        self._owners: dict[str, str] = {}
        self._pledges: dict[str, dict[str, Any]] = {}

    def take(self, rows: Iterable[Row]) -> None:
        for row, id_ in _with_ids([_trimmed(row) for row in rows if not self._is_total(row)]):
            place = self._reading.place(row.line)
            told = (fault._replace(place=place) for fault in self._draft(id_, row.cells, place))
            self.faults += told
            if len(self.faults) >= FAULTS_AT_MOST:
                break

    def plain(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Return the pledges, and the records that their names stand for."""
        named = {column: self._names[column].by_id.items() for column in _NAMED}
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
        first = next(iter(row.cells.values()))
        if re.sub(r"\s+", "_", first.strip(" :：").casefold()) not in _TOTALS:
            return False
        problem = f"{first} in its first cell makes it a row of totals, not a pledge; leave it out"
        self.faults.append(Fault("", "", problem, self._reading.place(row.line)))
        return True

    def _draft(self, id_: str, cells: Mapping[str, str], place: str) -> Iterator[Fault]:
        if id_ in self._pledges:
            yield Fault(id_, "id", f"another row has it, at {self.places[id_]}")
            return
        self.places[id_] = place
        content: dict[str, Any] = {k: v for k, v in cells.items() if k not in {"id", "currency"}}
        self._pledges[id_] = content
        for column in _NAMED:
            try:
                if column in cells:
                    content[column] = self._names[column].take(cells[column])
                    self.places.setdefault(content[column], place)
            except ValueError as error:
                del content[column]
                yield Fault(id_, column, str(error))
        yield from self._own(id_, content)
        stated, faults = stated_amounts(cells, self._delimiter, self._reading)
        content |= stated
        yield from (fault._replace(record=id_) for fault in faults)

    def _own(self, id_: str, content: dict[str, Any]) -> Iterator[Fault]:
        """Give an initiative to the company of its first row."""
        company = content.get("company", "")
        initiative = content.pop("initiative", "")
        if not company or not initiative:
            return
        content["initiative"] = initiative
        owner = self._owners.setdefault(initiative, company)
        if owner != company:
            problem = f"{initiative} is of {owner}, by {self.places[initiative]}"
            yield Fault(id_, "initiative", f"{problem}; an initiative has one company")


def _with_ids(rows: list[Row]) -> Iterator[tuple[Row, str]]:
    """Give a row without an id the one of its company, and a number that no other has."""
    names = {row.cells.get(column) for row in rows for column in _NAMED}
    given = {*map(_id_or_none, names), *(row.cells.get("id") for row in rows)}
    numbers: dict[str, Iterator[int]] = {}
    for row in rows:
        company = _id_or_none(row.cells.get("company")) or "pledge"
        free = (f"{company}-{at}" for at in numbers.setdefault(company, count(1)))
        yield row, row.cells.get("id") or next(id_ for id_ in free if id_ not in given)


def _id_or_none(name: str | None) -> str | None:
    try:
        return id_of(name or "")
    except ValueError:
        return None


def _trimmed(row: Row) -> Row:
    """Take the spaces around a cell away, where it is not a text to be kept as it is."""
    cells = {k: v if k in _AS_THEY_ARE else v.strip() for k, v in row.cells.items()}
    return row._replace(cells=cells)


def _source(text: str) -> dict[str, str]:
    return {"title": text, "url": text} if _URL.fullmatch(text) else {"title": text}


def _cells(dataset: Dataset, pledge: Pledge, content: Mapping[str, Any]) -> dict[str, str]:
    cells = cells_of(pledge, content)
    for column in _NAMED:
        if column in cells:
            cells[column] = _name(dataset[cells[column]])
    if pledge.equivalents:
        cells["equivalents"] = "; ".join(money.exact_text() for money in pledge.equivalents)
    return cells


def _name(record: Record) -> str:
    """Return the name of which the record's id is made, or else its id."""
    name = record.title if isinstance(record, Source) else str(getattr(record, "name", ""))
    return name if _id_or_none(name) == record.id else record.id


def _lost(dataset: Dataset, back: Dataset) -> Iterator[Fault]:
    """Tell what of a dataset is not there when it is read back, precision included."""
    for record in dataset.records:
        if record.id not in back:
            yield Fault(record.id, "", f"this {kind_of(record)} would be lost")
            continue
        other = back[record.id]
        for field in attrs.fields(type(record)):
            # A text shows more than equality does: an amount's precision, too.
            if repr(getattr(record, field.name)) != repr(getattr(other, field.name, None)):
                yield Fault(record.id, field.name, "would be lost")
