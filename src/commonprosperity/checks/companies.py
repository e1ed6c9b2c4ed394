"""Companies that are perhaps one, because they have the same name."""

from collections.abc import Iterator

from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.quoting import label
from commonprosperity.records.namesakes import alike, namesakes
from commonprosperity.sentence import Sentence


def check_companies(examination: Examination) -> Iterator[Finding]:
    """Find companies whose names differ only in case, width, spaces and forms such as Ltd."""
    for one, other, name, other_name in namesakes(examination.book.companies, alike):
        message = Sentence(
            "{one} and {other} go by one name, {name} and {other_name}; if they are one company, "
            'make them one with merge("{other}", into="{one}")',
            one=one.id, name=label(name), other=other.id, other_name=label(other_name),
        )  # fmt: skip
        yield Finding(Severity.WARNING, "one-company-twice", (one.id, other.id), message)
