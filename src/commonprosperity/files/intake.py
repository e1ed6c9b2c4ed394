"""``Intake``: what a file is called in sentences, its limits, and how its amounts are spelt."""

import attrs

from commonprosperity.errors import Fault, FileError
from commonprosperity.flat import Spelling

_VALUES_AT_MOST = 4_000_000  # values of a byte or two take a hundred times the file's memory
_BYTES_A_VALUE = 12.5  # so that whoever allows more bytes than by default allows more values


@attrs.frozen
class Intake:
    """How to read one file: its name in sentences, its limits, the spelling of its amounts.

    ``spelling`` is for the amounts of a flat CSV. ``bar`` shows one where there is much to read.

    >>> Intake("mine.toml").place(3)
    'mine.toml:3'
    """

    name: str
    bytes_at_most: int = 50_000_000
    cell_at_most: int = 1_000_000
    spelling: Spelling = attrs.field(factory=Spelling)
    bar: bool = False

    def place(self, line: int | str | None = None) -> str:
        """Return where a fault stands: the file, and its line if there is one."""
        return f"{self.name}:{line}" if line else self.name

    def inside(self, name: str) -> "Intake":
        """Return the intake of a file inside this one."""
        return attrs.evolve(self, name=f"{self.name}/{name}")

    def check_values(self, values: int) -> None:
        """Refuse a file with so many values that its records would fill the memory."""
        at_most = max(_VALUES_AT_MOST, int(self.bytes_at_most / _BYTES_A_VALUE))
        if values > at_most:
            problem = f"it has more than {at_most:,} values; divide it, or give bytes_at_most="
            raise self.refused(problem)

    def refused(self, problem: str, line: int | str | None = None) -> FileError:
        """Return the error of a file that is refused as a whole."""
        return FileError((Fault("", "", problem, self.place(line)),))
