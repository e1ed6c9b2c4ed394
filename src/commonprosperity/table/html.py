"""A table as HTML of its own, with a few rules of CSS; every text in it is escaped."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from html import escape
from typing import Any

from commonprosperity.table.cell_text import CellWriter
from commonprosperity.table.column import Cells, Column, Kind, Link, capitalized

# Colours are the theme's own, made translucent, so that light and dark themes need no rules.
# ``table.commonprosperity`` weighs more than what a notebook says of tables; JupyterLab's rule that
# texts stand on the right has the weight of two classes.
STYLE = """\
<style>
table.commonprosperity{border:0;border-collapse:collapse;color:inherit;\
font-variant-numeric:tabular-nums;margin:.5em 0}
table.commonprosperity caption{caption-side:top;color:inherit;font-weight:600;\
padding:0 .6em .4em;text-align:left}
table.commonprosperity small{font-size:.85em;font-weight:400;opacity:.75}
table.commonprosperity :is(th,td){border:0;font-weight:400;line-height:1.4;max-width:32em;\
overflow-wrap:break-word;padding:.3em .6em;vertical-align:top;white-space:normal}
table.commonprosperity.mathjax_ignore :is(th,td){text-align:left}
table.commonprosperity thead th{border-bottom:1px solid #8889;font-weight:600;\
vertical-align:bottom}
table.commonprosperity tbody tr+tr>*{border-top:1px solid #8883}
table.commonprosperity tfoot tr:first-child>*{border-top:1px solid #8889}
table.commonprosperity tfoot tr>*{font-weight:600}
table.commonprosperity a{color:inherit;text-decoration:underline}
table.commonprosperity td[style]{white-space:nowrap}
table.commonprosperity i{background:linear-gradient(currentColor 0 0) no-repeat 0/0;\
float:left;height:.6em;margin:.4em 1em 0 0;opacity:.45;width:6em}
</style>
"""
"""The look of every table, for a page that holds several to have once."""

_RIGHT = ' style="text-align: right"'


def html_table(  # noqa: PLR0913 (the parts of a table)
    columns: Sequence[Column],
    rows: Iterable[Cells],
    totals: Sequence[Cells],
    caption: Sequence[str],
    note: str,
    write: CellWriter,
) -> str:
    """Write the parts of a table; MathJax is kept from reading dollars as formulas."""
    heads = "".join(
        f'<th scope="col"{_side(column)}>{escape(column.heading)}</th>' for column in columns
    )
    body = "".join(_row(columns, row, write, bars=True) for row in rows)
    end = "".join(_row(columns, row, write) for row in totals)
    if note:
        end += f'<tr><td colspan="{len(columns)}"><small>{escape(note)}</small></td></tr>\n'
    foot = f"<tfoot>\n{end}</tfoot>\n" if end else ""
    return (
        '<table class="commonprosperity tex2jax_ignore mathjax_ignore">\n'
        f"{_caption(*caption)}<thead>\n<tr>{heads}</tr>\n</thead>\n"
        f"<tbody>\n{body}</tbody>\n{foot}</table>"
    )


def _caption(title: str, unit: str) -> str:
    lines = [escape(capitalized(title)), unit and f"<small>{escape(capitalized(unit))}</small>"]
    return f"<caption>{'<br>'.join(filter(None, lines))}</caption>\n" if any(lines) else ""


def _row(columns: Sequence[Column], row: Cells, write: CellWriter, *, bars: bool = False) -> str:
    """Write a row; a text that comes first is its heading."""
    cells = []
    for at, (column, cell) in enumerate(zip(columns, row, strict=True)):
        heads = at == 0 and not column.kind.is_number
        start, end = ('th scope="row"', "th") if heads else (f"td{_side(column)}", "td")
        bar = _bar(cell) if bars and column.kind is Kind.SHARE and cell else ""
        cells.append(f"<{start}>{bar}{_inside(column, cell, write)}</{end}>")
    return f"<tr>{''.join(cells)}</tr>\n"


def _inside(column: Column, cell: Any, write: CellWriter) -> str:
    text = escape(write(cell, column.kind))
    if isinstance(cell, Link) and cell.is_web:
        return f'<a href="{escape(cell.url)}" rel="noreferrer">{text}</a>'
    return text


def _side(column: Column) -> str:
    return _RIGHT if column.kind.is_number else ""


def _bar(share: Fraction) -> str:
    """Draw a share of a whole; what is none has no bar."""
    return f'<i style="background-size: {float(share):.1%} 100%"></i>' if 0 < share <= 1 else ""
