"""The lines and sentences of a text, by the place of a character."""

import re
from bisect import bisect_left, bisect_right

import attrs

from commonprosperity.patterns import pattern

_LINE_END = pattern(r"\r\n|\r|\n")
_SENTENCE_END = pattern(
    r"[。！？][”’」』）)\"']*"
    r"|[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9$€£¥\u3400-\u9fff])"
    r"|(?:\r\n|\r|\n)(?=[^\S\r\n]*(?:\r\n|\r|\n|[-*#|>•]))"
)
# A full stop after one of these ends no sentence, nor after a single letter: U.S., J. Smith.
_ABBREVIATION = pattern(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Sen|Gov|Co|Ltd|Inc|Corp|No|Nos|vs|approx|ca|est|max|min|mil|bil|"
    r"Rs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|e\.g|i\.e|U\.S|U\.K|a\.m|p\.m)|(?:\b|\.)[A-Za-z])\Z"
)
_SENTENCE_AT_MOST = 1000  # characters
_WORD_BEFORE = 8  # characters: no abbreviation is longer


@attrs.frozen
class Lines:
    """Where the lines and the sentences of a text end."""

    text: str
    _lines: list[int] = attrs.field(init=False)
    _sentences: list[int] = attrs.field(init=False)

    @_lines.default
    def _line_ends(self) -> list[int]:
        return [end.end() for end in _LINE_END.finditer(self.text)]

    @_sentences.default
    def _sentence_ends(self) -> list[int]:
        return [end.end() for end in _SENTENCE_END.finditer(self.text) if self._ends(end)]

    def _ends(self, end: re.Match[str]) -> bool:
        before = self.text[max(0, end.start() - _WORD_BEFORE) : end.start()]
        return end[0][0] != "." or not _ABBREVIATION.search(before)

    def line(self, at: int) -> int:
        """Return the number of the line that a character is in, from 1."""
        return bisect_right(self._lines, at) + 1

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return where the sentence begins and ends that a stretch of the text is in.

        A very long one is cut to what is around the stretch.
        """
        before = bisect_right(self._sentences, start)
        first = self._sentences[before - 1] if before else 0
        after = bisect_left(self._sentences, end)
        last = self._sentences[after] if after < len(self._sentences) else len(self.text)
        if last - first > _SENTENCE_AT_MOST:
            around = max(0, _SENTENCE_AT_MOST - (end - start)) // 2
            first, last = max(first, start - around), min(last, end + around)
        return first, last
