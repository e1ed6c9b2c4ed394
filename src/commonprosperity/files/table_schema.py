"""Table Schemas of the records, as a Data Package describes its CSV files."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Any, get_args, get_origin

import attrs

from commonprosperity.book import Book
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.records import Record
from commonprosperity.records.kinds import KINDS, LINKS
from commonprosperity.tags import Tags

_DAYS = "[0-9]{4}(-(Q[1-4]|H[12]|[0-9]{2}(-[0-9]{2})?))?"
PERIOD = f"{_DAYS}(/{_DAYS})?"
"""The pattern of a period as the library writes it; it reads other forms too."""

FILES: dict[str, type[Record]] = dict(
    zip([field.name for field in attrs.fields(Book)], KINDS, strict=True)
)
"""The kind of record that each file of a package holds, by the file's name."""

_TYPES = {tuple: "array", Money: "number", Decimal: "number", Tags: "object", bool: "boolean"}


def columns(kind: type[Record]) -> tuple[str, ...]:
    """Return the columns of a kind's file: its fields, and the currency after an amount.

    >>> from commonprosperity.records import Company
    >>> columns(Company)
    ('id', 'name', 'name_zh', 'aliases', 'country', 'note', 'note_zh')
    """
    return tuple(column["name"] for column in _fields(kind))


def table_schema(name: str) -> dict[str, Any]:
    """Return the Table Schema of a package's file: its fields, its key, and where its links lead.

    >>> table_schema("figures")["foreignKeys"]
    [{'fields': 'source', 'reference': {'resource': 'sources', 'fields': 'id'}}]
    """
    names = {kind: other for other, kind in FILES.items()}
    keys = [
        {
            "fields": link,
            "reference": {"resource": "" if names[to] == name else names[to], "fields": "id"},
        }
        # A link that may lead to records of two kinds cannot be described.
        for link, (to, *others) in LINKS.get(name, {}).items()
        if not others
    ]
    schema = {"fields": [*_fields(FILES[name])], "primaryKey": "id"}
    return {**schema, "foreignKeys": keys} if keys else schema


def _fields(kind: type[Record]) -> Iterator[dict[str, Any]]:
    for field in attrs.fields(kind):
        required = {"required": True} if field.default is attrs.NOTHING else {}
        unique = {"unique": True} if field.name == "id" else {}
        yield _column(field.name, field.type, required | unique)
        if field.name == "amount":
            yield _column("currency", str, required | {"pattern": "[A-Z]{3}"})


def class_of_field(type_: Any) -> Any:
    """Return the class of a field's values: Money for ``Money | None``, tuple for a tuple.

    >>> class_of_field(Money | None), class_of_field(tuple[str, ...])
    (<class 'commonprosperity.money.Money'>, <class 'tuple'>)
    """
    inside = get_args(type_)
    if get_origin(type_) is tuple or not inside:
        return get_origin(type_) or type_
    return class_of_field(inside[0])


def _column(name: str, type_: Any, constraints: dict[str, Any]) -> dict[str, Any]:
    what = class_of_field(type_)
    if what is Period:
        constraints |= {"pattern": PERIOD}
    if issubclass(what, StrEnum):
        constraints |= {"enum": [member.value for member in what]}
    column = {"name": name, "type": _TYPES.get(what, "string")}
    return {**column, "constraints": constraints} if constraints else column
