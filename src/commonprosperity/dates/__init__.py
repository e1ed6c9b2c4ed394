"""Reads dates as people write them, and returns ISO 8601 when they have one meaning.

First `western` makes digits narrow and years Western, and `moments` takes a time of day off a text;
then `parts` splits the rest (``15 Sept 2021`` into 15, Sept and 2021); last, `readings` reads the
parts in each order in which they may stand. What is no date may be two of them, which `spans` takes
apart. `chinese` writes ISO 8601 for readers of Chinese.
"""

from commonprosperity.dates.chinese import chinese_date
from commonprosperity.dates.moments import time_zone
from commonprosperity.dates.readings import (
    DATE_FORMS,
    date_form,
    iso_text,
    with_arguments_in_layout,
    without_arguments,
)

__all__ = [
    "DATE_FORMS", "chinese_date", "date_form", "iso_text", "time_zone", "with_arguments_in_layout",
    "without_arguments",
]  # fmt: skip
