"""The columns of a pandas dataframe as those of PyArrow, whose types say what is in them."""

from typing import Any

from commonprosperity.errors import DatasetError, Fault
from commonprosperity.extras import needed
from commonprosperity.frames.cells import is_missing
from commonprosperity.quoting import brief


def as_arrow(frame: Any, names: list[str], place: str) -> Any:
    """Return some columns of a pandas dataframe as a PyArrow table, NaN and the like as null.

    Raises `DatasetError` for columns of Python's objects that are of several types.
    """
    pyarrow = needed("pyarrow")
    columns, faults = {}, []
    for name in names:
        problem = _mixed(frame[name]) if frame[name].dtype == object else None
        try:
            if problem is None:
                columns[name] = pyarrow.array(frame[name], from_pandas=True)
                if pyarrow.types.is_decimal256(columns[name].type):
                    problem = "has decimals of more than 38 digits, which no dataframe adds up"
        except (pyarrow.ArrowException, OverflowError, TypeError, ValueError) as error:
            problem = f"has values that no column holds: {str(error).partition(chr(10))[0]}"
        if problem:
            faults.append(Fault("", name, problem, place))
    if faults:
        raise DatasetError(tuple(faults))
    return pyarrow.table(columns)


def _mixed(column: Any) -> str | None:
    """Tell of objects that PyArrow would take for others: it drops times of day, and zones."""
    first: dict[type, Any] = {}
    for value in column:
        if not is_missing(value):
            first.setdefault(type(value), value)
            if getattr(value, "tzinfo", None) is not None:
                zone = f"{brief(str(value))} has a time zone, and in another it may be another day"
                return f"{zone}; give dates"
    kinds = sorted({"int": "integer"}.get(kind.__name__, kind.__name__) for kind in first)
    if len(kinds) > 1 and set(kinds) != {"Decimal", "integer"}:
        return f"has values of several types: {', '.join(kinds)}; make them one"
    return None
