"""``Others``: the groups that are not among the largest, put together as one."""

import attrs

from commonprosperity.sentence import Sentence


@attrs.frozen
class Others:
    """The key of all the groups, or values of a field, that are not among the largest.

    >>> print(Others(3))
    3 others
    """

    count: int

    @property
    def sentence(self) -> Sentence:
        """How many they are, as a table says it."""
        if self.count == 1:
            return Sentence("1 other")
        return Sentence("{count} others", count=f"{self.count:,}")

    def __str__(self) -> str:
        return str(self.sentence)
