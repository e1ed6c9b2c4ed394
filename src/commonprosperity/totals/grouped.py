"""``Grouped``: what stands in groups, and is found by its group as in a dict."""

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import Any, Generic, TypeVar

from commonprosperity.errors import GroupNotFoundError
from commonprosperity.records.fields import composed_key

Value = TypeVar("Value")


class Grouped(Generic[Value]):
    """A mapping of groups in all but its class; a text finds its group in any Unicode form.

    Polars would take a `Mapping` for columns by their names, before it looks for an Arrow stream.
    """

    __slots__ = ()
    groups: Mapping[Any, Value]

    def keys(self) -> KeysView[Any]:
        """Return the groups."""
        return self.groups.keys()

    def values(self) -> ValuesView[Value]:
        """Return what each group has."""
        return self.groups.values()

    def items(self) -> ItemsView[Any, Value]:
        """Return the groups with what each has."""
        return self.groups.items()

    def get(self, group: Any, default: Value | None = None) -> Value | None:
        """Return what a group has, or a default where there is no such group."""
        try:
            return self[group]
        except GroupNotFoundError:
            return default

    def key_of(self, group: Any) -> Any:
        """Return the key of a group, which a caller may call otherwise.

        Raises `GroupNotFoundError` where there is no such group.
        """
        key = composed_key(group)
        if key not in self.groups:
            raise GroupNotFoundError(group, tuple(self.groups))
        return key

    def __contains__(self, group: object) -> bool:
        try:
            self.key_of(group)
        except GroupNotFoundError:
            return False
        return True

    def __getitem__(self, group: Any) -> Value:
        return self.groups[self.key_of(group)]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.groups)

    def __len__(self) -> int:
        return len(self.groups)
