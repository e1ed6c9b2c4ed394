"""``Table``: named columns and typed rows, shown as text, Markdown, HTML, JSON or CSV.

On a screen, amounts are in the unit that suits them all (billions, millions, ...), which the
caption names; JSON and CSV hold them in full.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from html import escape
from typing import Any
from unicodedata import category, east_asian_width

import attrs

from commonprosperity.formulas import neutral
from commonprosperity.tabular import Tabular
from commonprosperity.wording import nearest

_UNITS = {"billions": 9, "millions": 6, "thousands": 3}
_NARROWEST = 8


class Kind(StrEnum):
    """What a column holds: texts, amounts (Decimal), or shares and rates (Fraction)."""

    TEXT = "text"
    AMOUNT = "amount"
    SHARE = "share"
    RATE = "rate"


@attrs.frozen
class Column:
    """A column: its name, and what it holds."""

    name: str
    kind: Kind = Kind.TEXT

    @property
    def heading(self) -> str:
        """The name as a heading."""
        return self.name[:1].upper() + self.name[1:]


def _columns(columns: Iterable[Column]) -> tuple[Column, ...]:
    return tuple(columns)


def _rows(rows: Iterable[Iterable[Any]]) -> tuple[tuple[Any, ...], ...]:
    return tuple(map(tuple, rows))


@attrs.frozen
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
    """

    columns: tuple[Column, ...] = attrs.field(converter=_columns)
    rows: tuple[tuple[Any, ...], ...] = attrs.field(converter=_rows)
    totals: tuple[tuple[Any, ...], ...] = attrs.field(default=(), converter=_rows)
    title: str = ""

    def text(self, width: int | None = None) -> str:
        """Return the table for a terminal; to fit a width, texts are folded.

        Chinese characters take two columns, as terminals show them.
        """
        heading = [column.heading for column in self.columns]
        rows, totals = self._shown(self.rows), self._shown(self.totals)
        widths = [
            max(map(display_width, cells)) for cells in zip(heading, *rows, *totals, strict=True)
        ]
        widths = self._narrowed(widths, width)
        rule = "  ".join("-" * wide for wide in widths)
        folded = [self._folded(row, widths) for row in [heading, *rows, *totals]]
        lines = [*folded[0], rule]
        lines += [line for row in folded[1 : 1 + len(rows)] for line in row]
        lines += [rule] * bool(totals) + [line for row in folded[1 + len(rows) :] for line in row]
        return "\n".join([*self._caption("\n"), *lines])

    def markdown(self) -> str:
        """Return the table as GitHub reads it."""
        heading = [column.heading for column in self.columns]
        rule = ["---" if column.kind is Kind.TEXT else "---:" for column in self.columns]
        rows = [[_markdown(cell) for cell in row] for row in [heading, *self._shown(self.rows)]]
        totals = [
            [f"**{_markdown(cell)}**" if cell else "" for cell in row]
            for row in self._shown(self.totals)
        ]
        lines = [f"| {' | '.join(row)} |" for row in [rows[0], rule, *rows[1:], *totals]]
        return "\n".join([*map(_markdown, self._caption("")), ""] * bool(self._caption("")) + lines)

    def html(self) -> str:
        """Return the table as plain HTML; every text in it is escaped."""
        heads = "".join(f'<th scope="col">{escape(c.heading)}</th>' for c in self.columns)
        caption = "".join(f"<caption>{escape(line)}</caption>\n" for line in self._caption(""))
        totals = f"<tfoot>\n{self._html_rows(self.totals)}</tfoot>\n" if self.totals else ""
        return (
            f"<table>\n{caption}<thead>\n<tr>{heads}</tr>\n</thead>\n"
            f"<tbody>\n{self._html_rows(self.rows)}</tbody>\n{totals}</table>"
        )

    def json(self) -> str:
        """Return the rows and the totals as objects; numbers are texts, in full."""
        import json  # noqa: PLC0415 (only a program asks for it)

        names = [column.name for column in self.columns]
        rows, totals = (
            [dict(zip(names, map(_plain, row), strict=True)) for row in some]
            for some in (self.rows, self.totals)
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
        writer.writerows([_unformulated(_plain(cell)) for cell in row] for row in self.rows)
        return file.getvalue().rstrip("\n")

    def _table(self) -> "Table":
        return self

    __str__ = text
    _repr_markdown_ = markdown
    _repr_html_ = html

    @property
    def _unit(self) -> str:
        """The largest unit of which the smallest amount is at least a hundredth."""
        kinds = [column.kind for column in self.columns]
        amounts = [
            cell.copy_abs()
            for row in (*self.rows, *self.totals)
            for cell, kind in zip(row, kinds, strict=True)
            if kind is Kind.AMOUNT and cell
        ]
        smallest = min(amounts, default=Decimal(0))
        least = {unit: Decimal((0, (1,), power - 2)) for unit, power in _UNITS.items()}
        return next((unit for unit in _UNITS if smallest >= least[unit]), "")

    def _caption(self, end: str) -> list[str]:
        unit = f"amounts in {self._unit}" if self._unit else ""
        caption = ", ".join(filter(None, [self.title, unit]))
        return [caption[:1].upper() + caption[1:] + end] if caption else []

    def _shown(self, rows: Iterable[Sequence[Any]]) -> list[list[str]]:
        power = _UNITS.get(self._unit, 0)
        return [
            [
                _show(cell, column.kind, power)
                for cell, column in zip(row, self.columns, strict=True)
            ]
            for row in rows
        ]

    def _narrowed(self, widths: list[int], width: int | None) -> list[int]:
        """Take columns of text from the widest until the table fits, or no text can give more."""
        widths = list(widths)
        texts = [at for at, column in enumerate(self.columns) if column.kind is Kind.TEXT]
        while width and texts and sum(widths) + 2 * (len(widths) - 1) > width:
            widest = max(texts, key=lambda at: widths[at])
            if widths[widest] <= _NARROWEST:
                break
            widths[widest] -= 1
        return widths

    def _folded(self, cells: Sequence[str], widths: Sequence[int]) -> list[str]:
        """Return the lines that one row takes."""
        columns = [fold(cell, wide) for cell, wide in zip(cells, widths, strict=True)]
        lines = []
        for at in range(max(map(len, columns))):
            line = [
                _pad(column[at] if at < len(column) else "", wide, kind.kind)
                for column, wide, kind in zip(columns, widths, self.columns, strict=True)
            ]
            lines.append("  ".join(line).rstrip())
        return lines

    def _html_rows(self, rows: Iterable[Sequence[Any]]) -> str:
        return "".join(
            "<tr>{}</tr>\n".format(
                "".join(
                    f"<td>{escape(cell)}</td>"
                    if column.kind is Kind.TEXT
                    else f'<td style="text-align: right">{escape(cell)}</td>'
                    for cell, column in zip(row, self.columns, strict=True)
                )
            )
            for row in self._shown(rows)
        )


def _show(cell: Any, kind: Kind, power: int) -> str:
    if cell is None:
        return ""
    if kind is Kind.AMOUNT:
        if not cell:
            return "–"
        scaled = Fraction(cell) / 10**power
        return f"{nearest(scaled, 3 if power else 2):,f}"
    if kind is Kind.SHARE:
        return f"{nearest(cell * 100, 1):,f} %"
    if kind is Kind.RATE:
        return f"{float(cell):.6g}"
    return str(cell)


def _plain(cell: Any) -> str | None:
    """Write a cell in full: an amount as it is, a share or a rate with 12 decimals."""
    if isinstance(cell, Fraction):
        return f"{nearest(cell, 12):f}"
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return None if cell is None else str(cell)


def _unformulated(text: str | None) -> str | None:
    """Keep a text from being run by a spreadsheet; a number stays a number."""
    return text and neutral(text).replace("\r", " ")  # which the csv module leaves unquoted


def _markdown(text: str) -> str:
    """Keep a text from being read as Markdown or HTML."""
    return re.sub(r"([\\`*_\[\]<>|~$&])", r"\\\1", text)


def display_width(text: str) -> int:
    """Return the columns that a text takes in a terminal."""
    return sum(map(_character_width, text))


def _character_width(character: str) -> int:
    if category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _pad(text: str, width: int, kind: Kind) -> str:
    space = " " * (width - display_width(text))
    return text + space if kind is Kind.TEXT else space + text


def fold(text: str, width: int) -> list[str]:
    """Fold a text into lines, after a space or a hyphen, or anywhere when there is neither."""
    lines = [""]
    for word in re.findall(r"[^\s-]*[\s-]?", text):
        if display_width(lines[-1] + word.rstrip()) > width and lines[-1]:
            lines.append("")
        for character in word:
            if display_width(lines[-1]) + _character_width(character) > width and character != " ":
                lines.append("")
            lines[-1] += character
    return [line.rstrip() for line in lines]
