"""``KnownRecords``: finds the records of a dataset by the names in a table."""

from collections.abc import Iterable, Iterator

from commonprosperity.errors import CellError
from commonprosperity.quoting import brief, listed
from commonprosperity.records import Initiative, Record, Source
from commonprosperity.records.kinds import KINDS, ends
from commonprosperity.records.names import id_or_none, names
from commonprosperity.records.namesakes import same
from commonprosperity.sentence import Sentence

_KINDS = {kind.__name__.lower(): kind for kind in KINDS}


class KnownRecords:
    """The companies, initiatives and sources of a dataset, for a table that names them.

    >>> from commonprosperity.records import Company
    >>> known = KnownRecords([Company(id="tencent", name="Tencent", name_zh="腾讯")])
    >>> known.id_of("company", "腾讯"), known.id_of("company", "Acme")
    ('tencent', None)
    >>> [record.id for record in known.named()]
    ['tencent']
    """

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._by_id = {record.id: record for record in records}
        self._ids: dict[tuple[type[Record], str], dict[str, None]] = {}
        self._sources_by_address: dict[str, str] = {}
        self._named: dict[str, None] = {}
        for record in self._by_id.values():
            for name in names(record):
                self._ids.setdefault((type(record), same(name)), {})[record.id] = None
            if isinstance(record, Source) and record.url:
                self._sources_by_address.setdefault(record.url, record.id)

    def __contains__(self, id_: str) -> bool:
        """Whether the dataset has a record of any kind with an id."""
        return id_ in self._by_id

    def id_of(self, column: str, name: str) -> str | None:
        """Return the id of the company or initiative with a name; None for a new one.

        A name is an id, any name of a record, or another spelling that makes its id; case and
        spaces may differ. Raises `CellError` if several records have the name.
        """
        ids = self._candidates(_KINDS[column], name)
        if len(ids) > 1:
            problem = Sentence(
                "{name} is a name of {ids:say}; write the id of the one that is meant",
                name=brief(name), ids=listed(ids),
            )  # fmt: skip
            raise CellError(problem)
        return self._name(ids)

    def source_of(self, title: str, address: str | None) -> str | None:
        """Return the id of the source with a title, and a web address; None for a new one.

        A newspaper has many articles: a source with another address is new, and so is a title
        without an address that several sources share.
        """
        if address in self._sources_by_address:
            return self._name([self._sources_by_address[address]])
        ids = self._candidates(Source, title)
        return self._name([id_ for id_ in ids if not address or not self._has_address(id_)])

    def is_pooled(self, initiative: str) -> bool | None:
        """Return whether the dataset's initiative with an id is pooled; None if it has none."""
        record = self._by_id.get(initiative)
        return record.pooled if isinstance(record, Initiative) else None

    def named(self) -> Iterator[Record]:
        """Yield the records that were named, and those that they link to."""
        ids, met = [*self._named], {*self._named}
        for id_ in ids:
            record = self._by_id[id_]
            yield record
            new = {*ends(record)} - met
            ids += sorted(new)
            met |= new

    def _candidates(self, kind: type[Record], name: str) -> list[str]:
        """Return the name itself if it is an id, else the ids of the records with that name."""
        if type(self._by_id.get(name)) is kind:
            return [name]
        id_ = id_or_none(name)
        of_spelling = [id_] if id_ and type(self._by_id.get(id_)) is kind else []
        return [*self._ids.get((kind, same(name)), of_spelling)]

    def _has_address(self, id_: str) -> bool:
        return bool(getattr(self._by_id[id_], "url", None))

    def _name(self, ids: list[str]) -> str | None:
        """Note that a record was named, where it is the only one."""
        if len(ids) != 1:
            return None
        self._named[ids[0]] = None
        return ids[0]
