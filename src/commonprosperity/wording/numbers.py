"""Exact numbers, independent of the caller's decimal context, which could round them."""

from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    Clamped,
    Context,
    Decimal,
    Inexact,
    InvalidOperation,
    Rounded,
)
from fractions import Fraction
from numbers import Integral, Rational, Real

from commonprosperity.errors import AmountError
from commonprosperity.patterns import pattern
from commonprosperity.sentence import Sentence

DIGITS_AT_MOST = 60
"""How many digits an amount may have, and the largest exponent, positive or negative."""

EXACT = Context(
    prec=DIGITS_AT_MOST, Emin=-999_999, Emax=999_999, rounding="ROUND_HALF_EVEN",
    capitals=1, clamp=0, flags=[], traps=[Inexact, InvalidOperation],
)  # fmt: skip
"""The decimal context of amounts: it raises ``Inexact`` instead of rounding."""

# Raises an error for what no amount can be: more than 60 digits, or an exponent beyond 60. (Emin
# and Emax are places of the first digit, which is 61 in 1.2E+61, whose exponent is 60.)
_WITHIN_BOUNDS = Context(
    prec=DIGITS_AT_MOST, Emin=-1, Emax=2 * DIGITS_AT_MOST - 1, rounding="ROUND_HALF_EVEN",
    clamp=1, flags=[], traps=[Clamped, Rounded],
)  # fmt: skip

_NUMBER = pattern(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,6})?")
_HALF = rf"[0-9]{{1,{DIGITS_AT_MOST // 2}}}"
_WITH_A_SCALE = pattern(r"[-+]?[0-9][0-9.,]* ?(?:[A-Za-z]{4,}|[万亿萬億])")  # 20 million
_PLAIN = pattern(rf"{_HALF}(?:\.{_HALF})?(?:E-[0-9])?")
_TEXT_AT_MOST = 200
BEYOND_BOUNDS = Sentence(
    "it has more than {most} digits or an exponent beyond {most}", most=DIGITS_AT_MOST
)


def number(value: object) -> Decimal:
    """Take a number exactly: an integer, a ``Decimal``, or a text of ASCII digits.

    >>> number("1.549E+10")
    Decimal('1.549E+10')

    Raises `AmountError` for floats, bools, NaN, infinities, and what has more than 60 digits or
    an exponent beyond 60 either way; for large inputs before anything large is built.
    """
    if isinstance(value, str):
        if _PLAIN.fullmatch(value):
            return Decimal(value)  # within the bounds, by its form
        value = _number_in_digits(value)
    elif isinstance(value, Decimal):
        pass  # most are; asking first whether it is an Integral takes as long as all the rest
    elif isinstance(value, Integral) and not isinstance(value, bool):
        value = int(value)  # of NumPy, which pandas has in its cells
        # 2**512 has 155 digits: larger ones are refused before they are turned into digits.
        if value.bit_length() > 512:  # noqa: PLR2004
            raise AmountError("an integer of 155 digits or more", BEYOND_BOUNDS)
        value = Decimal(value)
    else:
        raise AmountError(value, _kind_problem(value))
    return _bounded(value)


def number_in_full(text: str) -> Decimal:
    """Read digits that a writer may have filled up with zeros beyond what an amount keeps.

    An amount of 19 digits and the exponent 54 is written in full with 73 digits. Zeros at the end
    go into the exponent until 60 digits are left.

    >>> number_in_full("25" + "0" * 60) == Decimal("2.5E+61")
    True
    """
    excess = len(text.lstrip("-")) - DIGITS_AT_MOST
    if excess > 0 and text.isascii() and text.lstrip("-").isdigit() and text.endswith("0" * excess):
        text = f"{text[:-excess]}E{excess}"
    return number(text)


def _number_in_digits(text: str) -> Decimal:
    if len(text) > _TEXT_AT_MOST:
        raise AmountError(text, BEYOND_BOUNDS)
    if not _NUMBER.fullmatch(text):
        problem = Sentence("write digits with one decimal point at the most, such as 15.49")
        if _WITH_A_SCALE.fullmatch(text):
            problem = Sentence("write digits, such as 15.49, and a scale as an exponent: 2E+7")
        raise AmountError(text, problem)
    return Decimal(text)


