"""``Table``: named columns and typed rows, shown as text, Markdown, HTML, JSON or CSV.

On a screen, amounts are in the unit that suits them all (billions, millions, ...), which the
caption names; JSON and CSV hold them in full.
"""

from commonprosperity.table.column import UNITS, Column, Kind, Link, Names, Unit, period_ends
from commonprosperity.table.display import TableDisplay
from commonprosperity.table.html import STYLE
from commonprosperity.table.table import Table
from commonprosperity.table.tabular import Tabular
from commonprosperity.table.text import display_width, fold

__all__ = [
    "STYLE",
    "UNITS",
    "Column",
    "Kind",
    "Link",
    "Names",
    "Table",
    "TableDisplay",
    "Tabular",
    "Unit",
    "display_width",
    "fold",
    "period_ends",
]
