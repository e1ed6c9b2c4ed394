"""Layouts: which column of somebody's table is which field, as a value and as TOML files."""

from commonprosperity.layout.cells import folded, is_hxl, own_id
from commonprosperity.layout.headings import headings_elsewhere, used_headings
from commonprosperity.layout.layout import Layout
from commonprosperity.layout.rows import LaidOut
from commonprosperity.layout.stored import layout_schema, layouts

__all__ = [
    "LaidOut",
    "Layout",
    "folded",
    "headings_elsewhere",
    "is_hxl",
    "layout_schema",
    "layouts",
    "own_id",
    "used_headings",
]
