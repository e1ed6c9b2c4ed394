"""Withdrawals, and the promises that went with them.

An exact 0 that supersedes takes back what was promised before, with all parts of it that were
promised by then and are still only promises.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import attrs

from commonprosperity.counting.announced import is_known
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
    def of(
        cls,
        stated: dict[str, Pledge],
        order: Iterable[str],
        wholes: Mapping[str, str],
        speakers: Mapping[str, Pledge],
    ) -> "Withdrawals":
        """Find the parts that withdrawals take along, in an order of wholes before parts."""
        if not stated:
            return cls(stated, {})
        return cls(stated, _taken_along(stated, order, wholes, speakers))

    def __contains__(self, key: str) -> bool:
        return key in self.stated or key in self.taken_along


def is_nothing(record: Pledge) -> bool:
    """Whether a record promises exactly 0; in the place of another it is a withdrawal."""
    exact = record.qualifier is Qualifier.EXACT and record.high is None
    return exact and not record.amount.amount


def _taken_along(
    stated: Mapping[str, Pledge],
    order: Iterable[str],
    wholes: Mapping[str, str],
    speakers: Mapping[str, Pledge],
) -> dict[str, Pledge]:
    """Go down the trees, and let each promise go with the nearest withdrawal that came after it.

    A commitment or a disbursement stays, with all that is inside it: where "gone" is withdrawn, and
    a contract and a promise are parts of it, a promise inside the contract stays.
    """
    chains: dict[str, Chain | None] = {}
    taken_along: dict[str, Pledge] = {}
    for key in order:
        chain, record = chains.get(wholes.get(key, "")), speakers.get(key)
        if record and record.stage is not Stage.PLEDGE:
            chain = None
        after = chain
        while record and after and not is_known(record, after.nearest.announced.end):
            after = after.above
        if record and after:
            taken_along[key] = after.nearest
        chains[key] = Chain(stated[key], chain) if key in stated else chain
    return taken_along
