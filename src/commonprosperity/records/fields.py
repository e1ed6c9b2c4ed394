"""Taking the values of a record's fields: what each kind of field accepts, and what it refuses."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from commonprosperity.countries import country_code
from commonprosperity.errors import RecordError
from commonprosperity.money import Money
from commonprosperity.patterns import pattern
from commonprosperity.period import Period
from commonprosperity.quoting import UNSEEN, suggestion
from commonprosperity.sentence import Sentence
from commonprosperity.tags import Tags
from commonprosperity.wording import Qualifier, number

if TYPE_CHECKING:
    import attrs

_Member = TypeVar("_Member", bound=StrEnum)

_PLAIN_ID = pattern(r"[A-Za-z0-9_.-]+")
_LINE_ENDS = pattern("[\t-\r\x85\u2028\u2029]+")
_OUTER_LINE_ENDS = pattern(rf"\A{_LINE_ENDS.pattern}|{_LINE_ENDS.pattern}\Z")
_URL = pattern(r"https?://[^\s/]+\S*", re.IGNORECASE)


def to_member(kind: type[_Member], value: str) -> _Member:
    """Take a member of an enumeration by its value; name the nearest where there is none."""
    members = _members(kind)
    try:
        member: _Member = members[value]  # in half the time that kind(value) takes
    except (KeyError, TypeError):  # a list is no key
        near = suggestion(str(value), members)
        problem = Sentence("is none of {values:list}{near:say}", values=[*members], near=near)
        raise RecordError(kind.__name__.lower(), value, problem) from None
    return member


@cache
def _members(kind: type[StrEnum]) -> Mapping[str, Any]:
    return {member.value: member for member in kind}


QualifierName = Literal["exact", "about", "at_least", "up_to"]


def to_qualifier(value: Qualifier | QualifierName) -> Qualifier:
    """Take how firm an amount is."""
    return to_member(Qualifier, value)


def to_period(value: Period | date | str) -> Period:
    """Take a period, its text, or a date."""
    return Period.of(value)


def to_money(value: Money | str) -> Money:
    """Take money, or its text."""
    return Money.of(value)


def to_moneys(values: Money | str | Iterable[Money | str]) -> tuple[Money, ...]:
    """Take equivalents: several, or one alone."""
    if values == ():  # as most pledges have none
        return ()
    return tuple(map(Money.of, _each("equivalents", values, (Money, str))))


def to_number(value: Decimal | int | str) -> Decimal:
    """Take an exact number."""
    return number(value)


def to_flag(value: bool) -> bool:  # noqa: FBT001 (it is what the field holds)
    """Take what is true or false."""
    if not isinstance(value, bool):
        raise RecordError("pooled", value, Sentence("is neither true nor false; write one of them"))
    return value


def _texts(field: str, values: str | Iterable[str]) -> tuple[str, ...]:
    return tuple(_text(field, value) for value in _each(field, values, str))


def to_themes(values: str | Iterable[str]) -> tuple[str, ...]:
    """Take themes: several, or one alone."""
    return _texts("themes", values)


def to_aliases(values: str | Iterable[str]) -> tuple[str, ...]:
    """Take names: several, or one alone."""
    return _texts("aliases", values)


def to_tags(value: Mapping[str, str]) -> Tags:
    """Take facts of the user's own, text by text."""
    if isinstance(value, Tags):
        return value
    if not isinstance(value, Mapping):
        raise no_tags(value)
    texts = {_text("tags", key): _text(f"tags.{key}", text) for key, text in value.items()}
    if len(texts) < len(value):
        raise RecordError("tags", value, Sentence("has one key twice; leave one of them out"))
    return Tags(texts)


def _each(field: str, values: Any, alone: Any) -> Iterable[Any]:
    """Take several values, or one of a kind that may stand alone."""
    if isinstance(values, tuple):
        return values
    if isinstance(values, alone):
        return [values]
    if isinstance(values, Iterable) and not isinstance(values, Mapping):
        return values
    raise RecordError(field, values, Sentence("is no list"))


def composed(text: str) -> str:
    """Put a text in Unicode's composed form, in which texts that look equal are equal.

    What is no text is left as it is.
    """
    return unicodedata.normalize("NFC", text) if isinstance(text, str) else text


