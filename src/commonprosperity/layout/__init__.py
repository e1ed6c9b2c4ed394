"""Layouts: which column of somebody's table is which field, as a value and as TOML files."""

from commonprosperity.layout.cells import folded, is_hxl, own_id
from commonprosperity.layout.headings import line_of_headings, used_headings
from commonprosperity.layout.layout import Layout
from commonprosperity.layout.rows import LaidOut
from commonprosperity.layout.stored import layout_schema, layouts

__all__ = [
    "LaidOut",
    "Layout",
    "folded",
    "is_hxl",
    "layout_schema",
    "layouts",
    "line_of_headings",
    "own_id",
    "used_headings",
]
