"""Reads how much: numbers with their scales, in English and in Chinese."""

from decimal import Decimal
from typing import NamedTuple

from commonprosperity.sentence import Sentence
from commonprosperity.wording.cursor import Cursor
from commonprosperity.wording.numbers import EXACT
from commonprosperity.wording.numerals import power_of, value_of
from commonprosperity.wording.terms import Term, TokenKind


class Quantity(NamedTuple):
    """How much, and in which words.

    ``scale`` is the power of ten of the scale, 0 without one, and None where several amounts were
    added; ``first`` is the power of its first word (in 千万, of 千). ``odd`` is for more than the
    words say (100多亿), ``units`` for words that end in a unit (五十, two hundred). ``numeral`` is
    the Chinese numeral before the scale.
    """

    value: Decimal
    scale: int | None = 0
    first: int = 0
    odd: bool = False
    units: bool = False
    numeral: str = ""


_UNCLEAR = Sentence("this numeral has no single meaning")


def read_quantity(cursor: Cursor, *, bare: bool) -> Quantity | None:
    """Read how much, if that comes next; with ``bare``, a scale alone counts as one (逾亿元)."""
    if cursor.sees(TokenKind.NUMBER, TokenKind.NUMERAL) or (bare and cursor.sees(TokenKind.MYRIAD)):
        return _in_digits(cursor, bare=bare)
    if cursor.sees(TokenKind.WORD, TokenKind.HALF, TokenKind.ARTICLE):
        return _in_words(cursor)
    return None


def _in_digits(cursor: Cursor, *, bare: bool) -> Quantity:
    """Read digits or Chinese numerals, with English scales or with Chinese ones."""
    first = _section(cursor, bare=bare)
    cursor.take_hyphen()
    if cursor.sees(TokenKind.ODD) and cursor.sees(TokenKind.SCALE, ahead=1):
        first = first._replace(odd=cursor.take(TokenKind.ODD) is not None)
    if cursor.sees(TokenKind.SCALE) and not first.scale:
        return _scaled(cursor, first)
    return _in_chinese(cursor, first) if cursor.sees(TokenKind.ODD, TokenKind.MYRIAD) else first


def _section(cursor: Cursor, *, bare: bool) -> Quantity:
    """Read what stands before a scale: 3, 3千, 三千五百."""
    digits = cursor.take(TokenKind.NUMBER)
    if digits is None and cursor.sees(TokenKind.MYRIAD):
        return Quantity(Decimal(1))
    here = cursor.token
    numeral = cursor.take(TokenKind.NUMERAL)
    if numeral is None:
        return Quantity(digits)
    power, value = power_of(numeral), value_of(numeral)
    if digits is not None and power is not None:
        return Quantity(EXACT.scaleb(digits, power), power, power)
    # 十 is ten, but 百亿 may be tens of billions; 近百亿 and 百余亿 are near ten billion.
    is_firm = power in {None, 1} or bare or cursor.sees(TokenKind.ODD)
    if not is_firm:
        raise cursor.refuse(here, Sentence("it is too vague without a digit before it"))
    if digits is not None or value is None:
        raise cursor.refuse(here, _UNCLEAR)
    units = power is None and power_of(numeral[-1]) is not None
    return Quantity(value, units=units, numeral=numeral)


def _scaled(cursor: Cursor, first: Quantity) -> Quantity:
    """Read one English scale, or two, the smaller one first: 3 thousand crore."""
    powers: list[int] = []
    while power := cursor.value(TokenKind.SCALE):
        if powers and not powers[-1] < min(power, _LARGE):
            raise cursor.refusal(Sentence("one scale has been said already"))
        powers.append(cursor.take(TokenKind.SCALE))
        cursor.take_hyphen()
    scale = sum(powers)
    value = EXACT.scaleb(first.value, scale)
    return Quantity(value, scale, powers[0], first.odd, first.units, first.numeral)


_LARGE = 6


def _in_chinese(cursor: Cursor, section: Quantity) -> Quantity:
    """Read scales from the highest down, each with its section: 3亿5000万, 一万二千."""
    whole, above = _with_myriad(cursor, section)
    exact = int(section.value.as_tuple().exponent) >= 0
    while exact and above and not whole.odd and _goes_on(cursor):
        here = cursor.token
        has_zero = here is not None and here.text[0] in _ZEROS
        part, power = _with_myriad(cursor, _lower_section(cursor))
        # In 一万五千亿 the 万 is inside of the 亿: 15,000 of them.
        inside = power if power == _YI and whole.scale == _MYRIAD else 0
        if not 0 < part.value < Decimal((0, (1,), above + inside)):
            raise cursor.refuse(here, Sentence("it is as large as what is before it"))
        # People say 一亿五千 for 150 million, and 一亿零五千 for 100,005,000.
        by_ear = power - inside != _NEXT[above] or (inside and part.value < Decimal(10 * 10**_YI))
        if by_ear and not has_zero:
            raise cursor.refuse(here, _UNCLEAR)
        above = power
        value = EXACT.add(EXACT.scaleb(whole.value, inside), part.value)
        whole = Quantity(value, None, odd=part.odd)
    return whole


_NEXT = {12: 8, 8: 4, 4: 0}
_ZEROS = "零〇○"


def _goes_on(cursor: Cursor) -> bool:
    """Whether a numeral follows without a space; after one, it is another number."""
    token = cursor.token
    return (
        token is not None and not token.spaced and cursor.sees(TokenKind.NUMBER, TokenKind.NUMERAL)
    )


