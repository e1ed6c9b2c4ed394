"""Records without a source, and announcements later than their source."""

from collections.abc import Iterable, Iterator
from itertools import chain

from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.records import Figure, Initiative, Pledge, Source
from commonprosperity.sentence import Sentence


def check_sources(examination: Examination) -> Iterator[Finding]:
    """Find records without a source, and pledges announced after their source was published."""
    book = examination.book
    records: Iterable[Initiative | Pledge | Figure] = chain(
        book.initiatives, examination.pledges, book.figures
    )
    for record in records:
        if record.source is None:
            message = Sentence("{id} says no source", id=record.id)
            yield Finding(Severity.WARNING, "no-source", (record.id,), message)
            continue
        source = book.by_id[record.source]
        published = source.published if isinstance(source, Source) else None
        if isinstance(record, Pledge) and published and record.announced.start > published.end:
            message = Sentence(
                "{id} was announced on {announced:date}, after its source {source} was published "
                "on {published:date}",
                id=record.id, announced=record.announced, source=source.id, published=published,
            )  # fmt: skip
            ids = record.id, source.id
            yield Finding(Severity.WARNING, "announced-after-publication", ids, message)
