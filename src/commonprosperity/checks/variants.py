"""Records whose name has several spellings, which are read as one."""

from collections.abc import Iterator, Sequence

from commonprosperity.book import Book
from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.quoting import listed
from commonprosperity.records.names import id_or_none, spellings
from commonprosperity.sentence import Sentence


def check_variants(examination: Examination) -> Iterator[Finding]:
    """Find records with other names that differ from the first only in marks, spaces and case."""
    for id_, name, others in _names(examination.book):
        made = id_or_none(name)
        variants = [other for other in others if id_or_none(other) == made]
        if variants:
            message = Sentence(
                "{id} is written in {count} ways, read as one: {names}",
                id=id_, count=len(variants) + 1, names=listed([name, *variants]),
            )  # fmt: skip
            yield Finding(Severity.INFO, "name-variants", (id_,), message)


def _names(book: Book) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Yield the records that have names, with the other names of each."""
    for company in book.companies:
        yield company.id, company.name, company.aliases
    for initiative in book.initiatives:
        yield initiative.id, initiative.name, spellings(initiative.note)
    for source in book.sources:
        yield source.id, source.title, spellings(source.note)
