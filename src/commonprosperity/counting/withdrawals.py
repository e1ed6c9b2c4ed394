"""Withdrawals, and the promises that went with them.

An exact 0 that supersedes takes back what was promised before, with all parts of it that were
promised by then and are still only promises.
"""

from typing import NamedTuple

import attrs

from commonprosperity.counting.arrows import targets_first
from commonprosperity.counting.links import Links, is_known
from commonprosperity.records import Pledge, Stage
from commonprosperity.wording import Qualifier


class Chain(NamedTuple):
    """The withdrawals that a pledge is inside of: the nearest, and those above it."""

    nearest: Pledge
    above: "Chain | None"


@attrs.frozen(eq=False)
class Withdrawals:
    """What was withdrawn, by the keys of `Links`, and the record that says so.

    ``stated`` are the pledges whose newest version is a withdrawal; ``taken_along`` are those that
    went with one.
    """

    stated: dict[str, Pledge]
    taken_along: dict[str, Pledge]

    @classmethod
    def of(cls, links: Links) -> "Withdrawals":
        """Find what was withdrawn by the day of some links, selected or not."""
        stated: dict[str, Pledge] = {}
        for version in links.replacing:
            key = links.pledge(version)
            speaker = links.speakers.get(key)
            if speaker and is_nothing(speaker) and links.version(speaker.id) == version:
                stated[key] = speaker
        return cls(stated, _taken_along(links, stated) if stated else {})

    def __contains__(self, key: str) -> bool:
        return key in self.stated or key in self.taken_along


def is_nothing(record: Pledge) -> bool:
    """Whether a record promises exactly 0; in the place of another it is a withdrawal."""
    exact = record.qualifier is Qualifier.EXACT and record.high is None
    return exact and not record.amount.amount


def _taken_along(links: Links, stated: dict[str, Pledge]) -> dict[str, Pledge]:
    """Go down the trees, and let each promise go with the nearest withdrawal that came after it.

    A commitment or a disbursement stays, with all that is inside it: where "gone" is withdrawn, and
    a contract and a promise are parts of it, a promise inside the contract stays.
    """
    chains: dict[str, Chain | None] = {}
    taken_along: dict[str, Pledge] = {}
    for key in targets_first(links.wholes.items()):
        chain, record = chains.get(links.wholes.get(key, "")), links.speakers.get(key)
        if record and record.stage is not Stage.PLEDGE:
            chain = None
        after = chain
        while record and after and not is_known(record, after.nearest.announced.end):
            after = after.above
        if record and after:
            taken_along[key] = after.nearest
        chains[key] = Chain(stated[key], chain) if key in stated else chain
    return taken_along
