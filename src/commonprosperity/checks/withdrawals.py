"""Parts that were announced after their whole was withdrawn."""

from collections.abc import Iterator

from commonprosperity.checks.examination import Examination
from commonprosperity.checks.finding import Finding, Severity
from commonprosperity.counting import Links
from commonprosperity.records import Pledge, Stage
from commonprosperity.sentence import Sentence


def check_withdrawals(examination: Examination) -> Iterator[Finding]:
    """Find what was promised inside a pledge after its withdrawal, at any depth.

    A commitment or a payment outlives the withdrawal, so what is inside one is no finding.
    """
    counting, links = examination.counting, examination.links
    withdrawals = links.withdrawals.stated
    above = _nearest_above(links, withdrawals) if withdrawals else {}
    for pledge in filter(counting.counts, examination.pledges) if above else ():
        withdrawal = above.get(links.pledge(pledge.id))
        if withdrawal and pledge.announced.end > withdrawal.announced.end:
            message = Sentence(
                "{id} was announced on {announced:date}, inside a pledge that {withdrawal} "
                "withdrew on {withdrawn:date}; if it is a pledge of its own, leave part_of out",
                id=pledge.id, announced=pledge.announced, withdrawal=withdrawal.id,
                withdrawn=withdrawal.announced,
            )  # fmt: skip
            ids = withdrawal.id, pledge.id
            yield Finding(Severity.WARNING, "part-of-withdrawn", ids, message, (pledge.amount,))


def _nearest_above(links: Links, withdrawals: dict[str, Pledge]) -> dict[str, Pledge]:
    """Return the withdrawal of the nearest whole that is withdrawn, by the key of its part.

    A commitment ends the search: where "paid" is in "contract", and this in the withdrawn "w",
    nothing is above "paid".
    """
    firm = {key for key, record in links.speakers.items() if record.stage is not Stage.PLEDGE}
    above: dict[str, Pledge] = {}
    for key in links.order:
        whole = links.wholes.get(key, key)
        withdrawal = withdrawals.get(whole) or (None if whole in firm else above.get(whole))
        if whole != key and withdrawal:
            above[key] = withdrawal
    return above
