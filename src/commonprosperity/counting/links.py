"""What ties pledges together: which records are one, which came later, which is inside which.

Records tied by ``restates`` or ``supersedes`` are one pledge, over any number of steps. A link
holds from the day on which the record that states it is known, whether its records are selected or
not, and whether the record that it names is known or not.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cached_property

from commonprosperity.counting.announced import Age, age, is_known, precedence
from commonprosperity.counting.arrows import Arrow, circles, targets_first, united
from commonprosperity.counting.withdrawals import Withdrawals, is_nothing
from commonprosperity.errors import Fault
from commonprosperity.quoting import label
from commonprosperity.records import Pledge
from commonprosperity.sentence import Sentence

_LINKS = ("restates", "supersedes", "part_of")


class Links:
    """The links between the pledges of a dataset, as they hold on a day.

    ``records`` are the linked ones, by id; any other record is a pledge of its own. Pledges and
    versions are named by a key, which is the id of one of their records.
    """

    def __init__(self, pledges: Collection[Pledge], day: date | None = None) -> None:
        linked = {one.id: one for one in pledges if one.restates or one.supersedes or one.part_of}
        holding = _holding(linked, day)
        self.day = day
        self._retold = _arrows(holding, "restates")
        self._replaced = _arrows(holding, "supersedes")
        self._inside = _arrows(holding, "part_of")
        # "b" restates "a", "c" supersedes "b", and "d" is a part of "c": "a" and "b" are one
        # version, "a", "b" and "c" one pledge, and all four one tree.
        self._version_of = united(self._retold)
        self._pledge_of = united(self._retold + self._replaced)
        self._tree_of = united(self._retold + self._replaced + self._inside)
        ends = {id_ for arrow in self._retold + self._replaced + self._inside for id_ in arrow}
        tied = {pledge.id: pledge for pledge in pledges if pledge.id in ends} if ends else {}
        self.records = dict(sorted(tied.items()))
        self._as_of: dict[date | None, Links] = {day: self}

    def as_of(self, day: date | None) -> "Links":
        """Return the links that hold on a day; worked out once, for all selections."""
        if day not in self._as_of:
            self._as_of[day] = Links(self.records.values(), day)
        return self._as_of[day]

    def version(self, record: str) -> str:
        """Return the version that a record tells."""
        return self._version_of.get(record, record)

    def pledge(self, record: str) -> str:
        """Return the pledge that a record is a record of."""
        return self._pledge_of.get(record, record)

    def tree(self, record: str) -> str:
        """Return the key of all the records that links of any kind relate to one."""
        return self._tree_of.get(record, record)

    def tied(self, record: str, other: str) -> bool:
        """Whether links of any kind, over any number of steps, relate two records."""
        return self.tree(record) == self.tree(other)

    @cached_property
    def later(self) -> dict[str, Pledge]:
        """The nearest later record that is known, by version; the newest version has none.

        Where v3 supersedes v2, and v2 supersedes v1, v2 comes next after v1. While v2 is not known,
        a telling of v2 does, or else v3.
        """
        ordered = sorted(self.records.values(), key=age)
        known = {one.id: one for one in ordered if is_known(one, self.day)}
        # Of two tellings, the one announced first stays, as it is put in last.
        teller = {self.version(id_): one for id_, one in reversed(known.items())}
        rank = {version: at for at, version in enumerate(targets_first(self._versions_replaced()))}
        later: dict[str, Pledge] = {}
        # The newest come first, so that what is later than v2 is settled before v1 asks for it.
        for id_, older in sorted(
            self._replaced, key=lambda arrow: -rank.get(self.version(arrow[0]), 0)
        ):
            version, newer = self.version(older), self.version(id_)
            following = known.get(id_) or teller.get(newer) or later.get(newer)
            if following:
                later[version] = min(following, later.get(version, following), key=age)
        return later

    @cached_property
    def wholes(self) -> dict[str, str]:
        """The pledge that each pledge is inside of, by their keys.

        The newest version's original names it, or else any record. Where "old" is a part of "w",
        and "new" supersedes "old", "new" is inside "w", unless it is itself a part of another.
        """
        current = {self.version(one.id) for one in self.records.values() if is_known(one, self.day)}

        def newest_first(arrow: Arrow) -> tuple[bool, tuple[bool, Age]]:
            version = self.version(arrow[0])
            is_newest = version in current and version not in self.later
            return not is_newest, precedence(self.records[arrow[0]])  # False is before True

        wholes: dict[str, str] = {}
        for part, whole in sorted(self._inside, key=newest_first):
            wholes.setdefault(self.pledge(part), self.pledge(whole))
        return wholes

    @cached_property
    def speakers(self) -> dict[str, Pledge]:
        """The record that speaks for each pledge: the first known telling of its newest version.

        It may be one that is not selected.
        """
        speakers: dict[str, Pledge] = {}
        for id_, record in self.records.items():
            if is_known(record, self.day) and self.version(id_) not in self.later:
                other = speakers.setdefault(self.pledge(id_), record)
                speakers[self.pledge(id_)] = min(other, record, key=precedence)
        return speakers

    @cached_property
    def order(self) -> list[str]:
        """The pledges that are inside another or have parts, wholes first."""
        return targets_first(self.wholes.items())

    @cached_property
    def withdrawals(self) -> Withdrawals:
        """What was withdrawn, selected or not."""
        replacing = {self.version(id_) for id_, _ in self._replaced}
        stated = {
            key: speaker
            for key, speaker in self.speakers.items()
            if is_nothing(speaker) and self.version(speaker.id) in replacing
        }
        return Withdrawals.of(stated, self.order, self.wholes, self.speakers)

    def faults(self) -> Iterator[Fault]:
        """Yield a fault where links contradict each other: two successors, circles, two wholes."""
        successor: dict[str, str] = {}
        for id_, older in self._replaced:
            if successor.setdefault(older, id_) != id_:
                problem = Sentence(
                    "{successor} supersedes {older} already; supersede {successor}, or restate it "
                    "if both are of the same version",
                    successor=label(successor[older]), older=label(older),
                )  # fmt: skip
                yield Fault(id_, "supersedes", problem)
        yield from circles("restates", self._retold)
        yield from self._circles("supersedes", self._replaced, self._versions_replaced())
        yield from self._circles("part_of", self._inside, self._pledges_inside())
        yield from self._two_wholes()
        yield from self._corrections_with_parts()

    def _circles(self, link: str, stated: list[Arrow], arrows: list[Arrow]) -> Iterator[Fault]:
        """Yield a fault for each circle of arrows; that of one arrow names the two records.

        Where "b" restates "a" and is a part of "a" too, the arrow leads from the pledge to itself.
        """
        for (id_, other), (tail, head) in zip(stated, arrows, strict=True):
            if tail == head and id_ != other:
                problem = Sentence(
                    "{other} is the same pledge, by the other links; take one link out",
                    other=label(other),
                )
                yield Fault(id_, link, problem)
        pairs = zip(stated, arrows, strict=True)
        yield from circles(link, [(a, b) for (one, two), (a, b) in pairs if a != b or one == two])

    def _versions_replaced(self) -> list[Arrow]:
        return [(self.version(id_), self.version(older)) for id_, older in self._replaced]

    def _pledges_inside(self) -> list[Arrow]:
        return [(self.pledge(part), self.pledge(whole)) for part, whole in self._inside]

    def _two_wholes(self) -> Iterator[Fault]:
        named: dict[str, list[Arrow]] = defaultdict(list)
        by_original: dict[str, list[Arrow]] = defaultdict(list)
        for part, whole in self._inside:
            named[self.pledge(part)].append((part, whole))
            if self.version(part) not in self.later and self.records[part].restates is None:
                by_original[self.pledge(part)].append((part, whole))
        for pledge, arrows in named.items():
            # Where "b" in "y" restates "a" in "x", "a" decides. Only where no original of the
            # newest version names a whole must all records name the same.
            first, *others = by_original[pledge] or arrows
            for part, whole in others:
                if self.pledge(whole) != self.pledge(first[1]):
                    teller, known, other = map(label, (*first, whole))
                    problem = Sentence(
                        "{teller}, the same pledge, is a part of {known:say}, not of {other}",
                        teller=teller, known=known, other=other,
                    )  # fmt: skip
                    yield Fault(part, "part_of", problem)

    def _corrections_with_parts(self) -> Iterator[Fault]:
        """Yield a fault for each part of a correction, or of a pledge that has one."""
        corrections = [record for record in self.records.values() if record.amount.amount < 0]
        corrections.sort(key=age, reverse=True)  # so that the first announced stays in `negative`
        negative = {self.pledge(correction.id): correction for correction in corrections}
        for part, whole in self._inside if negative else ():
            correction = negative.get(self.pledge(whole))
            if correction:
                problem = Sentence(
                    "{id} is a correction, {amount}, which has no parts; name what it corrects",
                    id=label(correction.id), amount=correction.amount,
                )  # fmt: skip
                yield Fault(part, "part_of", problem)


def _holding(linked: dict[str, Pledge], day: date | None) -> list[Pledge]:
    """Return the records whose links hold: those that are known, and all that these lead to.

    A part of 2021 whose whole is of 2022 is in it from 2021 on, and in all that the whole is in.
    """
    if all(is_known(record, day) for record in linked.values()):
        return [*linked.values()]
    holding = {id_: record for id_, record in linked.items() if is_known(record, day)}
    leading = [*holding.values()]
    for record in leading:  # which grows as it is read
        for link in _LINKS:
            named = linked.get(getattr(record, link))
            if named and named.id not in holding:
                holding[named.id] = named
                leading.append(named)
    return [record for id_, record in linked.items() if id_ in holding]


def _arrows(pledges: Iterable[Pledge], link: str) -> list[Arrow]:
    return [(pledge.id, getattr(pledge, link)) for pledge in pledges if getattr(pledge, link)]