def _with_myriad(cursor: Cursor, section: Quantity) -> tuple[Quantity, int]:
    """Multiply a section by the scale after it; 多 stands before the scale or after it."""
    odd = cursor.take(TokenKind.ODD) is not None
    power = cursor.take(TokenKind.MYRIAD) or 0
    odd = cursor.take(TokenKind.ODD) is not None or odd
    scale = (section.scale or 0) + power
    first = section.first or (_MYRIAD if power == _MYRIADS_OF_MYRIADS else power)
    value = EXACT.scaleb(section.value, power)
    return section._replace(value=value, scale=scale, first=first, odd=odd), power


_MYRIAD, _YI, _MYRIADS_OF_MYRIADS = 4, 8, 12  # 万, 亿, and 万亿, which begins with 万


def _lower_section(cursor: Cursor) -> Quantity:
    """Read a section after a scale; a lone digit, as in spoken 两万五, is refused."""
    token = cursor.token
    text = token.text if token else ""
    if text in _ZEROS and cursor.sees(TokenKind.NUMBER, ahead=1):
        cursor.take(TokenKind.NUMERAL)
        return _section(cursor, bare=False)
    if len(text) == 1 and not cursor.sees(TokenKind.MYRIAD, ahead=1) and not _unit_follows(cursor):
        raise cursor.refuse(token, _UNCLEAR)
    if text[0] not in _ZEROS:
        return _section(cursor, bare=False)
    value = value_of(text[1:])
    if value is None:
        raise cursor.refuse(token, _UNCLEAR)
    cursor.take(TokenKind.NUMERAL)
    return Quantity(value)


def _unit_follows(cursor: Cursor) -> bool:
    """Whether 千, 百 or 十 follows a digit, as in 1万5千."""
    token = cursor.peek(1)
    term: Term | None = token.of(TokenKind.NUMERAL) if token else None
    return term is not None and power_of(term.value) is not None


def _in_words(cursor: Cursor) -> Quantity:
    """Read English number words from the highest scale down: two million three hundred thousand."""
    whole = _part(cursor)
    above = whole.scale
    while above and (cursor.sees(TokenKind.WORD) or _is_joined(cursor)):
        here = cursor.token
        cursor.take(TokenKind.AND, TokenKind.COMMA)
        part = _part(cursor)
        if part.value >= Decimal((0, (1,), above)):
            raise cursor.refuse(here, Sentence("it is as large as what is before it"))
        above = part.scale
        whole = Quantity(EXACT.add(whole.value, part.value), None)
    return whole


def _is_joined(cursor: Cursor) -> bool:
    """Whether a comma or an "and" joins another word to the same number."""
    return cursor.sees(TokenKind.AND, TokenKind.COMMA) and cursor.sees(TokenKind.WORD, ahead=1)


def _part(cursor: Cursor) -> Quantity:
    """Read words with their scale; halves, and a lone "a", need one."""
    here = cursor.token
    first, needs_scale = _small(cursor)
    cursor.take_hyphen()
    if cursor.sees(TokenKind.SCALE):
        return _scaled(cursor, first)
    if needs_scale:
        raise cursor.refuse(here, Sentence("a number is expected here"))
    return first


def _small(cursor: Cursor) -> tuple[Quantity, bool]:
    """Read words up to 999 and a half; return whether they need a scale after them, too."""
    half = Quantity(Decimal("0.5"))
    if cursor.take(TokenKind.HALF):
        cursor.take_hyphen()
        cursor.take(TokenKind.ARTICLE)
        return half, True
    article = cursor.take(TokenKind.ARTICLE)
    if article and cursor.take(TokenKind.HALF):
        cursor.take_hyphen()
        return half, True
    first = 1 if article else int(cursor.take(TokenKind.WORD))
    value = _hundreds(cursor, first)
    if cursor.sees(TokenKind.AND) and cursor.sees(TokenKind.ARTICLE, ahead=1):
        cursor.take(TokenKind.AND)
        cursor.take(TokenKind.ARTICLE)
        if not cursor.take(TokenKind.HALF):
            raise cursor.refusal(Sentence("a half is expected here"))
        return Quantity(Decimal(f"{value}.5")), False
    return Quantity(Decimal(value), units=value >= _HUNDRED), bool(article) and value == 1


_HUNDRED = 100


def _hundreds(cursor: Cursor, first: int) -> int:
    """Read what follows the first word: twenty-five, two hundred and fifty."""
    cursor.take_hyphen()
    if first > 9 or cursor.value(TokenKind.SCALE) != 2:  # noqa: PLR2004 (one digit, and hundred)
        return first + _ones(cursor, first)
    cursor.take(TokenKind.SCALE)
    if cursor.sees(TokenKind.AND) and cursor.sees(TokenKind.WORD, ahead=1):
        cursor.take(TokenKind.AND)
    tens = int(cursor.take(TokenKind.WORD) or 0)
    return first * _HUNDRED + tens + _ones(cursor, tens)


def _ones(cursor: Cursor, tens: int) -> int:
    """Read the ones after a word of tens: twenty-five."""
    if tens < 20:  # noqa: PLR2004 (nineteen has its own word)
        return 0
    cursor.take_hyphen()
    return int(cursor.take(TokenKind.WORD)) if 0 < cursor.value(TokenKind.WORD) < 10 else 0  # noqa: PLR2004
