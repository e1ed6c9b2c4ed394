r"""How a column of amounts is read, by its type: exactly, or not at all.

What a type lets through, and as which integers or decimals it is added up:

| integers | ``5`` | 5, or 5 fen with ``minor_units=True`` |
| decimals | ``5.00`` | 5.00 |
| floats | ``0.29`` | 29 hundredths with ``float_digits=2``, as 0.29 is the float nearest to that |
| texts | ``"0.29"``, ``"2.50000E+2"`` | 0.290000000; ``"1.234,5"`` with ``locale="de"`` |
"""

import re
from typing import TYPE_CHECKING

import attrs

from commonprosperity.frames.columns import AmountForm, Constant
from commonprosperity.frames.nw import nw
from commonprosperity.frames.reading import ColumnReading, UnreadableTypeError
from commonprosperity.sentence import Sentence
from commonprosperity.wording import currency_codes, currency_digits, known_locale
from commonprosperity.wording.thousands import POINT

if TYPE_CHECKING:
    from narwhals.dtypes import Decimal, DType

_DIGITS_AT_MOST = 38
_DIGITS_OF_64_BITS = 18
_TEXT_DECIMALS = 9
_EXACT_BELOW = 10**15  # numbers of up to 15 digits are different floats; of 16 digits, some are one
_WHOLE = "[0-9]{1,18}"
_DECIMALS = f"[0-9]{{1,{_TEXT_DECIMALS}}}"
# As the library writes what would have two readings: 250.000 is 2.50000E+2.
_EXPONENT = rf"[0-9](?:\.{_DECIMALS})?E\+(?:1[0-7]|[0-9])"
_TWO_READINGS = Sentence(
    "can be read in two ways, as its point may divide thousands or decimals; give "
    'locale="de" if it divides thousands, locale="en" if decimals'
)


def amounts(
    column: "nw.Expr", type_: "DType", *, form: AmountForm, in_128_bits: bool,
    currency: "nw.Expr | Constant",
) -> ColumnReading:  # fmt: skip
    """Read a column of amounts: integers, decimals, texts, and floats that are said to be exact.

    ``in_128_bits`` is whether the engine adds up what has 64 bits in so many. Raises
    `UnreadableTypeError` for any other type.
    """
    if isinstance(type_, nw.Decimal):
        if form.minor_units and type_.scale:
            problem = Sentence("is a column of decimals; minor_units=True is for integers")
            raise UnreadableTypeError(problem)
        return _decimals(column, type_, in_128_bits=in_128_bits)
    if type_.is_float():
        if form.minor_units:
            raise UnreadableTypeError(
                Sentence("is a column of floats; minor_units=True is for integers")
            )
        return _floats(column, type_, form.float_digits)
    if isinstance(type_, nw.String):
        return _texts(column, form, currency)
    if type_.is_integer():
        return _integers(column, type_, in_128_bits=in_128_bits)
    if isinstance(type_, nw.Unknown):
        return _nothing(column)
    problem = Sentence(
        "is a column of {type}; amounts are integers, decimals or texts", type=str(type_)
    )
    raise UnreadableTypeError(problem)


def _decimals(column: "nw.Expr", type_: "Decimal", *, in_128_bits: bool) -> ColumnReading:
    if in_128_bits and type_.precision <= _DIGITS_OF_64_BITS:
        return ColumnReading(column)  # whose sums have 38 digits, too many for that many rows
    return _decimal(column, type_.scale)


def _decimal(column: "nw.Expr", scale: int) -> ColumnReading:
    wide = column.cast(nw.Decimal(_DIGITS_AT_MOST, scale))
    return ColumnReading(wide, bound=10 ** (_DIGITS_AT_MOST - scale))


def _integers(column: "nw.Expr", type_: "DType", *, in_128_bits: bool) -> ColumnReading:
    """Sum as integers of 64 bits, and as decimals where these may be too small."""
    wide = _decimal(column, 0)
    if type_ in {nw.UInt64, nw.Int128, nw.UInt128}:
        return wide
    # Three rows of up to 4 * 10**18 may come to more than 2**63, which is 9.2 * 10**18.
    narrow = column.cast(nw.Int64)
    return ColumnReading(narrow) if in_128_bits else ColumnReading(narrow, bound=2**63, wide=wide)


def _nothing(column: "nw.Expr") -> ColumnReading:
    """Read a column of a type that Narwhals does not know: of nulls, or of what is no amount."""
    given = ~column.is_null()
    zeros = nw.when(given).then(nw.lit(0)).cast(nw.Int64)
    return ColumnReading(
        zeros, {Sentence("has a type that holds no amounts; cast it"): given}, bound=2**63
    )


