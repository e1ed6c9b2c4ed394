"""PyArrow's tables, with the types that its own functions know."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from commonprosperity.errors import CellError, DatasetError, Fault
from commonprosperity.extras import needed
from commonprosperity.frames.engines.engine import Engine
from commonprosperity.frames.nw import nw, view_of
from commonprosperity.sentence import Sentence

if TYPE_CHECKING:
    import pyarrow as pa

    from commonprosperity.frames.nw import View

_DIGITS_AT_MOST = 38


class PyArrow(Engine["pa.Table"]):
    """A table of PyArrow."""

    text_cast = 'table["{}"].cast("string")'
    integer_cast = 'table["{}"].cast("int64")'

    def owns(self, frame: object) -> bool:
        """Whether a dataframe is of PyArrow."""
        return nw.dependencies.is_pyarrow_table(frame)

    def names(self, frame: "pa.Table") -> Sequence[str]:
        """Return the names of all columns."""
        names: list[str] = frame.column_names
        return names

    def columns(self, frame: "pa.Table", names: Sequence[str], place: str) -> "View":
        """Return the columns of some names, in types that are grouped by and added up.

        Raises `DatasetError` for decimals of more than 38 digits.
        """
        columns, faults = {}, []
        for name in names:
            try:
                columns[name] = usual(frame[name])
            except CellError as error:
                faults.append(Fault("", name, error.sentence, place))
        if faults:
            raise DatasetError(tuple(faults))
        # Categories whose pieces differ make no groups.
        return view_of(needed("pyarrow").table(columns).unify_dictionaries())

    def composed(self, view: "View", name: str) -> "View":
        """Return a view whose texts in a column are in Unicode's form NFC."""
        table = view.to_native()
        composed = needed("pyarrow.compute").utf8_normalize(table[name], form="NFC")
        return view_of(table.set_column(table.column_names.index(name), name, composed))


def usual(column: "pa.ChunkedArray") -> "pa.ChunkedArray":
    """Return a column in a type that PyArrow's functions know.

    ``string_view``, as Polars hands it out, is cast to ``large_string``; decimals of 32, 64 and
    256 bits to those of 128; categories that are no texts to what they stand for.

    Raises `ValueError` for decimals of more than 38 digits.
    """
    pyarrow = needed("pyarrow")
    types = pyarrow.types
    if types.is_dictionary(column.type):
        if not _is_text(column.type.value_type):
            return usual(column.cast(column.type.value_type))
        if types.is_string_view(column.type.value_type):
            chunks = [
                pyarrow.DictionaryArray.from_arrays(
                    chunk.indices, chunk.dictionary.cast(pyarrow.large_string())
                )
                for chunk in column.chunks
            ]
            return pyarrow.chunked_array(
                chunks, pyarrow.dictionary(column.type.index_type, pyarrow.large_string())
            )
    if types.is_string_view(column.type):
        return column.cast(pyarrow.large_string())
    if types.is_decimal(column.type) and not types.is_decimal128(column.type):
        try:
            return column.cast(pyarrow.decimal128(_DIGITS_AT_MOST, column.type.scale))
        except pyarrow.ArrowInvalid:
            problem = Sentence("has decimals of more than 38 digits, which no dataframe adds up")
            raise CellError(problem) from None
    return column


def _is_text(type_: "pa.DataType") -> bool:
    types = needed("pyarrow").types
    known = (types.is_string, types.is_large_string, types.is_string_view)
    return any(is_one(type_) for is_one in known)
