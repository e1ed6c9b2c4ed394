"""Pledges as one flat table: a row a pledge, the records around it called by their names.

A flat CSV is such a table, and so is anybody's dataframe of pledges.
"""

from commonprosperity.flat.chinese_words import values_of, words_of
from commonprosperity.flat.columns import (
    AMOUNTS,
    COLUMNS,
    DATES,
    PERIOD_ENDS,
    POOLED,
    columns_of,
    pledge_cells,
    pledge_table,
)
from commonprosperity.flat.drafts import Drafts
from commonprosperity.flat.heading_currency import currency_in_heading, refuse_other_currency
from commonprosperity.flat.headings import (
    REQUIRED_COLUMNS,
    headed_in_chinese,
    heading,
    heading_in,
    headings_below,
    headings_of,
    pledge_headings,
    without_heading,
)
from commonprosperity.flat.known import KnownRecords
from commonprosperity.flat.points import amount_text, has_two_readings, two_readings
from commonprosperity.flat.row import Row
from commonprosperity.flat.scales import scale_in_heading, scale_power, stated_power
from commonprosperity.flat.stated import Spelling, stated_amounts
from commonprosperity.flat.total_rows import word_of_totals
from commonprosperity.flat.typed import number_everywhere, with_currency

__all__ = [
    "AMOUNTS",
    "COLUMNS",
    "DATES",
    "PERIOD_ENDS",
    "POOLED",
    "REQUIRED_COLUMNS",
    "Drafts",
    "KnownRecords",
    "Row",
    "Spelling",
    "amount_text",
    "columns_of",
    "currency_in_heading",
    "has_two_readings",
    "headed_in_chinese",
    "heading",
    "heading_in",
    "headings_below",
    "headings_of",
    "number_everywhere",
    "pledge_cells",
    "pledge_headings",
    "pledge_table",
    "refuse_other_currency",
    "scale_in_heading",
    "scale_power",
    "stated_amounts",
    "stated_power",
    "two_readings",
    "values_of",
    "with_currency",
    "without_heading",
    "word_of_totals",
    "words_of",
]
