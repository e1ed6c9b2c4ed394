"""``NamedRecords``: the companies, initiatives and sources that a table names, as plain data."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from commonprosperity.errors import CellError
from commonprosperity.flat.columns import NAME_COLUMNS
from commonprosperity.flat.known import KnownRecords
from commonprosperity.flat.names import Names
from commonprosperity.flat.pools import Pools
from commonprosperity.flat.sources import Sources
from commonprosperity.sentence import Sentence


class NamedRecords:
    """The records that the columns of names stand for, with the first row of each.

    >>> named, content = NamedRecords(KnownRecords()), {"company": "Acme", "initiative": "Aid"}
    >>> named.put_ids(content, 2), content
    ({}, {'company': 'acme', 'initiative': 'aid'})
    >>> named.tables()["initiative"], named.rows["aid"]
    ({'aid': {'name': 'Aid', 'company': 'acme'}}, 2)
    """

    def __init__(self, known: KnownRecords) -> None:
        self.rows: dict[str, int] = {}
        self.pools = Pools(known)
        self._known = known
        self._names = {
            column: Names(partial(known.id_of, column)) for column in ("company", "initiative")
        }
        self._sources = Sources(known)
        self._new_ids: dict[str, dict[str, str]] = {column: {} for column in NAME_COLUMNS}
        self._givers: set[tuple[str, str]] = set()

    @property
    def cells(self) -> set[str]:
        """The names, as their cells have them."""
        return self._sources.titles.union(*(names.cells for names in self._names.values()))

    @property
    def ids(self) -> set[str]:
        """The ids of the names, before `give_own_ids` changes some."""
        return {*self._sources.by_id}.union(*(names.by_id for names in self._names.values()))

    def put_ids(self, content: dict[str, Any], row: int) -> dict[str, Sentence]:
        """Put ids in the place of the names of a row; a web address belongs to the source.

        Take out the names that make no id, and return what is wrong with them, by column.
        """
        problems = {}
        url = content.pop("url", None)
        if url:
            content.setdefault("source", url)
        for column in NAME_COLUMNS:
            if column in content:
                try:
                    id_ = content[column] = self._id_of(column, content[column], url)
                    self.rows.setdefault(id_, row)
                except CellError as error:
                    del content[column]
                    problems[column] = error.sentence
        if "initiative" in content and "company" in content:
            self._givers.add((content["initiative"], content["company"]))
        return problems

    def _id_of(self, column: str, name: str, url: str | None) -> str:
        if column == "source":
            return self._sources.id_of(name, url)
        return self._names[column].id_of(name)

    def give_own_ids(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Give an id of its own to a record with the name of a record of another kind.

        Where Acme is a company and a source, the source becomes acme-source. Yields each column
        with new ids, and these by the old ones.
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
            self.rows |= {new: self.rows[id_] for id_, new in new_ids.items()}
            if new_ids:
                yield column, new_ids

    def tables(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Return the records by kind and id."""
        companies, initiatives = self._names["company"], self._names["initiative"]
        runners = self._runners()
        return {
            "source": self._with_own_ids("source", self._sources.by_id),
            "company": self._with_own_ids(
                "company",
                {
                    id_: {"name": name, **companies.aliases(id_)}
                    for id_, name in companies.by_id.items()
                },
            ),
            "initiative": self._with_own_ids(
                "initiative",
                {
                    id_: {
                        "name": name,
                        **({"company": runners[id_]} if id_ in runners else {}),
                        **self.pools.fact(id_),
                        **initiatives.note(id_),
                    }
                    for id_, name in initiatives.by_id.items()
                },
            ),
        }

    def _with_own_ids(self, column: str, contents: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        """Return records by their ids, the new ones where `give_own_ids` changed them."""
        new_ids = self._new_ids[column]
        return {new_ids.get(id_, id_): content for id_, content in contents.items()}

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
