"""The characters of a text as the grammar reads them: narrow, in lower case, one blank at a time.

Full-width letters, digits and signs are as good as narrow ones, and any Unicode space is a space.
So is a line end, which joins no digits, but not an empty line.
"""

import unicodedata
from bisect import bisect_right
from functools import cache

import attrs

from commonprosperity.patterns import pattern
from commonprosperity.wording.digits import BOUND, SPACES

EMPTY_LINE = "¶"
"""What stands for an empty line: no term has it, so that an amount ends there."""

_BLANKS = pattern(rf"[{SPACES}\r\n]{{2,}}|\r")
_LINE_END = pattern(r"\r\n|\r|\n")
_ALIKE = {"￥": "¥", "￡": "£", "￦": "₩", "﹩": "$", "’": "'", "‐": "-", "‑": "-"}


@attrs.frozen
class Characters:
    """The characters of a text, and where in the text they stand.

    >>> characters = Characters.of("￥5  Bn")
    >>> characters.narrow, characters.lower, characters.narrow[3], characters.place(3)
    ('¥5 Bn', '¥5 bn', 'B', 4)
    """

    narrow: str
    lower: str
    _joints: list[int]
    _shifts: list[int]

    @classmethod
    def of(cls, text: str) -> "Characters":
        """Make one space or line end of several, and narrow forms of wide ones."""
        wide = text if text.isascii() else text.translate(_narrow_forms())
        parts: list[str] = []
        joints, shifts = [], [0]
        end = 0
        for blanks in _BLANKS.finditer(wide):
            parts += wide[end : blanks.start()], _blank(blanks[0])
            end = blanks.end()
            shifts.append(shifts[-1] + len(blanks[0]) - 1)
            joints.append(end - shifts[-1])
        narrow = "".join([*parts, wide[end:]]) if parts else wide
        return cls(narrow, _lowered(narrow), joints, shifts)

    @property
    def are_all_in_place(self) -> bool:
        """Whether each character stands where it stands in the text."""
        return not self._joints

    def place(self, at: int) -> int:
        """Return where a character stands in the text.

        After "5", two spaces and "bn" became "5 bn", the b at 2 stands at 3: each stretch of
        blanks shifts all that is behind its joint.
        """
        return at + self._shifts[bisect_right(self._joints, at)]


@cache
def _narrow_forms() -> dict[int, str]:
    spaces = {at: BOUND for at in range(0x80, 0x3000) if unicodedata.category(chr(at)) == "Zs"}
    full_width = {at: chr(at - 0xFEE0) for at in range(ord("！"), ord("～") + 1)}
    return spaces | full_width | {0x3000: " "} | {ord(one): alike for one, alike in _ALIKE.items()}


def _lowered(narrow: str) -> str:
    """Return a text in lower case, as long as it was, with plain spaces alone."""
    lower = narrow.lower()
    if len(lower) != len(narrow):  # the capital dotted I has two characters in lower case
        lower = "".join(c if len(c.lower()) > 1 else c.lower() for c in narrow)
    return lower.replace(BOUND, " ").replace("\n", " ")


def _blank(blanks: str) -> str:
    lines = len(_LINE_END.findall(blanks))
    return EMPTY_LINE if lines > 1 else "\n" if lines else blanks[0]
