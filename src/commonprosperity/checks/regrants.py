"""Money that its recipient is to grant on, and what the recipient gives: perhaps the same money."""

from collections import defaultdict
from collections.abc import Iterator

from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.quoting import label, listed
from commonprosperity.records import Pledge
from commonprosperity.records.names import names
from commonprosperity.records.namesakes import same
from commonprosperity.sentence import Sentence
from commonprosperity.tags import REGRANT_TYPE

_NAMED_AT_MOST = 5  # of the recipient's records


def check_regrants(examination: Examination) -> Iterator[Finding]:
    """Find grants for regranting, and name the records of a recipient that gives money itself."""
    regrants = [pledge for pledge in examination.pledges if REGRANT_TYPE in pledge.tags]
    if not regrants:
        return
    companies = examination.book.companies
    by_name = {same(name): company.id for company in companies for name in names(company)}
    given: dict[str | None, list[Pledge]] = defaultdict(list)
    for pledge in examination.pledges:
        given[pledge.company].append(pledge)
    for regrant in regrants:
        recipient = by_name.get(same(regrant.recipient)) if regrant.recipient else None
        others = [pledge.id for pledge in given.get(recipient, ()) if pledge.id != regrant.id]
        yield _finding(regrant, others)


def _finding(regrant: Pledge, others: list[str]) -> Finding:
    facts = {
        "id": regrant.id,
        "code": label(regrant.tags[REGRANT_TYPE]),
        "recipient": label(regrant.recipient or "?"),
    }
    if not others:
        message = Sentence(
            "{id} is for regranting ({code}) by {recipient}; when you add what {recipient} grants, "
            "link what is this money to it with part_of", **facts,
        )  # fmt: skip
        return Finding(Severity.INFO, "perhaps-regranted", (regrant.id,), message)
    message = Sentence(
        "{id} is for regranting ({code}), and {recipient} gives money too ({others}); link what is "
        "the same money to {id} with part_of",
        others=listed(others, _NAMED_AT_MOST), **facts,
    )  # fmt: skip
    ids = (regrant.id, *others[:_NAMED_AT_MOST])
    return Finding(Severity.WARNING, "perhaps-regranted", ids, message)
