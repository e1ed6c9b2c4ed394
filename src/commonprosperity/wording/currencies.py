"""The currencies of the Unicode CLDR, historical ones included: their codes and their digits.

CLDR's digits are those of prices: Serbian dinars have no paras, which no shop asks for. Ledgers and
payment services count in ISO 4217's minor units, and so do sums and rounding here.
"""

from functools import cache

from commonprosperity.errors import CurrencyError

_NO_MONEY = frozenset({"XTS", "XXX"})
# ISO 4217's minor units where CLDR has other digits: from list one of 2026-01-01, kept by SIX
# (https://www.six-group.com/en/products-services/financial-information/data-standards.html), and
# in the last line of six withdrawn currencies, when list one last had them. Gold and the like have
# no minor unit there, and CLDR's two decimals here.
_MINOR_UNITS = {
    "AFN": 2, "ALL": 2, "IQD": 3, "IRR": 2, "KPW": 2, "LAK": 2, "LBP": 2,
    "MGA": 2, "MMK": 2, "RSD": 2, "SOS": 2, "SYP": 2, "YER": 2,
    "MRO": 2, "SLL": 2, "STD": 2, "TMM": 2, "ZMK": 2, "ZWD": 2,
}  # fmt: skip
_MEANT = {
    "CNY": "RMB YUAN RENMINBI 元 人民币 人民幣",
    "EUR": "EURO EUROS € 欧元 歐元",
    "GBP": "STG UKP 英镑 英鎊",
    "HKD": "港元 港币 港幣",
    "JPY": "YEN 日元",
    "TWD": "NTD 新台币 新臺幣",
    "USD": "美元",
}
_NICKNAMES = {name: code for code, names in _MEANT.items() for name in names.split()}
"""Other names of one meaning, in capitals."""


@cache
def currency_codes() -> frozenset[str]:
    """Return every code of CLDR that stands for money.

    >>> "CNY" in currency_codes(), "DEM" in currency_codes(), "XXX" in currency_codes()
    (True, True, False)
    """
    from babel.numbers import list_currencies  # noqa: PLC0415 (11 ms, kept out of the import)

    return frozenset(list_currencies()) - _NO_MONEY


def currency_code(code: object) -> str:
    """Return the code itself if it is one.

    Raises `CurrencyError` for any other value, with a suggestion where there is one.
    """
    if isinstance(code, str) and code in currency_codes():
        return code
    raise unknown_currency(code)


def unknown_currency(code: object) -> CurrencyError:
    """Return the error of an unknown code, with a suggestion where there is one."""
    upper = code.upper() if isinstance(code, str) else ""
    likely = _NICKNAMES.get(upper, upper)
    return CurrencyError(code, likely if likely in currency_codes() else None)


@cache
def currency_digits(code: str) -> int:
    """Return how many decimals a currency's amounts are rounded to: ISO 4217's minor unit.

    >>> [currency_digits(code) for code in ("CNY", "JPY", "KWD", "RSD")]
    [2, 0, 3, 2]
    """
    return _MINOR_UNITS.get(code, price_digits(code))


@cache
def currency_name(code: str, locale: str) -> str:
    """Return what a currency is called in a locale: CLDR's name, or the code where it has none.

    >>> currency_name("USD", "zh_CN"), currency_name("CNY", "zh_CN"), currency_name("USD", "en")
    ('美元', '人民币', 'US Dollar')
    """
    from babel.numbers import get_currency_name  # noqa: PLC0415 (as above)

    return get_currency_name(code, locale=locale)


@cache
def price_digits(code: str) -> int:
    """Return how many decimals CLDR writes a currency's prices with.

    >>> [price_digits(code) for code in ("CNY", "JPY", "KWD", "RSD")]
    [2, 0, 3, 0]
    """
    from babel.numbers import get_currency_precision  # noqa: PLC0415 (as above)

    return get_currency_precision(code)
