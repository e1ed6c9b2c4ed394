"""``Forest``: the linked pledges of a selection, which of them count, and the trees they are in."""

from collections import Counter, defaultdict
from functools import cached_property

import attrs

from commonprosperity.counting.announced import precedence
from commonprosperity.counting.bounds import ZERO
from commonprosperity.counting.line import Line
from commonprosperity.counting.links import Links
from commonprosperity.counting.tree import Tree
from commonprosperity.records import Pledge
from commonprosperity.sentence import Sentence


@attrs.frozen(eq=False)
class Forest:
    """The linked pledges of a selection, and their trees, which no amount changes."""

    selected: tuple[Pledge, ...]
    links: Links

    @cached_property
    def linked(self) -> list[Pledge]:
        """The selected pledges that links tie to others, selected or not."""
        records = self.links.records
        return [pledge for pledge in self.selected if pledge.id in records]

    @cached_property
    def not_counting(self) -> dict[str, Line]:
        """The lines of superseded pledges and of further tellings, by id."""
        lines: dict[str, Line] = {}
        version, later = self.links.version, self.links.later
        for pledge in self.linked:
            newer = later.get(version(pledge.id))
            if newer:
                lines[pledge.id] = Line(ZERO, Sentence("superseded by {id}", id=newer.id))
        for first, *others in self._tellings.values():
            for other in others:
                lines[other.id] = Line(ZERO, Sentence("restates {id}", id=first.id))
        return lines

    @cached_property
    def tree(self) -> Tree:
        """The counting pledges, each on its nearest counting ancestor."""
        return Tree({key: first for key, (first, *_) in self._tellings.items()}, self.links)

    @cached_property
    def _tellings(self) -> dict[str, list[Pledge]]:
        """The selected tellings of each pledge's newest version, the one that counts first."""
        tellings: dict[str, list[Pledge]] = defaultdict(list)
        version, later = self.links.version, self.links.later
        for pledge in self.linked:
            if version(pledge.id) not in later:
                tellings[self.links.pledge(pledge.id)].append(pledge)
        for several in tellings.values():
            if len(several) > 1:
                several.sort(key=precedence)
        return tellings

    def cut(self, selected: tuple[Pledge, ...]) -> tuple[Pledge, ...]:
        """Return the linked pledges of a smaller selection whose trees it has only in part.

        Where "b" is inside "a", and "d" inside "c", the selection of "a", "c" and "d" cuts the tree
        of "a". What counts of "c" and "d" stays the same.
        """
        few = Forest(selected, self.links)
        cut = {tree for tree, size in few.sizes.items() if size < self.sizes[tree]}
        return tuple(each for each in few.linked if self.links.tree(each.id) in cut) if cut else ()

    @cached_property
    def sizes(self) -> Counter[str]:
        """How many pledges of each tree are selected."""
        return Counter(self.links.tree(pledge.id) for pledge in self.linked)
