"""A record in the cells of a row, and back: lists in JSON, an amount beside its currency."""

import json
from collections.abc import Mapping
from typing import Any

import attrs

from commonprosperity.errors import Fault
from commonprosperity.files.table_schema import held
from commonprosperity.money import Money
from commonprosperity.quoting import brief
from commonprosperity.records import Pledge, Record


def cells_of(record: Record, content: Mapping[str, Any]) -> dict[str, str]:
    """Return a record's cells, given its plain content; amounts keep the precision they have.

    >>> from commonprosperity.records import Company
    >>> cells_of(Company(id="acme", name="Acme"), {"name": "Acme"})
    {'id': 'acme', 'name': 'Acme'}
    """
    cells = {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in content.items()
    }
    if isinstance(record, Pledge):
        amounts = {"amount": record.amount, "high": record.high}
        cells |= {name: str(money.amount) for name, money in amounts.items() if money is not None}
        cells["currency"] = record.amount.currency
        # Said to those who know nothing of our defaults.
        cells |= {name: str(getattr(record, name)) for name in ("qualifier", "stage", "value_date")}
    return {"id": record.id, **cells}


def content_of(kind: type[Record], cells: Mapping[str, str]) -> tuple[dict[str, Any], list[Fault]]:
    """Return a record's plain content, and what is wrong with its cells.

    >>> content_of(Pledge, {"id": "acme-1", "amount": "1.50E+9", "currency": "CNY"})
    ({'amount': Money('1.50E+9', 'CNY')}, [])
    """
    content: dict[str, Any] = {}
    faults = []
    for field in attrs.fields(kind):
        if field.name in cells and field.name != "id":
            try:
                content[field.name] = _value(field, cells)
            except ValueError as error:
                faults.append(Fault(cells["id"], field.name, str(error)))
    return content, faults


def _value(field: "attrs.Attribute[Any]", cells: Mapping[str, str]) -> Any:
    cell = cells[field.name]
    if held(field.type) is Money:
        if "currency" not in cells:
            raise ValueError("has no currency beside it; write its code, such as CNY")
        return Money(cell, cells["currency"])
    if held(field.type) is tuple:
        return _list(cell)
    return cell


def _list(cell: str) -> list[str]:
    try:
        texts = json.loads(cell)
    except (ValueError, RecursionError):
        texts = None
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise ValueError(f'{brief(cell)} is no list; write it in JSON: ["one", "two"]')
    return texts
