"""``Book``: all the records of a dataset, found by their ids, with their links checked."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import islice
from operator import attrgetter
from typing import Any

import attrs

from commonprosperity.counting import Counting, Links, circles
from commonprosperity.errors import DatasetError, Fault, SharedNameError
from commonprosperity.money import Money
from commonprosperity.quoting import brief, label, listed, suggestion
from commonprosperity.records import Company, Figure, Initiative, Pledge, Record, Source
from commonprosperity.records.kinds import KINDS, LINKS, ends, with_article, word_of
from commonprosperity.records.names import names
from commonprosperity.records.namesakes import Namesakes, namesakes, same
from commonprosperity.sentence import Sentence

FAULTS_AT_MOST = 1_000
"""How many faults an error has: a hostile file could have millions, each with a search."""

_SEARCHED_AT_MOST = 2_000  # ids; the search for a near one takes 3 us each, for each fault


@attrs.frozen
class Book:
    """All the records of a dataset, by kind."""

    sources: tuple[Source, ...] = ()
    companies: tuple[Company, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    figures: tuple[Figure, ...] = ()

    @classmethod
    def of(cls, records: Iterable[Record]) -> "Book":
        """Put records with the others of their kind."""
        kinds: dict[type, list[Any]] = {kind: [] for kind in KINDS}
        for record in records:
            kinds[type(_record(record))].append(record)
        return cls(*map(tuple, kinds.values()))

    @property
    def records(self) -> Iterator[Record]:
        """All of them: sources, companies, initiatives, pledges, figures."""
        for kind in (self.sources, self.companies, self.initiatives, self.pledges, self.figures):
            yield from kind

    @cached_property
    def by_id(self) -> Mapping[str, Record]:
        """Each record by its id."""
        return {record.id: record for record in self.records}

    @cached_property
    def ids(self) -> Mapping[type[Record], Sequence[str]]:
        """The ids of the records of each kind."""
        ids: dict[type[Record], list[str]] = {kind: [] for kind in KINDS}
        for record in self.records:
            ids[type(record)].append(record.id)
        return ids

    def id_named(self, name: str, kinds: Iterable[type[Record]]) -> str:
        """Return the id of the record of some kinds that goes by a name; an id is as good.

        Case and spaces may differ. A name that none has is returned as it is.

        Raises `SharedNameError` where several have it.
        """
        if name in self.by_id:
            return name
        ids = self.ids_named(name, kinds)
        if len(ids) > 1:
            raise SharedNameError(name, ids)
        return ids[0] if ids else name

    def ids_named(self, name: str, kinds: Iterable[type[Record]]) -> tuple[str, ...]:
        """Return the sorted ids of the records of some kinds that go by a name."""
        keys = [(kind, same(name)) for kind in kinds]
        return tuple(sorted({id_ for key in keys for id_ in self._ids_by_name.get(key, ())}))

    @cached_property
    def _ids_by_name(self) -> Mapping[tuple[type[Record], str], Sequence[str]]:
        ids: dict[tuple[type[Record], str], list[str]] = {}
        for record in self.records:
            for name in names(record):
                ids.setdefault((type(record), same(name)), []).append(record.id)
        return ids

    @cached_property
    def namesakes(self) -> Sequence[Namesakes]:
        """The pairs of companies that have a name in common."""
        return tuple(namesakes(self.companies, same))

    @cached_property
    def links(self) -> Links:
        """What ties the pledges together."""
        return Links(self.pledges)

    @cached_property
    def counting(self) -> Counting:
        """What counts of each pledge when all are selected, whatever their day."""
        return Counting(self.pledges, self.links, self.pooled)

    @cached_property
    def pooled(self) -> frozenset[str]:
        """The ids of the initiatives that are pools."""
        return frozenset(initiative.id for initiative in self.initiatives if initiative.pooled)

    def with_all(self, others: Iterable[Record]) -> "Book":
        """Return the book with more records; an equal one met twice is one record.

        Where the two write a number with different precision, the fewest digits are kept, whatever
        the order, as an amount is no better known than its roughest telling.

        Raises `DatasetError` for an unequal record of the same id.
        """
        merged = dict(self.by_id)
        faults = []
        for record in others:
            known = merged.setdefault(_record(record).id, record)
            if known != record:
                faults.append(Fault(record.id, "id", _difference(known, record)))
            elif known is not record:
                merged[record.id] = _with_fewest_digits(known, record)
        if faults:
            raise DatasetError(tuple(faults))
        return Book.of(merged.values())

    def without(self, ids: Collection[str]) -> "Book":
        """Return the book without the records of some ids.

        Raises `DatasetError` for each id that other records still link to, and names these.
        """
        stay = Book.of(record for record in self.records if record.id not in ids)
        linking: dict[str, list[str]] = {}
        for record in stay.records:
            for end in ends(record):
                if end in ids:
                    linking.setdefault(end, []).append(record.id)
        if linking:
            raise DatasetError(tuple(_still_linked(id_, by) for id_, by in linking.items()))
        return stay

    def checked(self) -> "Book":
        """Return the book as it is; raise `DatasetError` with its faults if it has any."""
        faults = tuple(islice(self.faults(), FAULTS_AT_MOST))
        if faults:
            raise DatasetError(faults)
        return self

    def faults(self, refused: Iterable[str] = ()) -> Iterator[Fault]:
        """Yield everything that does not fit: ids, links, circles, currencies of parts.

        Links to ``refused`` ids, of records that could not be read, are no faults of their own.
        """
        yield from self._same_ids()
        yield from self._unknown_links({*refused})
        wholes = [(one.id, one.part_of) for one in self.initiatives if one.part_of]
        yield from circles("part_of", wholes)
        yield from self.links.faults()
        try:
            _ = self.counting.linked_lines
        except DatasetError as error:
            yield from error.faults

    def _same_ids(self) -> Iterator[Fault]:
        if len(self.by_id) == sum(map(len, self.ids.values())):
            return
        first: dict[str, type[Record]] = {}
        for record in self.records:
            kind = type(record)
            other = first.get(record.id)
            if other:
                problem = Sentence(
                    "two records, {other:say} and {kind:say}, have it",
                    other=with_article(other), kind=with_article(kind),
                )  # fmt: skip
                yield Fault(record.id, "id", problem)
            first[record.id] = kind

    def _unknown_links(self, refused: set[str]) -> Iterator[Fault]:
        for group, links in LINKS.items():
            records = getattr(self, group)
            for link, kinds in links.items():
                unknown = {*map(attrgetter(link), records)}.difference(refused, (None,))
                if unknown:  # few: many records share one, or have none
                    unknown.difference_update(*(self.ids[kind] for kind in kinds))
                for record in records if unknown else ():
                    if getattr(record, link) in unknown:
                        yield self.unknown(record.id, link, getattr(record, link), kinds)

    def unknown(self, id_: str, link: str, end: str, kinds: tuple[type[Record], ...]) -> Fault:
        """Say that a record's link leads to no record of the kinds that it may lead to."""
        if end in self.by_id:
            problem = Sentence(
                "{end} is {kind:say}, not {kinds:or}",
                end=label(end), kind=with_article(type(self.by_id[end])),
                kinds=[*map(with_article, kinds)],
            )  # fmt: skip
            return Fault(id_, link, problem)
        few = sum(len(self.ids[kind]) for kind in kinds) <= _SEARCHED_AT_MOST
        near = suggestion(end, [id_ for kind in kinds for id_ in self.ids[kind]] if few else ())
        problem = Sentence(
            "there is no {kinds:or} {end}{near:say}",
            kinds=[*map(word_of, kinds)], end=label(end), near=near,
        )  # fmt: skip
        return Fault(id_, link, problem)


