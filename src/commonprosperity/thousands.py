"""Numbers whose point may divide thousands: ``250.000`` is 250 in London, and 250,000 in Berlin."""

import re
import unicodedata
from decimal import Decimal

POINT = r"[1-9][0-9]{0,2}\.[0-9]{3}"
"""One to three digits, a point and three digits; 0.250 is none, as no thousands begin with 0."""

_IN_TEXT = re.compile(rf"(?<![0-9.,]){POINT}(?![.,]?[0-9]|[eE][+-]?[0-9])")


def has_such_a_point(text: str) -> bool:
    """Whether a number stands in a text whose point may divide thousands.

    >>> has_such_a_point("250.000 €"), has_such_a_point("250.00 €"), has_such_a_point("2.500.000")
    (True, False, False)
    """
    return _IN_TEXT.search(unicodedata.normalize("NFKC", text)) is not None


def number_text(value: Decimal) -> str:
    """Write a number with its precision, and in a form that has one reading.

    >>> number_text(Decimal("250.00")), number_text(Decimal("250.000"))
    ('250.00', '2.50000E+2')
    """
    return f"{value:E}" if re.fullmatch(rf"-?{POINT}", str(value)) else str(value)
