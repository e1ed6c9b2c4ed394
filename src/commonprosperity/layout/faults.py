"""Everything that is wrong with a layout, reported at once."""

import codecs
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import attrs

from commonprosperity.dates import date_form, time_zone
from commonprosperity.errors import CommonProsperityError, Fault, RecordError
from commonprosperity.flat import COLUMNS, DATES, REQUIRED_COLUMNS, scale_power
from commonprosperity.quoting import AsWritten, brief, suggestion
from commonprosperity.records import Pledge
from commonprosperity.records.fields import composed
from commonprosperity.sentence import Sentence
from commonprosperity.tags import key_of_tag, tag_field
from commonprosperity.wording import currency_code, known_locale

_OF_ONE_ROW = frozenset({"id", "part_of", "supersedes", "restates"})


def unknown_keys(content: Mapping[str, Any], keys: Iterable[str]) -> Iterator[Fault]:
    """Yield a fault for each unknown key."""
    known = [*keys]
    for key in content:
        if key not in known:
            near = suggestion(key, known, content) or Sentence(
                "; there are {known:list}", known=known
            )
            yield Fault("", str(key), Sentence("is no key of a layout{near:say}", near=near))


def faults_of(layout: Any) -> Iterator[Fault]:
    """Yield everything that is wrong with a layout."""
    shapes = [*_wrong_shapes(layout)]
    yield from shapes or _wrong_facts(layout)


def _wrong_shapes(layout: Any) -> Iterator[Fault]:
    """Yield a fault for each value of the wrong kind."""
    for name, (is_value, wanted) in _TABLES.items():
        table = getattr(layout, name)
        if not isinstance(table, Mapping):
            problem = Sentence(
                "{value} is no table of keys and values", value=brief(AsWritten(table))
            )
            yield Fault("", name, problem)
            continue
        for key, value in table.items():
            if not isinstance(key, str) or not is_value(value):
                problem = Sentence(
                    "{value} is no {wanted:say}", value=brief(AsWritten(value)), wanted=wanted
                )
                yield Fault("", f"{name}.{key}", problem)
    if not _is_texts(layout.optional):
        problem = Sentence("{value} is no list of fields", value=brief(layout.optional))
        yield Fault("", "optional", problem)
    for name in ("default", "locale", "dates", "zone", "encoding", "sheet"):
        value = getattr(layout, name)
        if value is not None and not isinstance(value, str):
            yield Fault("", name, Sentence("{value} is no text", value=brief(AsWritten(value))))
    if not isinstance(layout.extract, bool):
        problem = Sentence(
            "{value} is neither true nor false", value=brief(AsWritten(layout.extract))
        )
        yield Fault("", "extract", problem)
    row = layout.headings_in_row
    if not isinstance(row, int) or isinstance(row, bool) or row < 1:
        problem = Sentence("{value} is no row; the first is 1", value=brief(AsWritten(row)))
        yield Fault("", "headings_in_row", problem)


