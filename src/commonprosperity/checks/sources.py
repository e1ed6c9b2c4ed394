"""Records without a source, and announcements later than their source."""

from collections.abc import Iterable, Iterator, Mapping

from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.messages import Sentence
from commonprosperity.records import Figure, Initiative, Pledge, Record, Source


def check_sources(
    records: Iterable[Initiative | Pledge | Figure], by_id: Mapping[str, Record]
) -> Iterator[Finding]:
    """Find records that say no source, and pledges announced after theirs was published."""
    for record in records:
        if record.source is None:
            message = Sentence("{id} says no source", id=record.id)
            yield Finding(Severity.WARNING, "no-source", (record.id,), message)
            continue
        source = by_id[record.source]
        published = source.published if isinstance(source, Source) else None
        if isinstance(record, Pledge) and published and record.announced.start > published.end:
            message = Sentence(
                "{id} was announced on {announced}, after its source {source} was published on "
                "{published}",
                id=record.id, announced=record.announced, source=source.id, published=published,
            )  # fmt: skip
            ids = record.id, source.id
            yield Finding(Severity.WARNING, "announced-after-publication", ids, message)
