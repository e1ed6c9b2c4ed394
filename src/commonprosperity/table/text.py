"""A table for a terminal: columns in line, folded to a width."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from unicodedata import category, east_asian_width

from commonprosperity.patterns import pattern
from commonprosperity.table.column import Column, Kind

Texts = Sequence[Sequence[str]]
"""Rows of cells as texts."""

_NARROWEST = 8
_LONGEST_WORD = 16  # kept whole as long as the table can be narrowed elsewhere
_BETWEEN = 2  # spaces between two columns

_CHINESE = "\u2e80-\u9fff\uff01-\uff60"  # characters, and their punctuation
_OPENING, _CLOSING = "（“《「", "，。；：、？！）”》」…"  # which end no line, and start none
_PIECE = rf"[^\s/{_CHINESE}-]+"
# A hyphen between two digits ends no line: 2021-08-18.
_WORD = pattern(
    rf"[{_OPENING}]*(?:{_PIECE}(?:(?<=\d)-(?=\d){_PIECE})*[\s/-]?|[{_CHINESE}])[{_CLOSING}]*|[\s/-]"
)

_ZERO_WIDTH_JOINER, _AS_EMOJI = "\u200d", "\ufe0f"
# What changes the width of the character before it, or after it.
_CONTEXTUAL = pattern("[\u200d\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]")


def text_table(
    columns: Sequence[Column],
    rows: Texts,
    totals: Texts,
    width: int | None,
) -> list[str]:
    """Lay cells out in columns; Chinese characters take two places, as terminals show them."""
    everything = [[column.heading for column in columns], *rows, *totals]
    cells = list(zip(*everything, strict=True))
    if width:
        room = width - _BETWEEN * (len(columns) - 1)
        allowed = _widths(columns, cells, room)
        folded = [
            [fold(text, wide) for text in texts] for texts, wide in zip(cells, allowed, strict=True)
        ]
        folded = _with_spare_room(cells, folded, room)
    else:
        folded = [_one_line_each(texts) for texts in cells]
    widths = [*map(_width, folded)]
    rule = "  ".join("-" * wide for wide in widths)
    first, *others = [_lines(row, widths, columns) for row in zip(*folded, strict=True)]
    body = [line for row in others[: len(rows)] for line in row]
    end = [line for row in others[len(rows) :] for line in row]
    return [*first, rule, *body, *([rule, *end] if end else [])]


def _one_line_each(texts: Sequence[str]) -> list[list[str]]:
    return [[text.rstrip()] for text in texts]


def _width(column: Texts) -> int:
    """Return the width of the longest line in the folded cells of a column."""
    return max(display_width(line) for lines in column for line in lines)


def _with_spare_room(
    cells: Texts, folded: list[list[list[str]]], room: int
) -> list[list[list[str]]]:
    """Unfold columns into the room that folding leaves over, first those that need least.

    In 12 places, "mean of 2021-04" folds to lines of 7. With the other 5 places, another column
    may fit on one line.
    """
    folded = [*folded]
    needs = [
        max(map(display_width, texts)) - _width(column)
        for texts, column in zip(cells, folded, strict=True)
    ]
    spare = room - sum(map(_width, folded))
    for at in sorted(range(len(cells)), key=needs.__getitem__):
        if 0 < needs[at] <= spare:
            folded[at] = _one_line_each(cells[at])
            spare -= needs[at]
    return folded


def _widths(columns: Sequence[Column], cells: Texts, room: int) -> list[int]:
    """Return how wide each column may be for the table to fit into a room."""
    widths = [max(map(display_width, texts)) for texts in cells]
    longest = [_longest(column.kind, *texts) for column, texts in zip(columns, cells, strict=True)]
    whole, least = (
        [
            max(_NARROWEST, min(at_most, word)) if not column.kind.is_number else word
            for column, word in zip(columns, longest, strict=True)
        ]
        for at_most in (_LONGEST_WORD, _NARROWEST)
    )
    widths = _narrowed(widths, whole, room)
    # Where the table is too wide in any case, broken words would gain nothing.
    return widths if sum(least) > room else _with_broken_words(widths, least, room)


def _longest(kind: Kind, heading: str, *cells: str) -> int:
    """Return the width of the longest word: texts and headings are folded, numbers never."""
    words: Iterable[str] = (*heading.split(), *cells)
    if not kind.is_number:
        words = (word.rstrip() for text in (heading, *cells) for word in _words(text))
    return max(map(display_width, words), default=0)


def _narrowed(widths: list[int], least: list[int], room: int) -> list[int]:
    """Take from the widest column that can give, until the table fits or none can give more."""
    # What is wider than the room gives first in any case: a text may have a million characters.
    widths = [min(wide, max(low, room)) for wide, low in zip(widths, least, strict=True)]
    while sum(widths) > room:
        giving = [at for at, wide in enumerate(widths) if wide > least[at]]
        if not giving:
            break
        widths[max(giving, key=lambda at: widths[at])] -= 1
    return widths


def _with_broken_words(widths: list[int], least: list[int], room: int) -> list[int]:
    """Take from as few columns as possible: the one that can give most first, then the last."""
    widths, over = [*widths], sum(widths) - room
    for at in sorted(range(len(widths)), key=lambda at: (least[at] - widths[at], -at)):
        gives = max(0, min(over, widths[at] - least[at]))
        widths[at] -= gives
        over -= gives
    return widths


def _lines(cells: Texts, widths: Sequence[int], columns: Sequence[Column]) -> list[str]:
    """Return the lines that one row of folded cells takes."""
    return [
        (" " * _BETWEEN).join(
            _pad(cell[at] if at < len(cell) else "", wide, column.kind)
            for cell, wide, column in zip(cells, widths, columns, strict=True)
        ).rstrip()
        for at in range(max(map(len, cells)))
    ]  # fmt: skip


def _pad(text: str, width: int, kind: Kind) -> str:
    space = " " * (width - display_width(text))
    return space + text if kind.is_number else text + space


def fold(text: str, width: int) -> list[str]:
    """Fold a text into lines, after a space, a hyphen or a slash, or anywhere without one.

    A number among Chinese characters stays whole.

    >>> fold("tencent-common wealth", 10)
    ['tencent-', 'common', 'wealth']
    >>> fold("营业收入为46亿元", 11)
    ['营业收入为', '46亿元']
    """
    lines: list[str] = []
    start = at = used = 0  # the line's first character, the next one's place, the width so far

    def end_line() -> None:
        nonlocal start, used
        lines.append(text[start:at].rstrip())
        start, used = at, 0

    for word in _words(text):
        bare = word.rstrip()
        wide = display_width(bare)
        if wide and used and used + wide > width:
            end_line()
        if wide <= width:
            used, at = used + wide, at + len(bare)
        else:
            for character_width in _character_widths(bare):
                if character_width and used and used + character_width > width:
                    end_line()
                used, at = used + character_width, at + 1
        space = len(word) - len(bare)  # which may stand beyond the width, unseen
        used, at = used + space, at + space
    end_line()
    return lines


def _words(text: str) -> list[str]:
    """Take a text apart where a line may end: after a blank, a slash, a hyphen, and in Chinese.

    >>> _words("按2021年汇率，well-known 2021-08")
    ['按', '2021', '年', '汇', '率，', 'well-', 'known ', '2021-08']
    """  # noqa: RUF002 (as Chinese writes it)
    return _WORD.findall(text)


def display_width(text: str) -> int:
    """Return the places that a text takes in a terminal.

    >>> display_width("Acme"), display_width("腾讯"), display_width("e\u0301")
    (4, 4, 1)
    """
    return len(text) if text.isascii() else sum(_character_widths(text))


def _character_widths(text: str) -> Iterable[int]:
    """Return the places of each character; what joins an emoji before it takes none of its own.

    An astronaut is a woman (2 places), a joiner (0) and a rocket (0, as it is drawn into her). A
    flag is two letters: the first takes 2 places, the second none.
    """
    if text.isascii():
        return [1] * len(text)
    if not _CONTEXTUAL.search(text):
        return map(_character_width, text)
    widths: list[int] = []
    before = ""
    for character in text:
        widths.append(_character_width(character))
        if before and widths[-1] == 2 and (before == _ZERO_WIDTH_JOINER or _is_tone(character)):  # noqa: PLR2004
            widths[-1] = 0
        elif character == _AS_EMOJI and before and widths[-2] == 1:
            widths[-2] = 2
        elif _is_flag(character) and before and _is_flag(before) and widths[-2] == 1:
            widths[-2:] = 2, 0
        before = character
    return widths


def _is_tone(character: str) -> bool:
    return "\U0001f3fb" <= character <= "\U0001f3ff"


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


@lru_cache(10_000)
def _character_width(character: str) -> int:
    # The vowels and ends of Korean syllables join the letter before them.
    if category(character) in {"Mn", "Me", "Cf"} or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
