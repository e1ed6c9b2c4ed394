"""The headings of a table: as they are read, and what is wrong with them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from commonprosperity.errors import Fault
from commonprosperity.quoting import suggestion

_REQUIRED = ("company", "amount", "announced")


def heading(text: str) -> str:
    """Return a heading as a column's name.

    >>> heading(" Value date ")
    'value_date'
    """
    return re.sub(r"\s+", "_", text.strip().casefold())


def wrong_headings(headings: Sequence[str], known: Sequence[str], place: str) -> Iterator[Fault]:
    """Tell of headings that are none of those that are known, and of those that come twice.

    >>> [str(fault) for fault in wrong_headings(["anounced"], ["announced"], "mine.csv:1")]
    ['mine.csv:1: anounced: is no column; did you mean announced?']
    """
    for name, times in Counter(headings).items():
        if name and name not in known:
            near = suggestion(name, known) or f"; there are {', '.join(known)}"
            yield Fault("", name, f"is no column{near}", place)
        if name and times > 1:
            yield Fault("", name, "is the heading of two columns; leave one of them out", place)


def missing_headings(headings: Sequence[str], place: str) -> Iterator[Fault]:
    """Tell of the columns that a table of pledges must have and has not."""
    for name in _REQUIRED:
        if name not in headings:
            yield Fault("", name, "is no column of it; add one", place)
