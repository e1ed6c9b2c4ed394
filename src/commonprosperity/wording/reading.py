"""Reads one amount of money as newspapers print it, in English and Chinese.

The text is one amount, or one range, and nothing else. What could mean two things is refused and
never guessed: the grammar knows what it reads, and points at the character where it stops.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, Inexact
from functools import cache
from itertools import combinations
from typing import NamedTuple

from commonprosperity.errors import AmbiguousAmountError, AmountError, CommonProsperityError
from commonprosperity.patterns import pattern
from commonprosperity.sentence import Sentence
from commonprosperity.wording.currencies import currency_code, currency_codes
from commonprosperity.wording.cursor import Cursor
from commonprosperity.wording.ends import End, qualifiers_after, read_end, unexpected
from commonprosperity.wording.locales import known_locale
from commonprosperity.wording.names import Name, candidates
from commonprosperity.wording.numbers import EXACT, number
from commonprosperity.wording.numerals import power_of, value_of
from commonprosperity.wording.quantities import Quantity
from commonprosperity.wording.short import read_short
from commonprosperity.wording.terms import Qualifier, TokenKind
from commonprosperity.wording.tokens import Token, tokens


class ReadAmount(NamedTuple):
    """An amount, the upper end if it is a range, its currency, and how firm it is."""

    amount: Decimal
    high: Decimal | None
    currency: str
    qualifier: Qualifier


class UncertainAmount(NamedTuple):
    """A reading whose currency is one of several, or none where the text names none.

    ``symbol`` is what is ambiguous.
    """

    amount: Decimal
    high: Decimal | None
    currencies: tuple[str, ...]
    symbol: str
    qualifier: Qualifier


class Meanings(NamedTuple):
    """What ambiguous symbols mean, by their spelling, and the currency where none is named."""

    codes: Mapping[str, str]
    default: str | None

    @classmethod
    def of(cls, symbols: Mapping[str, str] | None, default: str | None) -> "Meanings":
        """Take them as a caller gives them, or raise `AmountError` or `CurrencyError`."""
        if not isinstance(symbols or {}, Mapping):
            raise AmountError(
                symbols, Sentence('give symbols with what they mean, such as {{"$": "USD"}}')
            )
        codes: dict[str, str] = {}
        for symbol, meaning in (symbols or {}).items():
            spelling, code = _symbol(symbol), currency_code(meaning)
            known = codes.setdefault(spelling, code)
            if known != code:  # {"$": "USD", "dollars": "CAD"}
                raise AmountError(
                    symbol,
                    Sentence(
                        "as a symbol, it is {spelling}, which means {known} already",
                        spelling=spelling,
                        known=known,
                    ),
                )
        return cls(codes, None if default is None else currency_code(default))


def read_wording(
    text: str,
    symbols: Mapping[str, str] | None = None,
    default: str | None = None,
    locale: str | None = None,
) -> ReadAmount:
    """Read one amount or range.

    >>> reading = read_wording("up to RMB50bn")
    >>> print(reading.amount, reading.currency, reading.qualifier)
    5.0E+10 CNY up_to

    Raises `AmountError` for what is no single amount, `AmbiguousAmountError` for a currency that is
    not certain, `CurrencyError` for a code that is none, `LocaleError` for an unknown locale.
    """
    if not symbols and default is None and locale is None and isinstance(text, str):
        short = read_short(text)
        if short:
            return ReadAmount(short[0], None, short[1], Qualifier.EXACT)

    def is_read(other: str) -> bool:
        try:
            return len(_read_text(other, symbols, default, locale).currencies) == 1
        except CommonProsperityError:
            return False

    amount, high, currencies, symbol, qualifier = _read_text(
        text, symbols, default, locale, is_read
    )
    if len(currencies) != 1:
        raise AmbiguousAmountError(text, symbol, currencies, amount)
    return ReadAmount(amount, high, currencies[0], qualifier)


def _read_text(
    text: str,
    symbols: Mapping[str, str] | None,
    default: str | None,
    locale: str | None,
    is_read: Callable[[str], bool] | None = None,
) -> UncertainAmount:
    """Read an amount; ``is_read`` tries the text with the word nearest to an unknown one."""
    if not isinstance(text, str):
        raise AmountError(text, Sentence("give a text such as 15.49 billion USD"))
    meanings = Meanings.of(symbols, default)
    of_text: Iterable[Token] = tokens(text, locale)
    in_brackets = False
    if _BRACKET.search(text) and _writes_minus_in_brackets(locale):
        of_text, in_brackets = _without_brackets([*of_text])
    return _read(Cursor(text, iter(of_text), is_read), text, meanings, in_brackets=in_brackets)


_BRACKET = pattern("[(（]")


def _without_brackets(of_text: list[Token]) -> tuple[list[Token], bool]:
    """Leave out the brackets around the first number: (99), (99 million) USD, RMB(1.2) billion."""
    marks = [at for at, token in enumerate(of_text) if token.text in {"(", ")"}]
    if [of_text[at].text for at in marks] != ["(", ")"]:
        return of_text, False
    first, last = marks
    inside = of_text[first + 1 : last]
    if not any(token.of(TokenKind.NUMBER) for token in inside):
        return of_text, False
    return [*of_text[:first], *inside, *of_text[last + 1 :]], True


def read_tokens(text: str, of_text: Iterable[Token], meanings: Meanings) -> UncertainAmount:
    """Read one amount or range from tokens of a text, whatever its currency.

    An error points at the place of the token.
    """
    return _read(Cursor(text, iter(of_text)), text, meanings)


def _read(
    cursor: Cursor, text: str, meanings: Meanings, *, in_brackets: bool = False
) -> UncertainAmount:
    try:
        low, high, sign = _ends(cursor, meanings.codes)
    except Inexact:
        raise AmountError(text, Sentence("it has more digits than an amount can hold")) from None
    qualifiers = {*low.qualifiers}
    if high:
        qualifiers |= {*high.qualifiers, *qualifiers_after(cursor)}
    if cursor.token:
        raise unexpected(cursor)
    if in_brackets and (high or sign < 0):  # (99) is minus 99; (5-10) and (-5) are not read
        raise AmountError(text, Sentence("brackets are a minus around one amount, as in (99)"))
    amount, top = _amounts(text, low, high, -1 if in_brackets else sign)
    names_of_ends = [(*end.before, *end.after) for end in (low, high) if end]
    currencies, symbol = _currencies(text, [*filter(None, names_of_ends)], meanings.default)
    return UncertainAmount(amount, top, currencies, symbol, _qualifier(text, qualifiers))


@cache
def _writes_minus_in_brackets(locale: str | None) -> bool:
    """Whether accountants of a locale write (99) for -99, as CLDR has it of English and Chinese."""
    return locale is not None and "(" in known_locale(locale).currency_formats["accounting"].pattern


def _symbol(symbol: str) -> str:
    """Return the spelling that represents all those of a symbol: $ for dollars, ¥ for ￥."""
    names = [token.of(TokenKind.NAME) for token in tokens(str(symbol), None)]
    if len(names) == 1 and names[0]:
        spelling: str = names[0].value.spelling
        if spelling in currency_codes():
            raise AmountError(
                symbol, Sentence("as a symbol, give one that is no currency code, such as $ or kr")
            )
        return spelling
    raise AmountError(
        symbol, Sentence("as a symbol, give one that is written with amounts, such as $ or kr")
    )


def _ends(cursor: Cursor, symbols: Mapping[str, str]) -> tuple[End, End | None, int]:
    """Read an amount, or both ends of a range, and the sign before them."""
    has_opening = cursor.take(TokenKind.BETWEEN) is not None
    sign = _sign(cursor)
    low = read_end(cursor, symbols)
    # "and" joins two ends only after "between": 5 and 10 million yuan are two amounts.
    has_and = has_opening and cursor.sees(TokenKind.AND)
    if not has_and and not cursor.sees(TokenKind.TO):
        if has_opening:
            raise cursor.refusal(Sentence("a range has two ends"))
        return low, None, sign
    if sign < 0:
        raise cursor.refusal(Sentence("a range begins with a plain amount"))
    cursor.take(TokenKind.AND if has_and else TokenKind.TO)
    here = cursor.token
    high = read_end(cursor, symbols)
    if high.qualifiers and low.qualifiers != high.qualifiers:
        raise cursor.refuse(
            here, Sentence("a qualifier in the middle leaves the ends of a range unclear")
        )
    cursor.take(TokenKind.RANGE_END)
    return low, high, sign


def _sign(cursor: Cursor) -> int:
    """Read a minus; a hyphen with a space after it belongs to a list."""
    token, following = cursor.token, cursor.peek(1)
    if token and following and token.text in {"-", "−"} and not following.spaced:
        cursor.take(TokenKind.TO)
        return -1
    return 1


def _amounts(text: str, low: End, high: End | None, sign: int) -> tuple[Decimal, Decimal | None]:
    if not high:
        return number(low.value if sign > 0 else low.value.copy_negate()), None
    amount, top = number(_lower(text, low, high)), number(high.value)
    if top < amount:
        raise AmountError(text, Sentence("its upper end is below its lower end"))
    return amount, top


def _lower(text: str, low: End, high: End) -> Decimal:
    """Return the lower end, which takes the upper end's scale where it has none: 5-10亿."""
    one, other = low.quantity, high.quantity
    lent = _unit_lent(one, other)
    written_out = low.before and high.before and low.value >= _WRITTEN_OUT
    if low.after or written_out:
        return low.value
    # 3千至5千万 may begin at 3,000, and 1 lakh to 2 lakh crore at 1 lakh.
    shared_in_part = other.first == one.scale != other.scale
    if lent is not None and (one.scale == 0) is (other.scale == 0) and not shared_in_part:
        return EXACT.scaleb(low.value, lent)
    # $5 to $10 million may begin at 5 dollars, and 三到五十亿 at 3亿 or at 30亿.
    if lent is not None and other.scale and one.scale == 0 and not high.before:
        value = EXACT.scaleb(low.value, other.scale + lent)
        if value <= high.value or low.value < _FOUR_DIGITS:
            return value
        if not low.before:
            return low.value
    raise AmountError(
        text, Sentence("say the scale at both of its ends, as in 5 million to 10 million")
    )


