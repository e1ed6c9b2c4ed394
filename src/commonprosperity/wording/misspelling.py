"""Unknown words, and the words of amounts that they are misspellings of."""

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import cache

from commonprosperity.patterns import pattern
from commonprosperity.quoting import brief
from commonprosperity.sentence import Sentence
from commonprosperity.wording.terms import TokenKind, terms

# Up to four words: Hong Kong dollars, Bosnia-Herzegovina convertible marks.
_WORDS = pattern(r"[^\W\d_]+(?:[ -][^\W\d_]+){0,3}")
# Three letters are near to everything, and the time grows with the square of the length.
_LENGTHS = range(4, 40)
_KINDS = (TokenKind.NAME, TokenKind.SCALE, TokenKind.WORD, TokenKind.BEFORE, TokenKind.AFTER)


def corrected(text: str, at: int, is_read: Callable[[str], bool]) -> Sentence | None:
    """Suggest words for those at a place, if the text is read with them.

    >>> corrected("5 hong koong dollar", 2, lambda text: text == "5 hong kong dollar")
    "'hong koong dollar' is not understood here; did you mean hong kong dollar?"
    """
    for wrong, right in _corrections(text, at):
        if is_read(text[:at] + right + text[at + len(wrong) :]):
            return Sentence(
                "{wrong} is not understood here; did you mean {right}?",
                wrong=brief(wrong), right=right,
            )  # fmt: skip
    return None


def _corrections(text: str, at: int) -> Iterator[tuple[str, str]]:
    """Yield the first word from a place on, the first two and so on, each with its nearest word."""
    run = _WORDS.match(text, at)
    words = re.split("(?=[ -])", run[0]) if run else []
    for count in range(1, len(words) + 1):
        wrong = "".join(words[:count])
        if len(wrong) in _LENGTHS:
            # Only the nearest: no tolars for "dolars", which may be dollars of many countries.
            for right in get_close_matches(wrong.lower(), _vocabulary(), n=1, cutoff=0.75):
                yield wrong, right


@cache
def _vocabulary() -> list[str]:
    return [
        word
        for word, meanings in terms().items()
        if len(word) in _LENGTHS and meanings.keys() & _KINDS
    ]
