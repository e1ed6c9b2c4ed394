"""Rows of totals, which would count everything once more."""

from collections.abc import Mapping
from functools import lru_cache

from commonprosperity.flat.scales import scale_in_heading
from commonprosperity.patterns import pattern
from commonprosperity.wording import currency_codes

_TOTALS = frozenset([
    "sum", "total", "totals", "grandtotal", "overalltotal", "subtotal", "sumtotal", "totalamount",
    "合计", "总计", "总额", "小计", "总和", "共计", "合計", "總計", "總額", "小計", "總和", "共計",
    "累计", "累計", "総計", "総額", "합계", "총계", "소계", "총액",
    "summe", "gesamt", "insgesamt", "gesamtsumme", "gesamtbetrag", "endsumme", "zwischensumme",
    "totalgénéral", "totalgeneral", "totalgeral", "soustotal", "totaux", "totales", "totais",
    "totale", "totalegenerale", "totaal", "totalt", "ogółem", "łącznie",
    "итого", "всего", "всього", "усього", "разом", "summa", "suma", "razem",
])  # fmt: skip
# No name has these in it. A subtotal names what it adds up: Subtotal Asia, 科技企业小计.
_SUBTOTAL = pattern(
    r"\b(?:sub|sous|grand)[ -]?totals?\b|\bzwischensumme\b"
    r"|(?:小计|合计|总计|共计|小計|合計|總計|共計|소계|합계|총계)[\W\d]*\Z"
    r"|\A(?:小计|合计|总计|共计|小計|合計|總計|共計)[\W\d]"
)
_MAY_BE_NAMES = frozenset({"sum", "summa", "suma", "razem"})  # of companies and parties
_IN_BRACKETS = pattern(r"[(（\[]([^)）\]]*)[)）\]]")
_NO_WORDS = pattern(r"[\W\d_]")
_CHARACTERS_AT_MOST = 40
_NAMES = ("company", "recipient", "initiative")
_OF_A_PLEDGE = ("id", "announced", "source")  # columns that a row of totals leaves blank


def word_of_totals(cells: Mapping[str, str]) -> str | None:
    """Return the word that makes a row one of totals; None for a row that is a pledge.

    >>> word_of_totals({"company": "Total", "amount": "9"})
    'Total'
    >>> word_of_totals({"company": "TotalEnergies", "amount": "9"}) is None
    True
    """
    first = next(iter(cells), "")
    # An id may be anything, as long as a company is named beside it; a note, if a date is, too.
    is_free = cells.get("company") and (
        first == "id" or (first == "note" and cells.get("announced"))
    )
    for word in map(cells.get, _NAMES if is_free else (first, *_NAMES)):
        if word and len(word) <= _CHARACTERS_AT_MOST and _may_say_total(word):
            is_pledge = any(cells.get(column) for column in _OF_A_PLEDGE)
            if not (is_pledge and _may_be_a_name(word)):
                return word
    return None


@lru_cache(maxsize=1_000)
def _may_say_total(cell: str) -> bool:
    """Whether a cell says Total with no more than a year or a bracket beside it, or a subtotal."""
    return _word(cell) in _TOTALS or _SUBTOTAL.search(cell.casefold()) is not None


def _may_be_a_name(cell: str) -> bool:
    """Whether a cell may be a name: SUM and Total (France) may; Total and Total (2021) do not."""
    brackets = _IN_BRACKETS.findall(cell)
    return _word(cell) in _MAY_BE_NAMES or (
        _word(cell) == "total" and not all(map(_is_of_totals, brackets))
    )


def _word(cell: str) -> str:
    return _NO_WORDS.sub("", _IN_BRACKETS.sub("", cell.casefold()))


def _is_of_totals(bracket: str) -> bool:
    """Whether a bracket says what a total adds up, or in what: all, a year, a currency, a unit."""
    word = bracket.strip()
    return (
        word.casefold() == "all"
        or word in currency_codes()
        or not any(map(str.isalpha, word))
        or scale_in_heading(f"amount ({word})") is not None
    )
