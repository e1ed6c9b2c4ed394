"""Numbers of tables whose cells have types: of dataframes and workbooks."""

from collections.abc import Set as AbstractSet
from decimal import Decimal

from commonprosperity.flat.row import Row
from commonprosperity.sentence import Sentence

_NO_CURRENCY = Sentence(
    'has no currency beside it; write its code, such as CNY, or give default="CNY"'
)


def number_everywhere(value: Decimal) -> str:
    """Write a finite number so that no locale reads its point in another way.

    >>> number_everywhere(Decimal("-1.50")), number_everywhere(Decimal(2000))
    ('-150E-2', '2000')
    """
    sign, digits, exponent = value.as_tuple()
    whole = Decimal((sign, digits, 0))
    return f"{whole:f}E{exponent}" if exponent else f"{whole:f}"


def with_currency(row: Row, numbers: AbstractSet[str], default: str | None) -> Row:
    """Give the numbers of a row the currency that the caller names, or refuse those without one.

    >>> with_currency(Row(0, {"amount": "5"}), {"amount"}, "CNY").cells
    {'amount': '5', 'currency': 'CNY'}
    """
    if "currency" in row.cells or not numbers:  # words may name their own
        return row
    if default:
        return row._replace(cells={**row.cells, "currency": default})
    cells = {name: cell for name, cell in row.cells.items() if name not in numbers}
    problems = {**row.problems, **dict.fromkeys(numbers, _NO_CURRENCY)}
    return row._replace(cells=cells, problems=problems)
