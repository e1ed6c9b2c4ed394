"""Countries by their codes of ISO 3166, and their currencies, from the Unicode CLDR in Babel."""

from datetime import date
from functools import cache

from commonprosperity.errors import CountryError

# CLDR has names for these, too: what ISO 3166 reserves for parts and unions of countries, and
# CLDR's own. XK stays: there is no other code for Kosovo.
_NO_COUNTRIES = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)
_OF_WORLD_BANK = {"XKX": "XK"}
_LETTERS = 2


@cache
def country_codes() -> frozenset[str]:
    """Return the codes of all countries.

    >>> "CN" in country_codes(), "XK" in country_codes(), "EU" in country_codes()
    (True, True, False)
    """
    from babel.core import get_global  # noqa: PLC0415 (not needed before the first country)

    # CLDR has their languages in the file that has their currencies; their names take 15 ms more.
    codes = get_global("territory_languages")
    return frozenset(code for code in codes if len(code) == _LETTERS) - _NO_COUNTRIES


def country_code(code: object) -> str:
    """Return the code itself if it is one of a country.

    >>> country_code("CN")
    'CN'

    Raises `CountryError` for any other value, with a suggestion where there is one.
    """
    if isinstance(code, str) and code in country_codes():
        return code
    raise CountryError(code, _meant(code) if isinstance(code, str) else None)


def country_of(code: str) -> str | None:
    """Return the country that a code of two or three letters stands for, or None.

    >>> country_of("CN"), country_of("CHN"), country_of("XKX"), country_of("WLD")
    ('CN', 'CN', 'XK', None)
    """
    if code in country_codes():
        return code
    others = [_OF_WORLD_BANK[code]] if code in _OF_WORLD_BANK else _aliases().get(code, [])
    return others[0] if len(others) == 1 and others[0] in country_codes() else None


@cache
def currency_of(country: str, year: int) -> str | None:
    """Return the currency of a country at the end of a year, or None if CLDR has none.

    >>> currency_of("HR", 2022), currency_of("HR", 2023)
    ('HRK', 'EUR')

    Of several in use, it is the one that stays longest, and of those the country's own: the euro
    in Germany in 2000, as the mark went in 2002; the gourde in Haiti, where the dollar is, too.
    """
    from babel.numbers import get_territory_currencies  # noqa: PLC0415 (11 ms, for prices alone)

    last = date(year, 12, 31)
    in_use = get_territory_currencies(country, last, last, include_details=True)
    if not in_use:
        return None

    def rank(currency: dict[str, object]) -> tuple[object, bool]:
        return currency["to"] or date.max, str(currency["currency"]).startswith(country)

    code: str = max(in_use, key=rank)["currency"]
    return code


def _meant(text: str) -> str | None:
    """Return the code that a text may stand for: cn, CHN, UK, China."""
    return country_of(text.strip().upper()) or _codes().get(text.strip().casefold())


@cache
def _codes() -> dict[str, str]:
    """Return the code of each country by its English name."""
    from babel import Locale  # noqa: PLC0415 (only an error needs it)

    names = Locale("en").territories.items()
    return {name.casefold(): code for code, name in names if code in country_codes()}


@cache
def _aliases() -> dict[str, list[str]]:
    """Return the codes that replace others in CLDR: CN for CHN, GB for UK, RS and ME for YUG."""
    from babel.core import get_global  # noqa: PLC0415 (not needed before the first country)

    return dict(get_global("territory_aliases"))
