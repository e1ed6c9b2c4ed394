"""``LeftOut``: counts what a layout leaves out of a table, and writes the notes about it."""

from collections import Counter
from collections.abc import Iterator

import attrs

from commonprosperity.quoting import label, listed
from commonprosperity.sentence import Sentence


@attrs.define
class LeftOut:
    """What was left out of a table, and how often.

    ``rows`` counts skipped rows by field and cell, ``ends`` the cells cut off by field and mark,
    ``repeated`` the rows that an earlier row repeats. ``joint`` has the companies that are several
    with bars between them, as nobody says what each gives. ``wholes`` are the ids that no row has,
    and ``revalued`` counts the wholes that now count in one of their equivalents.

    >>> left_out = LeftOut(repeated=2)
    >>> left_out.rows["amount", "n/a"] += 1
    >>> print(*left_out.notes(), sep="; ")
    rows left out as amount is 'n/a': 1; rows left out as they stand there twice: 2
    """

    has_hxl_tags: bool = False
    rows: Counter[tuple[str, str]] = attrs.field(factory=Counter)
    ends: Counter[tuple[str, str]] = attrs.field(factory=Counter)
    repeated: int = 0
    joint: list[str] = attrs.field(factory=list)
    wholes: list[str] = attrs.field(factory=list)
    revalued: int = 0

    def notes(self) -> Iterator[Sentence]:
        """Yield a sentence for each kind of thing that was left out."""
        if self.has_hxl_tags:
            yield Sentence("left out: the row of HXL tags below the headings")
        for (field, mark), count in (+self.ends).items():  # of marks that were there
            facts = {"field": field, "mark": repr(label(mark)), "count": f"{count:,}"}
            yield Sentence("cells of {field} read up to {mark}: {count}", **facts)
        for (field, cell), count in self.rows.items():
            facts = {"field": field, "cell": repr(label(cell)), "count": f"{count:,}"}
            if cell:
                yield Sentence("rows left out as {field} is {cell}: {count}", **facts)
            else:
                yield Sentence("rows left out as {field} is blank: {count}", **facts)
        if self.repeated:
            times = f"{self.repeated:,}"
            yield Sentence("rows left out as they stand there twice: {count}", count=times)
        if self.joint:
            facts = {"count": f"{len(self.joint):,}", "company": repr(label(self.joint[0]))}
            yield Sentence(
                "rows of several companies, taken as one like {company}: {count}", **facts
            )
        if self.wholes:
            facts = {"count": f"{len(self.wholes):,}", "ids": listed([*dict.fromkeys(self.wholes)])}
            yield Sentence("links left out as no row has the whole: {count} ({ids})", **facts)
        if self.revalued:
            yield Sentence(
                "wholes counted in the currency of an equivalent, as their parts are: {count}",
                count=f"{self.revalued:,}",
            )
