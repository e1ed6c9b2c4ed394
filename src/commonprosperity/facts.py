"""``Facts``: how a record shows what it says, and nothing of what it leaves out."""

from typing import Any

import attrs

from commonprosperity.money import Money
from commonprosperity.table import Column, Link, Table, TableDisplay
from commonprosperity.tags import Tags

_NOTHING: tuple[Any, ...] = (None, (), {})


class Facts(TableDisplay):
    """A record that shows the facts it is given, as a table and in its repr."""

    __slots__ = ()

    def table(self) -> Table:
        """Show every fact that is given, whole; a notebook shows the start of a long one."""
        facts = [(name, getattr(self, name)) for name in _fields(self)]
        rows = [(name, _reader_text(name, fact)) for name, fact in facts if _is_given(fact)]
        return Table([Column(type(self).__name__), Column("fact")], rows, whole=True)

    def __repr__(self) -> str:
        facts = [
            f"{name}={_field_text(getattr(self, name))!r}"
            for name, field in _fields(self).items()
            if getattr(self, name) != _default(self, field)
        ]
        return f"{type(self).__name__}({', '.join(facts)})"


def _fields(record: Any) -> "dict[str, attrs.Attribute[Any]]":
    return attrs.fields_dict(type(record))


def _is_given(fact: Any) -> bool:
    return fact is not False and fact not in _NOTHING


def _reader_text(name: str, fact: Any) -> str | Link:
    """Write a fact for a reader."""
    if isinstance(fact, tuple):
        return ", ".join(str(_reader_text(name, each)) for each in fact)
    if name == "url":
        return Link(fact, fact)
    if fact is True:
        return "yes"
    return fact.words() if isinstance(fact, Money) else str(fact)


def _field_text(fact: Any) -> Any:
    """Write a fact as a text that its field takes back."""
    if isinstance(fact, tuple):
        return tuple(map(_field_text, fact))
    if isinstance(fact, Tags):
        return dict(fact)
    if isinstance(fact, bool):
        return fact
    return fact.exact_text() if isinstance(fact, Money) else str(fact)


def _default(record: object, field: "attrs.Attribute[Any]") -> Any:
    factory = getattr(field.default, "factory", None)
    return factory(record) if factory else field.default
