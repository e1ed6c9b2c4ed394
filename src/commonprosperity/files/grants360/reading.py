"""A 360Giving package as rows of our own table: each grant's award, and below it its payments."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any

from commonprosperity.bar import with_bar
from commonprosperity.errors import FileError
from commonprosperity.files.grants360.grant import DATES, Grant, Remark, id_of, web_address
from commonprosperity.files.intake import Intake
from commonprosperity.flat import Drafts, Row, Spelling
from commonprosperity.plain import PlainRecords
from commonprosperity.quoting import AsWritten, brief, one_line
from commonprosperity.sentence import Sentence


def is_package(parsed: Any) -> bool:
    """Whether parsed JSON is a package of 360Giving: our own JSON has no list of grants."""
    return isinstance(parsed, Mapping) and isinstance(parsed.get("grants"), list)


def plain_records(parsed: Any, intake: Intake) -> PlainRecords:
    """Return the records of a package of grants.

    Raises `FileError` for JSON that is none.
    """
    if not is_package(parsed):
        raise intake.refused(
            Sentence('it has no list of "grants"; 360Giving writes {{"grants": [{{...}}]}}')
        )
    remarks: Counter[Remark] = Counter()
    source, own_ids = _source(parsed), _own_ids(parsed["grants"])
    rows: list[Row] = []
    for at, content in enumerate(parsed["grants"], 1):
        if not isinstance(content, Mapping):
            problem = Sentence("{value} is no object", value=brief(AsWritten(content)))
            raise FileError.at(_place(intake, at), problem)
        grant = Grant(content, source, own_ids, intake.cell_at_most, remarks)
        rows += (Row(at, cells.filled, cells.problems) for cells in grant.records())
    place = partial(_place, intake)
    every = with_bar(rows, "amounts", len(rows), bar=intake.bar)
    drafts = Drafts.of(every, place, Spelling(), known=intake.known, bar=intake.bar)
    return PlainRecords(
        drafts.tables(),
        drafts.faults,
        drafts.places,
        notes=tuple(_notes(remarks)),
        rows="grants",
        known=drafts.records(),
    )


def _place(intake: Intake, at: int) -> str:
    return Sentence("{file}: grant {number}", file=one_line(intake.name), number=at)


def _own_ids(grants: Iterable[Any]) -> set[str | None]:
    """Return the ids that one payment alone has: some publishers count from 1 in each grant."""
    every = [each for each in grants if isinstance(each, Mapping)]
    payments = (grant.get("disbursementTransaction") for grant in every)
    lists = (each if isinstance(each, list) else [each] for each in payments)
    inside = [each for each in chain.from_iterable(lists) if isinstance(each, Mapping)]
    times = Counter(map(id_of, every + inside))
    return {id_ for id_ in map(id_of, inside) if id_ and times[id_] == 1}


def _source(package: Mapping[str, Any]) -> dict[str, str]:
    """Return the cells of the source of all grants: the package by its title or its publisher."""
    publisher = package.get("publisher")
    name = publisher.get("name") if isinstance(publisher, Mapping) else None
    title = package.get("title") or name
    url = web_address(package.get("downloadURL")) or web_address(package.get("accessURL"))
    cells = {"source": title if isinstance(title, str) else url, "url": url}
    return {column: cell for column, cell in cells.items() if cell and cell.strip()}


def _notes(remarks: Counter[Remark]) -> Iterator[Sentence]:
    """Yield what was remarks in one way of several, and how often."""
    counts = {what: f"{times:,}" for what, times in remarks.items() if times}
    if Remark.DAY_FIRST in counts:
        count = counts[Remark.DAY_FIRST]
        yield Sentence("dates read as {form}: {count}", form=DATES, count=count)
    if Remark.FUNDERS in counts:
        count = counts[Remark.FUNDERS]
        yield Sentence("grants of several funders, read as the first one's: {count}", count=count)
    if Remark.UNDATED in counts:
        count = counts[Remark.UNDATED]
        yield Sentence("sums paid without a date, read as paid on that of the award: {count}",
                       count=count)  # fmt: skip
    if Remark.BELOW_ZERO in counts:
        count = counts[Remark.BELOW_ZERO]
        yield Sentence("left out: payments of awards below zero: {count}", count=count)
    if Remark.PLANNED in counts:
        count = counts[Remark.PLANNED]
        yield Sentence("left out: planned dates that are no time: {count}", count=count)
