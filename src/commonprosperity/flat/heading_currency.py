"""The currency that a heading of amounts names: ``amountUSD``, ``Betrag (€)``, ``金额(万元)``."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from commonprosperity.errors import CellError
from commonprosperity.patterns import pattern
from commonprosperity.quoting import brief, label
from commonprosperity.sentence import Sentence
from commonprosperity.wording import currency_codes
from commonprosperity.wording.names import COMMON_WORDS, FAMILIAR, names

_CAMEL = pattern(r"(?<=[a-z])(?=[A-Z])")
_CODE = pattern(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_SMALL_WORD = pattern(r"(?<![a-z])[a-z]{3}(?![a-z])")  # as in amount_usd
_WORDS = frozenset({"ALL", "BAM", "CUP", "ERN", "GEL", "LAK", "MOP", "PEN", "TOP", "TRY"})
# In Taiwan, Hong Kong and Macau 元 is the money of the place.
_YUAN = frozenset({"元", "圆", "圓"})
_HAVE_YUAN = frozenset({"CNY", "HKD", "MOP", "TWD"})


def currency_in_heading(
    heading: str, symbols: Mapping[str, str] | None = None, default: str | None = None
) -> str | None:
    """Return the one currency that a heading of amounts names, by a code, a sign or a name.

    >>> [currency_in_heading(heading) for heading in ("amountUSD", "捐款金额(万元)", "Betrag (€)")]
    ['USD', 'CNY', 'EUR']
    >>> currency_in_heading("Amount ($)", {"$": "CAD"}), currency_in_heading("Amount ($)")
    ('CAD', None)

    The default says whose 元 it is.

    >>> currency_in_heading("收入金額(元)", default="TWD")
    'TWD'
    """
    codes = {*_codes(heading)}
    if not codes:
        meanings = {name: each.alone for name, each in names().items() if name not in COMMON_WORDS}
        meanings |= {symbol.casefold(): (code,) for symbol, code in (symbols or {}).items()}
        inside = {*_names_inside(heading, meanings)}
        if inside and inside <= _YUAN and default in _HAVE_YUAN:
            return default
        codes = {code for name in inside for code in meanings[name]}
    return codes.pop() if len(codes) == 1 else None


def refuse_other_currency(heading: str, currency: str) -> None:
    """Raise `CellError` where a heading can only mean another currency than a cell names.

    A heading may have words that are money elsewhere: only codes, € and Chinese names count.

    >>> refuse_other_currency("Prizes won", "GBP")
    >>> try:
    ...     refuse_other_currency("Amount (USD m)", "GBP")
    ... except CellError as error:
    ...     print(str(error).partition(";")[0])
    GBP is not what the heading 'Amount (USD m)' says
    """
    if _certain(heading) not in {None, currency}:
        raise CellError(
            Sentence(
                "{currency} is not what the heading {heading} says; name the column of amounts "
                "in {currency}, or rename this one",
                currency=label(currency), heading=brief(heading),
            )
        )  # fmt: skip


@lru_cache(1_000)
def _certain(heading: str) -> str | None:
    codes = {*_codes(heading)} - _WORDS
    if not codes:
        meanings = {
            name: each.alone
            for name, each in names().items()
            if name == "€" or (len(name) > 1 and not name.isascii())
        }
        codes = {code for name in _names_inside(heading, meanings) for code in meanings[name]}
    return codes.pop() if len(codes) == 1 else None


def _codes(heading: str) -> Iterator[str]:
    text = _CAMEL.sub(" ", unicodedata.normalize("NFKC", heading))
    yield from (code for code in _CODE.findall(text) if code in currency_codes())
    yield from {text.strip().upper()} & currency_codes() - _WORDS
    yield from {word.upper() for word in _SMALL_WORD.findall(text)}.intersection(FAMILIAR)


def _names_inside(heading: str, meanings: Mapping[str, object]) -> Iterator[str]:
    """Yield the names and signs of currencies in a heading, of the longest where they overlap."""
    text = _CAMEL.sub(" ", unicodedata.normalize("NFKC", heading)).casefold()
    inside = [name for name in meanings if name in text and _stands_alone(name, text)]
    for name in inside:
        if not any(name != other and name in other for other in inside):
            yield name


def _stands_alone(name: str, text: str) -> bool:
    """Whether a name is no part of a longer word, as eur is of Europe; 元 is one anywhere."""
    if not name.isascii() or not name[0].isalpha():
        return True
    return re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", text) is not None
