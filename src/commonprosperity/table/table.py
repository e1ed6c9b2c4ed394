"""``Table``: named columns and typed rows, in every form."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import partial
from itertools import compress
from typing import Any

import attrs

from commonprosperity.formulas import neutral
from commonprosperity.messages import shortened
from commonprosperity.quoting import listed, visible
from commonprosperity.table.cell_text import CellWriter, full_text, reader_text
from commonprosperity.table.column import UNITS, Column, Kind, Unit, capitalized
from commonprosperity.table.html import STYLE, html_table
from commonprosperity.table.markdown import escaped, markdown_table
from commonprosperity.table.tabular import Tabular
from commonprosperity.table.text import laid_out

_NO_UNIT = Unit("", 0)
_NOTEBOOK_ROWS = 100  # rows: a browser is slow with the thousands that a dataset may have


def _rows(rows: Iterable[Iterable[Any]]) -> tuple[tuple[Any, ...], ...]:
    return tuple(map(tuple, rows))


@attrs.frozen(repr=False)
class Table(Tabular):
    """Named columns, typed rows, and rows of totals apart from them; a missing value is ``None``.

    >>> print(Table([Column("company"), Column("CNY", Kind.AMOUNT)],
    ...             [["腾讯", Decimal(104_169_000_000)], ["Alibaba", Decimal(100_000_000_000)]]))
    Amounts in billions
    <BLANKLINE>
    Company      CNY
    -------  -------
    腾讯     104.169
    Alibaba  100.000

    A notebook shows the first hundred rows; `html` and `markdown` have them all. A cell shows the
    first 300 characters of a text and how many more there are, unless ``whole`` asks for them all,
    and a column that is empty throughout is left out; JSON, CSV and dataframes have everything.
    ``title`` stands above the table and ``note`` below it. ``units`` are those that amounts may be
    shown in, the largest first, in the words of the reader's language:

    >>> amount = Table([Column("金额", Kind.AMOUNT)], [[Decimal(50_000_000_000)]])
    >>> print(attrs.evolve(amount, units=[Unit("单位:亿元", 8), Unit("单位:万元", 4)]))
    单位:亿元
    <BLANKLINE>
       金额
    -------
    500.000
    """

    columns: tuple[Column, ...] = attrs.field(converter=tuple[Column, ...])
    rows: tuple[tuple[Any, ...], ...] = attrs.field(converter=_rows)
    totals: tuple[tuple[Any, ...], ...] = attrs.field(default=(), converter=_rows)
    title: str = ""
    note: str = ""
    units: tuple[Unit, ...] = attrs.field(default=UNITS, converter=tuple[Unit, ...])
    whole: bool = False

    def first(self, at_most: int) -> "Table":
        """Return the table with its first rows only, and a note of how many more there are."""
        more = len(self.rows) - at_most
        if more <= 0:
            return self
        note = "; ".join(filter(None, [f"and {more:,} more", self.note]))
        return attrs.evolve(self, rows=self.rows[:at_most], note=note)

    def text(self, width: int | None = None) -> str:
        """Return the table for a terminal; to fit a width, texts and headings are folded.

        Chinese characters take two columns, as terminals show them.
        """
        table = self._without_empty_columns()
        rows, totals = (self._texts(table.columns, part) for part in (table.rows, table.totals))
        lines = laid_out(table.columns, rows, totals, width) if table.columns else []
        above = [self._caption, *([""] if lines else [])] if self._caption else []
        return "\n".join([*above, *lines, *filter(None, [_line(self.note)])])

    def markdown(self) -> str:
        """Return the table as GitHub reads it; no text in it is read as Markdown or HTML."""
        table = self._without_empty_columns()
        parts = (table.columns, table.rows, table.totals)
        lines = markdown_table(*parts, self._write) if table.columns else []
        above = [escaped(self._caption), *([""] if lines else [])] if self._caption else []
        below = ["", escaped(_line(self.note))] if self.note else []
        return "\n".join([*above, *lines, *below])

    def html(self, *, style: bool = True) -> str:
        """Return the table as HTML; every text in it is escaped.

        ``style`` puts `STYLE` before it; a page of several tables has that once.
        """
        caption, note = (_line(self.title), self._unit.words), _line(self.note)
        shown = self._without_empty_columns()
        table = html_table(shown.columns, shown.rows, shown.totals, caption, note, self._write)
        return STYLE + table if style else table

    def json(self) -> str:
        """Return the rows and the totals as objects; numbers are texts, in full."""
        import json  # noqa: PLC0415 (only a program asks for it)

        names = [column.name for column in self.columns]
        rows, totals = (
            [dict(zip(names, map(full_text, row), strict=True)) for row in cells]
            for cells in (self.rows, self.totals)
        )
        content = {"title": self.title, "rows": rows, "totals": totals}
        return json.dumps(content, ensure_ascii=False, indent=2)

    def csv(self) -> str:
        """Return the rows, without the totals, for a spreadsheet; none is read as a formula."""
        import csv  # noqa: PLC0415 (only a program asks for it)
        import io  # noqa: PLC0415

        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_unformulated(column.name) for column in self.columns)
        writer.writerows([_unformulated(full_text(cell)) for cell in row] for row in self.rows)
        return file.getvalue().rstrip("\n")

    def __repr__(self) -> str:
        rows = f"{len(self.rows)} rows" if len(self.rows) != 1 else "1 row"
        title = f"{_line(self.title)}, " if self.title else ""
        return f"Table: {title}{rows} of {listed([column.name for column in self.columns])}"

    def _columns_and_rows(self) -> tuple[Sequence[Column], Sequence[Sequence[Any]]]:
        return self.columns, self.rows

    __str__ = text

    def _repr_html_(self) -> str:
        return self._for_a_notebook().html()

    def _repr_markdown_(self) -> str:
        return self._for_a_notebook().markdown()

    def _without_empty_columns(self) -> "Table":
        """Return the table without the columns that have no cell; all stay where none has one.

        A table with a title and no row is its title.
        """
        cells = zip(self.columns, *self.rows, *self.totals, strict=True)
        used = [any(cell is not None for cell in column) for _, *column in cells]
        if all(used) or (not any(used) and (self.rows or not self.title)):
            return self
        rows, totals = ([compress(row, used) for row in part] for part in (self.rows, self.totals))
        return attrs.evolve(self, columns=compress(self.columns, used), rows=rows, totals=totals)

    def _for_a_notebook(self) -> "Table":
        return attrs.evolve(self.first(_NOTEBOOK_ROWS), whole=False)

    @property
    def _unit(self) -> Unit:
        """The largest unit that the largest amount reaches, and the smallest a hundredth of.

        Up to 100 billion and from 50 million: billions. 50 million alone: millions.
        """
        amounts = [
            cell.copy_abs()
            for row in (*self.rows, *self.totals)
            for cell, column in zip(row, self.columns, strict=True)
            if column.kind is Kind.AMOUNT and cell and cell.is_finite()
        ]
        smallest, largest = (end(amounts, default=Decimal(0)) for end in (min, max))
        for unit in self.units:
            one, hundredth = Decimal((0, (1,), unit.power)), Decimal((0, (1,), unit.power - 2))
            if largest >= one and smallest >= hundredth:
                return unit
        return _NO_UNIT

    @property
    def _caption(self) -> str:
        return capitalized(", ".join(filter(None, [_line(self.title), _line(self._unit.words)])))

    def _texts(self, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> list[list[str]]:
        write = self._write
        return [
            [write(cell, column.kind) for cell, column in zip(row, columns, strict=True)]
            for row in rows
        ]

    @property
    def _write(self) -> CellWriter:
        return partial(reader_text, power=self._unit.power, whole=self.whole)


def _line(text: str) -> str:
    return shortened(visible(text))


def _unformulated(text: str | None) -> str | None:
    """Keep a text from being run by a spreadsheet; a number stays a number."""
    return text and neutral(text).replace("\r", " ")  # which the csv module leaves unquoted
