"""The currencies of the Unicode CLDR, historical ones included: their codes and their digits.

CLDR's digits are those of prices: Lebanese pounds have no piastres, which no shop asks for.
Ledgers and payment services count in ISO 4217's minor units, and so do sums and rounding here.
"""

from functools import cache

from commonprosperity.errors import CurrencyError

_NO_MONEY = frozenset({"XTS", "XXX"})
# ISO 4217's minor units that are not 2: from list one of 2026-01-01, kept by SIX
# (https://www.six-group.com/en/products-services/financial-information/data-standards.html). The
# last line of those without decimals has withdrawn currencies. CLDR's digits change with its
# releases: Babel 2.19 has no decimals for the forint, and two again for the Serbian dinar.
_MINOR_UNITS_OTHER_THAN_2 = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF "
       "ADP BYR ESP ITL LUF MGF TRL",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}  # fmt: skip
_MINOR_UNITS = {
    code: digits for digits, codes in _MINOR_UNITS_OTHER_THAN_2.items() for code in codes.split()
}
_OTHER_NAMES = {
    "CNY": "RMB YUAN RENMINBI 元 人民币 人民幣",
    "EUR": "EURO EUROS € 欧元 歐元",
    "GBP": "STG UKP 英镑 英鎊",
    "HKD": "港元 港币 港幣",
    "JPY": "YEN 日元",
    "TWD": "NTD 新台币 新臺幣",
    "USD": "美元",
}
_NICKNAMES = {name: code for code, names in _OTHER_NAMES.items() for name in names.split()}
"""The code of each other name that means one currency, in capitals."""


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


def currency_digits(code: str) -> int:
    """Return how many decimals a currency's amounts are rounded to: ISO 4217's minor unit.

    >>> [currency_digits(code) for code in ("CNY", "JPY", "KWD", "LBP")]
    [2, 0, 3, 2]
    """
    return _MINOR_UNITS.get(code, 2)


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

    >>> [price_digits(code) for code in ("CNY", "JPY", "KWD", "LBP")]
    [2, 0, 3, 0]
    """
    from babel.numbers import get_currency_precision  # noqa: PLC0415 (as above)

    return get_currency_precision(code)
