"""Rows of totals, which would count everything once more."""

import re
from collections.abc import Mapping
from functools import lru_cache

from commonprosperity.flat.scales import scale_in_heading
from commonprosperity.wording import currency_codes

_TOTALS = frozenset([
    "totals", "grandtotal", "overalltotal", "subtotal", "sumtotal", "totalamount",
    "合计", "总计", "总额", "小计", "总和", "共计", "合計", "總計", "總額", "小計", "總和", "共計",
])  # fmt: skip
_IN_BRACKETS = re.compile(r"[(（\[]([^)）\]]*)[)）\]]")
_NO_WORDS = re.compile(r"[^a-z\u4e00-\u9fff]")
_CHARACTERS_AT_MOST = 40
_OF_A_PLEDGE = ("id", "announced", "source")  # columns that a row of totals leaves blank


def word_of_totals(cells: Mapping[str, str]) -> str | None:
    """Return the word that makes a row one of totals; None for a row that is a pledge.

    >>> word_of_totals({"company": "Total", "amount": "9"})
    'Total'
    >>> word_of_totals({"company": "TotalEnergies", "amount": "9"}) is None
    True
    """
    company = cells.get("company", "")
    first, cell = next(iter(cells.items()), ("", ""))
    is_pledge = any(cells.get(column) for column in _OF_A_PLEDGE)
    # An id may be anything, as long as a company is named beside it.
    words = (company,) if company and first == "id" else (cell, company)
    short = (word for word in words if len(word) <= _CHARACTERS_AT_MOST)
    return next((word for word in short if _says_total(word, beside_a_pledge=is_pledge)), None)


@lru_cache(maxsize=1_000)
def _says_total(cell: str, *, beside_a_pledge: bool) -> bool:
    """Whether a cell says Total with no more than a year or a bracket beside it.

    SUM and Total (France) may be companies, and are where the row has a cell that a row of totals
    leaves blank; Total, Total (2021) and Total (USD m) never are.
    """
    word = _NO_WORDS.sub("", _IN_BRACKETS.sub("", cell.casefold()))
    if word not in {"sum", "total"}:
        return word in _TOTALS
    may_be_a_name = word == "sum" or not all(map(_is_of_totals, _IN_BRACKETS.findall(cell)))
    return not (may_be_a_name and beside_a_pledge)


def _is_of_totals(bracket: str) -> bool:
    """Whether a bracket says what a total is of: all, a year, a currency, a unit."""
    word = bracket.strip()
    return (
        word.casefold() == "all"
        or word in currency_codes()
        or not any(map(str.isalpha, word))
        or scale_in_heading(f"amount ({word})") is not None
    )
