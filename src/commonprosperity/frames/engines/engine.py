"""``Engine``: what a package of dataframes does in its own way, and Narwhals' way for the rest."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from commonprosperity.errors import (
    CommonProsperityError,
    DatasetError,
    MissingExtraError,
)
from commonprosperity.frames.nw import nw, view_of
from commonprosperity.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from narwhals.typing import IntoFrame

    from commonprosperity.frames.nw import View

Frame = TypeVar("Frame", bound="IntoFrame")
Result = TypeVar("Result")

WHOLE = "the dataframe"
"""The place of a dataframe that is no file."""


class Engine(Generic[Frame]):
    """What a package of dataframes does in its own way.

    This one does as Narwhals does: it is for the dataframes that Narwhals knows and no class here.
    """

    text_cast: ClassVar[str] = "to text"
    """How a column, ``{}``, is cast to text."""

    integer_cast: ClassVar[str] = "to integers"
    """How it is cast to integers."""

    adds_up_in_128_bits: ClassVar[bool] = False
    """Whether integers and decimals of 64 bits are added up in 128, which no sum fills."""

    raises_on_overflow: ClassVar[bool] = False
    """Whether a sum that overflows may be an error of the engine's own."""

    finds_extremes_apart: ClassVar[bool] = False
    """Whether the least and the largest amount of all rows take much less than those of groups."""

    is_in_partitions: ClassVar[bool] = False
    """Whether a dataframe is added up by its partitions."""

    ignores_case: ClassVar[bool] = False
    """Whether two names that differ in case alone are one column."""

    def owns(self, frame: object) -> bool:
        """Whether a dataframe is of this package."""
        return nw.from_native(frame, pass_through=True) is not frame

    def names(self, frame: Frame) -> Sequence[object]:
        """Return the names of all columns, each as often as it is there."""
        return view_of(frame).collect_schema().names()

    def cells(self, frame: Frame) -> "View":
        """Return all columns, with the values as they are."""
        return view_of(frame)

    def columns(self, frame: Frame, names: Sequence[str], place: str) -> "View":
        """Return the columns of some names, whose types say what is in them.

        Raises `DatasetError` for a column whose type does not say it.
        """
        del place
        return self.cells(frame).select(names)

    def values(self, frame: Frame, name: str, place: str) -> "View":
        """Return the values of a column; those that do not repeat may be left out."""
        return self.columns(frame, [name], place)

    def literal(self, day: date) -> "nw.Expr":
        """Return a day as an expression."""
        return nw.lit(day)

    def numbered(self, view: "View", name: str) -> "View":
        """Return a view with the numbers of its rows, from 0, in a column of a name."""
        if isinstance(view, nw.DataFrame):
            return view.with_row_index(name)
        problem = Sentence("is lazy, and of a package whose rows have no numbers; collect it")
        raise DatasetError.at(WHOLE, problem)

    def rows(self, view: "View") -> list[tuple[Any, ...]]:
        """Return the rows of a view, in any order."""
        return list(collected(view).iter_rows())

    def rows_of_each(self, views: "Sequence[View]") -> list[list[tuple[Any, ...]]]:
        """Return the rows of several views of one dataframe, which may be computed together."""
        return [self.rows(view) for view in views]

    def composed(self, view: "View", name: str) -> "View":
        """Return a view whose texts in a column are in Unicode's form NFC, where it can do that."""
        del name
        return view

    def one_of(self, view: "View", name: str, texts: "AbstractSet[str]") -> "View":
        """Return the rows whose text in a column is one of some, which may be very many."""
        return view.filter(nw.col(name).is_in([*texts]))

    def one_below_another(self, views: "Sequence[View]") -> "View":
        """Return the rows of several views of the same columns."""
        several: Any = views  # all are lazy, or none
        view: View = nw.concat(several) if len(views) > 1 else views[0]
        return view

    def each_partition(
        self,
        frame: Frame,
        function: Callable[[Frame], Result],
        *,
        bar: bool,
    ) -> Iterator[tuple[int, Result]]:
        """Yield what a function returns for each partition, with its number, in any order."""
        del bar
        yield 0, function(frame)


def collected(view: "View") -> "nw.DataFrame[Any]":
    """Return a view with its rows at hand, in their order.

    Raises `MissingExtraError` where the package is missing that Narwhals puts them in.
    """
    if isinstance(view, nw.DataFrame):
        return view
    try:
        return view.collect()
    except ModuleNotFoundError as error:
        raise MissingExtraError(str(error.name)) from None


@contextmanager
def engine_failures_as_faults(place: str) -> Iterator[None]:
    """Turn the errors of an engine in this block, which has its own, into a `DatasetError`.

    Our own errors stay as they are.
    """
    try:
        yield
    except (CommonProsperityError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # noqa: BLE001 (engines share no base; a panic of Polars has none)
        problem = " ".join(str(error).split()) or type(error).__name__
        raise DatasetError.at(
            place, Sentence("cannot be read: {problem}", problem=problem)
        ) from None
