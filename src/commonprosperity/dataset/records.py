"""``DatasetRecords``: the records of a dataset, whole or by their ids."""

from collections.abc import Iterable
from typing import TypeVar

from commonprosperity.book import Book
from commonprosperity.counting import Links
from commonprosperity.errors import RecordNotFoundError
from commonprosperity.records import Company, Figure, Initiative, Pledge, Record, Source
from commonprosperity.records.fields import composed, composed_key
from commonprosperity.records.kinds import KINDS, with_article, word_of
from commonprosperity.sentence import NO_SENTENCE

_Kind = TypeVar("_Kind", Source, Company, Initiative, Pledge, Figure)


class DatasetRecords:
    """The records of a dataset: all of each kind but the pledges, and each by its id."""

    __slots__ = ()

    _book: Book

    @property
    def records(self) -> tuple[Record, ...]:
        """All records of every kind; the pledges too, selected or not."""
        return tuple(self._book.records)

    @property
    def sources(self) -> tuple[Source, ...]:
        """All sources."""
        return self._book.sources

    @property
    def companies(self) -> tuple[Company, ...]:
        """All companies."""
        return self._book.companies

    @property
    def initiatives(self) -> tuple[Initiative, ...]:
        """All initiatives."""
        return self._book.initiatives

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures."""
        return self._book.figures

    @property
    def links(self) -> Links:
        """The links between all pledges, selected or not, and known by the dataset's day or not."""
        return self._book.links

    def __getitem__(self, id_: str) -> Record:
        """Return the record with an id, of any kind, selected or not."""
        try:
            return self._book.by_id[composed(id_)]
        except KeyError:
            known = tuple(self._book.by_id)
            raise RecordNotFoundError(id_, known, called=self._called(id_, KINDS)) from None

    def source(self, id_: str) -> Source:
        """Return the source with an id; `RecordNotFoundError` where there is none."""
        return self._of_kind(Source, id_)

    def company(self, id_: str) -> Company:
        """Return the company with an id; `RecordNotFoundError` where there is none."""
        return self._of_kind(Company, id_)

    def initiative(self, id_: str) -> Initiative:
        """Return the initiative with an id; `RecordNotFoundError` where there is none."""
        return self._of_kind(Initiative, id_)

    def pledge(self, id_: str) -> Pledge:
        """Return the pledge with an id, selected or not; `RecordNotFoundError` where there is none.

        >>> from commonprosperity.data import load
        >>> load().pledge("alibaba-ten-actions").amount.words()
        '100 billion CNY'
        """
        return self._of_kind(Pledge, id_)

    def figure(self, id_: str) -> Figure:
        """Return the figure with an id; `RecordNotFoundError` where there is none."""
        return self._of_kind(Figure, id_)

    def _of_kind(self, kind: type[_Kind], id_: str) -> _Kind:
        record = self._book.by_id.get(composed(id_))
        if isinstance(record, kind):
            return record
        is_other = NO_SENTENCE if record is None else with_article(type(record))
        known = tuple(self._book.ids[kind])
        called = self._called(id_, [kind])
        raise RecordNotFoundError(id_, known, word_of(kind), is_other, called)

    def _called(self, name: object, kinds: Iterable[type[Record]]) -> tuple[str, ...]:
        """Return the ids of the records whose name stands in the place of an id."""
        return self._book.ids_named(name, kinds) if isinstance(name, str) else ()

    def __contains__(self, id_: object) -> bool:
        """Whether there is a record with an id, of any kind, selected or not."""
        return composed_key(id_) in self._book.by_id
