"""Numbers whose point may divide thousands: ``250.000`` is 250 in London, and 250,000 in Berlin."""

import re
import unicodedata
from decimal import Decimal

from commonprosperity.patterns import pattern

POINT = r"[1-9][0-9]{0,2}\.[0-9]{3}"
"""One to three digits, a point and three digits; 0.250 is none, as no thousands begin with 0."""

_IN_TEXT = pattern(rf"(?<![0-9.,]){POINT}(?![.,]?[0-9]|[eE][+-]?[0-9])")


def has_such_a_point(text: str) -> bool:
    """Whether a number stands in a text whose point may divide thousands.

    >>> has_such_a_point("250.000 €"), has_such_a_point("250.00 €"), has_such_a_point("2.500.000")
    (True, False, False)
    """
    return _IN_TEXT.search(unicodedata.normalize("NFKC", text)) is not None


def number_text(value: Decimal) -> str:
    """Write a number with its precision, in one reading, and in plain digits where these say both.

    Plain digits of 1.5E+9 would claim ten of them to be known.

    >>> number_text(Decimal("250.00")), number_text(Decimal("1E-7")), number_text(Decimal("1.5E+9"))
    ('250.00', '0.0000001', '1.5E+9')
    >>> number_text(Decimal("250.000"))
    '2.50000E+2'
    """
    exponent = value.as_tuple().exponent
    text = f"{value:f}" if isinstance(exponent, int) and exponent <= 0 else str(value)
    return f"{value:E}" if re.fullmatch(rf"-?{POINT}", text) else text
