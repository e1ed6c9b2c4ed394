"""Dates as people write them, put into ISO 8601 where they have one meaning.

A text goes one way: a time of day is taken off (`moments`), what is left is split into its parts
(`parts`: ``15 Sept 2021`` is 15, Sept and 2021), and these are read by each order that they may
stand in (`readings`).
"""

from commonprosperity.dates.moments import time_zone
from commonprosperity.dates.readings import DATE_FORMS, date_form, iso_text

__all__ = ["DATE_FORMS", "date_form", "iso_text", "time_zone"]
