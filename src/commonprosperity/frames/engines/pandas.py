"""pandas, whose columns are added up as PyArrow's: their types say what is in them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from commonprosperity.errors import CellError, DatasetError, Fault
from commonprosperity.extras import needed
from commonprosperity.frames.cell_text import is_missing, period_text
from commonprosperity.frames.engines.engine import WHOLE, Engine
from commonprosperity.frames.engines.pyarrow import PyArrow
from commonprosperity.frames.nw import nw, view_of
from commonprosperity.quoting import brief
from commonprosperity.sentence import Sentence

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from commonprosperity.frames.nw import View


class Pandas(Engine["pd.DataFrame"]):
    """A dataframe of pandas, the named levels of its index among its columns."""

    text_cast = 'df["{}"].astype("string")'
    integer_cast = 'df["{}"].astype("Int64")'

    def owns(self, frame: object) -> bool:
        """Whether a dataframe is of pandas, or of a package like it."""
        return nw.dependencies.is_pandas_like_dataframe(frame)

    def names(self, frame: "pd.DataFrame") -> Sequence[object]:
        """Return the names of all columns, which may be no texts."""
        return list(_with_index(frame).columns)

    def cells(self, frame: "pd.DataFrame") -> "View":
        """Return all columns, with the values as they are."""
        return view_of(_with_index(frame))

    def columns(self, frame: "pd.DataFrame", names: Sequence[str], place: str) -> "View":
        """Return the columns of some names as PyArrow's, with NaN and the like as null.

        Raises `DatasetError` for columns of Python's objects that are of several types.
        """
        frame = _with_index(frame)
        columns, faults = {}, []
        for name in names:
            try:
                columns[name] = _as_arrow(frame[name])
            except CellError as error:
                faults.append(Fault("", name, error.sentence, place))
        if faults:
            raise DatasetError(tuple(faults))
        table = needed("pyarrow").table(columns)
        return PyArrow().columns(table, names, place)

    def composed(self, view: "View", name: str) -> "View":
        """Return a view whose texts in a column are in Unicode's form NFC."""
        return PyArrow().composed(view, name)


def _with_index(frame: "pd.DataFrame") -> "pd.DataFrame":
    """Make columns of an index whose names are not among the columns."""
    names = {name for name in frame.index.names if name is not None}
    if not names or not names.isdisjoint(frame.columns):
        return frame
    try:
        return frame.reset_index()
    except ValueError as error:
        problem = Sentence(
            "has an index that makes no columns: {error}; reset it", error=str(error)
        )
        raise DatasetError.at(WHOLE, problem) from None


def _as_arrow(column: "pd.Series[Any]") -> "pa.ChunkedArray":
    """Return a column as PyArrow's.

    Raises `CellError` for objects of several types, and for what PyArrow has no type for.
    """
    pyarrow = needed("pyarrow")
    if column.dtype == object and (problem := _mixed(column)):
        raise CellError(problem)
    if isinstance(column.dtype, needed("pandas").PeriodDtype):
        texts = {period: period_text(period) for period in column.dropna().unique()}
        column = column.astype(object).map(texts)
    try:
        array = pyarrow.array(column, from_pandas=True)
    except (pyarrow.ArrowException, OverflowError, TypeError, ValueError) as error:
        problem = Sentence(
            "has values that no column holds: {error}", error=str(error).partition("\n")[0]
        )
        raise CellError(problem) from None
    return array if isinstance(array, pyarrow.ChunkedArray) else pyarrow.chunked_array([array])


def _mixed(column: "pd.Series[Any]") -> Sentence | None:
    """Return what PyArrow would change in a column of objects: it drops times of day, and zones."""
    first: dict[type, object] = {}
    for value in column:
        if not is_missing(value):
            first.setdefault(type(value), value)
            if getattr(value, "tzinfo", None) is not None:
                return Sentence(
                    "{value} has a time zone, and in another it may be another day; give dates",
                    value=brief(str(value)),
                )
    kinds = sorted({"int": "integer"}.get(kind.__name__, kind.__name__) for kind in first)
    if len(kinds) > 1 and set(kinds) != {"Decimal", "integer"}:
        return Sentence("has values of several types: {kinds:list}; make them one", kinds=kinds)
    return None
