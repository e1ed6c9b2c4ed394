"""``Facts``: how a record shows what it says, and nothing of what it leaves out."""

from enum import StrEnum
from typing import Any

import attrs

from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.sentence import Bilingual, Sentence
from commonprosperity.table import Column, Link, Table, TableDisplay
from commonprosperity.tags import Tags

_EMPTY: tuple[Any, ...] = (None, (), {})

FIELD_NAMES = frozenset(
    (
        Sentence("id"), Sentence("title"), Sentence("publisher"), Sentence("published"),
        Sentence("url"), Sentence("note"), Sentence("name"), Sentence("name_zh"),
        Sentence("aliases"), Sentence("country"), Sentence("company"), Sentence("started"),
        Sentence("ends"), Sentence("themes"), Sentence("lead"), Sentence("part_of"),
        Sentence("pooled"), Sentence("source"), Sentence("locator"), Sentence("initiative"),
        Sentence("amount"), Sentence("high"), Sentence("qualifier"), Sentence("stage"),
        Sentence("instrument"), Sentence("announced"), Sentence("value_date"), Sentence("spend"),
        Sentence("funder"), Sentence("recipient"), Sentence("supersedes"), Sentence("restates"),
        Sentence("equivalents"), Sentence("tags"), Sentence("measure"),
        Sentence("value"), Sentence("unit"), Sentence("period"),
        Sentence("title_zh"), Sentence("funder_zh"), Sentence("recipient_zh"),
        Sentence("locator_zh"), Sentence("note_zh"),
        Sentence("Source"), Sentence("Company"), Sentence("Initiative"), Sentence("Pledge"),
        Sentence("Figure"),
    )
)  # fmt: skip
"""What the fields and the kinds of records are called, which Chinese tables say in Chinese."""


class Facts(TableDisplay):
    """A record that shows the facts it is given, as a table and in its repr."""

    __slots__ = ()

    def table(self, *, locale: str = "en") -> Table:
        """Show every fact that is given, whole; a notebook shows the start of a long one."""
        facts = [(name, getattr(self, name)) for name in _fields(self)]
        rows = [(_title(name), _reader_cell(name, fact)) for name, fact in facts if _is_given(fact)]
        columns = [Column(type(self).__name__), Column("fact")]
        return Table(columns, rows, whole=True).in_locale(locale)

    def __repr__(self) -> str:
        facts = [
            f"{name}={_field_text(getattr(self, name))!r}"
            for name, field in _fields(self).items()
            if getattr(self, name) != _default(self, field)
        ]
        return f"{type(self).__name__}({', '.join(facts)})"


def in_two_languages(record: Facts, field: str) -> Bilingual | None:
    """Return the text of a field with its Chinese form beside it, or None where there is none.

    >>> from commonprosperity.records import Pledge
    >>> fund = Pledge(id="a", company="acme", amount="2 CNY", announced="2021",
    ...               funder="the public", funder_zh="公众")
    >>> in_two_languages(fund, "funder").chinese
    '公众'
    """
    text = getattr(record, field)
    return None if text is None else Bilingual(text, getattr(record, f"{field}_zh"))


def _title(name: str) -> str:
    """Return the name of a field, as a sentence where it is one of ours."""
    if name == "about":
        return Sentence("about{nothing}", nothing="")  # not the qualifier, whose Chinese is 约数
    return Sentence(name) if name in FIELD_NAMES else name


def _fields(record: Any) -> "dict[str, attrs.Attribute[Any]]":
    return attrs.fields_dict(type(record))


def _is_given(fact: Any) -> bool:
    return fact is not False and fact not in _EMPTY


def _reader_cell(name: str, fact: Any) -> Any:
    """Return what a table shows of a fact."""
    if isinstance(fact, tuple):
        return Sentence("{texts:list}", texts=[_reader_cell(name, each) for each in fact])
    if name == "url":
        return Link(fact, fact)
    if fact is True:
        return Sentence("yes")
    if isinstance(fact, Period):
        return Sentence("{day:date}", day=fact)
    if isinstance(fact, Money):
        return Sentence("{amount:words}", amount=fact)
    return Sentence(fact.value) if isinstance(fact, StrEnum) else str(fact)


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
