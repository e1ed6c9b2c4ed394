"""Dask, whose workers add up a partition each; only sums come here.

It takes neither Dask's own group-by nor Narwhals' view of it: what a partition comes to is as
exact, and as safe, as what a dataframe of pandas does.
"""

from collections.abc import Callable, Iterator, Sequence
from sys import modules
from typing import TYPE_CHECKING, Any

from commonprosperity.bar import with_bar
from commonprosperity.errors import DatasetError
from commonprosperity.extras import needed
from commonprosperity.frames.engines.engine import Engine, Result
from commonprosperity.frames.engines.pandas import Pandas
from commonprosperity.records.fields import composed

if TYPE_CHECKING:
    import pandas as pd

    from commonprosperity.frames.nw import View


class Dask(Engine[Any]):  # as mypy takes Dask's own methods for untyped
    """A dataframe of Dask; a partition of it is one of pandas."""

    is_in_partitions = True

    def owns(self, frame: object) -> bool:
        """Whether a dataframe is of Dask; who has one has imported it."""
        dask = modules.get("dask.dataframe")
        return dask is not None and isinstance(frame, dask.DataFrame)

    def names(self, frame: Any) -> Sequence[object]:
        """Return the names of all columns."""
        return list(_with_index(frame).columns)

    def cells(self, frame: Any) -> "View":
        """Return all columns, computed."""
        return Pandas().cells(frame.compute())

    def columns(self, frame: "pd.DataFrame", names: Sequence[str], place: str) -> "View":
        """Return the columns of a partition."""
        return Pandas().columns(frame, names, place)

    def values(self, frame: Any, name: str, place: str) -> "View":
        """Return the values of a column that repeat, as workers have counted them."""
        column = _with_index(frame)[name]
        if column.dtype.kind not in "iufM":
            column = column.map(composed, meta=(name, column.dtype))
        counts = column.value_counts(split_out=column.npartitions)
        repeated = counts[counts > 1].compute()
        values = repeated.index.repeat(repeated.to_numpy())
        return Pandas().columns(values.to_frame(index=False, name=name), [name], place)

    def composed(self, view: "View", name: str) -> "View":
        """Return a view whose texts in a column are in Unicode's form NFC."""
        return Pandas().composed(view, name)

    def each_partition(
        self,
        frame: Any,
        function: "Callable[[pd.DataFrame], Result]",
        *,
        bar: bool,
    ) -> Iterator[tuple[int, Result]]:
        """Yield what a function returns for each partition; the workers call it."""

        def run(number: int, partition: "pd.DataFrame") -> tuple[int, Result | DatasetError]:
            try:
                return number, function(partition)
            except DatasetError as error:  # which a worker would log as a failure of its own
                return number, error

        task = needed("dask").delayed(run)
        partitions = _with_index(frame).to_delayed()
        tasks = [task(number, partition) for number, partition in enumerate(partitions)]
        results = with_bar(_computed(tasks), "partitions", len(tasks), bar=bar, at_least=2)
        for number, result in results:
            if isinstance(result, DatasetError):
                raise result
            yield number, result


def _with_index(frame: Any) -> Any:
    if frame.index.name is None or frame.index.name in frame.columns:
        return frame
    return frame.reset_index()


def _computed(tasks: Sequence[object]) -> Iterator[Any]:
    """Compute tasks on the cluster whose client is current, or else in threads of this process.

    A task of a worker that is lost goes to another.
    """
    if client := _client():
        completed = needed("distributed").as_completed(client.compute(tasks), with_results=True)
        yield from (result for _, result in completed)
    else:
        yield from needed("dask").compute(*tasks)


def _client() -> Any:
    """Return the client of a cluster that is current, or None."""
    distributed = modules.get("distributed")
    try:
        return distributed and distributed.default_client()
    except ValueError:  # there is none
        return None
