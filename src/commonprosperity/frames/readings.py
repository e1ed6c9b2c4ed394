"""How a column of amounts, dates or groups is read, by its type: as expressions of Narwhals."""

from typing import Any, NamedTuple

from commonprosperity.extras import needed

_DIGITS_AT_MOST = 38
_DIGITS_OF_64_BITS = 18
_TEXT_DECIMALS = 9
_PLAIN = r"^-?[0-9]{1,18}(\.[0-9]{1,9})?\z"
_WHOLE = r"^-?[0-9]{1,18}\z"
_TOLD_APART = 10**15  # numbers of up to 15 digits are different floats, and those of 16 are not all


class Reading(NamedTuple):
    """What is read of a column, and which of its cells are at fault.

    ``value`` is what is read, in units of ten to the power of minus ``decimals``; ``wrong`` is
    whether a cell is at fault, and ``problem`` how. No sum of values may come to ``bound``, if
    there is one; where one could, they are read as ``wide``, which has a larger bound and takes
    twice as long. ``padded`` is whether reading adds zeros behind the point. ``category`` is the
    column of which ``value`` makes texts, where there is one.
    """

    value: Any
    wrong: Any = None
    problem: str = ""
    decimals: int = 0
    bound: int | None = None
    wide: "Reading | None" = None
    padded: bool = False
    category: Any = None


class Unreadable(ValueError):  # noqa: N818 (never leaves the room: it becomes a fault)
    """A column is of a type that cannot be read."""


def amounts(
    column: Any, type_: Any, engine: Any, *, minor_units: bool, float_digits: int | None
) -> Reading:
    """Read a column of amounts: integers, decimals, texts, and floats that are said to be exact.

    Raises `Unreadable` for any other.
    """
    narwhals = needed("narwhals", extra="frames")
    if isinstance(type_, narwhals.Decimal):
        if minor_units and type_.scale:
            raise Unreadable("is a column of decimals; minor_units=True is for integers")
        return _decimals(column, type_, engine)
    if type_.is_float():
        if minor_units:
            raise Unreadable("is a column of floats; minor_units=True is for integers")
        return _floats(column, type_, float_digits)
    if isinstance(type_, narwhals.String):
        return _texts(column, minor_units=minor_units)
    if type_.is_integer():
        return _integers(column, type_, engine)
    if isinstance(type_, narwhals.Unknown):
        return _nothing(column)
    raise Unreadable(f"is a column of {type_}; amounts are integers, decimals or texts")


def _decimals(column: Any, type_: Any, engine: Any) -> Reading:
    if engine.is_duckdb() and type_.precision <= _DIGITS_OF_64_BITS:
        return Reading(column)  # of which sums have 38 digits, too many for that many rows
    return _decimal(column, type_.scale)


def _decimal(column: Any, scale: int) -> Reading:
    narwhals = needed("narwhals", extra="frames")
    wide = column.cast(narwhals.Decimal(_DIGITS_AT_MOST, scale))
    return Reading(wide, bound=10 ** (_DIGITS_AT_MOST - scale))


def _integers(column: Any, type_: Any, engine: Any) -> Reading:
    """Sum as integers of 64 bits, and as decimals where these may be too small."""
    narwhals = needed("narwhals", extra="frames")
    wide = _decimal(column, 0)
    if type_ in {narwhals.UInt64, narwhals.Int128, narwhals.UInt128}:
        return wide
    narrow = column.cast(narwhals.Int64)
    if engine.is_duckdb():  # whose sums of 64 bits have 128
        return Reading(narrow)
    return Reading(narrow, bound=2**63, wide=wide)


def _nothing(column: Any) -> Reading:
    """Read a column of a type that Narwhals does not know: of nulls, or of what is no amount."""
    narwhals = needed("narwhals", extra="frames")
    given = ~column.is_null()
    zeros = narwhals.when(given).then(narwhals.lit(0)).cast(narwhals.Int64)
    return Reading(zeros, given, "is of a type that is no amount's; cast it", bound=2**63)


