"""Turns the cells of somebody's table into ours: joins them, cuts them off, makes ids."""

import re
from collections.abc import Iterable, Iterator, Mapping
from unicodedata import normalize

from commonprosperity.flat import currency_in_heading
from commonprosperity.patterns import pattern
from commonprosperity.wording import currency_codes

_HXL = pattern(r"#[a-z][a-z0-9_]*(\s*\+\s*[a-z0-9_]+)*\s*", re.IGNORECASE)
_NO_ID = pattern(r"[^\w.-]+")

_NUMBER = pattern(r"([-+]?)([0-9]+)(?:[.,]([0-9]+))?(?:[eE]([-+]?[0-9]{1,3}))?")
_GROUP = 3  # digits: as many decimals may be thousands


def joined(cells: Iterable[str]) -> str:
    """Join the texts of one field with semicolons.

    >>> joined(["Books", "", "for all"])
    'Books; for all'
    """
    return "; ".join(cell.strip() for cell in cells if cell.strip())


def joined_date(cells: Iterable[str]) -> str:
    """Join a year and a month to a date.

    >>> joined_date(["2022", "3"]), joined_date(["2022", "March"]), joined_date(["2022", ""])
    ('2022-03', 'March 2022', '2022')
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) > 1 and all(map(str.isdecimal, filled)):
        return "-".join(f"{int(part):02}" for part in filled)
    return " ".join(reversed(filled))


def equivalents(cells: Mapping[str, str], symbols: Mapping[str, str]) -> str:
    """Join amounts in other currencies, whose code is in the heading or in the column beside them.

    >>> equivalents({"amountUSD": "700", "original": "2571", "currency": "AED"}, {})
    '700 USD; 2571 AED'

    A currency without a number is ignored.
    """
    return "; ".join(_amounts(cells, symbols))


def _amounts(cells: Mapping[str, str], symbols: Mapping[str, str]) -> Iterator[str]:
    number = ""  # without a currency as yet
    for heading, cell in cells.items():
        text = cell.strip()
        if text in currency_codes():
            if number:
                yield f"{number} {text}"
            number = ""
            continue
        if number:
            yield number
        is_amount = text and currency_in_heading(text, symbols) is None
        code = currency_in_heading(heading, symbols) if is_amount else None
        number = "" if code else text
        if code:
            yield f"{text} {code}"
    if number:
        yield number


def one_reading(text: str) -> str:
    """Write a number with an exponent if its mark can only divide decimals: all locales read that.

    A column may have both marks, when a program wrote some of its numbers and Excel the others.

    >>> one_reading("258555.0"), one_reading("2,43E+13"), one_reading("1.234"), one_reading("7 m")
    ('2585550E-1', '243E+11', '1.234', '7 m')
    """
    number = _NUMBER.fullmatch(text)
    if number is None:
        return text
    sign, whole, decimals, power = number.groups(default="")
    may_be_thousands = len(decimals) == _GROUP and whole[0] != "0"
    if not power and (may_be_thousands or not decimals):
        return text
    return f"{sign.replace('+', '')}{whole}{decimals}E{int(power or 0) - len(decimals):+}"


def is_hxl(cells: Iterable[str]) -> bool:
    """Whether a row has tags of the Humanitarian Exchange Language: #date, #value+usd."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and all(map(_HXL.fullmatch, filled))


def own_id(text: str) -> str:
    """Make an id of somebody else's, which may have strokes, colons and spaces.

    >>> own_id("360G-Acme:2021/04")
    '360G-Acme-2021-04'

    Two Unicode forms of one id are one.
    """
    return _NO_ID.sub("-", normalize("NFC", text.strip())).strip("-") or text


def folded(text: str) -> str:
    """Return a key that texts share when they differ only in case and spaces."""
    return " ".join(text.split()).casefold()
