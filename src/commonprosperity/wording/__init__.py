"""Money as people write it: currencies, exact numbers, and amounts in words, read and written.

This is the Babel room: currencies, their symbols and their names come from the Unicode CLDR that it
carries, and newsrooms' own forms from us. The room works with numbers and codes, not with `Money`.
"""

from commonprosperity.wording.currencies import (
    currency_code,
    currency_codes,
    currency_digits,
    currency_name,
    unknown_currency,
)
from commonprosperity.wording.locales import known_locale
from commonprosperity.wording.numbers import (
    BEYOND_BOUNDS,
    DIGITS_AT_MOST,
    EXACT,
    nearest,
    nearest_product,
    number,
    percent,
    significant,
)
from commonprosperity.wording.plain import is_plain, read_amount, write_amount, write_exactly
from commonprosperity.wording.terms import Qualifier
from commonprosperity.wording.writing import format_money, format_range

__all__ = [
    "BEYOND_BOUNDS",
    "DIGITS_AT_MOST",
    "EXACT",
    "Qualifier",
    "currency_code",
    "currency_codes",
    "currency_digits",
    "currency_name",
    "format_money",
    "format_range",
    "is_plain",
    "known_locale",
    "nearest",
    "nearest_product",
    "number",
    "percent",
    "read_amount",
    "significant",
    "unknown_currency",
    "write_amount",
    "write_exactly",
]
