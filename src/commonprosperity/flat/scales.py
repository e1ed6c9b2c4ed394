"""The scale of a whole column: ``scale=`` as callers give it, and the unit that a heading states.

A heading such as ``Amount (USD m)`` says that 12.5 below it means 12,500,000. Nobody guesses here:
such a column is refused until ``scale=`` says what is meant.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from commonprosperity.errors import RecordError
from commonprosperity.patterns import pattern
from commonprosperity.sentence import Sentence
from commonprosperity.wording import currency_codes
from commonprosperity.wording.names import names
from commonprosperity.wording.terms import TokenKind, terms
from commonprosperity.wording.tokens import tokens

# The words of headings by their power of ten, as CLDR and spreadsheets of some twenty languages
# have them. Those of amounts in English and Chinese come from `terms`.
_WORDS = {
    2: "hundreds",
    3: "thousands thous ths th tsd tausend milliers millier mille miles migliaia milhares "
    "duizend duizenden tusen tusind tuhat tuhatta tuh tys tysiąc tysiące tysięcy tis "
    "tisíc tisíce ezer тыс тысяч тысяча тысячи тис тисяч тисяча тисячі хил хиляди хиљ "
    "хиљада ribu rb nghìn ngàn bin mii χιλ χιλιάδες tkr हज़ार ألف آلاف אלפי",
    5: "lac lacs लाख",
    6: "millions mm mill millionen million millón millones milhão milhões milione milioni miljoen "
    "miljoenen miljon miljoner millioner milj miljoona miljoonaa milion miliony milionów milionu "
    "milionů milión milióny miliónov milioane millió juta jt triệu milyon mi mkr mnkr млн миллион "
    "миллиона миллионов мільйон мільйони мільйонів милион милиона εκατ εκατομμύρια मिलियन مليون "
    "ملايين מיליון",
    7: "cr crs करोड़",
    9: "billions mrd mdr mld md mds mia milliard milliards milliarde milliarden milliarder "
    "miliardo miliardi miljard miljarder miljardi miljardia miliard miliarda miliardy "
    "miliardów miliarde milliárd miliar milyar tỷ bi mdkr млрд миллиард миллиарда миллиардов "
    "мільярд мільярдів милиард милиарда δισ δισεκατομμύρια مليار מיליארד",
    12: "trillions billionen billones tri trilhões triliun trilyon трлн триллион триллионов "
    "трильйон τρισ",
}
_TWO_MEANINGS = ("t", "mil", "bln")  # t is a thousand in German and a trillion in English
# Words and initials of other things, which state a scale only beside money or alone in a bracket.
_SHORT = frozenset([
    "k", "m", "b", "t", "mn", "bn", "tn", "tr", "cr", "mi", "bi", "tri", "rb", "jt", "md", "mr",
    "mia", "mil", "mill", "mille", "bin", "mii", "tis", "th",
])  # fmt: skip
# These do at the end of a heading as well: amount_k.
_LAST = frozenset({"k", "m", "mm", "mn", "bn", "tn"})
_HAN = {"十": 1, "百": 2, "千": 3, "万": 4, "萬": 4, "亿": 8, "億": 8, "兆": 12}
_HANGUL = {"십": 1, "백": 2, "천": 3, "만": 4, "억": 8, "조": 12}
_MONEY = frozenset([
    "kč", "zł", "lei", "tl", "грн", "руб", "ft", "лв", "kn", "р", "원", "달러", "유로", "엔",
])  # fmt: skip
_NO_UNITS = frozenset({"mars", "bars", "tall", "ball", "mall", "bern", "tron"})  # as m and ARS are
_WAYS_OUT = {
    2: "hundred", 3: "thousand", 4: "万", 5: "lakh", 6: "million", 7: "crore", 8: "亿",
    9: "billion", 12: "trillion",
}  # fmt: skip

_TIMES = {"10": 1, "ten": 1, "100": 2, "hundred": 2}
_THOUSANDS = r"(?<![\d.,])(?:10{0,2}[ .,'’]?|0)?(?:000[ .,'’]?)*000(?![\d.,])"
_WORD = rf"(?:[^\W\d_{''.join(_HAN)}]|[\u093c-\u094d])+"  # the vowels of Hindi are no letters
_TOKEN = pattern(rf"[{''.join(_HAN)}]+|(?<!대)[{''.join(_HANGUL)}]+|{_THOUSANDS}|{_WORD}")
_CAMEL = pattern(r"(?<=[a-z])(?=[A-Z][a-z])")
_NUMERAL = pattern(r"[\d一二三四五六七八九两几数若]\s*\Z")
_BEFORE_ALONE = pattern(r"(?:[(\[{,;:/]|\b(?:in|en))\s*\Z")
_TIMES_BEFORE = pattern(rf"\b({'|'.join(_TIMES)})[\s-]*\Z", re.IGNORECASE)
_NEXT_WORD = pattern(r"[\s-]*([^\W\d_]+)")
_AFTER_ALONE = pattern(r"\s*(?:[.)\]},;:/]|\Z)")
# How dates are written, as in Commitment Date (MM/DD/YYYY): there MM is no million.
_DATE_FORM = pattern(r"\b(?:dd?|mm|yy(?:yy)?)(?:[-/. ](?:dd?|mm|yy(?:yy)?))+\b", re.IGNORECASE)


def scale_power(scale: str | int) -> int:
    """Return the power of ten that a caller's ``scale=`` stands for.

    >>> scale_power("million"), scale_power("Mio."), scale_power("百万"), scale_power(1)
    (6, 6, 6, 0)

    Raises `RecordError` for what is no scale, and for a word that has two meanings.
    """
    word = unicodedata.normalize("NFKC", str(scale)).casefold().strip(" .")
    if re.fullmatch("10*", word):
        return len(word) - 1
    power = _power(word)
    if power is None:
        problem = Sentence(
            "is no scale with one meaning; write thousand, million, crore, 万, ... or 1"
        )
        raise RecordError("scale", scale, problem)
    return power


def scale_in_heading(heading: str) -> Sentence | None:
    """Return which unit a heading states, and what to do about it; None where it states none.

    >>> scale_in_heading("Amount (USD m)")
    'has a heading that says m; give scale="million", or scale=1 if its amounts are in full'
    >>> scale_in_heading("捐款金额(万元)")
    'has a heading that says 万; give scale="万", or scale=1 if its amounts are in full'
    >>> scale_in_heading("Amount (USD)") is scale_in_heading("万科捐款") is None
    True
    """
    unit = next(_units(unicodedata.normalize("NFKC", heading)), None)
    if unit is None:
        return None
    word, power = unit
    if power is None:
        return Sentence(
            'has a heading that says {word}; give a scale= such as "thousand" or "million", or '
            "scale=1 if its amounts are in full", word=word,
        )  # fmt: skip
    argument = f'scale="{_WAYS_OUT[power]}"' if power in _WAYS_OUT else f"scale={10**power}"
    return Sentence(
        "has a heading that says {word}; give {argument}, or scale=1 if its amounts are in full",
        word=word, argument=argument,
    )  # fmt: skip


def stated_power(heading: str) -> int | None:
    """Return the power of ten of the unit that a heading states; None without one, or with doubt.

    >>> stated_power("Amount (USD m)"), stated_power("金额(亿元)"), stated_power("Amount (USD)")
    (6, 8, None)
    """
    unit = next(_units(unicodedata.normalize("NFKC", heading)), None)
    return unit[1] if unit else None


def names_a_scale(amount: str, locale: str | None = None) -> bool:
    """Whether an amount in words has a scale beside its number.

    >>> names_a_scale("5 million"), names_a_scale("$5bn"), names_a_scale("EUR 5")
    (True, True, False)
    """
    scales = {TokenKind.SCALE, TokenKind.MYRIAD}
    return any(word.terms.keys() & scales for word in tokens(amount, locale))


def _units(heading: str) -> Iterator[tuple[str, int | None]]:
    """Yield the words of a heading that state a unit, each with its power of ten."""
    text = _DATE_FORM.sub(" ", _CAMEL.sub(" ", heading.replace("_", " ")))
    for token in _TOKEN.finditer(text):
        word, before, after = token[0], text[: token.start()], text[token.end() :]
        plain = word.casefold()
        if "000" in word:
            yield word, re.sub(r"\D", "", word).count("0")
        elif _is_myriad(word):
            alone = not (before[-1:].isalnum() or after[:1].isalnum())
            if not _NUMERAL.search(before) and (alone or _beside_money(before, after)):
                yield word, _power(plain)
        elif plain in _TIMES and _begins_with_scale(after):
            continue  # it belongs to the unit of the next word
        elif plain in _powers():
            alone = bool(before and _BEFORE_ALONE.search(before) and _AFTER_ALONE.match(after))
            last = bool(before) and plain in _LAST and not after.strip()
            if plain not in _SHORT or alone or last or _beside_money(before, after):
                yield _times(word, before)
        else:
            yield from _joined(word)


def _begins_with_scale(text: str) -> bool:
    word = _NEXT_WORD.match(text)
    return word is not None and word[1].casefold() in _powers()


def _times(word: str, before: str) -> tuple[str, int | None]:
    """Return the unit of a word, and of a number before it: ten thousand, RMB 100 million."""
    power, times = _power(word.casefold()), _TIMES_BEFORE.search(before)
    if times is None or power is None:
        return word, power
    return f"{times[1]} {word}", power + _TIMES[times[1].casefold()]


def _joined(word: str) -> Iterator[tuple[str, int | None]]:
    """Yield the unit of a word that is a currency's code as well: USDm, TEUR."""
    if word.casefold() not in _NO_UNITS:
        for code, unit in ((word[:3], word[3:]), (word[-3:], word[:-3])):
            if unit.casefold() in _powers() and code in currency_codes():
                yield unit, _power(unit.casefold())


