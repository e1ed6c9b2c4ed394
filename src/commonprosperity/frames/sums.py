"""One pass over a dataframe: what its rows add up to by group, currency and date, exactly.

The engine adds up; how many rows there are, the least and the largest say whether it could have
overflowed on the way.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from commonprosperity.errors import CommonProsperityError, DatasetError, Fault
from commonprosperity.extras import needed
from commonprosperity.frames.columns import is_link
from commonprosperity.frames.readings import Reading
from commonprosperity.frames.views import collected

Readings = dict[str, Reading]


class Line(NamedTuple):
    """What the rows of a group, a currency and a date come to, and how many are at fault.

    ``wrong`` counts them by what is at fault: missing amounts are at "missing".
    """

    group: tuple[Any, ...]
    currency: str | None
    date: Any
    added: Decimal
    rows: int
    wrong: dict[str, int]


def lines(view: Any, readings: Readings, place: str) -> list[Line]:
    """Add up the rows of a view.

    Raises `DatasetError` where a sum needs more than 38 digits, and where the engine fails.
    """
    amount = readings["amount"]
    with told_of(place):
        found = _added_up(view, readings)
    if amount.wide and not _are_safe(found, amount.bound):
        amount = amount.wide
        with told_of(place):
            found = _added_up(view, {**readings, "amount": amount})
    if not _are_safe(found, amount.bound):
        problem = "could add up to more than 38 digits, which no dataframe holds"
        raise DatasetError((Fault("", "amount", problem, place),))
    keys = [part for part in readings if part.startswith("by ")]
    wrongs = [name for name in (found[0] if found else ()) if name.startswith("wrong ")]
    return [
        Line(
            tuple(row[key] for key in keys), row["currency"], row["date"],
            Decimal(row["sum"] or 0), row["rows"],
            {
                **{name.removeprefix("wrong "): int(row[name] or 0) for name in wrongs},
                "missing": row["rows"] - row["given"],
            },
        )
        for row in found
    ]  # fmt: skip


def _added_up(view: Any, readings: Readings) -> list[dict[str, Any]]:
    narwhals = needed("narwhals", extra="frames")
    col = narwhals.col
    wrongs = dict(wrong_cells(view, readings))
    cells = {part: reading.value for part, reading in readings.items()}
    counted = {f"wrong {name}": wrong.cast(narwhals.Int64) for name, wrong in wrongs.items()}
    # An engine takes an expression of one column only: PyArrow's groups know no others.
    copies = dict.fromkeys(("sum", "least", "largest", "given"), cells["amount"])
    del cells["amount"]
    sums = (
        view.select(**cells, **copies, **counted)
        .group_by(*cells)
        .agg(
            col("sum").sum(), col("least").min(), col("largest").max(), col("given").count(),
            *(col(name).sum() for name in counted), narwhals.len().alias("rows"),
        )
    )  # fmt: skip
    return list(collected(sums, in_order=False).iter_rows(named=True))


def wrong_cells(view: Any, readings: Readings) -> Iterator[tuple[str, Any]]:
    """Go through what may be wrong with a row: whether it is, as expressions, by part or column."""
    narwhals = needed("narwhals", extra="frames")
    for part, reading in readings.items():
        if reading.wrong is not None:
            yield part, reading.wrong
    for name, type_ in view.collect_schema().items():
        if is_link(name) and not isinstance(type_, narwhals.Unknown):
            column = narwhals.col(name)
            given = ~column.is_null()
            if isinstance(type_, narwhals.String):
                given &= column.str.strip_chars() != ""
            elif type_.is_float():
                given &= ~column.is_nan()
            yield f"link {name}", given


@contextmanager
def told_of(place: str) -> Iterator[None]:
    """Tell in our own words that an engine failed in this block: each has errors of its own.

    Raises `DatasetError` for any other error than ours.
    """
    try:
        yield
    except CommonProsperityError:
        raise
    except Exception as error:  # noqa: BLE001 (engines share no base of their errors)
        said = " ".join(str(error).split()) or type(error).__name__
        raise DatasetError((Fault("", "", f"cannot be read: {said}", place),)) from None


def _are_safe(found: list[dict[str, Any]], bound: int) -> bool:
    """Whether no sum of any group's rows, in whatever order, can have come to a bound."""
    given = [row for row in found if row["given"]]
    if not given:
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
