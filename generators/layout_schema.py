"""Make the JSON Schema of the TOML files of layouts, from the fields of a pledge.

    python generators/layout_schema.py

writes it where the wheel ships it. `tests/test_layouts_of_the_library.py` holds the two equal.
"""

import json
from pathlib import Path
from typing import Any

import attrs

import commonprosperity
from commonprosperity.dates import DATE_FORMS
from commonprosperity.flat import COLUMNS
from commonprosperity.layout import Layout

TARGET = Path(commonprosperity.__file__).parent / "layout" / "layout.schema.json"

TEXT = {"type": "string"}
TEXTS = {"anyOf": [TEXT, {"type": "array", "items": TEXT}]}
BY_TEXT = {"type": "object", "additionalProperties": TEXT}
CONSTANTS = {
    "type": "object",
    "propertyNames": {"pattern": rf"^({'|'.join(COLUMNS)}|tags\..+)$"},
    "additionalProperties": {"type": ["string", "integer"]},
}
OF_KEYS: dict[str, dict[str, Any]] = {
    "columns": {
        "description": "The heading of each field, or several.",
        "type": "object",
        "properties": {
            **dict.fromkeys(COLUMNS, TEXTS),
            "amount": {"anyOf": [TEXTS, {"type": "object", "additionalProperties": CONSTANTS}]},
        },
        "additionalProperties": False,
    },
    "constants": {"description": "What holds for every row.", **CONSTANTS},
    "tags": {"description": "The headings of columns to keep, by their keys.", **BY_TEXT},
    "values": {
        "description": "A column's own words, and ours for them.",
        "type": "object",
        "additionalProperties": BY_TEXT,
    },
    "names": {"description": "Spellings of names, and the names.", **BY_TEXT},
    "skip": {
        "description": "The cells of a field that make a row no pledge.",
        "type": "object",
        "additionalProperties": TEXTS,
    },
    "until": {"description": "The marks at which the cells of fields end.", **BY_TEXT},
    "estimated": {
        "description": "The headings of the columns that say Yes where a day is estimated.",
        "type": "object",
        "properties": dict.fromkeys(("announced", "value_date", "spend"), TEXT),
        "additionalProperties": False,
    },
    "extract": {
        "description": "Whether wholes that no row has are left out, and told.",
        "type": "boolean",
    },
    "optional": {"description": "The fields whose columns may be missing.", **TEXTS},
    "scale": {
        "description": "What the numbers are multiplied by.",
        "type": ["string", "integer"],
        "examples": ["million", "万", 1000],
    },
    "symbols": {"description": "The codes that symbols stand for.", **BY_TEXT},
    "default": {"description": "The currency of amounts that name none.", **TEXT},
    "locale": {"description": "How numbers are written.", **TEXT, "examples": ["en", "de"]},
    "dates": {
        "description": "The form of dates that have two meanings; . and - are as / is.",
        **TEXT,
        "examples": [*DATE_FORMS],
    },
    "zone": {
        "description": "Whose day a time is.",
        **TEXT,
        "examples": ["Asia/Shanghai", "+08:00"],
    },
    "encoding": {"description": "The encoding of the file.", **TEXT, "examples": ["gbk"]},
    "sheet": {"description": "The sheet of a workbook.", **TEXT, "examples": ["2021"]},
    "headings_in_row": {
        "description": "The line of the headings; the first is 1.",
        "type": "integer",
        "minimum": 1,
    },
}


def text() -> str:
    """Return the schema as it is shipped."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A layout of commonprosperity",
        "description": "How somebody's table says what a pledge says.",
        "type": "object",
        "properties": {field.name: OF_KEYS[field.name] for field in attrs.fields(Layout)},
        "additionalProperties": False,
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
