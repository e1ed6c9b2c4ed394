"""``WrittenNumbers``: numbers by day as a file writes them; each is parsed when it is asked for."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from commonprosperity.wording import number


class WrittenNumbers(Mapping[date, Fraction]):
    """Numbers by day; each is parsed when it is asked for."""

    def __init__(self, cells: dict[date, str]) -> None:
        self._cells = cells

    def __getitem__(self, day: date) -> Fraction:
        return Fraction(number(self._cells[day]))

    def __contains__(self, day: object) -> bool:
        return day in self._cells

    def __iter__(self) -> Iterator[date]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)