def _is_myriad(word: str) -> bool:
    return set(word) <= {*_HAN} or set(word) <= {*_HANGUL}


def _power(word: str) -> int | None:
    """Return the power of ten of a word; None where it has none, or two."""
    if word and _is_myriad(word):
        powers = [(_HAN | _HANGUL)[character] for character in word]
        is_rising = all(low < high for low, high in pairwise(powers))
        return sum(powers) if is_rising or word in {"万亿", "萬億"} else None
    return _powers().get(word)


@cache
def _powers() -> dict[str, int | None]:
    """Return each word that states a scale, with its power of ten, None where it has two."""
    amounts = {
        word.rstrip("."): several[TokenKind.SCALE].value
        for word, several in terms().items()
        if TokenKind.SCALE in several
    }
    others = {
        unicodedata.normalize("NFKC", word): power
        for power, words in _WORDS.items()
        for word in words.split()
    }
    return {**amounts, **others, **dict.fromkeys(_TWO_MEANINGS)}


def _beside_money(before: str, after: str) -> bool:
    """Whether a currency's sign, code or name ends before a word, or begins after it."""
    last, first = before.rstrip(" ."), after.lstrip(" .-")
    if "Sc" in {unicodedata.category(sign) for sign in last[-1:] + first[:1]}:
        return True
    words = [word.casefold() for word in re.findall(r"\w+\Z", last) + re.findall(r"\A\w+", first)]
    # Scripts without spaces between words have money at the end of one: 人民币万.
    return any(
        word in _money() or word.startswith(_unspaced()) or word.endswith(_unspaced())
        for word in words
    )


@cache
def _money() -> frozenset[str]:
    return frozenset({*names(), *_MONEY, *map(str.casefold, currency_codes())})


@cache
def _unspaced() -> tuple[str, ...]:
    return tuple(name for name in _money() if not name.isascii() and name.isalpha())
