"""What ties pledges together: which records are one, which came later, which is inside which.

Records tied by ``restates`` or ``supersedes`` are one pledge, over any number of steps. The links
of all records hold, selected and known or not.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from commonprosperity.errors import Fault
from commonprosperity.quoting import label
from commonprosperity.records import Pledge

Arrow = tuple[str, str]
AsOf = tuple[dict[str, Pledge], dict[str, str]]


def is_known(pledge: Pledge, day: date | None) -> bool:
    """Whether a pledge was announced by the end of a day; all are where no day is given."""
    return day is None or pledge.announced.end <= day


Age = tuple[date, date, str]


def age(pledge: Pledge) -> Age:
    """Put the first announced first, then the smallest id.

    The days of the period, and not the period, which takes three times as long to compare.
    """
    return pledge.announced.start, pledge.announced.end, pledge.id


def precedence(pledge: Pledge) -> tuple[bool, Age]:
    """Put the original of several tellings first, then the first announced and smallest id."""
    return pledge.restates is not None, age(pledge)


class Links:
    """The links between the pledges of a dataset.

    ``records`` are the linked ones, by id; any other record is a pledge of its own. Pledges and
    versions are named by a key, which is the id of one of their records.
    """

    def __init__(self, pledges: Iterable[Pledge]) -> None:
        by_id = {pledge.id: pledge for pledge in pledges}
        linked = [p for p in by_id.values() if p.restates or p.supersedes or p.part_of]
        self._retold = _arrows(linked, "restates")
        self._replaced = _arrows(linked, "supersedes")
        self._inside = _arrows(linked, "part_of")
        self._version_of = _united(self._retold)
        self._pledge_of = _united(self._retold + self._replaced)
        self._tree_of = _united(self._retold + self._replaced + self._inside)
        ends = {id_ for arrow in self._retold + self._replaced + self._inside for id_ in arrow}
        self.records = {id_: by_id[id_] for id_ in sorted(ends) if id_ in by_id}
        self._as_of: dict[date | None, AsOf] = {}

    def version(self, record: str) -> str:
        """Return the version that a record tells."""
        return self._version_of.get(record, record)

    def pledge(self, record: str) -> str:
        """Return the pledge that a record is a record of."""
        return self._pledge_of.get(record, record)

    def tied(self, record: str, other: str) -> bool:
        """Whether links of any kind, over any number of steps, relate two records."""
        return self._tree_of.get(record, record) == self._tree_of.get(other, other)

    def as_of(self, day: date | None) -> AsOf:
        """Return what was known at the end of a day; worked out once, for all selections.

        That is, by version, the nearest later record, and by pledge, the pledge it is inside of.
        """
        if day not in self._as_of:
            later = self._later(day)
            self._as_of[day] = later, self._wholes(day, later)
        return self._as_of[day]

    def _later(self, day: date | None) -> dict[str, Pledge]:
        known = {p.id: p for p in sorted(self.records.values(), key=age) if is_known(p, day)}
        teller = {self.version(id_): p for id_, p in reversed(known.items())}
        rank = {version: at for at, version in enumerate(targets_first(self._versions_replaced()))}
        later: dict[str, Pledge] = {}
        # The newest come first, so that what is later than a version is settled before it.
        for id_, older in sorted(
            self._replaced, key=lambda arrow: -rank.get(self.version(arrow[0]), 0)
        ):
            version, newer = self.version(older), self.version(id_)
            found = known.get(id_) or teller.get(newer) or later.get(newer)
            if found:
                later[version] = min(found, later.get(version, found), key=age)
        return later

    def _wholes(self, day: date | None, later: Mapping[str, Pledge]) -> dict[str, str]:
        """Let the newest version's original name the whole, else any record of the pledge."""
        current = {self.version(p.id) for p in self.records.values() if is_known(p, day)} - {*later}

        def newest_first(arrow: Arrow) -> tuple[bool, tuple[bool, Age]]:
            return self.version(arrow[0]) not in current, precedence(self.records[arrow[0]])

        wholes: dict[str, str] = {}
        for part, whole in sorted(self._inside, key=newest_first):
            wholes.setdefault(self.pledge(part), self.pledge(whole))
        return wholes

    def faults(self) -> Iterator[Fault]:
        """Tell where the links contradict each other: two successors, circles, two wholes."""
        successor: dict[str, str] = {}
        for id_, older in self._replaced:
            if successor.setdefault(older, id_) != id_:
                problem = f"{label(successor[older])} supersedes {label(older)} already"
                yield Fault(id_, "supersedes", problem)
        yield from circles("restates", self._retold)
        yield from circles("supersedes", self._versions_replaced())
        yield from circles("part_of", self._pledges_inside())
        yield from self._two_wholes()

    def _versions_replaced(self) -> list[Arrow]:
        return [(self.version(id_), self.version(older)) for id_, older in self._replaced]

    def _pledges_inside(self) -> list[Arrow]:
        return [(self.pledge(part), self.pledge(whole)) for part, whole in self._inside]

    def _two_wholes(self) -> Iterator[Fault]:
        later, _ = self.as_of(None)
        named: dict[str, list[Arrow]] = defaultdict(list)
        by_original: dict[str, list[Arrow]] = defaultdict(list)
        for part, whole in self._inside:
            named[self.pledge(part)].append((part, whole))
            if self.version(part) not in later and self.records[part].restates is None:
                by_original[self.pledge(part)].append((part, whole))
        for pledge, arrows in named.items():
            first, *others = by_original[pledge] or arrows
            for part, whole in others:
                if self.pledge(whole) != self.pledge(first[1]):
                    told, known, other = map(label, (*first, whole))
                    problem = f"{told}, the same pledge, is a part of {known}, not of {other}"
                    yield Fault(part, "part_of", problem)


def _arrows(pledges: Iterable[Pledge], link: str) -> list[Arrow]:
    return [(pledge.id, getattr(pledge, link)) for pledge in pledges if getattr(pledge, link)]


def _united(arrows: Iterable[Arrow]) -> dict[str, str]:
    """Give everything that arrows tie together, over any number of steps, one key."""
    parent: dict[str, str] = {}

    def key(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for tail, head in arrows:
        parent[key(tail)] = key(head)
    return {name: key(name) for name in [*parent]}


def targets_first(arrows: Iterable[Arrow]) -> list[str]:
    """Put the ends of arrows in an order, each after all that it points to.

    What is in a circle, or points into one, is left out. There is no recursion: trees can be deep.
    """
    pointing = defaultdict(list)
    waiting: Counter[str] = Counter()
    for tail, head in arrows:
        pointing[head].append(tail)
        waiting[tail] += 1
        waiting[head] += 0
    order = [name for name, count in waiting.items() if not count]
    for name in order:  # which grows as it is read
        for tail in pointing[name]:
            waiting[tail] -= 1
            if not waiting[tail]:
                order.append(tail)
    return order


def circles(link: str, arrows: list[Arrow]) -> Iterator[Fault]:
    """Tell each circle of arrows."""
    straight = {*targets_first(arrows)}
    ahead = {tail: head for tail, head in sorted(arrows) if not {tail, head} & straight}
    seen: set[str] = set()
    for start in ahead:
        path: dict[str, None] = {}
        name = start
        while name not in seen and name not in path:
            path[name] = None
            name = ahead[name]
        if name in path:
            names = [*path]
            circle = names[names.index(name) :]
            yield Fault(name, link, f"a circle: {' -> '.join([*circle, name])}")
        seen.update(path)
