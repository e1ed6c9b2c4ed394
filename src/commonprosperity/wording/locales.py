"""Babel's locales, and the marks in their amounts."""

from typing import Any, NamedTuple

from commonprosperity.errors import LocaleError


class Marks(NamedTuple):
    """The marks of a locale's amounts, and how many digits its groups have.

    ``lowest`` is the size of the group before the decimals, ``higher`` that of all other groups: 3
    and 2 in India, where 1,00,000 is a lakh.
    """

    decimal: str
    group: str
    lowest: int
    higher: int


def known_locale(name: str) -> Any:
    """Return Babel's locale of a name such as ``zh_CN``; raise `LocaleError` when it has none."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 (only where a locale is given)

    try:
        return Locale.parse(name, sep="-" if "-" in name else "_")
    except (UnknownLocaleError, ValueError, TypeError, AttributeError):
        raise LocaleError(name) from None


def number_marks(locale: Any) -> Marks:
    """Return the marks of a locale's plain numbers; Babel writes amounts with them too.

    >>> number_marks(known_locale("fr_CH")).decimal
    ','
    """
    symbols = locale.number_symbols["latn"]
    lowest, higher = locale.decimal_formats[None].grouping
    return Marks(symbols["decimal"], symbols["group"], lowest, higher)


def money_marks(locale: Any) -> Marks:
    """Return the marks of a locale's amounts of money: in Swiss French, 12 345.67 francs.

    >>> money_marks(known_locale("fr_CH")).decimal, money_marks(known_locale("fr")).decimal
    ('.', ',')
    """
    symbols = locale.number_symbols["latn"]
    marks = number_marks(locale)
    return marks._replace(
        decimal=symbols.get("currencyDecimal", marks.decimal),
        group=symbols.get("currencyGroup", marks.group),
    )
