"""Patterns of texts, which Python compiles when they are first used.

The library has a hundred and forty of them. Compiling all at their import takes 25 ms, a seventh of
the import of all public names, and most programs meet a few.
"""

import re
from typing import Any, cast


class _Pattern:
    """A pattern that is not compiled yet: its first use compiles it."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, value)  # the next use finds it here, as fast as in a compiled pattern
        return value

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy and pickle it as the compiled pattern, as `re.Pattern` does."""
        return re.compile, (self.pattern, self._flags)


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern as `re.compile` does, except that its first use compiles it.

    >>> pattern("[0-9]+").findall("5 to 10 million")
    ['5', '10']
    """
    return cast("re.Pattern[str]", _Pattern(text, flags))
