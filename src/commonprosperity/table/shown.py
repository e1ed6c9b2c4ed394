"""``Shown``: what shows itself as a table, in a notebook and in print."""

from abc import abstractmethod

from commonprosperity.table.table import Table

_WIDTH = 80
_ROWS = 100  # a browser is slow with the thousands of rows that a check may have


class Shown:
    """What a notebook shows as a table, of a hundred rows at most, and ``print`` whole, 80 wide."""

    __slots__ = ()

    @abstractmethod
    def table(self) -> Table:
        """Return it as a table."""

    def _shown(self) -> Table:
        """Return the table that a notebook shows."""
        return self.table()

    def _repr_html_(self) -> str:
        return self._shown().first(_ROWS).html()

    def _repr_markdown_(self) -> str:
        return self._shown().first(_ROWS).markdown()

    def __str__(self) -> str:
        return self.table().text(_WIDTH)
