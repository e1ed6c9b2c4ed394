"""``Others``: the groups that are not among the largest, put together as one."""

import attrs

from commonprosperity.messages import Sentence, in_language


@attrs.frozen
class Others:
    """The key of all the groups, or values of a field, that are not among the largest.

    >>> str(Others(3)), Others(3).in_words("zh_CN")
    ('3 others', '其他3项')
    """

    count: int

    def in_words(self, locale: str) -> str:
        """Say how many they are, in the language of a locale."""
        one = Sentence("1 other") if self.count == 1 else None
        return in_language(locale)(one or Sentence("{count} others", count=f"{self.count:,}"))

    def __str__(self) -> str:
        return self.in_words("en")
