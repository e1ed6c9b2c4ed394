"""Datasets from plain data, and back.

The plain data is a table a kind, and in it a table a record, by id::

    {"pledge": {"acme-1": {"company": "acme", "amount": "2 billion CNY", "announced": "2021"}}}
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import attrs

from commonprosperity.bar import with_bar
from commonprosperity.book import FAULTS_AT_MOST, Book
from commonprosperity.dataset import Dataset
from commonprosperity.deferred import deferred
from commonprosperity.errors import DatasetError, Fault
from commonprosperity.flat import headed_in_chinese
from commonprosperity.plain.grouped_faults import grouped
from commonprosperity.plain.records import CLASSES, record_of
from commonprosperity.records import Record
from commonprosperity.records.kinds import LINKS, kind_of
from commonprosperity.sentence import Sentence

if TYPE_CHECKING:
    from commonprosperity.plain import conversion
else:
    [conversion] = deferred("plain.conversion")

_GROUPS = dict(zip(CLASSES, (field.name for field in attrs.fields(Book)), strict=True))


@attrs.frozen
class PlainRecords:
    """The records of a form as plain data, what is wrong with them, and where they stand.

    ``tables`` has a table a kind, and in it a table a record. ``places`` returns the place of each
    record by its id; it is called only where there are faults, as finding lines takes time.
    ``known`` are records that are made already: those of another dataset that these link to, and
    those of a form that may have too many to hold twice. ``notes`` say what was left out, and
    ``title`` is what the form itself calls the dataset, if it does. ``rows`` is what the form calls
    its rows, ``"lines"`` or ``"rows"``; one sentence then stands for a fault of many of them.

    >>> PlainRecords({"company": {"acme": {"name": "Acme"}}}).faults
    ()
    """

    tables: Mapping[str, Any]
    faults: Sequence[Fault] = ()
    places: Callable[[], Mapping[str, str]] = dict
    notes: tuple[Sentence, ...] = ()
    rows: str | None = None
    known: tuple[Record, ...] = ()
    title: str = ""


def dataset_from(
    plain: Mapping[str, Any], known: Iterable[Record] = (), *, bar: bool = False
) -> Dataset:
    """Make a dataset of plain data.

    >>> dataset_from({"company": {"acme": {"name": "Acme"}}}).companies
    (Company(id='acme', name='Acme'),)

    ``known`` are further records, and ``bar`` is whether a bar is shown where there are many.

    Raises `DatasetError` with everything that is wrong: keys, values, links; of a thousand faults
    and more, the first thousand.
    """
    records: list[Record] = [*known]
    faults: list[Fault] = []
    refused: dict[str, tuple[str, Any]] = {}
    size = sum(map(_size, plain.values()))
    for kind, id_, content in with_bar(_contents(plain), "records", size, bar=bar):
        try:
            records.append(record_of(kind, id_, content))
        except DatasetError as error:
            faults += error.faults
            refused[id_] = kind, content
        if len(faults) >= FAULTS_AT_MOST:
            raise DatasetError(tuple(faults[:FAULTS_AT_MOST]))
    book = Book.of(records)
    if faults:
        more = chain(_unknown_links(book, refused), book.faults(refused))
        raise DatasetError((*faults, *islice(more, FAULTS_AT_MOST - len(faults))))
    return Dataset(book.sources, book.companies, book.initiatives, book.pledges, book.figures)


def dataset_of(plain: PlainRecords, whole: str, *, bar: bool = False) -> Dataset:
    """Make a dataset of the plain records of a form, and give each fault its place.

    A fault of no record stands at ``whole``. A field that has a fault already gets no other.

    Raises `DatasetError` with everything that is wrong, in the order of the places.
    """
    faults = [*plain.faults[:FAULTS_AT_MOST]]
    known = {*map(_owner, faults)}
    try:
        # Where reading stopped at the thousandth fault, what is missing would be one more each.
        tables = plain.tables if len(faults) < FAULTS_AT_MOST else {}
        dataset = dataset_from(tables, plain.known, bar=bar)
    except DatasetError as error:
        faults += (fault for fault in error.faults if _owner(fault) not in known)
    if not faults:
        return dataset.with_notes(plain.notes).with_name(plain.title)
    places = plain.places()
    placed = (
        fault._replace(place=fault.place or places.get(fault.record, whole))
        for fault in faults[:FAULTS_AT_MOST]
    )
    every = sorted(placed, key=_order)
    if plain.rows:
        every = [*map(headed_in_chinese, grouped(every, plain.rows, whole))]
    raise DatasetError(tuple(every))


def _owner(fault: Fault) -> tuple[str, str]:
    """Return the record and the field that a fault is of: ``tags`` where it is of one tag."""
    return fault.record, fault.field.partition(".")[0]


def _order(fault: Fault) -> tuple[str, int]:
    """Order places by the number that they end in: a line, or a row."""
    name = fault.place.rstrip("0123456789")
    return name, int(fault.place[len(name) :] or 0)


def plain_of(dataset: Dataset) -> dict[str, dict[str, dict[str, Any]]]:
    """Return every record of a dataset, selected or not, as plain data that reads back equal.

    >>> plain_of(dataset_from({"company": {"acme": {"name": "Acme"}}}))
    {'company': {'acme': {'name': 'Acme'}}}

    A field that has its default is left out.
    """
    plain: dict[str, dict[str, dict[str, Any]]] = {}
    for record in dataset.records:
        plain.setdefault(kind_of(record), {})[record.id] = conversion.plain_content(record)
    return plain


def _unknown_links(book: Book, refused: Mapping[str, tuple[str, Any]]) -> Iterator[Fault]:
    """Yield a fault for each bad link of a record that could not be read.

    The book finds those of the others.
    """
    for id_, (kind, content) in refused.items():
        for link, kinds in LINKS.get(_GROUPS.get(kind, ""), {}).items():
            end = content.get(link) if isinstance(content, Mapping) else None
            known = isinstance(end, str) and (end in refused or type(book.by_id.get(end)) in kinds)
            if isinstance(end, str) and end and not known:  # its field refuses an empty text
                yield book.unknown(id_, link, end, kinds)


def _size(records: Any) -> int:
    return len(records) if isinstance(records, Mapping) else 1


def _contents(plain: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Yield each record's kind, id and content, and what is no table of records, to be refused."""
    for kind, records in plain.items():
        if kind in CLASSES and isinstance(records, Mapping):
            for id_, content in records.items():
                yield kind, id_, content
        else:
            yield kind, "", records
