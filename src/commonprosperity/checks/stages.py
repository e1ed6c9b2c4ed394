"""Records of different stages of one initiative that no link relates."""

from collections.abc import Iterable, Iterator

from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.counting import Links
from commonprosperity.records import Pledge


def check_stages(pledges: Iterable[Pledge], links: Links) -> Iterator[Finding]:
    """Find, once for each initiative, records of different stages that are not linked."""
    first: dict[str, Pledge] = {}
    found: set[str] = set()
    for pledge in sorted(pledges, key=lambda pledge: (pledge.announced, pledge.id)):
        initiative = pledge.initiative
        if initiative is None or initiative in found:
            continue
        other = first.setdefault(initiative, pledge)
        if other.stage is not pledge.stage and not links.tied(other.id, pledge.id):
            found.add(initiative)
            message = (
                f"{other.id} is a {other.stage} and {pledge.id} a {pledge.stage} of {initiative}; "
                "if they are the same money, link them with part_of"
            )
            ids, figures = (other.id, pledge.id), (other.amount, pledge.amount)
            yield Finding(Severity.WARNING, "stages-unlinked", ids, message, figures)
