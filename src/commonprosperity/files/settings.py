"""The settings of a Data Package that are understood; every other is refused by its name.

A setting that is passed over may change what a cell says: ``decimalChar``, ``nullSequence``, the
``format`` of a date.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from commonprosperity.quoting import AsWritten, brief, label
from commonprosperity.sentence import Sentence

_AllowedValues = Mapping[str, tuple[Any, ...]]


def _any_value(settings: str) -> _AllowedValues:
    """Return settings that change nothing, so that each may have any value."""
    return dict.fromkeys(f"name title description profile $schema {settings}".split(), ())


_RESOURCE: _AllowedValues = {
    **_any_value("path schema dialect mediatype bytes hash type sources licenses homepage"),
    "encoding": ("utf-8", "UTF-8", "utf8"),
    "format": ("csv", "tsv"),
}
_DIALECT: _AllowedValues = {
    **_any_value("lineTerminator caseSensitiveHeader csvddfVersion"),
    "delimiter": (",", ";", "\t"),
    "quoteChar": ('"',),
    "doubleQuote": (True,),
    "skipInitialSpace": (False,),
    "header": (True,),
    "headerRows": ([1],),
    "commentRows": ([],),
    **dict.fromkeys(("commentChar", "escapeChar", "nullSequence"), (None,)),
}
_SCHEMA: _AllowedValues = {
    **_any_value("fields fieldsMatch primaryKey foreignKeys uniqueKeys"),
    "missingValues": ([""],),
}
_FIELD: _AllowedValues = {
    **_any_value("constraints example rdfType"),
    "type": (
        "string", "number", "integer", "boolean", "date", "year", "yearmonth", "array", "object",
        "any",
    ),
    "format": ("default", "uri"),
    "missingValues": ([""],),
    "decimalChar": (".",),
    "groupChar": (None, ","),
    "bareNumber": (True,),
}  # fmt: skip


def wrong_settings(resource: Mapping[str, Any]) -> Iterator[Sentence]:
    """Yield the problem of each setting that is not understood.

    >>> [*wrong_settings({"name": "pledges", "dialect": {"nullSequence": "-"}})]
    ["has the nullSequence '-', which cannot be read; leave it out"]
    """
    yield from _wrong(resource, _RESOURCE)
    yield from _inside(resource, "dialect", _DIALECT)
    yield from _inside(resource, "schema", _SCHEMA)
    schema = resource.get("schema")
    fields = schema.get("fields", []) if isinstance(schema, dict) else []
    if not isinstance(fields, list) or not all(isinstance(field, dict) for field in fields):
        yield Sentence(
            'has the "fields" that are no list of objects; write [{{"name": "id"}}, ...]'
        )
        return
    for field in fields:
        yield from _wrong(field, _FIELD)


def _inside(resource: Mapping[str, Any], name: str, allowed: _AllowedValues) -> Iterator[Sentence]:
    """Yield the problems of a dialect or a schema, which may be a path by the standard."""
    settings = resource.get(name, {})
    if isinstance(settings, dict):
        yield from _wrong(settings, allowed)
    elif isinstance(settings, str):
        yield Sentence(
            "has the {name} in another file, {settings}; write it into this one",
            name=name, settings=brief(settings),
        )  # fmt: skip
    else:
        yield Sentence(
            "has the {name} {settings}, which is no object; leave it out",
            name=name, settings=brief(AsWritten(settings)),
        )  # fmt: skip


def _wrong(settings: Mapping[str, Any], allowed: _AllowedValues) -> Iterator[Sentence]:
    for setting, value in settings.items():
        values = allowed.get(setting)
        if values is None:
            yield Sentence(
                "has the setting {setting}, which is not understood; leave it out",
                setting=label(setting),
            )
        elif values and value not in values:
            way_out = (
                Sentence("write {values}", values=brief(AsWritten(values[0])))
                if values[0]
                else Sentence("leave it out")
            )
            yield Sentence(
                "has the {setting} {value}, which cannot be read; {way_out:say}",
                setting=setting, value=brief(AsWritten(value)), way_out=way_out,
            )  # fmt: skip
