"""One pass over a dataframe: what its rows add up to by group, currency and date, exactly.

The engine adds up. Where it could have overflowed on the way, how many rows there are, the least
and the largest tell.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from commonprosperity.errors import CommonProsperityError, DatasetError, Fault
from commonprosperity.extras import needed
from commonprosperity.frames.cells import unpadded
from commonprosperity.frames.columns import is_link
from commonprosperity.frames.readings import Reading
from commonprosperity.frames.views import rows
from commonprosperity.money import summing

Readings = dict[str, Reading]
Flaw = tuple[str, str]
"""What may be wrong with a cell: of which part it is, or of which column, and what it is."""

MISSING = ("amount", "is missing")
_LINKED = (
    "ties rows to others, of which one counts; cp.frames.read(frame).totals(...) counts them once"
)


class Line(NamedTuple):
    """What the rows of a group, a currency and a date come to, and how many have which flaw.

    ``added`` is in the unit of the column.
    """

    group: tuple[Any, ...]
    currency: str | None
    date: Any
    added: Decimal
    rows: int
    flaws: dict[Flaw, int]

    def plus(self, other: "Line") -> "Line":
        """Return a line of the rows of both, which are of one group, currency and date."""
        with summing():
            added = self.added + other.added
        flaws = Counter(self.flaws) + Counter(other.flaws)
        return self._replace(added=added, rows=self.rows + other.rows, flaws=dict(flaws))


def lines(view: Any, readings: Readings, place: str) -> list[Line]:
    """Add up the rows of a view.

    Raises `DatasetError` where a sum needs more than 38 digits, and where the engine fails.
    """
    found, amount = _safely_added_up(view, readings, place)
    flaws = [*flawed(view, readings)]
    with summing():
        return [
            Line(
                tuple(row[part] for part in readings if part.startswith("by ")),
                row["currency"], row["date"],
                _number(row["sum"], amount), row["rows"],
                {
                    MISSING: row["rows"] - row["given"],
                    **{flaw: int(row[f"flaw {at}"] or 0) for at, flaw in enumerate(flaws)},
                },
            )
            for row in found
        ]  # fmt: skip


def _safely_added_up(
    view: Any, readings: Readings, place: str
) -> tuple[list[dict[str, Any]], Reading]:
    """Return what rows come to and how their amounts were read: wide where that could be needed."""
    amount = readings["amount"]
    try:
        with told_of(place):
            found = _added_up(view, readings)
    except DatasetError:  # which is how Spark tells of an overflow, in its ANSI mode
        if not (amount.wide and view.implementation.is_spark_like()):
            raise
    else:
        if _are_safe(found, amount.bound):
            return found, amount
    if amount.wide:
        return _safely_added_up(view, {**readings, "amount": amount.wide}, place)
    problem = "could add up to more than 38 digits, which no dataframe holds"
    raise DatasetError((Fault("", "amount", problem, place),))


def _number(added: Any, amount: Reading) -> Decimal:
    number = Decimal(added or 0).scaleb(-amount.decimals)
    return unpadded(number) if amount.padded else number


def flawed(view: Any, readings: Readings) -> dict[Flaw, Any]:
    """Return the expressions of cells with a flaw, but for amounts that are missing."""
    narwhals = needed("narwhals", extra="frames")
    found = {
        (part, reading.problem): reading.wrong
        for part, reading in readings.items()
        if reading.wrong is not None
    }
    for name, type_ in view.collect_schema().items():
        if is_link(name):
            column = narwhals.col(name)
            given = ~column.is_null()
            if isinstance(type_, narwhals.String | narwhals.Categorical | narwhals.Enum):
                given &= column.cast(narwhals.String).str.strip_chars() != ""
            elif type_.is_float():
                given &= ~column.is_nan()
            found[name, _LINKED] = given
    return found


def _added_up(view: Any, readings: Readings) -> list[dict[str, Any]]:
    """Return a row of each group, currency and date.

    An engine takes an expression of one column only, as PyArrow's groups know no others. So what
    is added up, counted and compared are columns of their own.
    """
    narwhals = needed("narwhals", extra="frames")
    col = narwhals.col
    amount = readings["amount"]
    counted = {
        f"flaw {at}": cells.cast(narwhals.Int64)
        for at, cells in enumerate(flawed(view, readings).values())
    }
    sums = {"sum": col("sum").sum(), "given": col("given").count()}
    if amount.bound:
        sums |= {"least": col("least").min(), "largest": col("largest").max()}
    copies = dict.fromkeys(sums, amount.value)
    sums |= {name: col(name).sum() for name in counted}
    keys, texts = _keys(readings)
    groups = view.select(**keys, **copies, **counted).group_by(*keys)
    added = groups.agg(**sums, rows=narwhals.len())
    return rows(added.with_columns(**texts) if texts else added)


def _keys(readings: Readings) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return by what rows are grouped, and which of it is made text thereafter.

    Polars takes 1.7 times as long where it makes texts of categories first.
    """
    narwhals = needed("narwhals", extra="frames")
    keys, texts = {}, {}
    for part, reading in readings.items():
        if part != "amount":
            keys[part] = reading.value if reading.category is None else reading.category
        if reading.category is not None:
            texts[part] = narwhals.col(part).cast(narwhals.String)
    return keys, texts


@contextmanager
def told_of(place: str) -> Iterator[None]:
    """Tell in our own words that an engine failed in this block: each has errors of its own.

    Raises `DatasetError` for any other error than ours.
    """
    try:
        yield
    except (CommonProsperityError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # noqa: BLE001 (engines share no base; a panic of Polars has none)
        said = " ".join(str(error).split()) or type(error).__name__
        raise DatasetError((Fault("", "", f"cannot be read: {said}", place),)) from None


def _are_safe(found: list[dict[str, Any]], bound: int | None) -> bool:
    """Whether no sum of any group's rows, in whatever order, can have come to a bound."""
    given = [row for row in found if row["given"]]
    if not bound or not given:
        return True
    # Almost always the most rows with the largest amount of all are far from it, which is quick.
    together = {
        "given": max(row["given"] for row in given),
        "least": min(row["least"] for row in given),
        "largest": max(row["largest"] for row in given),
    }
    return _is_safe(together, bound) or all(_is_safe(row, bound) for row in given)


def _is_safe(row: dict[str, Any], bound: int) -> bool:
    largest = max(abs(Fraction(row["least"])), abs(Fraction(row["largest"])))
    return int(row["given"]) * largest < bound
