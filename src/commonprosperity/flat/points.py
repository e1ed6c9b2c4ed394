"""Amounts of somebody's sheet that can be read in two ways, as 250.000 € can."""

from decimal import Decimal

from commonprosperity.errors import CellError
from commonprosperity.money import Money
from commonprosperity.patterns import pattern
from commonprosperity.quoting import brief
from commonprosperity.sentence import Sentence
from commonprosperity.wording import currency_digits
from commonprosperity.wording.thousands import has_such_a_point

_THOUSANDTH = Decimal("0.001")
# In a file with semicolons or tabs a comma may divide decimals, too.
_POINT_OR_COMMA = pattern(r"(?<![0-9.,])[1-9][0-9]{0,2}([.,])[0-9]{3}(?![.,]?[0-9]|[eE][+-]?[0-9])")


def has_two_readings(text: str, *amounts: Money) -> bool:
    """Whether a text that was read as amounts has a number whose point may divide thousands.

    It may not where a scale is beside it, nor in a currency of three decimals.

    >>> has_two_readings("250.000 €", Money("250.000", "EUR"))
    True
    >>> has_two_readings("1.234 million €", Money("1.234E+6", "EUR"))
    False
    >>> has_two_readings("1.234", Money("1.234", "KWD"))
    False
    """
    return any(map(_may_be_thousands, amounts)) and has_such_a_point(text)


def _may_be_thousands(money: Money) -> bool:
    has_three_decimals = money.amount.same_quantum(_THOUSANDTH)
    return has_three_decimals and currency_digits(money.currency) <= 2  # noqa: PLR2004 (decimals)


def doubtful_mark(text: str) -> str | None:
    """Return the mark that may divide thousands or decimals where commas do not divide cells.

    >>> doubtful_mark("1,234"), doubtful_mark("1.234 million"), doubtful_mark("1.234,5")
    (',', '.', None)
    """
    mark = _POINT_OR_COMMA.search(text)
    return mark[1] if mark else None


def two_readings(text: str, mark: str = ".") -> CellError:
    """Return the error of a text whose point, or comma, may divide thousands or decimals."""
    if mark == ".":
        name, thousands, decimals = Sentence("point"), "de", "en"
    else:
        name, thousands, decimals = Sentence("comma"), "en", "de"
    problem = Sentence(
        "{text} can be read in two ways, as its {name:say} may divide thousands or decimals; "
        'give locale="{thousands}" if it divides thousands, locale="{decimals}" if decimals',
        text=brief(text), name=name, thousands=thousands, decimals=decimals,
    )  # fmt: skip
    return CellError(problem)


def amount_text(money: Money) -> str:
    """Write an amount as sheets have it: with its precision, and one reading.

    >>> amount_text(Money("15.49E+9", "USD")), amount_text(Money("250.000", "USD"))
    ('15.49 billion USD', '2.50000E+2 USD')
    """
    text = money.exact_text()
    return f"{money.amount:E} {money.currency}" if has_two_readings(text, money) else text
