"""``Column``, ``Kind``, ``Link``, ``Unit``: what the cells of a table hold, and what they show."""

import re
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

import attrs

from commonprosperity.messages import shortened
from commonprosperity.wording import nearest

_SPACE = re.compile("[\t-\r\x85\u2028\u2029]")
# Other control characters, lone surrogates, and what reorders text on a screen.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_URL_AT_MOST = 2_000  # characters
_WEB = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)


class Kind(StrEnum):
    """What a column holds.

    Texts, some of them a `Link`; amounts (Decimal, infinite where there is no end); or shares and
    rates (Fraction). HTML draws a bar for a share.
    """

    TEXT = "text"
    AMOUNT = "amount"
    SHARE = "share"
    RATE = "rate"


@attrs.frozen
class Column:
    """A column: its name, and what it holds."""

    name: str
    kind: Kind = Kind.TEXT

    @property
    def heading(self) -> str:
        """The name as a heading."""
        return capitalized(shortened(visible(self.name)))


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
        return short and bool(_WEB.fullmatch(self.url)) and not _UNSEEN.search(self.url)

    def __str__(self) -> str:
        return self.text


class Unit(NamedTuple):
    """A unit for all the amounts of a table: how a caption says it, and its power of ten."""

    said: str
    power: int


UNITS = (
    Unit("amounts in billions", 9),
    Unit("amounts in millions", 6),
    Unit("amounts in thousands", 3),
)
"""The units of amounts on a screen, in English."""


Write = Callable[[Any, Kind], str]
"""Writes a cell of a kind of column for a reader."""


def show(cell: Any, kind: Kind, power: int, *, whole: bool = False) -> str:
    """Write a cell for a reader: an amount in units of a power of ten, a long text shortened.

    >>> show(Decimal("15490000000"), Kind.AMOUNT, 9), show(Fraction(1, 3), Kind.SHARE, 9)
    ('15.490', '33.3 %')

    ``whole`` shows all of a text, however long.
    """
    if cell is None:
        return ""
    if kind is Kind.AMOUNT:
        return _amount(cell, power)
    if kind is Kind.SHARE:
        return f"{nearest(cell * 100, 1):,f} %"
    if kind is Kind.RATE:
        return f"{float(cell):.6g}"
    text = visible(str(cell))
    return text if whole else shortened(text)


def _amount(amount: Decimal, power: int) -> str:
    if not amount:
        return "–"
    if not amount.is_finite():
        return "∞"
    return f"{nearest(Fraction(amount) / 10**power, 3 if power else 2):,f}"


def plain(cell: Any) -> str | None:
    """Write a cell in full: an amount as it is, a share or a rate with 12 decimals."""
    if isinstance(cell, Fraction):
        return f"{nearest(cell, 12):f}"
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, Link):
        return f"{cell.text} <{cell.url}>"
    return None if cell is None else str(cell)


def visible(text: str) -> str:
    r"""Put a text on one line, with a mark for each character that would act and not be seen.

    >>> visible("one\ntwo\x1b[2J")
    'one two\ufffd[2J'
    """
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", _SPACE.sub(" ", text))


def capitalized(text: str) -> str:
    """Start a text with a capital letter and leave the rest as it is."""
    return text[:1].upper() + text[1:]
