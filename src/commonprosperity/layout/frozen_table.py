"""``FrozenTable``: a table of keys and values that never changes, and that can be hashed."""

from collections.abc import Iterator, Mapping
from typing import Any


class FrozenTable(Mapping[str, Any]):
    """The keys and values of a mapping, in its order, the tables and lists inside it frozen too.

    >>> table = FrozenTable({"amount": ["USD", "EUR"], "note": "Title"})
    >>> table, hash(table) == hash(FrozenTable({"note": "Title", "amount": ("USD", "EUR")}))
    ({'amount': ('USD', 'EUR'), 'note': 'Title'}, True)

    It is equal to a dict of the same keys and values.
    """

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = {key: frozen(value) for key, value in values.items()}

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __hash__(self) -> int:
        return hash(frozenset(self._values.items()))

    def __repr__(self) -> str:
        return repr(self._values)


def frozen(value: Any) -> Any:
    """Return a table or a list as one that never changes, and any other value as it is.

    >>> frozen([["a"], "b"])
    (('a',), 'b')
    """
    if isinstance(value, Mapping):
        return FrozenTable(value)
    return tuple(map(frozen, value)) if isinstance(value, list | tuple) else value
