"""Amounts in the form of our own files: ``15.49 billion USD``, ``1234.50 CNY``, ``1E+13 CNY``."""

from decimal import Decimal

from commonprosperity.errors import AmountError
from commonprosperity.patterns import pattern
from commonprosperity.sentence import Sentence
from commonprosperity.wording.currencies import currency_code, currency_codes
from commonprosperity.wording.numbers import EXACT, number, number_in_full

_SCALES = {"trillion": 12, "billion": 9, "million": 6, "thousand": 3}
_WORDS = pattern(
    r"(-?)((?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
    r"(?:(E\+[0-9]{1,3})| (thousand|million|billion|trillion))? ([A-Za-z]{3})",
)
_TEXT_AT_MOST = 200


def is_plain(text: object) -> bool:
    """Whether `read_amount` takes a text, its code included."""
    if not isinstance(text, str) or len(text) > _TEXT_AT_MOST:
        return False
    parts = _WORDS.fullmatch(text)
    return parts is not None and parts[5] in currency_codes()


def read_amount(text: str) -> tuple[Decimal, str]:
    """Read ``123.4 [thousand|million|billion|trillion] CODE``, with its precision.

    >>> read_amount("15.49 billion USD"), read_amount("1E+13 CNY")
    ((Decimal('1.549E+10'), 'USD'), (Decimal('1E+13'), 'CNY'))

    Raises `AmountError` when the text has another form, and `CurrencyError` for an unknown code.
    """
    parts = _WORDS.fullmatch(text) if isinstance(text, str) and len(text) <= _TEXT_AT_MOST else None
    if parts is None:
        raise AmountError(
            text, Sentence("write a number, a scale and a currency code: 15.49 billion USD")
        )
    sign, digits, exponent, scale, code = parts.groups()
    value = number_in_full(sign + digits.replace(",", "") + (exponent or ""))
    return number(EXACT.scaleb(value, _SCALES.get(scale, 0))), currency_code(code)


def write_amount(value: Decimal, code: str) -> str:
    """Write an amount in words where three decimals suffice, else in digits.

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


def write_exactly(value: Decimal, code: str) -> str:
    """Write an amount so that `read_amount` returns it with its precision.

    >>> write_exactly(Decimal("15.49E9"), "USD"), write_exactly(Decimal("2000.50"), "CNY")
    ('15.49 billion USD', '2,000.50 CNY')
    >>> write_exactly(Decimal("3.1E+8"), "USD"), write_exactly(Decimal("1E+13"), "CNY")
    ('0.31 billion USD', '1E+13 CNY')
    """
    exponent = int(value.as_tuple().exponent)
    if exponent <= 0:
        return f"{value:,f} {code}"
    first = value.adjusted()
    for scale in ("million", "billion", "trillion") if value else ():
        power = _SCALES[scale]
        if exponent <= power <= min(first, exponent + 3):
            return f"{EXACT.scaleb(value, -power):,f} {scale} {code}"
    # 310 million would claim a third digit of 3.1E+8, and 0.31 billion does not.
    for scale in ("thousand", "million", "billion", "trillion") if value else ():
        power = _SCALES[scale]
        least = power if scale == "thousand" else power - 2
        if exponent <= power and least <= first < power + 3:
            return f"{EXACT.scaleb(value, -power):,f} {scale} {code}"
    return f"{value} {code}"
