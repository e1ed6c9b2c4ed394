"""A table for a terminal: columns in line, folded to a width."""

import re
from collections.abc import Sequence
from unicodedata import category, east_asian_width

from commonprosperity.table.cells import Column, Kind

Rows = Sequence[Sequence[str]]

_NARROWEST = 8
_LONGEST_WORD = 16  # kept whole as long as the table can be narrowed elsewhere


def laid_out(columns: Sequence[Column], rows: Rows, totals: Rows, width: int | None) -> list[str]:
    """Lay cells out in columns; Chinese characters take two places, as terminals show them."""
    everything = [[column.heading for column in columns], *rows, *totals]
    widths = _widths(columns, everything, width)
    rule = "  ".join("-" * wide for wide in widths)
    first, *folded = [_folded(row, widths, columns) for row in everything]
    body = [line for row in folded[: len(rows)] for line in row]
    end = [line for row in folded[len(rows) :] for line in row]
    return [*first, rule, *body, *([rule, *end] if end else [])]


def _widths(columns: Sequence[Column], rows: Rows, width: int | None) -> list[int]:
    """Return how wide each column is, once its cells are folded to fit a width."""
    cells = list(zip(*rows, strict=True))
    widths = [max(map(display_width, texts)) for texts in cells]
    for longest in (_LONGEST_WORD, _NARROWEST):
        least = [
            _least(column.kind, longest, *texts)
            for column, texts in zip(columns, cells, strict=True)
        ]
        widths = _narrowed(widths, least, width)
    return [
        max(display_width(line) for text in texts for line in fold(text, wide))
        for texts, wide in zip(cells, widths, strict=True)
    ]


def _least(kind: Kind, longest: int, heading: str, *cells: str) -> int:
    """Return how narrow a column may be: texts and headings are folded, numbers never."""
    if kind is Kind.TEXT:
        words = [word.rstrip() for word in _words(" ".join([heading, *cells]))]
        return max(_NARROWEST, min(longest, max(map(display_width, words))))
    return max(map(display_width, [*heading.split(), *cells]), default=0)


def _narrowed(widths: list[int], least: list[int], width: int | None) -> list[int]:
    """Take from the widest column that can give, until the table fits or none can give more."""
    widths = list(widths)
    while width and sum(widths) + 2 * (len(widths) - 1) > width:
        giving = [at for at, wide in enumerate(widths) if wide > least[at]]
        if not giving:
            break
        widths[max(giving, key=lambda at: widths[at])] -= 1
    return widths


def _folded(cells: Sequence[str], widths: Sequence[int], columns: Sequence[Column]) -> list[str]:
    """Return the lines that one row takes."""
    folded = [fold(cell, wide) for cell, wide in zip(cells, widths, strict=True)]
    told = []
    for at in range(max(map(len, folded))):
        line = [
            _pad(cell[at] if at < len(cell) else "", wide, column.kind)
            for cell, wide, column in zip(folded, widths, columns, strict=True)
        ]
        told.append("  ".join(line).rstrip())
    return told


def _pad(text: str, width: int, kind: Kind) -> str:
    space = " " * (width - display_width(text))
    return text + space if kind is Kind.TEXT else space + text


def fold(text: str, width: int) -> list[str]:
    """Fold a text into lines, after a space, a hyphen or a slash, or anywhere without one."""
    folded = [""]
    for word in _words(text):
        if display_width(folded[-1] + word.rstrip()) > width and folded[-1]:
            folded.append("")
        for character in word:
            if display_width(folded[-1]) + _character_width(character) > width and character != " ":
                folded.append("")
            folded[-1] += character
    return [line.rstrip() for line in folded]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\s/-]*[\s/-]?", text)


def display_width(text: str) -> int:
    """Return the places that a text takes in a terminal."""
    return sum(map(_character_width, text))


def _character_width(character: str) -> int:
    if category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
