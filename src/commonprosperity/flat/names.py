"""``Names``: makes ids from the names in a column, one for all spellings of a name."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet

from commonprosperity.records.names import also_written, id_of


class Names:
    """The names in one column, by their ids; a cell may have an id in place of the name.

    ``others`` are the other spellings of each name, by its id. ``known`` returns the id of a name
    that a dataset has already; such a name is not added.

    >>> names = Names()
    >>> names.id_of("acme"), names.id_of("Acme e.V."), names.id_of("Acme"), names.by_id
    ('acme', 'acme-e-v', 'acme', {'acme': 'Acme', 'acme-e-v': 'Acme e.V.'})
    >>> names.id_of("Acme e. V."), names.others
    ('acme-e-v', {'acme-e-v': ['Acme e. V.']})
    """

    def __init__(self, known: Callable[[str], str | None] = lambda _: None) -> None:
        self._known = known
        self.by_id: dict[str, str] = {}
        self.others: dict[str, list[str]] = {}
        self._ids: dict[str, str] = {}

    @property
    def cells(self) -> AbstractSet[str]:
        """The names and ids that cells had."""
        return self._ids.keys()

    def id_of(self, name: str) -> str:
        """Add a name and return its id.

        ``by_id`` holds Acme for acme, whichever of the two comes first, else the first spelling.
        Raises `CellError` for a name without a letter or a digit, and what ``known`` raises.
        """
        if name in self._ids:
            return self._ids[name]
        elsewhere = self._known(name)
        if elsewhere is not None:
            return self._ids.setdefault(name, elsewhere)
        id_ = id_of(name)
        known = self.by_id.setdefault(id_, name)
        if known == id_:
            self.by_id[id_] = name
        elif name not in {known, id_}:
            self.others.setdefault(id_, []).append(name)
        self._ids[name] = id_
        return id_

    def aliases(self, id_: str) -> dict[str, list[str]]:
        """Return the other spellings of a name, if any, as a field of its record."""
        others = self.others.get(id_)
        return {"aliases": others} if others else {}

    def note(self, id_: str) -> dict[str, str]:
        """Return the other spellings as a note, for records that have no aliases."""
        others = self.others.get(id_)
        return {"note": also_written(others)} if others else {}
