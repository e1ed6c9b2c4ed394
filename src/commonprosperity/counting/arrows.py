"""Arrows from one name to another: what they tie together, their order, and their circles."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from commonprosperity.errors import Fault
from commonprosperity.quoting import label
from commonprosperity.sentence import Sentence

Arrow = tuple[str, str]

_NAMED_AT_MOST = 8
"""A circle of more names is written with its first three and its last."""


def united(arrows: Iterable[Arrow]) -> dict[str, str]:
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
    """Yield a fault for each circle of arrows."""
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
            route = _route([*path][[*path].index(name) :])
            problem = Sentence("a circle: {route}; take one link out", route=route)
            yield Fault(name, link, problem)
        seen.update(path)


def _route(names: list[str]) -> str:
    """Write a circle from its first name back to it, cut short when it is long.

    >>> _route(["a", "b"]), _route([f"p{number}" for number in range(2000)])
    ('a -> b -> a', 'p0 -> p1 -> p2 -> ... -> p1999 -> p0 (2,000 links)')
    """
    first, last, count = names[0], names[-1], len(names)
    if count <= _NAMED_AT_MOST:
        return " -> ".join(map(label, [*names, first]))
    ends = " -> ".join(map(label, [*names[:3], "...", last, first]))
    return f"{ends} ({count:,} links)"
