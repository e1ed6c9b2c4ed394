"""Writes amounts for readers of a locale: in full, compact, or in words.

Numbers, symbols and names are CLDR's. We add the English and Chinese that its compact data lacks
(``100 billion yuan``, ``RMB 100bn`` as British newsrooms write it, ``1000亿元``), round once (Babel
2.18 writes 999,999,999 as 1000M), and keep the precision of the source.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from decimal import Context, Decimal, localcontext
from typing import Any

from commonprosperity.errors import StyleError
from commonprosperity.wording.currencies import price_digits
from commonprosperity.wording.locales import Marks, known_locale, money_marks, number_marks
from commonprosperity.wording.names import names
from commonprosperity.wording.numbers import DIGITS_AT_MOST, EXACT
from commonprosperity.wording.terms import Qualifier

_ENGLISH = {12: " trillion", 9: " billion", 6: " million"}
_BRITISH = {12: "tn", 9: "bn", 6: "m"}
_CHINESE = {
    "Hans": {12: "万亿", 8: "亿", 4: "万"},
    "Hant": {12: "兆", 8: "億", 4: "萬"},
}
_WRITE_BRITISH = frozenset({"GB", "IE", "AU", "NZ", "HK", "SG"})
_WRITE_TRADITIONAL = frozenset({"TW", "HK", "MO"})
_NEWSROOM_NAMES = {
    ("en", "CNY"): "yuan",
    ("en", "GBP"): "pounds sterling",
    ("Hans", "CNY"): "元",
    ("Hant", "CNY"): "元人民幣",
}
_QUALIFIER_WORDS = {
    "en": {Qualifier.UP_TO: "up to ", Qualifier.AT_LEAST: "at least ", Qualifier.ABOUT: "about "},
    "Hans": {Qualifier.UP_TO: "不超过", Qualifier.AT_LEAST: "至少", Qualifier.ABOUT: "约"},
    "Hant": {Qualifier.UP_TO: "不超過", Qualifier.AT_LEAST: "至少", Qualifier.ABOUT: "約"},
    "": {Qualifier.UP_TO: "≤ ", Qualifier.AT_LEAST: "≥ ", Qualifier.ABOUT: "≈ "},
}
_TO = {"en": " to ", "Hans": "至", "Hant": "至", "": "–"}
# Babel scales and rounds in the caller's context, which may hold fewer digits than an amount has.
_WIDE = Context(prec=2 * DIGITS_AT_MOST, rounding="ROUND_HALF_EVEN", Emin=-999_999, Emax=999_999)


def format_money(value: Decimal, code: str, locale: str, style: str) -> str:
    """Write an amount for readers of a locale.

    >>> format_money(Decimal("15.49E9"), "USD", "en", "compact")
    '$15.49B'

    Raises `LocaleError` for an unknown locale, and `StyleError` for a style that there is not.
    """
    return _style(style)(value, code, known_locale(locale))


def format_range(  # noqa: PLR0913 (the parts of a parsed amount, and how to write it)
    low: Decimal, high: Decimal | None, code: str, qualifier: Qualifier, locale: str, style: str
) -> str:
    """Write an amount with how firm it is, and its upper end if it is a range.

    In Chinese it has no zeros at its end: the 100 million of a source are 1亿, and not 1.00亿.

    >>> format_range(Decimal("5E9"), Decimal("10E9"), "USD", Qualifier.ABOUT, "en", "words")
    'about 5 billion to 10 billion US dollars'
    """
    write, language = _style(style), _language(known_locale(locale))
    firm = _QUALIFIER_WORDS[language].get(qualifier, "")
    if language in _CHINESE:
        low, high = low.normalize(EXACT), high and high.normalize(EXACT)
    if high is None:
        return firm + write(low, code, known_locale(locale))
    first, last = (write(value, code, known_locale(locale)) for value in (low, high))
    if style == "words" and language:
        first = _first_of_range(low, high, language) or first
    return f"{firm}{first}{_TO[language]}{last}"


def _style(style: str) -> Callable[[Decimal, str, Any], str]:
    if style not in _STYLES:
        raise StyleError(style, tuple(_STYLES))
    return _STYLES[style]


def _full(value: Decimal, code: str, locale: Any) -> str:
    """Write every digit: whole amounts without decimals, others with those of the currency."""
    pattern = _with_decimals(locale.currency_formats["standard"], _decimals(value, code))
    with localcontext(_WIDE):
        text = pattern.apply(value, locale, currency=code, currency_digits=False)
    return _with_marks_of_money(text, locale, in_groups=True)


def _decimals(value: Decimal, code: str) -> tuple[int, int]:
    decimals = -int(value.as_tuple().exponent)
    return (max(decimals, price_digits(code)),) * 2 if decimals > 0 else (0, 0)


def _with_decimals(pattern: Any, least_and_most: tuple[int, int]) -> Any:
    pattern = copy(pattern)
    pattern.frac_prec = least_and_most
    return pattern


def _with_marks_of_money(text: str, locale: Any, *, in_groups: bool) -> str:
    """Put the marks of amounts in the place of those of numbers, as Babel writes both alike.

    Mark the groups anew: Babel 2.19 writes 1000000'000 in Switzerland for 1'000'000'000, as
    it takes two apostrophes for quotes.
    """
    money, numbers = money_marks(locale), number_marks(locale)

    def marked(number: re.Match[str]) -> str:
        whole, point, decimals = number[0].partition(numbers.decimal)
        digits = whole.replace(numbers.group, "")
        whole = _grouped(digits, money) if in_groups else digits
        return f"{whole}{money.decimal}{decimals}" if point else whole

    first = rf"[0-9](?:[0-9{re.escape(numbers.decimal + numbers.group)}]*[0-9])?"
    return re.sub(first, marked, text, count=1)


def _grouped(digits: str, marks: Marks) -> str:
    """Put marks between groups of digits: 1,00,000 in India."""
    groups = [digits[-marks.lowest :]]
    rest = digits[: -marks.lowest]
    while rest:
        groups.append(rest[-marks.higher :])
        rest = rest[: -marks.higher]
    return marks.group.join(reversed(groups))


def _compact(value: Decimal, code: str, locale: Any) -> str:
    """Write an amount with at most three decimals, and the unit that suits it."""
    language = _language(locale)
    if language in _CHINESE:
        units = _CHINESE[language]
        number, unit = _shortened(value, {power: power for power in units})
        short = number.normalize(EXACT)
        return f"{short:f}{units.get(unit, '')}{_name(value, code, language)}"
    if language and locale.territory in _WRITE_BRITISH:
        number, unit = _shortened(value, {power: power for power in _BRITISH})
        symbol = "RMB" if code == "CNY" else locale.currency_symbols.get(code, code)
        space, sign = " " * symbol.isalpha(), "-" * number.is_signed()
        return f"{sign}{symbol}{space}{number.copy_abs():,f}{_BRITISH.get(unit, '')}"
    return _of_cldr(value, code, locale)


def _of_cldr(value: Decimal, code: str, locale: Any) -> str:
    """Write an amount with CLDR's pattern for its size; the pattern 0 has no unit.

    In Japanese, ¤0万 is the pattern for 10,000 and ¤000万 for a million; the unit of both is 万.
    """
    patterns = locale.compact_currency_formats["short"]
    units = _units(patterns["other"], _powers_in_full(locale))
    number, size = _shortened(value, units)
    pattern = locale.currency_formats["standard"]
    with localcontext(_WIDE):
        if size:
            pattern = patterns["other"][f"{10**size}"]
            plural = patterns.get(locale.plural_form(number.copy_abs()), {}).get(f"{10**size}")
            # In Venetian, Babel 2.19 has a 0 alone for the singular of 1,000.
            if plural and _power(plural, size) == units[size]:
                pattern = plural
        text = _with_decimals(pattern, (0, 3)).apply(
            number, locale, currency=code, currency_digits=False, group_separator=False
        )
    return _with_marks_of_money(text, locale, in_groups=False)


def _units(patterns: Mapping[str, Any], powers_in_full: set[int]) -> dict[int, int]:
    """Return, by the size of amounts, the power of ten of the unit that CLDR has for them.

    A size is left out whose unit has another word than smaller ones of its power, a word that has
    another power, or a power that no word in full has: CLDR has slips there. In Assamese, Babel
    2.18 has ¤ 00 হাজাৰ (thousand) for 10,000, and ¤ 000 লাখ for 100,000, which is no 100 লাখ, but
    one. In Bengali, Babel 2.19 has 0শত কো¤ (hundred crore, a billion) for ten billion. Amounts of
    a size that is left out are written in the next smaller unit.
    """
    units: dict[int, int] = {}
    words: dict[int, str] = {}
    powers: dict[str, int] = {}
    for digits in sorted(patterns, key=len):
        size = len(digits) - 1
        power = _power(patterns[digits], size)
        word = re.sub(r"[0¤\s]", "", patterns[digits].pattern.partition(";")[0])
        is_alone = words.get(power, word) == word and powers.get(word, power) == power
        if power and is_alone and power in (powers_in_full or {power}):
            units[size], words[power], powers[word] = power, word, power
    return units


def _powers_in_full(locale: Any) -> set[int]:
    """Return the powers of ten for which CLDR has a word in full; some locales lack these."""
    in_full = locale.compact_decimal_formats.get("long", {}).get("other", {})
    return {_power(pattern, len(digits) - 1) for digits, pattern in in_full.items()}


def _power(pattern: Any, size: int) -> int:
    """Return the power of ten of the unit in a pattern for a size; the pattern 0 has no unit."""
    digits = pattern.pattern.partition(";")[0]
    return 0 if digits == "0" else size + 1 - int(digits.count("0"))


def _shortened(value: Decimal, units: Mapping[int, int]) -> tuple[Decimal, int]:
    """Return an amount in its unit, rounded once to three decimals, and the size it has then.

    ``units`` has, by the size of amounts, the power of ten of their unit: 4 for 10,000 to 10
    million, which are written in 万. The size is that after rounding: 999,999,999 is 1B, no 1000M.
    """
    rounded = _to_thousandths(value, units.get(_size(value, units), 0))
    size = _size(rounded, units)
    return EXACT.scaleb(rounded, -units.get(size, 0)), size


def _size(value: Decimal, sizes: Iterable[int]) -> int:
    return max((size for size in sizes if value and value.adjusted() >= size), default=0)


def _to_thousandths(value: Decimal, scale: int) -> Decimal:
    """Round a value, half to even, to thousandths of a scale, unless it has fewer decimals."""
    if int(value.as_tuple().exponent) >= scale - 3:
        return value
    with localcontext(_WIDE):
        rounded = value.quantize(Decimal((0, (1,), scale - 3))).normalize()
    return rounded or rounded.copy_abs()  # no minus before nothing


def _words(value: Decimal, code: str, locale: Any) -> str:
    language = _language(locale)
    if language:
        number, unit = _in_words(value, language)
        return number + unit + _name(value, code, language)
    from babel.numbers import format_currency  # noqa: PLC0415 (as Babel is elsewhere)

    pattern = _with_decimals(locale.decimal_formats[None], _decimals(value, code))
    with localcontext(_WIDE):
        text = format_currency(
            value, code, pattern, locale=locale, format_type="name", currency_digits=False
        )
    return _with_marks_of_money(text, locale, in_groups=True)


def _in_words(value: Decimal, language: str) -> tuple[str, str]:
    """Return the digits and the unit where few decimals suffice, else every digit."""
    scales, decimals = (_ENGLISH, 3) if language == "en" else (_CHINESE[language], 4)
    separator = "," if language == "en" else ""
    short = value.normalize(EXACT)
    for scale, unit in scales.items():
        finest = scale - decimals
        if short.adjusted() >= scale and int(short.as_tuple().exponent) >= finest:
            # A number in full, to the last yuan, gets no zeros for that: 4000万, not 4000.0000万.
            as_precise = value if int(value.as_tuple().exponent) >= max(finest, 1) else short
            return _digits(as_precise, scale, separator), unit
    return _digits(value, 0, separator), ""


def _digits(value: Decimal, scale: int, separator: str) -> str:
    return f"{EXACT.scaleb(value, -scale):{separator}f}"


def _first_of_range(low: Decimal, high: Decimal, language: str) -> str:
    """Write the lower end without its currency, where the upper end's surely holds for both.

    5万至2万亿元 may begin at 5万亿元; so does 5萬至2兆元, where 兆 is read as 万亿 is.
    """
    number, unit = _in_words(low, language)
    upper = _in_words(high, language)[1]
    is_sure = bool(unit) is bool(upper) and (unit, upper) not in _UNCLEAR_TOGETHER
    return number + unit if is_sure else ""


_UNCLEAR_TOGETHER = {("万", "万亿"), ("萬", "兆")}


def _name(value: Decimal, code: str, language: str) -> str:
    """Return a currency's name if `read_wording` understands it, else its code."""
    from babel.numbers import get_currency_name  # noqa: PLC0415 (as Babel is elsewhere)

    space = " " if language == "en" else ""
    if (language, code) in _NEWSROOM_NAMES:
        return space + _NEWSROOM_NAMES[language, code]
    locale = "en" if language == "en" else f"zh_{language}"
    name = get_currency_name(code, 1 if value.copy_abs() == 1 else 2, locale)
    meaning = names().get(name.lower())
    return space + name if meaning and meaning.alone == (code,) else f" {code}"


def _language(locale: Any) -> str:
    """Return en, Hans or Hant, and nothing for a language without words of our own."""
    if locale.language == "zh":
        traditional = locale.script == "Hant" or locale.territory in _WRITE_TRADITIONAL
        return "Hant" if traditional else "Hans"
    return "en" if locale.language == "en" else ""


_STYLES: dict[str, Callable[[Decimal, str, Any], str]] = {
    "full": _full,
    "compact": _compact,
    "words": _words,
}