def _floats(column: "nw.Expr", type_: "DType", digits: int | None) -> ColumnReading:
    """Read the cents of floats that are the nearest ones to an amount of so many decimals."""
    if not isinstance(type_, nw.Float64):
        problem = Sentence(
            "is a column of {type}, which holds no seven digits; read it as text", type=str(type_)
        )
        raise UnreadableTypeError(problem)
    if digits is None:
        problem = Sentence(
            "is a column of floats, which may not be exact; cast it to text or decimals, or say "
            "float_digits=2 if they were written with two decimals"
        )
        raise UnreadableTypeError(problem)
    one = float(10**digits)
    given = nw.when(~column.is_nan()).then(column)
    # A column of ones, as Polars divides by a number by multiplying with its inverse.
    ones = given * 0.0 + one
    # 0.29 * 100 is 28.999999999999996, which rounds to 29, and 29 / 100 is the float 0.29 again;
    # 0.295 * 100 rounds to 29 as well, and 29 / 100 is not 0.295.
    exact = (given.abs() * one < _EXACT_BELOW) & ((given * one).round(0) / ones == given)
    cents = nw.when(exact).then((given * one).round(0)).cast(nw.Int64)
    value = nw.when(given.is_null() | exact).then(cents).otherwise(nw.lit(0))
    flaws = {Sentence("is no float of {digits} decimals", digits=digits): ~exact}
    wide = attrs.evolve(_decimal(value, 0), decimals=digits, flaws=flaws)
    return ColumnReading(value, flaws, digits, 2**63, wide)


def _texts(column: "nw.Expr", form: AmountForm, currency: "nw.Expr | Constant") -> ColumnReading:
    """Read texts that are plain numbers, or written as a locale has them."""
    marks = ("", ".") if form.locale is None else _marks(form.locale)
    text = column
    plain = text.str.contains(f"^-?(?:{_number(form, *marks)})\\z")
    flaws = {_not_plain(form): ~plain}
    if form.locale is None and not form.minor_units:
        flaws |= _two_readings(text, currency)
    if form.locale is not None:  # of "de": 1.234,5 becomes 1234,5 and then 1234.5
        for mark in marks[0]:
            text = text.str.replace_all(mark, "", literal=True)
        text = text.str.replace_all(marks[1], ".", literal=True)
    number = nw.when(plain | column.is_null()).then(text).otherwise(nw.lit("0"))
    scale = 0 if form.minor_units else _TEXT_DECIMALS
    return attrs.evolve(_decimal(number, scale), flaws=flaws, padded=True)


def _not_plain(form: AmountForm) -> Sentence:
    if form.locale is not None:
        return Sentence("is no number as locale {locale} writes one", locale=form.locale)
    if form.minor_units:
        return Sentence("is no plain integer")
    return Sentence('is no plain number such as 1234.56, or 1,234.56 with locale="en"')


def _number(form: AmountForm, groups: str, point: str) -> str:
    """Return the regular expression of a number, given what divides its thousands."""
    whole = _WHOLE
    if groups and form.locale is not None:
        size = _size_of_groups(form.locale)
        # Of three: [1-9][0-9]{0,2}, up to four times .[0-9]{3}, and .[0-9]{3}, as in 1.234.567.
        mark, others = f"[{re.escape(groups)}]", (_DIGITS_OF_64_BITS - 3) // size - 1
        grouped = f"(?:{mark}[0-9]{{{size}}}){{0,{others}}}{mark}[0-9]{{3}}"
        whole += f"|[1-9][0-9]{{0,{size - 1}}}{grouped}"
    if form.minor_units:
        return whole
    decimals = f"(?:{whole})(?:{re.escape(point)}{_DECIMALS})?"
    return decimals if form.locale is not None else f"{decimals}|{_EXPONENT}"


def _marks(locale: str) -> tuple[str, str]:
    """Return what divides thousands for a locale, in all spellings, and what divides decimals."""
    marks = known_locale(locale).number_symbols["latn"]
    group = str(marks["group"])
    alike = next((set_ for set_ in (" \u00a0\u202f", "'\u2019") if group in set_), group)
    return alike, str(marks["decimal"])


def _size_of_groups(locale: str) -> int:
    """Return how many digits stand between marks but for the last three: in India two."""
    size: int = known_locale(locale).decimal_formats[None].grouping[1]
    return size


def _two_readings(text: "nw.Expr", currency: "nw.Expr | Constant") -> "dict[Sentence, nw.Expr]":
    """Find points that may divide thousands, in currencies that have no three decimals."""
    # 1.234 CNY may be 1,234 yuan; 1.234 KWD is a dinar and 234 fils.
    of_three = [code for code in currency_codes() if currency_digits(code) > 2]  # noqa: PLR2004
    doubtful = text.str.contains(f"^-?{POINT}\\z")
    if isinstance(currency, Constant):
        return {} if currency.value in of_three else {_TWO_READINGS: doubtful}
    return {_TWO_READINGS: doubtful & ~currency.is_in(sorted(of_three))}
