"""``Table``: named columns and typed rows, in every form."""

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import compress
from typing import Any

import attrs

from commonprosperity.messages import heading_in, in_language, is_chinese
from commonprosperity.quoting import listed, visible
from commonprosperity.sentence import Say, Sentence, shortened, together
from commonprosperity.table.cell_text import CellWriter, full_text, reader_text, say_cell
from commonprosperity.table.column import CHINESE_UNITS, UNITS, Column, Kind, Unit, capitalized
from commonprosperity.table.formulas import neutral
from commonprosperity.table.html import STYLE, html_table
from commonprosperity.table.markdown import escaped, markdown_table
from commonprosperity.table.scale import Scale
from commonprosperity.table.tabular import Tabular
from commonprosperity.table.text import text_table

_NOTEBOOK_ROWS = 100  # rows: a browser is slow with the thousands that a dataset may have


def _rows(rows: Iterable[Iterable[Any]]) -> tuple[tuple[Any, ...], ...]:
    return tuple(map(tuple, rows))


@attrs.frozen(repr=False)
class Table(Tabular):
    """Named columns, typed rows, and rows of totals apart from them; a missing value is ``None``.

    >>> from decimal import Decimal
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

    A table is in English. `in_locale` returns it for readers of another locale: for Chinese ones,
    the library's own words are in Chinese, names are Chinese where the data has them, and amounts
    are in 亿 or 万, in every form of the table.
    """

    columns: tuple[Column, ...] = attrs.field(converter=tuple[Column, ...])
    rows: tuple[tuple[Any, ...], ...] = attrs.field(converter=_rows)
    totals: tuple[tuple[Any, ...], ...] = attrs.field(default=(), converter=_rows)
    title: str = ""
    note: str = ""
    units: tuple[Unit, ...] = attrs.field(default=UNITS, converter=tuple[Unit, ...])
    whole: bool = False
    locale: str = "en"

    def in_locale(self, locale: str) -> "Table":
        """Return the table for readers of a locale: in Chinese, or else in English.

        >>> from decimal import Decimal
        >>> print(Table([Column("company"), Column("amount", Kind.AMOUNT)],
        ...             [["腾讯", Decimal(104_169_000_000)]]).in_locale("zh_CN"))
        单位：亿
        <BLANKLINE>
        公司       金额
        ----  ---------
        腾讯  1,041.690

        Raises `LocaleError` for an unknown locale.
        """  # noqa: RUF002 (as Chinese writes it)
        is_chinese(locale)  # raises the error here, and not where the table is shown
        return attrs.evolve(self, locale=locale)

    def first(self, at_most: int) -> "Table":
        """Return the table with its first rows only, and a note of how many more there are."""
        more = len(self.rows) - at_most
        if more <= 0:
            return self
        note = together([Sentence("and {count} more", count=f"{more:,}"), self.note])
        return attrs.evolve(self, rows=self.rows[:at_most], note=note)

    def text(self, width: int | None = None, *, locale: str | None = None) -> str:
        """Return the table for a terminal; to fit a width, texts and headings are folded.

        Chinese characters take two columns, as terminals show them. ``locale`` is that of
        `in_locale`, here as in Markdown and HTML.
        """
        if locale is not None:
            return self.in_locale(locale).text(width)
        table = self._for_readers()
        rows, totals = (self._texts(table.columns, part) for part in (table.rows, table.totals))
        lines = text_table(table.columns, rows, totals, width) if table.columns else []
        above = [self._caption, *([""] if lines else [])] if self._caption else []
        return "\n".join([*above, *lines, *filter(None, [self._line(self.note)])])

    def markdown(self, *, locale: str | None = None) -> str:
        """Return the table as GitHub reads it; no text in it is read as Markdown or HTML."""
        if locale is not None:
            return self.in_locale(locale).markdown()
        table = self._for_readers()
        parts = (table.columns, table.rows, table.totals)
        lines = markdown_table(*parts, self._write) if table.columns else []
        above = [escaped(self._caption), *([""] if lines else [])] if self._caption else []
        below = ["", escaped(self._line(self.note))] if self.note else []
        return "\n".join([*above, *lines, *below])

    def html(self, *, style: bool = True, locale: str | None = None) -> str:
        """Return the table as HTML; every text in it is escaped.

        ``style`` puts `STYLE` before it; a page of several tables has that once.
        """
        if locale is not None:
            return self.in_locale(locale).html(style=style)
        caption, note = (self._line(self.title), self._scale.unit.words), self._line(self.note)
        table = self._for_readers()
        markup = html_table(table.columns, table.rows, table.totals, caption, note, self._write)
        return STYLE + markup if style else markup

    def json(self) -> str:
        """Return the rows and the totals as objects; numbers are texts, in full."""
        import json  # noqa: PLC0415 (only a program asks for it)

        names = [column.name for column in self._columns_in_locale]
        rows, totals = (
            [dict(zip(names, map(self._full, row), strict=True)) for row in cells]
            for cells in (self.rows, self.totals)
        )
        content = {"title": say_cell(self.title, self._say), "rows": rows, "totals": totals}
        return json.dumps(content, ensure_ascii=False, indent=2)

    def csv(self) -> str:
        """Return the rows, without the totals, for a spreadsheet; none is read as a formula."""
        import csv  # noqa: PLC0415 (only a program asks for it)
        import io  # noqa: PLC0415

        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_csv_text(column.name) for column in self._columns_in_locale)
        writer.writerows([_csv_text(self._full(cell)) for cell in row] for row in self.rows)
        return file.getvalue().rstrip("\n")

    def __repr__(self) -> str:
        rows = f"{len(self.rows)} rows" if len(self.rows) != 1 else "1 row"
        title = f"{self._line(self.title)}, " if self.title else ""
        return f"Table: {title}{rows} of {listed([column.name for column in self.columns])}"

    def _columns_and_rows(self) -> tuple[Sequence[Column], Sequence[Sequence[Any]]]:
        return self._columns_in_locale, [
            [say_cell(cell, self._say) for cell in row] for row in self.rows
        ]

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self._for_a_notebook().html()

    def _repr_markdown_(self) -> str:
        return self._for_a_notebook().markdown()

    def _for_readers(self) -> "Table":
        """Return the table as readers see it: in their language, without columns of no cell.

        Where no column has a cell, all stay; but a table with a title and no row is its title.
        """
        columns = self._columns_in_locale
        cells = zip(self.columns, *self.rows, *self.totals, strict=True)
        used = [any(cell is not None for cell in column) for _, *column in cells]
        if all(used) or (not any(used) and (self.rows or not self.title)):
            return attrs.evolve(self, columns=columns)
        rows, totals = ([compress(row, used) for row in part] for part in (self.rows, self.totals))
        return attrs.evolve(self, columns=compress(columns, used), rows=rows, totals=totals)

    def _for_a_notebook(self) -> "Table":
        return attrs.evolve(self.first(_NOTEBOOK_ROWS), whole=False)

    @property
    def _say(self) -> Say:
        return in_language(self.locale)

    @property
    def _columns_in_locale(self) -> tuple[Column, ...]:
        """The columns with their names in the language of the locale."""
        return tuple(Column(heading_in(each.name, self.locale), each.kind) for each in self.columns)

    @property
    def _units(self) -> tuple[Unit, ...]:
        """The caller's own units, or those of the locale."""
        return CHINESE_UNITS if self.units == UNITS and is_chinese(self.locale) else self.units

    @property
    def _scale(self) -> Scale:
        amounts = (
            cell
            for row in (*self.rows, *self.totals)
            for cell, column in zip(row, self.columns, strict=True)
            if column.kind is Kind.AMOUNT and cell is not None
        )
        return Scale.of(amounts, self._units)

    @property
    def _caption(self) -> str:
        between = "，" if is_chinese(self.locale) else ", "
        lines = map(self._line, (self.title, self._scale.unit.words))
        return capitalized(between.join(filter(None, lines)))

    def _texts(self, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> list[list[str]]:
        write = self._write
        return [
            [write(cell, column.kind) for cell, column in zip(row, columns, strict=True)]
            for row in rows
        ]

    @property
    def _write(self) -> CellWriter:
        return partial(reader_text, scale=self._scale, whole=self.whole, say=self._say)

    def _full(self, cell: Any) -> str | None:
        return full_text(say_cell(cell, self._say))

    def _line(self, text: str) -> str:
        return shortened(visible(say_cell(text, self._say)), self._say)


def _csv_text(text: str | None) -> str | None:
    """Keep a text from being run by a spreadsheet; a number stays a number."""
    return text and neutral(text).replace("\r", " ")  # which the csv module leaves unquoted
