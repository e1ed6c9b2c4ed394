"""What the cells of a workbook say, as texts: numbers and dates as a spreadsheet shows them."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from commonprosperity.errors import CellError
from commonprosperity.files.workbook.number_format import NumberFormat
from commonprosperity.flat import AMOUNTS, number_everywhere
from commonprosperity.patterns import pattern
from commonprosperity.sentence import Sentence
from commonprosperity.wording import EXACT

NUMBERS = AMOUNTS | {"value"}
"""The fields whose numbers are written so that no locale reads them in another way."""

_DIGITS = 15  # that a spreadsheet keeps of a number
_SURE_DIGITS = 12  # that a very long number may have
_LONG = Decimal(10) ** _DIGITS
_SHORT = pattern(r"-?[1-9][0-9]{0,14}(?:\.[0-9]+)?")  # a number as `number_everywhere` takes it
_WRITTEN_IN_FULL = 60  # digits
_FIRST_DAY = date(1900, 3, 1)  # before it, days differ by one: Excel has a 29 February 1900


def is_blank(value: Any) -> bool:
    """Whether a cell has nothing in it, or spaces alone."""
    return isinstance(value, str) and not value.strip()


def text_of(value: Any, field: str, shown: NumberFormat | None = None) -> str:
    """Return what a cell says, given the field that it is for and the format that shows it.

    >>> text_of(0.1 + 0.2, "note"), text_of(1234.5, "amount"), text_of(date(2021, 9, 2), "announced")
    ('0.3', '12345E-1', '2021-09-02')
    >>> text_of(0.05, "note", NumberFormat(is_percent=True))
    '5%'

    Raises `CellError` with the problem of a cell that may mean something else than it says.
    """  # noqa: E501 (an example a field)
    match value:
        case float():
            return _number(value, field, shown)
        case str():
            return value
        case bool():
            return str(value).upper()
        case date():
            return _day(value, shown)
        case time() | timedelta():
            raise CellError(
                Sentence("{value} is a time without a date; write the date", value=value)
            )
    return _number(value, field, shown)


def is_rounded(value: Any) -> bool:
    """Whether a number has more digits than the fifteen that a spreadsheet shows of it.

    >>> is_rounded(0.1 + 0.2), is_rounded(0.3)
    (True, False)
    """
    is_long = isinstance(value, float) and len(repr(value)) > _DIGITS
    return is_long and float(f"{value:.{_DIGITS}g}") != value


def decimal_of(value: float, shown: NumberFormat | None = None) -> Decimal:
    """Return a number with the digits that a spreadsheet shows of it, where these are exact.

    >>> decimal_of(250.0), decimal_of(250.0, NumberFormat(decimals=2))
    (Decimal('250'), Decimal('250.00'))
    >>> decimal_of(15_490_000_000.0, NumberFormat(decimals=3, is_scientific=True))
    Decimal('1.549E+10')

    Raises `CellError` for what is no finite number.
    """
    text = f"{value:.{_DIGITS}g}" if isinstance(value, float) else str(value)
    number = Decimal(text) or Decimal(0)
    if not number.is_finite():
        raise CellError(Sentence("{value} is no number", value=value))
    if shown is not None and shown.decimals is not None:
        number = EXACT.normalize(number)
        last, exponent = number.adjusted(), int(number.as_tuple().exponent)
        place = (last if shown.is_scientific else 0) - shown.decimals
        if exponent >= place > last - _WRITTEN_IN_FULL:
            return EXACT.quantize(number, Decimal((0, (1,), place)))
    return Decimal(f"{number:f}")


def is_too_long(number: Decimal) -> bool:
    """Whether a number has more digits than a spreadsheet keeps, or may have had them.

    One of 16 digits has a zero for its last, whatever it was. It is trusted where it ends in zeros
    that nobody would have by chance: 2,000,000,000,000,000.

    >>> is_too_long(Decimal(1234567890123450)), is_too_long(Decimal("2E+15"))
    (True, False)
    """
    return abs(number) >= _LONG and len(EXACT.normalize(number).as_tuple().digits) > _SURE_DIGITS


def _number(value: float, field: str, shown: NumberFormat | None) -> str:
    text = f"{value:.{_DIGITS}g}"
    if shown is None and _SHORT.fullmatch(text):  # as most are; what follows takes longer
        whole, point, decimals = text.partition(".")
        return f"{whole}{decimals}E-{len(decimals)}" if point and field in NUMBERS else text
    number = decimal_of(value, shown)
    if is_too_long(number):
        problem = Sentence(
            "{number} has more than 15 digits, which a spreadsheet does not keep; write it again, "
            "in a cell of the format Text", number=int(value),
        )  # fmt: skip
        raise CellError(problem)
    if shown and shown.problem:
        raise CellError(Sentence("{value} {problem:say}", value=number, problem=shown.problem))
    if shown and shown.is_percent:
        return f"{EXACT.normalize(EXACT.scaleb(number, 2)):f}%"
    if field in NUMBERS:
        return number_everywhere(number)
    return f"{number:f}" if abs(number.adjusted()) < _WRITTEN_IN_FULL else str(number)


def _day(value: date, shown: NumberFormat | None) -> str:
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    if moment.date() < _FIRST_DAY:
        problem = Sentence(
            "{date} is before March 1900, where a spreadsheet's days are not the calendar's; "
            "write it as a text", date=moment.date(),
        )  # fmt: skip
        raise CellError(problem)
    if moment.time() != time():
        return moment.isoformat(" ", "seconds")
    length = {"month": 7, "year": 4}.get(shown.date or "" if shown else "", 10)
    return moment.date().isoformat()[:length]