_FOUR_DIGITS = 1_000  # in 8500到3万 it is 8,500, as 8500万 would be above the upper end
_WRITTEN_OUT = 10_000  # nobody means 10,000 million by $10,000 to $1 million


def _unit_lent(one: Quantity, other: Quantity) -> int | None:
    """Return the power of ten that the upper end's numeral lends to a digit.

    It is 3 in 两到三千, which begins at 2,000; 0 in 十八至三十万, whose lower end lacks the 万
    alone, and in 五到二十, which can only begin at 5; None in 三到五十, which may begin at 3 or 30.
    """
    lead, units = other.numeral[:1], other.numeral[1:]
    if one.value not in _DIGITS or not (other.units or any(map(power_of, units))):
        return 0
    if lead and one.value >= (value_of(lead) or 0):
        return 0
    return power_of(units) if one.numeral and power_of(units) in _LENT else None


_DIGITS = range(1, 10)
_LENT = (2, 3)  # 百 and 千


def _currencies(
    text: str, names_of_ends: list[tuple[Name, ...]], default: str | None
) -> tuple[tuple[str, ...], str]:
    """Return the currencies that both ends of a range may be in, or else the default; and a name.

    In US$5m-$10m it is the US dollar, in $5-10 any dollar.
    """
    if not names_of_ends:
        return ((default,) if default else ()), ""
    # US$5m is USD alone, and $10m one of 29 dollars: what both may be is USD.
    codes, *others = map(candidates, names_of_ends)
    if others:
        codes = tuple(code for code in codes if code in others[0])
    if not codes:
        raise AmountError(text, _two_currencies(names_of_ends))
    return codes, names_of_ends[0][0].spelling


def _two_currencies(names_of_ends: list[tuple[Name, ...]]) -> Sentence:
    """Name the two currencies of one end, CNY and $ in RMB 5 million dollars, or of both ends."""
    in_one_end = (pair for names in names_of_ends for pair in combinations(names, 2))
    pair = next((pair for pair in in_one_end if not candidates(pair)), None)
    one, other = [(name,) for name in pair] if pair else names_of_ends
    return Sentence(
        "it names two currencies, {one:currency} and {other:currency}",
        one=_currency(one), other=_currency(other),
    )  # fmt: skip


def _currency(names: tuple[Name, ...]) -> str:
    """Return the code that names mean, and if that is not certain, the first name."""
    codes = candidates(names)
    return codes[0] if len(codes) == 1 else names[0].spelling


def _qualifier(text: str, qualifiers: Iterable[Qualifier]) -> Qualifier:
    one, *others = sorted(qualifiers) or [Qualifier.EXACT]
    if others:
        problem = Sentence(
            "it says both {one} and {other}; give one of them", one=one, other=others[0]
        )
        raise AmountError(text, problem)
    return one
