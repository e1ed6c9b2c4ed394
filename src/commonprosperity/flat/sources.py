"""``Sources``: the sources that columns of titles and of web addresses stand for."""

import re
from collections.abc import Mapping
from itertools import count

from commonprosperity.flat.known import KnownRecords
from commonprosperity.flat.names import Names
from commonprosperity.patterns import pattern

_URL = pattern(r"https?://\S+", re.IGNORECASE)


class Sources:
    """The sources in two columns, ``source`` and ``url``, by the ids made from their titles.

    Two addresses beside one title are two sources: a newspaper has many articles. The title alone
    is another one, as nobody knows which of them it means.

    >>> sources = Sources()
    >>> for url in ("https://x.org/1", "https://x.org/2", None, "https://x.org/1"):
    ...     sources.id_of("The Paper", url)
    'the-paper'
    'the-paper_2'
    'the-paper_3'
    'the-paper'
    >>> sources.by_id["the-paper_2"]
    {'title': 'The Paper', 'url': 'https://x.org/2'}
    """

    def __init__(self, known: KnownRecords | None = None) -> None:
        self._known = known or KnownRecords()
        self._titles = Names()
        self._ids: dict[str, dict[str | None, str]] = {}
        self._ids_by_cells: dict[tuple[str, str | None], str] = {}

    @property
    def by_id(self) -> Mapping[str, dict[str, str]]:
        """The sources, as plain data."""
        contents = {}
        for first, title in self._titles.by_id.items():
            content = {"title": title, **self._titles.note(first)}
            for address, id_ in self._ids[first].items():
                contents[id_] = {**content, "url": address} if address else content
        return contents

    @property
    def titles(self) -> set[str]:
        """The titles that cells had."""
        return {title for title, _ in self._ids_by_cells}

    def id_of(self, title: str, address: str | None) -> str:
        """Add a source and return its id; where only its address is known, that is its title.

        Raises `CellError` for a title without a letter or a digit.
        """
        cells = title, address
        if cells not in self._ids_by_cells:  # a million rows have a few hundred sources
            self._ids_by_cells[cells] = self._new_id(title, address)
        return self._ids_by_cells[cells]

    def _new_id(self, title: str, address: str | None) -> str:
        address = address or (title if _URL.fullmatch(title) else None)
        elsewhere = self._known.source_of(title, address)
        if elsewhere is not None:
            return elsewhere
        first = self._titles.id_of(title)
        ids = self._ids.setdefault(first, {})
        if address not in ids:
            ids[address] = self._free(first, {*ids.values()})
        return ids[address]

    def _free(self, first: str, taken: set[str]) -> str:
        """Return the first free id for a title, among those that no other title can have."""
        # No id that is made from a title has a _ in it.
        numbered = (f"{first}_{number}" if number > 1 else first for number in count(1))
        return next(id_ for id_ in numbered if id_ not in taken and id_ not in self._known)


def title_id(id_: str) -> str:
    """Return the id that is made from the title alone of a source that has this id.

    >>> title_id("the-paper_2"), title_id("the_paper")
    ('the-paper', 'the_paper')
    """
    return re.sub(r"_[0-9]+\Z", "", id_)
