"""Layouts: which column of somebody's table is which field, as a value and as TOML files."""

from commonprosperity.layout.cells import folded, is_hxl, own_id
from commonprosperity.layout.headings import headings_elsewhere, used_headings
from commonprosperity.layout.layout import Layout
from commonprosperity.layout.left_out import LeftOut
from commonprosperity.layout.rows import LaidOut, ids_by, no_currency_code, stage_by
from commonprosperity.layout.stored import layout_schema, layouts
from commonprosperity.layout.wholes import with_links_mended

__all__ = [
    "LaidOut",
    "Layout",
    "LeftOut",
    "folded",
    "headings_elsewhere",
    "ids_by",
    "is_hxl",
    "layout_schema",
    "layouts",
    "no_currency_code",
    "own_id",
    "stage_by",
    "used_headings",
    "with_links_mended",
]