def composed_key(key: Any) -> Any:
    """Put the texts of a key, or of a tuple of keys, in Unicode's composed form."""
    return tuple(map(composed, key)) if isinstance(key, tuple) else composed(key)


def no_tags(value: object) -> RecordError:
    """Return the error of what are no tags."""
    problem = Sentence(
        'is no table of texts; write a key and a text for each: {{"country": "Kenya"}}'
    )
    return RecordError("tags", value, problem)


def on_one_line(text: str) -> str:
    r"""Write a space for line ends and tabs, as cells of spreadsheets have them; none at the ends.

    >>> on_one_line("two\r\nlines\n")
    'two lines'

    What is no text is left as it is.
    """
    if not isinstance(text, str) or has_one_line(text):
        return text
    return _LINE_ENDS.sub(" ", _OUTER_LINE_ENDS.sub("", text))


def has_one_line(text: str) -> bool:
    """Whether a text has no line end and no tab."""
    return not _LINE_ENDS.search(text)


_LEAVE_OUT = Sentence("is empty; leave it out or write something")
_FILL_IN = Sentence("is empty; fill it in, as it cannot be left out")


def _text(field: str, value: str, empty: Sentence = _LEAVE_OUT) -> str:
    return _visible(field, on_one_line(composed(value)), empty)


def _visible(field: str, text: str, empty: Sentence = _LEAVE_OUT) -> str:
    if not isinstance(text, str):
        raise RecordError(field, text, Sentence("is no text"))
    if not text.strip():
        raise RecordError(field, text, empty)
    if UNSEEN.search(text):
        problem = Sentence("has a control character; write visible characters, on one line")
        raise RecordError(field, text, problem)
    return text


def _id(field: str, value: str, empty: Sentence = _LEAVE_OUT) -> str:
    if type(value) is str and _PLAIN_ID.fullmatch(value):
        return value  # as most are; what follows takes four times as long
    text = _visible(field, composed(value), empty)
    # Letters of some scripts are written with marks, which are no letters of their own.
    if not all(c.isalnum() or c in "-_." or unicodedata.category(c)[0] == "M" for c in text):
        raise RecordError(field, text, Sentence("is no id; write letters, digits, -, _ and . only"))
    return text


def _url(field: str, value: str, empty: Sentence = _LEAVE_OUT) -> str:
    text = _visible(field, composed(value), empty)
    if not _URL.fullmatch(text):
        raise RecordError(
            field, text, Sentence("is no web address; it starts with http:// or https://")
        )
    return text


def _country(field: str, value: str, empty: Sentence = _LEAVE_OUT) -> str:
    return country_code(_visible(field, composed(value), empty))


Id = Annotated[str, "id"]
Url = Annotated[str, "url"]
Country = Annotated[str, "country"]

_CONVERTERS: dict[Any, Callable[..., str]] = {
    str: _text, Id: _id, Url: _url, Country: _country
}  # fmt: skip
_CONVERTERS_IF_GIVEN = {kind | None: take for kind, take in _CONVERTERS.items()}


def checked_fields(_: type, fields: "list[attrs.Attribute[Any]]") -> "list[attrs.Attribute[Any]]":
    """Give each field of a text, such as an id, the converter that refuses all else."""
    return [*map(_with_converter, fields)]


def _with_converter(field: "attrs.Attribute[Any]") -> "attrs.Attribute[Any]":
    # In one call: a converter and then a validator took twice as long, for ten fields of a pledge.
    if field.type in _CONVERTERS:
        return field.evolve(converter=_required(field.name, _CONVERTERS[field.type]))
    if field.type in _CONVERTERS_IF_GIVEN:
        return field.evolve(converter=_if_given(field.name, _CONVERTERS_IF_GIVEN[field.type]))
    return field


# Functions of our own: attrs' `optional` of a `partial` takes half as long again for a text.
def _required(field: str, take: Callable[..., str]) -> Callable[[str], str]:
    def convert(value: str) -> str:
        return take(field, value, _FILL_IN)

    return convert


def _if_given(field: str, take: Callable[..., str]) -> Callable[[str | None], str | None]:
    def convert(value: str | None) -> str | None:
        return None if value is None else take(field, value)

    return convert
