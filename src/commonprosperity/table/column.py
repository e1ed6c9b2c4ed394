"""``Column``, ``Kind``, ``Link``, ``Names``, ``Unit``: what the columns of a table hold."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import attrs

from commonprosperity.patterns import pattern
from commonprosperity.quoting import UNSEEN, listed, visible
from commonprosperity.sentence import Sentence, shortened
from commonprosperity.tags import key_of_tag

_NAMES_AT_MOST = 6
_URL_AT_MOST = 2_000  # characters
_WEB = pattern(r"https?://[^\s/]+\S*", re.IGNORECASE)


class Kind(StrEnum):
    """What a column holds.

    Texts, some of them a `Link`; amounts (Decimal, infinite where there is no end); shares and
    rates (Fraction); or periods (`Period`), whose ends a dataframe has beside them. HTML draws a
    bar for a share.
    """

    TEXT = "text"
    AMOUNT = "amount"
    SHARE = "share"
    RATE = "rate"
    PERIOD = "period"

    @property
    def is_number(self) -> bool:
        """Whether it holds numbers, which stand on the right and are never folded."""
        return self in {Kind.AMOUNT, Kind.SHARE, Kind.RATE}


def period_ends(column: str) -> tuple[str, str]:
    """Return what a dataframe calls the columns of the first and the last day of a period.

    >>> period_ends("announced")
    ('announced_start', 'announced_end')
    """
    return f"{column}_start", f"{column}_end"


@attrs.frozen
class Column:
    """A column: its name, and what it holds."""

    name: str
    kind: Kind = Kind.TEXT

    @property
    def heading(self) -> str:
        """The name as a heading; a tag is headed by its key.

        >>> Column("company").heading, Column("tags.country").heading
        ('Company', 'Country')
        """
        return capitalized(shortened(visible(key_of_tag(self.name) or self.name)))


Cells = Sequence[Any]
"""A row: a cell for each column."""


class Link(NamedTuple):
    """A text that leads to a web address; with any other address it is a text and no more.

    >>> Link("Dot Dot Stand", "https://www.dotdotstand.com").is_web, Link("a", "file:///a").is_web
    (True, False)
    """

    text: str
    url: str

    @property
    def is_web(self) -> bool:
        """Whether the address is one of http or https, and no longer than browsers take it."""
        short = len(self.url) <= _URL_AT_MOST
        return short and bool(_WEB.fullmatch(self.url)) and not UNSEEN.search(self.url)

    def __str__(self) -> str:
        return self.text


class Names(NamedTuple):
    """Names in one cell: a reader sees the first six and how many more there are, a program all.

    >>> names = Names(("a", "b", "c", "d", "e", "f", "g", "h"))
    >>> print(names.first, names, sep="; ")
    a, b, c, d, e, f and 2 more; a, b, c, d, e, f, g, h
    """

    names: tuple[str, ...]

    @property
    def first(self) -> Sentence:
        """The first six, and how many more there are."""
        return listed(self.names, _NAMES_AT_MOST)

    def __str__(self) -> str:
        return ", ".join(self.names)


class Unit(NamedTuple):
    """A unit for all the amounts of a table: its words in a caption, and its power of ten."""

    words: str
    power: int


UNITS = (
    Unit("amounts in billions", 9),
    Unit("amounts in millions", 6),
    Unit("amounts in thousands", 3),
)
"""The units of amounts on a screen, in English."""

CHINESE_UNITS = (Unit("单位：亿", 8), Unit("单位：万", 4))
"""The units of amounts on a screen, in Chinese, which counts in powers of 10,000."""


def capitalized(text: str) -> str:
    """Start a text with a capital letter and leave the rest as it is."""
    return text[:1].upper() + text[1:]
