"""Quantities of money and of anything else: ``CNY/person``, ``USD/year`` (the Pint room).

Every currency is a dimension of its own, so that nothing mixes without a rate, and every magnitude
is a ``Fraction``, so that nothing is rounded.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from decimal import ROUND_05UP, ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any, cast, overload

from commonprosperity.errors import AmountError, CurrencyError, UnitError
from commonprosperity.money import Money
from commonprosperity.patterns import pattern
from commonprosperity.period import Period
from commonprosperity.quoting import brief, listed
from commonprosperity.rates import Rate
from commonprosperity.rates.rates_like import RatesLike, rates_of
from commonprosperity.sentence import Sentence
from commonprosperity.text_display import padded
from commonprosperity.wording import currency_code, currency_codes, nearest, number, read_amount

if TYPE_CHECKING:
    from pint import Quantity, UnitRegistry

_NAME = r"[^\W\d][\w]*(?:(?:\*\*|\^)-?[1-9])?|%"
_UNIT = pattern(rf"(?:{_NAME}|1)(?: ?[*/] ?(?:{_NAME}))*")
_DEFINITIONS = (
    "person = [person]",
    "percent = 0.01 = %",
    "day = [time]",
    "week = 7 * day",
    "year = 365.25 * day",
    "quarter = year / 4",
    "month = year / 12",
)
_CALENDAR_UNITS = frozenset({"year", "quarter", "month"})
_registry_lock = Lock()


def registry() -> "UnitRegistry[Any]":
    """Return the one registry of every `quantity`: the currencies, ``person``, ``percent``, time.

    A year is the Julian one, of 365.25 days, as in Pint's own units; a quarter and a month are
    parts of it. Pint's other units are left out: they take a second to load, and a ``quarter`` is
    a weight among them. Define what else a figure needs: ``registry().define("tonne = [mass]")``.
    """
    with (
        _registry_lock
    ):  # quantities of two registries do not mix, so two threads must not build two
        return _registry()


@cache
def _registry() -> "UnitRegistry[Any]":
    from pint import UnitRegistry  # noqa: PLC0415 (only for those who use it)

    units: UnitRegistry[Any] = UnitRegistry(None, non_int_type=Fraction)
    for line in (
        *_DEFINITIONS,
        *(f"{code} = [currency_{code}]" for code in sorted(currency_codes())),
    ):
        units.define(line)
    # Pint's own formatting fails on any power but 1 that is a fraction, under Python 3.11.
    methods = {"__str__": words, "__format__": _formatted, "__repr__": _repr}
    methods["__new__"] = _refusing_floats(cast("Any", units.Quantity.__new__))
    for name, method in methods.items():
        setattr(units.Quantity, name, method)
    return units


def _refusing_floats(new: Callable[..., "Quantity[Any]"]) -> Callable[..., "Quantity[Any]"]:
    """Make Pint refuse quantities of floats, those that its arithmetic returns too."""

    def exact(kind: type, value: Any, units: Any = None) -> "Quantity[Any]":
        quantity = new(kind, value, units)
        if type(quantity.magnitude) in {int, Decimal}:
            return new(kind, Fraction(quantity.magnitude), quantity.units)
        if not isinstance(quantity.magnitude, Fraction):
            problem = Sentence(
                'a quantity takes no float; compute with fractions, such as Fraction("0.5")'
            )
            raise AmountError(quantity.magnitude, problem)
        return quantity

    return exact


def _repr(value: "Quantity[Any]") -> str:
    return f"<Quantity({value.magnitude}, '{_unit_of(value)}')>"


def quantity(value: Any, unit: str | None = None) -> "Quantity[Any]":
    """Make an exact quantity of money, of a figure, or of a number or its text and a unit.

    >>> given = quantity(Money.parse("3.569 billion CNY")) / quantity("68.7e6", "person")
    >>> words(given)
    '51.95 CNY/person'

    Raises `UnitError` for an unknown unit, and `AmountError` for a float or no number.
    """
    if unit is not None and (isinstance(value, Money) or hasattr(value, "quantity")):
        problem = Sentence(
            "{value} has a unit of its own; use convert for another", value=brief(value)
        )
        raise UnitError(unit, problem)
    if hasattr(value, "quantity"):
        return cast("Quantity[Any]", value.quantity)
    if isinstance(value, str) and unit is None:
        value, unit = _value_and_unit(value)
    elif isinstance(value, Money):
        value, unit = value.amount, value.currency
    magnitude = value if isinstance(value, Fraction) else Fraction(number(value))
    return registry().Quantity(magnitude, _units(unit or ""))


@overload
def convert(
    value: Money | str, to: str, *, on: Period | date | str, rates: RatesLike | None = None
) -> Money: ...
@overload
def convert(
    value: "Quantity[Any]", to: str, *, on: Period | date | str, rates: RatesLike | None = None
) -> "Quantity[Any]": ...
def convert(
    value: "Money | str | Quantity[Any]",
    to: str,
    *,
    on: Period | date | str,
    rates: RatesLike | None = None,
) -> "Money | Quantity[Any]":
    """Convert money, or a quantity of any shape, at the rate of a day or the mean of a period.

    The rates are the ECB's unless others are given. Money is rounded once, half to even, to the
    digits of its currency; a quantity stays exact, and ``to`` is its whole unit.

    >>> print(convert("100 billion CNY", "USD", on="2021-09-02"))
    15,484,360,090.45 USD
    >>> words(convert(quantity(12, "USD/year/person"), "CNY/month/person", on="2021-09-02"))
    '6.46 CNY/month/person'

    Raises `RateNotFoundError` when no rate is known on that date, and `UnitError` when the units
    are of different kinds.
    """
    rates = rates_of(rates)
    if isinstance(value, Money | str):
        return rates.convert(Money.of(value), to, on)
    result = value if hasattr(value, "dimensionality") else quantity(value)
    target = registry().Quantity(Fraction(1), _units(to))
    powers, target_powers = _currencies(result), _currencies(target)
    if powers != target_powers:
        # CNY/USD to EUR/GBP goes through EUR: CNY to EUR, USD to EUR, and EUR to GBP.
        through = next(iter(target_powers or powers))
        ways = [(currency, through, power) for currency, power in powers.items()]
        ways += [(through, currency, power) for currency, power in target_powers.items()]
        for base, quote, power in ways:
            if base != quote:
                result = result * _factor(rates.rate(base, quote, on)) ** power
    return _in_units(result, to)


def _in_units(value: "Quantity[Any]", to: str) -> "Quantity[Any]":
    from pint import DimensionalityError  # noqa: PLC0415 (as above)

    try:
        return value.to(_units(to))
    except DimensionalityError:
        problem = Sentence("it is no number of {unit}", unit=to or "nothing")
        if value.dimensionless:
            problem = Sentence("it has no unit; write one beside the number, such as CNY")
        raise UnitError(words(value), problem) from None


def _factor(rate: Rate) -> "Quantity[Any]":
    return registry().Quantity(rate.factor, _units(f"{rate.quote}/{rate.base}"))


def per(money: Money, period: Period, unit: str) -> "Quantity[Any]":
    """Divide money by the length of a period, both ends included, in a unit of time.

    In years, quarters and months, a period of whole calendar months is as many months long.
    """
    months = _calendar_months(period) if unit.removesuffix("s") in _CALENDAR_UNITS else 0
    days = (period.end - period.start).days + 1
    length = quantity(months, "month") if months else quantity(days, "day")
    return _in_units(quantity(money) / length, f"{money.currency}/{unit}")


def _calendar_months(period: Period) -> int:
    """Return how many months a period is; 0 where it begins or ends in the middle of one."""
    first, last = period.start, period.end
    if first.day != 1 or last.day != monthrange(last.year, last.month)[1]:
        return 0
    return (last.year - first.year) * 12 + last.month - first.month + 1


def words(value: "Quantity[Any]") -> str:
    """Write a quantity, its magnitude rounded, half to even, to two decimals.

    >>> words(quantity("100 billion CNY") / quantity("40 month"))
    '2,500,000,000.00 CNY/month'
    """
    return f"{nearest(Fraction(value.magnitude), 2):,f} {_unit_of(value)}".rstrip()


_ONE_DIGIT_EXPONENT = pattern(r"([eE][+-])(?=[0-9]$)")
_NUMBER = pattern(r"(.?[<>^])?([+ -]?)([1-9][0-9]{0,3})?(,?)(\.([0-9]{1,2})[eEfF])", re.DOTALL)


def _formatted(value: "Quantity[Any]", spec: str) -> str:
    """Write a quantity for an f-string: ``.6f`` formats its number, a width pads the whole text.

    >>> each = quantity("2 million CNY") / quantity("1400000000", "person")
    >>> f"{each}", f"{each:.6f}", f"{each:>18}"
    ('0.00 CNY/person', '0.001429 CNY/person', '   0.00 CNY/person')
    """
    parts = _NUMBER.fullmatch(spec)
    if not parts:
        return padded(
            words(value), spec, Sentence("decimals, a width or both, such as .2f, >24 or >24.2f")
        )
    align, sign, width, comma, precision, digits = parts.groups(default="")
    with localcontext(Context(rounding=ROUND_HALF_EVEN, traps=[])):
        number = format(_decimal(value.magnitude, int(digits)), f"{sign}z{comma}{precision}")
    number = _ONE_DIGIT_EXPONENT.sub(r"\g<1>0", number)  # 1e-03, as floats are written
    return padded(f"{number} {_unit_of(value)}".rstrip(), align + width)


def _decimal(exact: Fraction, digits: int) -> Decimal:
    """Divide with digits to spare, so that a later rounding to ``digits`` is right.

    ROUND_05UP never ends an inexact quotient in 0 or 5: 0.5000...01 is not taken for a half.
    """
    whole = exact.numerator.bit_length() // 3 + 1
    context = Context(whole + digits + 5, ROUND_05UP, Emin=-999_999, Emax=999_999, traps=[])
    return context.divide(Decimal(exact.numerator), Decimal(exact.denominator))


def _unit_of(value: "Quantity[Any]") -> str:
    powers: dict[str, Any] = dict(value.unit_items())
    over = [_power(name, power) for name, power in powers.items() if power > 0]
    under = [_power(name, -power) for name, power in powers.items() if power < 0]
    return "/".join(["*".join(over) or "1", *under]) if over or under else ""


def _power(name: str, power: Any) -> str:
    return name if power == 1 else f"{name}^{power}"


def _value_and_unit(text: str) -> tuple[Any, str]:
    """Split a text into number and unit; an amount in words is money."""
    try:
        return read_amount(text)
    except (AmountError, CurrencyError):
        value, _, unit = text.partition(" ")
        return value, unit


@lru_cache(maxsize=1024)
def _units(text: str) -> Any:
    """Read a unit, such as ``CNY/month/person``. Only names, powers, ``*`` and ``/``: no sums."""
    from pint import DefinitionSyntaxError, UndefinedUnitError  # noqa: PLC0415 (as above)

    wrong = UnitError(text, Sentence("write units with * and / between, such as CNY/person/year"))
    if text and not _UNIT.fullmatch(text):
        raise wrong
    try:
        return registry().parse_units(text.replace("%", "percent"))
    except UndefinedUnitError as error:
        codes = [*filter(None, map(_code_meant, error.unit_names))]
        way_out = (
            Sentence("did you mean {meant}?", meant=codes[0])
            if codes
            else Sentence("units.registry().define() makes one")
        )
        problem = Sentence(
            "no unit {names:say}; {way_out:say}",
            names=listed(error.unit_names), way_out=way_out,
        )  # fmt: skip
        raise UnitError(text, problem) from None
    except DefinitionSyntaxError:  # a power of nothing: ²
        raise wrong from None


def _code_meant(name: str) -> str | None:
    try:
        return currency_code(name)
    except CurrencyError as error:
        return error.meant


def _currencies(value: "Quantity[Any]") -> dict[str, int]:
    """Return the power of each currency in a quantity."""
    prefix = "[currency_"
    dimensions: dict[str, Any] = dict(value.dimensionality)
    return {
        dimension[len(prefix) : -1]: int(power)
        for dimension, power in dimensions.items()
        if dimension.startswith(prefix)
    }
