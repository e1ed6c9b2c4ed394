"""Companies whose name is written in several ways, all of which are read as one."""

from collections.abc import Iterator

from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.messages import Sentence
from commonprosperity.namesakes import id_or_none
from commonprosperity.quoting import listed


def check_variants(examination: Examination) -> Iterator[Finding]:
    """Find companies with a name and aliases that differ only in marks, spaces and case."""
    for company in examination.book.companies:
        made = id_or_none(company.name)
        variants = [alias for alias in company.aliases if id_or_none(alias) == made]
        if variants:
            message = Sentence(
                "{id} is written in {count} ways, read as one: {names}",
                id=company.id, count=len(variants) + 1, names=listed([company.name, *variants]),
            )  # fmt: skip
            yield Finding(Severity.INFO, "name-variants", (company.id,), message)