def _is_texts(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(each, str) for each in value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_constant(value: Any) -> bool:
    plain = isinstance(value, str | int | date)
    return plain and not isinstance(value, bool | datetime)


def _is_table_of(is_value: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, Mapping) and all(map(is_value, value.values()))


def _is_column(value: Any) -> bool:
    of_amounts = _is_table_of(_is_table_of(_is_constant))
    return bool(value) and (_is_text(value) or _is_texts(value) or of_amounts(value))


_TABLES: dict[str, tuple[Callable[[Any], bool], Sentence]] = {
    "columns": (_is_column, Sentence("heading, nor a list of headings")),
    "constants": (_is_constant, Sentence("text, whole number or date")),
    "tags": (_is_text, Sentence("heading")),
    "values": (_is_table_of(_is_text), Sentence("table of texts")),
    "names": (_is_text, Sentence("text")),
    "skip": (_is_texts, Sentence("list of texts")),
    "until": (lambda value: _is_text(value) and value != "", Sentence("text")),
    "estimated": (_is_text, Sentence("heading")),
    "symbols": (_is_text, Sentence("currency code")),
}
"""The tables of a layout, each with a test of its values, and what one of them is called."""


def _wrong_facts(layout: Any) -> Iterator[Fault]:
    yield from _wrong_columns(layout)
    yield from _wrong_constants("constants", layout.constants)
    for heading, constants in layout.amounts.items():
        place = f"columns.amount.{heading}"
        yield from _wrong_constants(place, {k: v for k, v in constants.items() if k != "part_of"})
        yield from _wrong_whole(layout, heading, constants.get("part_of"))
    yield from _wrong_tags(layout)
    yield from _wrong_cells(layout)
    yield from _wrong_settings(layout)
    yield from _missing(layout)


def _wrong_columns(layout: Any) -> Iterator[Fault]:
    for name, headings in layout.columns.items():
        if name not in COLUMNS:
            problem = Sentence(
                "is no field of a pledge{near:say}", near=_near(name, layout.columns)
            )
            yield Fault("", f"columns.{name}", problem)
        elif isinstance(headings, Mapping) and name != "amount":
            problem = Sentence("takes a heading, or a list of them; only amount takes a table")
            yield Fault("", f"columns.{name}", problem)
        if name in layout.constants:
            problem = Sentence("has a column and a constant; leave one of them out")
            yield Fault("", f"constants.{name}", problem)
        several = headings if isinstance(headings, tuple) else ()
        for heading in {*several}:
            if several.count(heading) > 1:
                yield Fault(
                    "", f"columns.{name}", Sentence("names {heading} twice", heading=brief(heading))
                )
    for heading, constants in layout.amounts.items():
        for name in constants:
            if name in layout.columns or name in layout.constants:
                problem = Sentence("has a column or a constant already; leave one of them out")
                yield Fault("", f"columns.amount.{heading}.{name}", problem)


def _near(name: str, used: Iterable[str]) -> Sentence:
    return suggestion(name, COLUMNS, {*used}) or Sentence("; there are {known:list}", known=COLUMNS)


def _wrong_constants(where: str, constants: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what is wrong for every row, so that one fault reports it."""
    for name, value in constants.items():
        place = f"{where}.{name}"
        if name in _OF_ONE_ROW:
            yield Fault(
                "", place, Sentence("is of one record, and a constant is for all; name a column")
            )
        elif name not in COLUMNS and key_of_tag(name) is None:
            problem = Sentence("is no field of a pledge{near:say}", near=_near(name, constants))
            yield Fault("", place, problem)
        elif wrong := problem_of(name, value):
            yield Fault("", place, wrong)


def _wrong_whole(layout: Any, heading: str, whole: Any) -> Iterator[Fault]:
    """Yield what is wrong with the column of amounts that another one is a part of."""
    place = f"columns.amount.{heading}.part_of"
    if whole is not None and (whole == heading or whole not in layout.amounts):
        near = suggestion(whole, layout.amounts, {heading})
        problem = Sentence(
            "{whole} is no other column of amounts{near:say}", whole=brief(whole), near=near
        )
        yield Fault("", place, problem)
    elif whole is not None and "id" not in layout.columns:
        yield Fault(
            "", place, Sentence("needs a column of ids, by which one record names the other")
        )


def problem_of(name: str, value: Any) -> Sentence | None:
    """Return what is wrong with a value of a field, if anything."""
    if name in {"amount", "high", "equivalents"}:
        return None  # the currency may stand elsewhere: the row is asked
    field = attrs.fields_dict(Pledge).get(name)
    take: Any = currency_code if name == "currency" else field and field.converter
    is_name = name in {"company", "initiative", "source"}  # an id is made of it later
    try:
        _ = take(str(value)) if take and not is_name else None
    except CommonProsperityError as error:
        return _without_field(error)
    return None


def _without_field(error: CommonProsperityError) -> Sentence:
    """Return what an error says, without the field, which the fault names."""
    if isinstance(error, RecordError):
        return Sentence("{value} {problem:say}", value=brief(error.value), problem=error.problem)
    return error.sentence


def _wrong_tags(layout: Any) -> Iterator[Fault]:
    constants = (key_of_tag(name) for name in layout.constants)
    keys = [*layout.tags, *(key for key in constants if key is not None)]
    for key in dict.fromkeys(keys):
        alike = [other for other in keys if composed(other.strip()) == composed(key.strip())]
        if not key.strip():
            yield Fault("", "tags", Sentence("has a key that is blank; name it"))
        elif len(alike) > 1 and alike[0] == key:
            yield Fault(
                "", tag_field(key), Sentence("is the key of two tags; leave one of them out")
            )


def _wrong_cells(layout: Any) -> Iterator[Fault]:
    """Yield the faults of the keys that say how to read columns."""
    fields = [*layout.columns, *map(tag_field, layout.tags)]
    dates = [name for name in DATES if name in layout.columns]
    fields_by_key = {
        "values": fields, "skip": fields, "until": fields, "estimated": dates,
        "optional": [*fields, *(f"estimated.{name}" for name in layout.estimated)],
    }  # fmt: skip
    for key, fields in fields_by_key.items():
        for name in getattr(layout, key):
            if name not in fields:
                near = suggestion(name, fields) or Sentence(
                    "; name its column in columns, or leave it out"
                )
                place = key if key == "optional" else f"{key}.{name}"
                problem = Sentence("{name} has no column{near:say}", name=brief(name), near=near)
                yield Fault("", place, problem)
    for name, words in layout.values.items():
        for word, value in words.items():
            if wrong := problem_of(name, value):
                yield Fault("", f"values.{name}.{word}", wrong)


def _wrong_settings(layout: Any) -> Iterator[Fault]:
    takes: dict[str, Callable[[Any], Any]] = {
        "scale": scale_power,
        "locale": known_locale,
        "default": currency_code,
        "dates": date_form,
        "zone": time_zone,
        "encoding": codecs.lookup,
    }
    for name, take in takes.items():
        value = getattr(layout, name)
        try:
            _ = value if value is None else take(value)
        except LookupError:
            problem = Sentence(
                "{value} is no encoding; write gbk, big5, cp1252, ...", value=brief(value)
            )
            yield Fault("", name, problem)
        except CommonProsperityError as error:
            yield Fault("", name, _without_field(error))
    for symbol, code in layout.symbols.items():
        try:
            currency_code(code)
        except CommonProsperityError as error:
            yield Fault("", f"symbols.{symbol}", error.sentence)


def _missing(layout: Any) -> Iterator[Fault]:
    for name in REQUIRED_COLUMNS:
        of_each = bool(layout.amounts) and all(name in each for each in layout.amounts.values())
        if name not in {*layout.columns, *layout.constants} and not of_each:
            yield Fault("", name, Sentence("has neither a column nor a constant; give one of them"))