def _still_linked(id_: str, linking: Sequence[str]) -> Fault:
    ids = listed(linking)
    if len(linking) == 1:
        problem = Sentence(
            "cannot be removed, as {ids:say} links to it; remove what links to it, too, or "
            "replace it first", ids=ids,
        )  # fmt: skip
    else:
        problem = Sentence(
            "cannot be removed, as {ids:say} link to it; remove what links to it, too, or "
            "replace it first", ids=ids,
        )  # fmt: skip
    return Fault(id_, "", problem)


def _record(value: Record) -> Record:
    if type(value) not in KINDS:
        several = "; put a * before several: extend(*records)" * isinstance(value, (list, tuple))
        raise TypeError(f"{brief(value)} is no record{several}")
    return value


def _with_fewest_digits(one: Record, other: Record) -> Record:
    """Return one of two equal records, with each number as the one with fewer digits writes it."""
    fields = [field.name for field in attrs.fields(type(one))]
    values = {name: (getattr(one, name), getattr(other, name)) for name in fields}
    rougher = {name: _fewest_digits(*pair) for name, pair in values.items()}
    changed = {name: value for name, value in rougher.items() if value is not values[name][0]}
    return attrs.evolve(one, **changed) if changed else one


def _fewest_digits(one: Any, other: Any) -> Any:
    """Choose between equal values: 1E+11 has fewer digits than 100000000000."""
    if isinstance(one, tuple):
        several = tuple(map(_fewest_digits, one, other))
        return one if all(new is old for new, old in zip(several, one, strict=True)) else several
    return max(one, other, key=_last_place) if isinstance(one, Money | Decimal) else one


def _last_place(value: Money | Decimal) -> int:
    number = value.amount if isinstance(value, Money) else value
    return int(number.as_tuple().exponent)


def _difference(one: Record, other: Record) -> Sentence:
    """Say in what two records of one id differ."""
    if type(one) is not type(other):
        return Sentence(
            "it is {kind:say} in one place and {other:say} in another",
            kind=with_article(type(one)), other=with_article(type(other)),
        )  # fmt: skip
    differences = [
        Sentence(
            "{field} is {one} in one, {other} in the other",
            field=field.name,
            one=_quoted(one, field.name),
            other=_quoted(other, field.name),
        )
        for field in attrs.fields(type(one))
        if getattr(one, field.name) != getattr(other, field.name)
    ]
    return Sentence("two records have it: {differences:list}", differences=differences)


def _quoted(record: Record, field: str) -> str:
    value = getattr(record, field)
    if value is None:
        return Sentence("not given")
    return brief(value) if isinstance(value, str | tuple) else str(value)