def _bounded(value: Decimal) -> Decimal:
    if not value.is_finite():
        raise AmountError(value, Sentence("it is not a finite number"))
    try:
        _WITHIN_BOUNDS.plus(value)  # to count its digits takes five times as long
    except (Clamped, Rounded):
        raise AmountError(value, BEYOND_BOUNDS) from None
    return value or value.copy_abs()  # -0 is 0


def _kind_problem(value: object) -> Sentence:
    if isinstance(value, Real) and not isinstance(value, Rational):
        text = str(value)  # of NumPy's floats, too, whose repr is np.float64(0.1)
        if _is_number(text):
            return Sentence('a float is not exact; write it as text, such as "{text}"', text=text)
    return Sentence("give an int, a Decimal or a text")


def _is_number(text: str) -> bool:
    try:
        number(text)
    except AmountError:
        return False
    return True


def significant(exact: Fraction, digits: int = 6) -> str:
    """Write an exact number with some significant digits, however large or small it is.

    >>> significant(Fraction(1, 3), digits=8), significant(Fraction(10) ** 400)
    ('0.33333333', '1e+400')
    """
    context = Context(prec=digits, Emax=MAX_EMAX, Emin=MIN_EMIN)
    number = context.divide(Decimal(exact.numerator), Decimal(exact.denominator))
    number = number.normalize(context)
    if -5 < number.adjusted() < digits:  # noqa: PLR2004 (as floats are written)
        return f"{number:f}"
    mantissa, _, exponent = f"{number:e}".partition("e")
    return f"{mantissa}e{int(exponent):+03}"


def nearest(exact: Fraction, digits: int) -> Decimal:
    """Round an exact number, half to even, to a number of decimals.

    >>> nearest(Fraction(1, 8), 2)
    Decimal('0.12')
    """
    return nearest_quotient(*exact.as_integer_ratio(), digits)


def percent(share: Fraction) -> str:
    """Write a share in percent, with one decimal; one that is not nothing is never 0.0.

    >>> percent(Fraction(1, 3)), percent(Fraction(1, 10_000)), percent(Fraction(0))
    ('33.3', '<0.1', '0.0')
    """
    rounded = nearest(share * 100, 1)
    if share and not rounded:
        return "<0.1" if share > 0 else ">-0.1"
    return f"{rounded:,f}"


def nearest_product(amount: Decimal, factor: Fraction, digits: int) -> Decimal:
    """Multiply an amount by a rate, and round as `nearest` does.

    >>> nearest_product(Decimal(3), Fraction("6.4558"), digits=2)
    Decimal('19.37')
    """
    # The product as a Fraction, in lowest terms, would make this take half as long again.
    numerator, denominator = amount.as_integer_ratio()
    numerator, denominator = numerator * factor.numerator, denominator * factor.denominator
    return nearest_quotient(numerator, denominator, digits)


def nearest_quotient(numerator: int, denominator: int, digits: int) -> Decimal:
    """Divide two integers, and round as `nearest` does; they need not be in lowest terms.

    >>> nearest_quotient(2, 16, digits=2)
    Decimal('0.12')
    """
    if digits < 0:
        denominator *= 10**-digits
    else:
        numerator *= 10**digits
    units = _half_to_even(numerator, denominator)
    try:
        # What is beyond 60 digits is dropped here as long as it is zeros.
        return EXACT.scaleb(Decimal(units), -digits)
    except Inexact:
        raise AmountError("a result", BEYOND_BOUNDS) from None


def _half_to_even(numerator: int, denominator: int) -> int:
    """Divide and round; a Fraction, made and rounded, takes four times as long.

    5 / 2 is 2, and 7 / 2 is 4: of two that are as near, the even one.
    """
    whole, rest = divmod(numerator, denominator)
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2))