def _floats(column: Any, type_: Any, digits: int | None) -> Reading:
    """Read the cents of floats that are the nearest ones to an amount of so many decimals."""
    narwhals = needed("narwhals", extra="frames")
    if not isinstance(type_, narwhals.Float64):
        raise Unreadable(f"is a column of {type_}, which holds no seven digits; read it as text")
    if digits is None:
        problem = "is a column of floats, which may not be exact; cast it to text or decimals"
        raise Unreadable(f"{problem}, or say float_digits=2 if they were written with two decimals")
    one = float(10**digits)
    given = narwhals.when(~column.is_nan()).then(column)
    # A column of ones, as Polars divides by a number by multiplying with its inverse.
    ones = given * 0.0 + one
    exact = (given.abs() * one < _TOLD_APART) & ((given * one).round(0) / ones == given)
    cents = narwhals.when(exact).then((given * one).round(0)).cast(narwhals.Int64)
    problem = f"is no float of {digits} decimals"
    value = narwhals.when(given.is_null() | exact).then(cents).otherwise(narwhals.lit(0))
    wide = _decimal(value, 0)._replace(decimals=digits, wrong=~exact, problem=problem)
    return Reading(value, ~exact, problem, digits, 2**63, wide)


def _texts(column: Any, *, minor_units: bool) -> Reading:
    narwhals = needed("narwhals", extra="frames")
    plain = column.str.contains(_WHOLE if minor_units else _PLAIN)
    number = narwhals.when(plain | column.is_null()).then(column).otherwise(narwhals.lit("0"))
    kind = "integer" if minor_units else "number such as 1234.56"
    scale = 0 if minor_units else _TEXT_DECIMALS
    problem = f"is no plain {kind}"
    return _decimal(number, scale)._replace(wrong=~plain, problem=problem, padded=True)


def dates(column: Any, type_: Any) -> Reading:
    """Read a column of dates: days, datetimes at midnight, texts of periods, integers of years.

    Raises `Unreadable` for any other, and for datetimes with a time zone.
    """
    narwhals = needed("narwhals", extra="frames")
    if isinstance(type_, narwhals.Datetime):
        if type_.time_zone:
            zone = f"has a time zone, {type_.time_zone}, and in another it may be another day"
            raise Unreadable(f"{zone}; give dates")
        day = column.cast(narwhals.Date)
        later = day.cast(narwhals.Datetime(type_.time_unit)) != column
        return Reading(day, later, "has a time of day; give dates")
    if isinstance(type_, narwhals.Date):
        return Reading(column)
    if type_.is_integer():
        return Reading(column.cast(narwhals.Int64))
    return texts(column, type_, "dates are days, texts or the integers of years")


def texts(column: Any, type_: Any, wanted: str = "currencies are texts") -> Reading:
    """Read a column of texts, which may be categories. Raises `Unreadable` for any other."""
    narwhals = needed("narwhals", extra="frames")
    kinds = (narwhals.String, narwhals.Categorical, narwhals.Enum, narwhals.Unknown)
    if not isinstance(type_, kinds):
        raise Unreadable(f"is a column of {type_}; {wanted}")
    if isinstance(type_, narwhals.String):
        return Reading(column)
    return Reading(column.cast(narwhals.String), category=column)


def groups(column: Any, type_: Any) -> Reading:
    """Read a column of groups, of any type whose values can be told apart.

    Raises `Unreadable` for lists and the like.
    """
    narwhals = needed("narwhals", extra="frames")
    if type_.is_nested() or isinstance(type_, narwhals.Object):
        raise Unreadable(f"is a column of {type_}, which makes no groups")
    if isinstance(type_, narwhals.Categorical | narwhals.Enum | narwhals.Unknown):
        return texts(column, type_)
    if type_.is_float():
        return Reading(narwhals.when(~column.is_nan()).then(column))
    return Reading(column)
