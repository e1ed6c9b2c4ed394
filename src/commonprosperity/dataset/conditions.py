"""The conditions that a selection sets for the fields of a pledge."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias, TypedDict, TypeVar

import attrs

from commonprosperity.book import Book
from commonprosperity.errors import FieldError, RecordError, ValueNotFoundError
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.quoting import brief
from commonprosperity.records import (
    PLEDGE_FIELDS,
    TEXTS,
    Instrument,
    InstrumentName,
    Pledge,
    Stage,
    StageName,
    tag_keys,
)
from commonprosperity.records.fields import QualifierName, composed, no_tags, on_one_line
from commonprosperity.records.kinds import LINKS
from commonprosperity.sentence import NO_SENTENCE, Sentence
from commonprosperity.tags import key_of_tag, tag_field
from commonprosperity.wording import Qualifier

Condition = Callable[[Pledge], bool]

_Value = TypeVar("_Value")

_Wanted: TypeAlias = _Value | Iterable[_Value | None] | Callable[[Any], Any] | None


class Conditions(TypedDict, total=False):
    """What each field of a pledge is matched by: a value, several, or a function of its value."""

    id: _Wanted[str]
    company: _Wanted[str]
    initiative: _Wanted[str]
    amount: _Wanted[Money | str]
    high: _Wanted[Money | str]
    qualifier: _Wanted[Qualifier | QualifierName]
    stage: _Wanted[Stage | StageName]
    instrument: _Wanted[Instrument | InstrumentName]
    announced: _Wanted[Period | date | str]
    value_date: _Wanted[Period | date | str]
    spend: _Wanted[Period | date | str]
    funder: _Wanted[str]
    recipient: _Wanted[str]
    part_of: _Wanted[str]
    supersedes: _Wanted[str]
    restates: _Wanted[str]
    equivalents: _Wanted[Money | str]
    tags: _Wanted[Mapping[str, Any]]
    source: _Wanted[str]
    locator: _Wanted[str]
    note: _Wanted[str]


_NO_TEXT = Sentence("is no text; write one, such as an id or a name")
_PERIODS = frozenset({"announced", "value_date", "spend"})
_IDS = {"id": (Pledge,), **LINKS["pledges"]}


def nameless_condition(wanted: Condition) -> Condition:
    """Return a condition that is a function of the pledge.

    Raises `RecordError` for anything else, such as the value of a field.
    """
    if not callable(wanted):
        value = brief(wanted)
        problem = Sentence(
            "is no condition; name the field that it is a value of: where(company={value})",
            value=value,
        )
        raise RecordError("where", wanted, problem)
    return wanted


def condition(book: Book, name: str, wanted: Any) -> Condition:
    """Return a test of one field: by a value, by several, by a period, or by a function.

    Raises `FieldError` for a name that is no field of a pledge, and `ValueNotFoundError` for a
    mistyped id, text or tag, which nothing in the book has.
    """
    key = key_of_tag(name)
    if key is not None:
        return _tag_condition(book, composed(key), wanted)
    if name not in PLEDGE_FIELDS:
        raise FieldError(name, PLEDGE_FIELDS)
    if callable(wanted):
        return lambda pledge: bool(wanted(getattr(pledge, name)))
    if name == "tags":
        return _any(_tags_condition(book, each) for each in _several(wanted))
    options = [_option(book, name, option) for option in _several(wanted)]
    if name in _PERIODS:
        _check_periods(book, name, options)
        return lambda pledge: any(_holds(option, getattr(pledge, name)) for option in options)
    if name == "equivalents":
        return lambda pledge: any(option in (pledge.equivalents or (None,)) for option in options)
    if name in _IDS or name in TEXTS:
        _check_known(book, name, options)
    return lambda pledge: getattr(pledge, name) in options


def _any(tests: Iterable[Condition]) -> Condition:
    several = [*tests]
    return lambda pledge: any(test(pledge) for test in several)


def _tags_condition(book: Book, wanted: Mapping[str, Any] | None) -> Condition:
    """Return a test of all the tags that are wanted; None is for the pledges that have none."""
    if wanted is None:
        return lambda pledge: not pledge.tags
    if not isinstance(wanted, Mapping):
        raise no_tags(wanted)
    tests = [_tag_condition(book, composed(key), value) for key, value in wanted.items()]
    return lambda pledge: all(test(pledge) for test in tests)


def _tag_condition(book: Book, key: str, wanted: Any) -> Condition:
    """Return a test of the text of one tag: by a text, by several, or by a function.

    None is for the pledges that have no such tag.
    """
    known = {text for pledge in book.pledges if (text := pledge.tags.get(key)) is not None}
    if not known:
        raise ValueNotFoundError("tags", key, tuple(sorted(tag_keys(book.pledges))))
    if callable(wanted):
        return lambda pledge: bool(wanted(pledge.tags.get(key)))
    options = [on_one_line(composed(option)) for option in _several(wanted)]
    _check_among(known, tag_field(key), options)
    return lambda pledge: pledge.tags.get(key) in options


def _several(wanted: Any) -> Iterable[Any]:
    """Return several values, or one alone."""
    alone = isinstance(wanted, str | Mapping) or not isinstance(wanted, Iterable)
    return [wanted] if alone else wanted


def _option(book: Book, name: str, option: Any) -> Any:
    """Convert a value as the field does; the name of a record is its id."""
    if option is None:
        return None
    if name in _IDS or name in TEXTS:
        if not isinstance(option, str):
            raise RecordError(name, option, _NO_TEXT)
        text = on_one_line(composed(option))
        return book.id_named(text, _IDS[name]) if name in _IDS else text
    convert: Any = attrs.fields_dict(Pledge)[name].converter
    return convert(option)[0] if name == "equivalents" else convert(option)


def _holds(option: Period | None, value: Period | None) -> bool:
    return value is option if option is None or value is None else value in option


def _check_periods(book: Book, name: str, options: Sequence[Period | None]) -> None:
    """Refuse a period that no pledge of the whole book has anything in."""
    values = {value for pledge in book.pledges if (value := getattr(pledge, name)) is not None}
    for option in options:
        if option is not None and not any(value in option for value in values):
            known = tuple(map(str, sorted(values)))
            raise ValueNotFoundError(name, str(option), known, _range_of(options, values))


def _range_of(options: Sequence[Period | None], values: Iterable[Period]) -> Sentence:
    """Say how to write a range, where two periods are perhaps meant as its ends.

    Say nothing where no value is in that range, as it would be refused too.
    """
    match options:
        case [Period() as first, Period() as last] if first.start < last.end:
            period = Period(first.start, last.end)
            if any(value in period for value in values):
                return Sentence('a range is one text: "{period}"', period=period)
    return NO_SENTENCE


def _check_known(book: Book, name: str, options: Iterable[Any]) -> None:
    """Refuse a value that would select nothing in the whole book."""
    _check_among(_known(book, name), name, options)


def _check_among(known: Collection[str], name: str, options: Iterable[Any]) -> None:
    """Refuse a value that is not among those known; None is always allowed."""
    for option in options:
        if option is not None and option not in known:
            raise ValueNotFoundError(name, option, tuple(sorted(known)))


def _known(book: Book, name: str) -> Collection[str]:
    """Return the ids that a field may link to, or the texts that pledges hold in it."""
    if name in _IDS:
        return {id_ for kind in _IDS[name] for id_ in book.ids[kind]}
    return {getattr(pledge, name) for pledge in book.pledges} - {None}
