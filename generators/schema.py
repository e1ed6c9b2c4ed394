"""Make the JSON Schema of the TOML and JSON forms from the classes of the records.

    python generators/schema.py

writes it where the wheel ships it. `tests/test_schema.py` holds the two equal.
"""

import json
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import attrs

import commonprosperity
from commonprosperity.files.table_schema import PERIOD, class_of_field
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.records import Record
from commonprosperity.records.fields import Country, Id, Url
from commonprosperity.records.kinds import KINDS
from commonprosperity.tags import Tags

TARGET = Path(commonprosperity.__file__).parent / "files" / "commonprosperity.schema.json"

# Written without classes of Unicode, which not every validator knows: no space, no control
# character, and of ASCII's marks only -, _ and dot.
ID = r"^[^\u0000-,/:-@\[-^`{-\u00a0\u2000-\u200f\u2028-\u206f\u3000]+$"
NO_CURRENCY = r"^[-+0-9.,\s]*(thousand|million|billion|trillion|bn|m|k|[万萬亿億千百]*)?$"

TEXT = {"type": "string", "minLength": 1, "pattern": "\\S"}
DEFINITIONS: dict[str, dict[str, Any]] = {
    "id": {"type": "string", "description": "The id of a record.", "pattern": ID},
    "text": {**TEXT, "description": "Visible characters; a line end or a tab is read as a space."},
    "url": {
        "type": "string",
        "description": "A web address.",
        "pattern": r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/]+\S*$",
    },
    "country": {
        "type": "string",
        "description": "A country, by its two-letter code of ISO 3166.",
        "pattern": "^[A-Z]{2}$",
    },
    "money": {
        "type": "string",
        "description": "An amount in words, with its currency.",
        "examples": ["15.49 billion USD", "1000亿元"],
        "minLength": 1,
        "not": {"pattern": NO_CURRENCY},
    },
    "period": {
        "type": "string",
        "description": "2021-09-02, 2021-04, 2021-Q2, 2021-H1, 2021 or 2021-09-02/2024-12-31.",
        "pattern": f"^{PERIOD}$",
    },
    "number": {
        "type": ["string", "number"],
        "description": 'A number; in quotes it keeps its precision: "2.40e9".',
        "pattern": r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,6})?$",
    },
}
CODES: dict[Any, str] = {Id: "id", Id | None: "id", Url | None: "url", Country | None: "country"}
NAMES: dict[Any, str] = {Money: "money", Period: "period", Decimal: "number", str: "text"}


def schema() -> dict[str, Any]:
    """Return the schema: a table a kind, and in it a record by each id."""
    kinds = {kind.__name__.lower(): kind for kind in KINDS}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Public promises of money: a file of commonprosperity",
        "type": "object",
        "properties": {
            "$schema": {"type": "string", "description": "Where this schema is, for editors."},
            **{
                name: {
                    "type": "object",
                    "description": f"Each {name}, by its id.",
                    "propertyNames": {"$ref": "#/$defs/id"},
                    "additionalProperties": {"$ref": f"#/$defs/{name}"},
                }
                for name in kinds
            },
        },
        "additionalProperties": False,
        "$defs": {**DEFINITIONS, **{name: record(kind) for name, kind in kinds.items()}},
    }


def record(kind: type[Record]) -> dict[str, Any]:
    """Return the schema of one kind of record, without the id, which stands before it."""
    fields = [field for field in attrs.fields(kind) if field.name != "id"]
    return {
        "type": "object",
        "description": str(kind.__doc__).partition("\n")[0],
        "properties": {field.name: value(field.type) for field in fields},
        "required": [field.name for field in fields if field.default is attrs.NOTHING],
        "additionalProperties": False,
    }


def value(type_: Any) -> dict[str, Any]:
    """Return the schema of a field's values."""
    what = class_of_field(type_)
    if what is Tags:
        return {"type": "object", "propertyNames": TEXT, "additionalProperties": value(str)}
    if what is tuple:
        one = value(type_.__args__[0])
        return {"anyOf": [{"type": "array", "items": one}, one]}
    if issubclass(what, StrEnum):
        return {"enum": [member.value for member in what]}
    if what is bool:
        return {"type": "boolean"}
    return {"$ref": f"#/$defs/{CODES.get(type_) or NAMES[what]}"}


def text() -> str:
    """Return the schema as it is shipped."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
