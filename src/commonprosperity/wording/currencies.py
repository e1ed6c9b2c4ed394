"""The currencies of the Unicode CLDR, historical ones included: their codes and their digits."""

from functools import cache

from commonprosperity.errors import CurrencyError

_NO_MONEY = frozenset({"XTS", "XXX"})
_MEANT = {"RMB": "CNY", "NTD": "TWD", "STG": "GBP", "UKP": "GBP"}


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
    raise unknown_currency(code)


def unknown_currency(code: object) -> CurrencyError:
    """Return the error of a code that is none."""
    upper = code.upper() if isinstance(code, str) else ""
    meant = _MEANT.get(upper, upper)
    return CurrencyError(code, meant if meant in currency_codes() else None)


@cache
def currency_digits(code: str) -> int:
    """Return how many decimals a currency's amounts are rounded to.

    >>> currency_digits("CNY"), currency_digits("JPY"), currency_digits("KWD")
    (2, 0, 3)
    """
    from babel.numbers import get_currency_precision  # noqa: PLC0415 (as above)

    return get_currency_precision(code)
