"""``Reading``: what a file is called in sentences, its limits, and how its amounts are read."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from commonprosperity.dataset import Dataset
from commonprosperity.errors import DatasetError, Fault, FileError
from commonprosperity.schema import dataset_read

_VALUES_AT_MOST = 4_000_000  # values of a byte or two take a hundred times the file's memory
_BYTES_A_VALUE = 12.5  # so that whoever allows more bytes than by default allows more values


@attrs.frozen
class Reading:
    """One reading of a file: its name in sentences, its limits, and how to take loose amounts.

    ``symbols``, ``default``, ``locale`` and ``power`` (of ten, that numbers are multiplied by) are
    for the amounts of a flat CSV.
    ``bar`` is whether a bar is shown where there is much to read.

    >>> Reading("mine.toml").place(3)
    'mine.toml:3'
    """

    name: str
    bytes_at_most: int = 50_000_000
    cell_at_most: int = 1_000_000
    symbols: Mapping[str, str] | None = None
    default: str | None = None
    locale: str | None = None
    power: int | None = None
    bar: bool = False

    def place(self, line: int | str | None = None) -> str:
        """Return where a fault stands: the file, and its line if there is one."""
        return f"{self.name}:{line}" if line else self.name

    def inside(self, name: str) -> "Reading":
        """Return the reading of a file inside this one."""
        return attrs.evolve(self, name=f"{self.name}/{name}")

    def check_values(self, values: int) -> None:
        """Refuse a file with so many values that what is made of it would fill the memory."""
        at_most = max(_VALUES_AT_MOST, int(self.bytes_at_most / _BYTES_A_VALUE))
        if values > at_most:
            problem = f"it has more than {at_most:,} values; divide it, or give bytes_at_most="
            raise self.refused(problem)

    def refused(self, problem: str, line: int | str | None = None) -> FileError:
        """Return the error of a file that is refused as a whole."""
        return FileError((Fault("", "", problem, self.place(line)),))

    def made(
        self,
        plain: Mapping[str, Any],
        faults: Iterable[Fault],
        places: Callable[[], Mapping[str, str]],
    ) -> Dataset:
        """Make a dataset of what was read, as `dataset_read` does; or raise `FileError`."""
        try:
            return dataset_read(plain, faults, places, self.name, bar=self.bar)
        except DatasetError as error:
            raise FileError(error.faults) from None
