"""Records from plain data and back, through cattrs: unknown keys refused, all faults at once.

The plain data is a table a kind, and in it a table a record, by id::

    {"pledge": {"acme-1": {"company": "acme", "amount": "2 billion CNY", "announced": "2021"}}}
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import chain, islice
from typing import Any

import attrs
from cattrs import ClassValidationError, Converter
from cattrs.errors import ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from commonprosperity.bar import with_bar
from commonprosperity.book import FAULTS_AT_MOST, Book
from commonprosperity.dataset import Dataset
from commonprosperity.errors import (
    AmbiguousAmountError,
    DatasetError,
    Fault,
    InexactAmountError,
    RecordError,
)
from commonprosperity.errors.base import sentence_of
from commonprosperity.flat import headed_in_chinese
from commonprosperity.grouped_faults import grouped
from commonprosperity.kinds import KINDS, LINKS, kind_of, with_article
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.quoting import AsWritten, brief, label, suggestion
from commonprosperity.records import Record
from commonprosperity.sentence import Sentence
from commonprosperity.tags import Tags

_KINDS: dict[str, type[Record]] = {kind.__name__.lower(): kind for kind in KINDS}
_GROUPS = dict(zip(_KINDS, (field.name for field in attrs.fields(Book)), strict=True))


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
        content = _converter().unstructure(record)
        plain.setdefault(kind_of(record), {})[record.id] = content
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
        if kind in _KINDS and isinstance(records, Mapping):
            for id_, content in records.items():
                yield kind, id_, content
        else:
            yield kind, "", records


def record_of(kind: str, id_: str, content: Any) -> Record:
    """Make a record of its plain data.

    >>> record_of("company", "acme", {"name": "Acme"})
    Company(id='acme', name='Acme')

    Raises `DatasetError` with everything that is wrong.
    """
    if kind not in _KINDS:
        problem = Sentence(
            "is no kind of record{near:say}",
            near=suggestion(kind, _KINDS) or Sentence("; there are {known:list}", known=_KINDS),
        )  # fmt: skip
        raise DatasetError((Fault("", kind, problem),))
    if not id_ or not isinstance(content, Mapping):
        fields = {field.name for field in attrs.fields(_KINDS[kind])}
        problem = Sentence(
            "write a table for each {kind}, such as [{kind}.{id}]",
            kind=kind, id="its-id" if not id_ or id_ in fields else label(id_),
        )  # fmt: skip
        raise DatasetError((Fault(id_, "" if id_ else kind, problem),))
    if "id" in content:
        problem = Sentence(
            "leave it out: it is in the heading, [{kind}.{id}]", kind=kind, id=label(id_)
        )
        raise DatasetError((Fault(id_, "id", problem),))
    try:
        return _KINDS[kind](id=id_, **content)
    except Exception:  # noqa: BLE001 (whatever is wrong: the converter tells it, and all else)
        return _converted(kind, id_, content)


def _converted(kind: str, id_: str, content: Mapping[str, Any]) -> Record:
    """Make a record field by field, which is slower and finds every fault."""
    try:
        return _converter().structure({**content, "id": id_}, _KINDS[kind])
    except ClassValidationError as error:
        raise DatasetError(tuple(_faults(error, kind, id_, content))) from None


@cache
def _converter() -> Converter:
    """Return the converter whose records check each field by itself, as their classes do."""
    converter = Converter(detailed_validation=True, forbid_extra_keys=True)
    for kind in KINDS:
        hooks = {field.name: override(struct_hook=_take(field)) for field in attrs.fields(kind)}
        converter.register_structure_hook(
            kind,
            make_dict_structure_fn(kind, converter, **hooks),  # type: ignore[arg-type]
        )
    _write_with(converter)
    return converter


def _write_with(converter: Converter) -> None:
    """Teach a converter to write: values as texts, tuples as lists, no id and no default."""
    converter.register_unstructure_hook(Money, Money.exact_text)
    converter.register_unstructure_hook(Period, str)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_unstructure_hook(Tags, dict)
    for kind in KINDS:
        hook = make_dict_unstructure_fn(
            kind, converter, _cattrs_omit_if_default=True, id=override(omit=True)
        )
        converter.register_unstructure_hook(kind, hook)


def _take(field: "attrs.Attribute[Any]") -> Callable[[Any, Any], Any]:
    convert: Any = field.converter or (lambda value: value)
    check: Any = field.validator or (lambda *_: None)

    def take(value: Any, _: Any) -> Any:
        value = convert(value)
        check(None, field, value)
        return value

    return take


def _faults(
    error: ClassValidationError, kind: str, id_: str, content: Mapping[str, Any]
) -> Iterator[Fault]:
    """Yield what cattrs caught in our own sentences, which its own formatter would hide."""
    of_fields, of_record = error.group_exceptions()
    for cause, note in of_fields:
        field = str(getattr(cause, "field", ""))
        inside = field.startswith(f"{note.name}.")  # tags.country
        yield Fault(id_, field if inside else note.name, _problem(cause))
    for cause in of_record:
        if isinstance(cause, ForbiddenExtraKeysError):
            known = [field.name for field in attrs.fields(_KINDS[kind])]
            for key in sorted(cause.extra_fields):
                near = suggestion(key, known, content)
                problem = Sentence(
                    "is no field of {kind:say}{near:say}",
                    kind=with_article(_KINDS[kind]),
                    near=near,
                )
                yield Fault(id_, key, problem)
        else:
            yield Fault(id_, getattr(cause, "field", ""), _problem(cause))


def _problem(cause: Exception) -> Sentence:
    if hasattr(cause, "value"):
        cause.value = AsWritten(cause.value)  # true and null: the file has no True and no None
    # What an amount's own sentence proposes has no place in a field.
    if isinstance(cause, RecordError | AmbiguousAmountError | InexactAmountError):
        return Sentence("{value} {problem:say}", value=brief(cause.value), problem=cause.problem)
    return Sentence("is missing") if type(cause) is KeyError else sentence_of(cause)
