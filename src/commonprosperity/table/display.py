"""``TableDisplay``: values that show themselves as a table, in a notebook and in print."""

from abc import abstractmethod

from commonprosperity.table.table import Table

_WIDTH = 80


class TableDisplay:
    """A value that a notebook shows as a table, and ``print`` as one of 80 columns."""

    __slots__ = ()

    @abstractmethod
    def table(self, *, locale: str = "en") -> Table:
        """Return it as a table, for readers of a locale."""

    def _notebook_table(self) -> Table:
        """Return the table that a notebook shows."""
        return self.table()

    def _repr_html_(self) -> str:
        return self._notebook_table()._repr_html_()

    def _repr_markdown_(self) -> str:
        return self._notebook_table()._repr_markdown_()

    def __str__(self) -> str:
        return self.table().text(_WIDTH)
