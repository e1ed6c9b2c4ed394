"""A table as GitHub reads Markdown; no text in it is read as Markdown or HTML."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from commonprosperity.table.cell_text import CellWriter
from commonprosperity.table.column import Cells, Column, Kind, Link


def markdown_table(
    columns: Sequence[Column], rows: Sequence[Cells], totals: Sequence[Cells], write: CellWriter
) -> list[str]:
    """Write rows as a table, the totals in bold."""
    rule = ["---:" if column.kind.is_number else "---" for column in columns]
    heading = [escaped(column.heading) for column in columns]
    body = [_cells(columns, row, write) for row in rows]
    end = [
        [f"**{cell}**" if cell else "" for cell in _cells(columns, row, write)] for row in totals
    ]
    return [f"| {' | '.join(row)} |" for row in [heading, rule, *body, *end]]


def escaped(text: str) -> str:
    r"""Keep a text from being read as Markdown or HTML.

    >>> print(escaped("# *Hope* <b>"))
    \# \*Hope\* \<b\>
    """
    inside = re.sub(r"([\\`*_\[\]<>|~$&#])", r"\\\1", text.strip())
    # A line that starts as a list or a rule does.
    return re.sub(r"^(\d*)([-+](?=[-+\s]|$)|[.)](?=\s|$))", r"\1\\\2", inside)


def _cells(columns: Sequence[Column], row: Cells, write: CellWriter) -> list[str]:
    return [_cell(cell, column.kind, write) for cell, column in zip(row, columns, strict=True)]


def _cell(cell: Any, kind: Kind, write: CellWriter) -> str:
    text = escaped(write(cell, kind))
    if isinstance(cell, Link) and cell.is_web:
        return f"[{text}](<{_address(cell.url)}>)"
    return text


def _address(url: str) -> str:
    """Write an address so that nothing in it ends the link, the cell, or is read as an entity."""
    return quote(url, safe=":/?#[]@!&'()+,;=%").replace("&", "&amp;")
