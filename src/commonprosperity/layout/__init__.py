"""Layouts: which column of somebody's table is which field, as a value and as TOML files."""

from commonprosperity.layout.cells import folded, is_hxl, own_id
from commonprosperity.layout.headings import headings_elsewhere, used_headings
from commonprosperity.layout.layout import Layout
from commonprosperity.layout.left_out import LeftOut
from commonprosperity.layout.rows import LaidOut, id_by
from commonprosperity.layout.stored import layout_schema, layouts
from commonprosperity.layout.wholes import without_outer_wholes

__all__ = [
    "LaidOut",
    "Layout",
    "LeftOut",
    "folded",
    "headings_elsewhere",
    "id_by",
    "is_hxl",
    "layout_schema",
    "layouts",
    "own_id",
    "used_headings",
    "without_outer_wholes",
]
