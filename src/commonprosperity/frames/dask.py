"""``Partitions``: a dataframe of Dask, whose workers add up a partition each.

Only sums come here. It takes neither Dask's own group-by nor Narwhals' view of it: what a partition
comes to is as exact, and as safe, as what a dataframe of pandas does.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, chain
from sys import modules
from typing import Any

import attrs

from commonprosperity.bar import with_bar
from commonprosperity.errors import DatasetError
from commonprosperity.extras import needed
from commonprosperity.frames.columns import Columns
from commonprosperity.frames.ledger import Finder, Ledger
from commonprosperity.frames.sums import Line, told_of
from commonprosperity.frames.views import view_of


@attrs.frozen
class Partitions:
    """A ledger in partitions; ``titles`` are what the columns of its parts are called."""

    frame: Any
    columns: Columns
    titles: dict[str, str]
    place: str
    bar: bool

    @classmethod
    def of(cls, frame: Any, columns: Columns, place: str, *, bar: bool) -> "Partitions":
        """Take the columns that are asked for.

        Raises `DatasetError` where one is missing.
        """
        if frame.index.name is not None and frame.index.name not in frame.columns:
            frame = frame.reset_index()
        names = [name for name in frame.columns if isinstance(name, str)]
        titles = columns.called(columns.constants(names, place))
        return cls(frame[columns.used(names)], columns, titles, place, bar)

    def lines(self) -> list[Line]:
        """Add up the rows by group, currency and date.

        Raises `DatasetError` as a `Ledger` does, and where workers fail for good.
        """
        return _merged(lines for _, lines in self._each(Ledger.lines))

    def first_rows(self, finders: Sequence[Finder], count: int) -> list[list[int]]:
        """Return the numbers of the first rows, from 0, that each of some finders finds."""

        def look(ledger: Ledger) -> tuple[int, list[list[int]]]:
            return ledger.height, [_first_rows(ledger, find, count) for find in finders]

        looks = [look for _, look in sorted(self._each(look))]
        starts = [0, *accumulate(height for height, _ in looks)]
        found = zip(*(
            [[start + row for row in rows] for rows in numbers]
            for start, (_, numbers) in zip(starts, looks, strict=False)
        ), strict=True)  # fmt: skip
        return [[*chain.from_iterable(rows)][:count] for rows in found]

    def _each(self, function: Callable[[Ledger], Any]) -> Iterator[tuple[int, Any]]:
        """Go through what a function returns of each partition, with its number, in any order."""
        columns, place = self.columns, self.place  # workers need no more of this

        def run(number: int, frame: Any) -> tuple[int, Any]:
            try:
                return number, function(Ledger.of(partial(view_of, frame), columns, place))
            except DatasetError as error:  # which a worker would log as a failure of its own
                return number, error

        task = needed("dask").delayed(run)
        tasks = [task(number, part) for number, part in enumerate(self.frame.to_delayed())]
        with told_of(self.place):
            bar = with_bar(_computed(tasks), "partitions", len(tasks), bar=self.bar, at_least=2)
            for number, result in bar:
                if isinstance(result, DatasetError):
                    raise result
                yield number, result


def _first_rows(ledger: Ledger, find: Finder, count: int) -> list[int]:
    """Find rows; a partition whose column is of another type has none of a value."""
    try:
        return ledger.first_rows([find], count)[0]
    except DatasetError:
        return []


def _computed(tasks: Sequence[Any]) -> Iterator[Any]:
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


def _merged(parts: Iterable[Sequence[Line]]) -> list[Line]:
    """Add up lines of parts that are of the same group, currency and date."""
    found: dict[Any, Line] = {}
    for line in chain.from_iterable(parts):
        key = line.group, line.currency, line.date
        found[key] = found[key].plus(line) if key in found else line
    return [*found.values()]
