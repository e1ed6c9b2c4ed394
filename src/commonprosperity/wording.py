"""Money as people write it: currency codes, and amounts such as ``15.49 billion USD``.

This is the room of Babel: the currencies and their digits are those of the Unicode CLDR that it
carries, historical ones included. It knows numbers and codes, and nothing of `Money`.

Decimals are made and scaled here without the caller's decimal context, which could round them.
"""

import re
from decimal import Context, Decimal, Inexact, InvalidOperation
from fractions import Fraction
from functools import cache

from commonprosperity.errors import AmountError, CurrencyError

DIGITS_AT_MOST = 60
"""The digits that an amount may have, and the largest exponent, either way."""

EXACT = Context(
    prec=DIGITS_AT_MOST, Emin=-999_999, Emax=999_999, rounding="ROUND_HALF_EVEN",
    capitals=1, clamp=0, flags=[], traps=[Inexact, InvalidOperation],
)  # fmt: skip
"""The decimal context of amounts: what would be rounded raises ``Inexact``."""

_SCALES = {"trillion": 12, "billion": 9, "million": 6, "thousand": 3}
_NO_MONEY = frozenset({"XTS", "XXX"})
_MEANT = {"RMB": "CNY", "NTD": "TWD", "STG": "GBP", "UKP": "GBP"}
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,6})?")
_WORDS = re.compile(
    r"(-?)((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
    r"(?: (thousand|million|billion|trillion))? ([A-Za-z]{3})",
)
_TEXT_AT_MOST = 200
_BOUNDS = f"it has more than {DIGITS_AT_MOST} digits or an exponent beyond {DIGITS_AT_MOST}"


@cache
def currency_codes() -> frozenset[str]:
    """Return every code of CLDR that stands for money.

    >>> "CNY" in currency_codes(), "DEM" in currency_codes(), "XXX" in currency_codes()
    (True, True, False)
    """
    from babel.numbers import list_currencies  # noqa: PLC0415 (11 ms, kept out of the import)

    return frozenset(list_currencies()) - _NO_MONEY


def currency_code(code: object) -> str:
    """Return the code as it is.

    Raises `CurrencyError` when it is none, with the code that was perhaps meant.
    """
    if isinstance(code, str) and code in currency_codes():
        return code
    upper = code.upper() if isinstance(code, str) else ""
    meant = _MEANT.get(upper, upper)
    raise CurrencyError(code, meant if meant in currency_codes() else None)


@cache
def currency_digits(code: str) -> int:
    """Return how many decimals a currency's amounts are rounded to.

    >>> currency_digits("CNY"), currency_digits("JPY"), currency_digits("KWD")
    (2, 0, 3)
    """
    from babel.numbers import get_currency_precision  # noqa: PLC0415 (as above)

    return get_currency_precision(code)


def number(value: object) -> Decimal:
    """Take a number exactly: an ``int``, a ``Decimal``, or a text of ASCII digits.

    >>> number("1.549E+10")
    Decimal('1.549E+10')

    Raises `AmountError` for floats, bools, NaN, infinities, and what has more than 60 digits or
    an exponent beyond 60 either way; for large inputs before anything large is built.
    """
    if isinstance(value, str):
        value = _number_in_digits(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        # 2**512 has 155 digits: larger ones are refused before they are turned into digits.
        if value.bit_length() > 512:  # noqa: PLR2004
            raise AmountError("an integer of 155 digits or more", _BOUNDS)
        value = Decimal(value)
    elif not isinstance(value, Decimal):
        raise AmountError(value, _kind_problem(value))
    return _bounded(value)


def _number_in_digits(text: str) -> Decimal:
    if len(text) > _TEXT_AT_MOST:
        raise AmountError(text, _BOUNDS)
    if not _NUMBER.fullmatch(text):
        raise AmountError(text, "write digits with one decimal point at the most, such as 15.49")
    return Decimal(text)


def _bounded(value: Decimal) -> Decimal:
    if not value.is_finite():
        raise AmountError(value, "it is not a finite number")
    _, digits, exponent = value.as_tuple()
    if len(digits) > DIGITS_AT_MOST or abs(int(exponent)) > DIGITS_AT_MOST:
        raise AmountError(value, _BOUNDS)
    return value or value.copy_abs()  # -0 is 0


def _kind_problem(value: object) -> str:
    if isinstance(value, float):
        return f'a float is not exact; write it as text, such as "{value!r}"'
    return "give an int, a Decimal or a text"


def nearest(exact: Fraction, digits: int) -> Decimal:
    """Round an exact number, half to even, to so many decimals.

    >>> nearest(Fraction(1, 8), 2)
    Decimal('0.12')
    """
    units = round(exact * Fraction(10) ** digits)  # a Fraction rounds half to even
    try:
        # What is beyond 60 digits is dropped here as long as it is zeros.
        return EXACT.scaleb(EXACT.plus(Decimal(units)), -digits)
    except Inexact:
        raise AmountError("a result", _BOUNDS) from None


def read_amount(text: str) -> tuple[Decimal, str]:
    """Read ``123.4 [thousand|million|billion|trillion] CODE``, with the precision it is written in.

    >>> read_amount("15.49 billion USD")
    (Decimal('1.549E+10'), 'USD')

    Raises `AmountError` when the text has another form, and `CurrencyError` for an unknown code.
    """
    parts = _WORDS.fullmatch(text) if isinstance(text, str) and len(text) <= _TEXT_AT_MOST else None
    if parts is None:
        raise AmountError(text, "write a number, a scale and a currency code: 15.49 billion USD")
    sign, digits, scale, code = parts.groups()
    value = number(sign + digits.replace(",", ""))
    return number(EXACT.scaleb(value, _SCALES.get(scale, 0))), currency_code(code)


def write_amount(value: Decimal, code: str) -> str:
    """Write an amount in words when three decimals say it all, else in digits.

    >>> write_amount(Decimal("214169000000.00"), "CNY")
    '214.169 billion CNY'
    >>> write_amount(Decimal("15484381871.69"), "USD")
    '15,484,381,871.69 USD'
    """
    short = value.normalize(EXACT)
    last_digit = int(short.as_tuple().exponent)
    for scale in ("trillion", "billion", "million"):
        power = _SCALES[scale]
        if short.adjusted() >= power and last_digit >= power - 3:
            return f"{EXACT.scaleb(short, -power):,f} {scale} {code}"
    return f"{value:,f} {code}"
