"""``Organizations``: who gives and gets money in IATI, known by reference and by name."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from commonprosperity.flat import KnownRecords
from commonprosperity.records.names import id_or_none


class Organizations:
    """Organizations by ids made from their names.

    One element has a reference alone, one a name alone, and one another spelling of the name. They
    are one organization where they share either, unless they have two references: each country has
    a Ministry of Finance. One whose name is ``known`` is a company of another dataset.

    >>> organizations = Organizations()
    >>> for ref, name in (("GB-1", "UK"), (None, "UK"), ("GB-1", "United Kingdom"), ("X-7", "UK")):
    ...     print(organizations.id_of(ref, name))
    uk
    uk
    uk
    uk_2
    >>> organizations.companies()["uk"], organizations.name_of("uk_2")
    ({'name': 'UK', 'aliases': ['United Kingdom']}, 'UK')
    """

    def __init__(self, known: KnownRecords | None = None) -> None:
        self._known = known or KnownRecords()
        self._ids: dict[tuple[str | None, str | None], str] = {}
        self._names: dict[str, list[str]] = {}
        self._refs: dict[str, str] = {}
        self._by_ref: dict[str, str] = {}
        self._by_name: dict[str | None, list[str]] = {}

    def id_of(self, ref: str | None, name: str | None) -> str | None:
        """Add an organization and return its id; None where it has neither of the two.

        Raises `ValueError` for a name of several companies that are known.
        """
        if not ref and not name:
            return None
        if (ref, name) not in self._ids:
            self._ids[ref, name] = self._add(ref, name)
        return self._ids[ref, name]

    def name_of(self, id_: str) -> str:
        """Return the first name of an organization; its reference where it has none."""
        return self._names[id_][0] if self._names[id_] else self._refs[id_]

    def companies(self) -> dict[str, dict[str, Any]]:
        """Return the organizations that are not known as plain data of companies."""
        return {
            id_: {"name": self.name_of(id_), **({"aliases": names[1:]} if names[1:] else {})}
            for id_, names in self._names.items()
            if id_ not in self._known
        }

    def _add(self, ref: str | None, name: str | None) -> str:
        key = id_or_none(name)
        id_ = self._by_ref.get(ref or "") or self._known.id_of("company", str(name or ref))
        id_ = id_ or next(self._of_name(key, ref), None)
        if id_ is None:
            ids = numbered(key or id_or_none(ref) or "organization")
            id_ = next(each for each in ids if each not in self._names and each not in self._known)
        self._names.setdefault(id_, [])
        if ref:
            self._by_ref[ref] = id_
            self._refs.setdefault(id_, ref)
        if name and name not in self._names[id_]:
            self._names[id_].append(name)
            self._by_name.setdefault(key, []).append(id_)
        return id_

    def _of_name(self, key: str | None, ref: str | None) -> Iterator[str]:
        """Yield the organizations of a name that may have a reference."""
        for id_ in self._by_name.get(key, ()):
            if not ref or id_ not in self._refs:
                yield id_


def numbered(base: str) -> Iterator[str]:
    """Yield an id, and those like it that stand in for it.

    >>> from itertools import islice
    >>> [*islice(numbered("uk"), 3)]
    ['uk', 'uk_2', 'uk_3']
    """
    yield base
    yield from (f"{base}_{at}" for at in count(2))
