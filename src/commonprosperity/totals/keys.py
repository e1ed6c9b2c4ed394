"""What groups are made by: fields of the pledges, their tags, units of time, functions."""

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from commonprosperity.errors import FieldError
from commonprosperity.records import PLEDGE_FIELDS, SEVERAL, Pledge, Record, tag_keys
from commonprosperity.records.fields import composed
from commonprosperity.tags import key_of_tag, tag_field
from commonprosperity.totals.calendar import CALENDAR_UNITS, calendar_group
from commonprosperity.totals.total import Key

By = str | Sequence[str] | Key
"""A field, several, or a function of a pledge."""


def names_and_key(by: By, records: Mapping[str, Record]) -> tuple[tuple[str, ...], Key]:
    """Return the names of the fields to group by, and the key that groups a pledge."""
    if callable(by):
        return ("group",), by
    if isinstance(by, str):
        return (by,), _field(by, records)
    names = tuple(by) if isinstance(by, Iterable) else ()
    if not names:
        raise FieldError(by, _fields(records))
    keys = [_field(name, records) for name in names]
    if len(names) > 1 and all(isinstance(key, attrgetter) for key in keys):
        return names, attrgetter(*names)  # which takes a quarter of the time
    return names, lambda pledge: tuple(key(pledge) for key in keys)


def _field(name: str, records: Mapping[str, Record]) -> Key:
    if name in CALENDAR_UNITS:
        return lambda pledge: calendar_group(pledge.announced, name)
    tag = key_of_tag(composed(name))
    if tag is not None and tag in _tag_keys(records):
        return lambda pledge: pledge.tags.get(tag)
    if name not in PLEDGE_FIELDS:
        raise FieldError(name, _fields(records))
    if name in SEVERAL:
        return lambda pledge: getattr(pledge, name) or None
    return attrgetter(name)


def _fields(records: Mapping[str, Record]) -> tuple[str, ...]:
    """Return everything that totals may be made by."""
    return ("year", "month", *PLEDGE_FIELDS, *map(tag_field, _tag_keys(records)))


def _tag_keys(records: Mapping[str, Record]) -> tuple[str, ...]:
    return tag_keys(record for record in records.values() if isinstance(record, Pledge))
