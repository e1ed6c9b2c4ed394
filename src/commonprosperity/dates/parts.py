"""Splits a date as people write it into its year, month and day, in whatever order."""

import re
from collections.abc import Sequence
from datetime import date

from commonprosperity.patterns import pattern

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAME = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    "Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_ORDINAL = r"(?:(?<=1)st|(?<=2)nd|(?<=3)rd|(?<=[0-9])th)?"
_GAP = r"(?:, ?|\. ?| ?- ?|/| )"
_ORDERS = (
    pattern(r"([0-9]{1,4})([/.-]) ?([0-9]{1,4})(?:\2 ?([0-9]{1,4}))?"),
    pattern("([0-9]{2,4}) ?年(?: ?([0-9]{1,2}) ?月(?: ?([0-9]{1,2}) ?[日号號])?)?"),
    pattern(
        rf"(?:([0-9]{{1,4}}){_ORDINAL}(?: of )?{_GAP}?)?({_NAME})"
        rf"(?:{_GAP}?([0-9]{{1,4}}){_ORDINAL})?(?:{_GAP}([0-9]{{4}}|[0-9]{{2}}))?",
        re.IGNORECASE,
    ),
)
_PART = pattern("([0-9]{4})[ -]?(Q[1-4]|H[12])|(Q[1-4]|H[12])[ -]?([0-9]{4})", re.IGNORECASE)
_CHINESE_PART = pattern("([0-9]{4}) ?年(?:第?([一二三四1-4])季度|([上下])半年)")


def part_of_year(text: str) -> str | None:
    """Read a quarter or a half of a year: Q2 2021, 2021H1, 2021年第二季度, 2021年上半年."""
    if match := _PART.fullmatch(text):
        return f"{match[1] or match[4]}-{(match[2] or match[3]).upper()}"
    if match := _CHINESE_PART.fullmatch(text):
        quarter, half = match[2], match[3]
        if half:
            return f"{match[1]}-H{1 + '上下'.index(half)}"
        return f"{match[1]}-Q{1 + '一二三四1234'.index(quarter) % 4}"
    return None


def parts_of(text: str, dates: str | None) -> tuple[str, ...]:
    """Split a text into its year, month and day, and leave them in its order."""
    if re.fullmatch("[0-9]{8}", text):
        year_first = text[:4], text[4:6], text[6:]
        return year_first if iso(*year_first) else (text[:2], text[2:4], text[4:])
    if dates == "roc" and re.fullmatch("[0-9]{6,7}", text):
        return text[:-4], text[-4:-2], text[-2:]
    for order in _ORDERS:
        if match := order.fullmatch(text):
            parts = tuple(each for each in match.groups() if each and each not in "/.-")
            is_short_chinese = "年" in text and len(parts[0]) == 2 and dates != "roc"  # noqa: PLR2004
            return () if is_short_chinese else parts
    return (text,)


def shape_of(parts: Sequence[str]) -> str:
    """Return a letter for each part.

    Y is a year of four digits, M the name of a month, c a number of three digits, n a shorter one.

    >>> shape_of(["15", "Sept", "2021"])
    'nMY'
    """
    return "".join(map(_kind, parts))


def _kind(part: str) -> str:
    if part[:3].lower() in _MONTHS:
        return "M"
    is_number = part.isascii() and part.isdecimal()
    return {1: "n", 2: "n", 3: "c", 4: "Y"}.get(len(part), "?") if is_number else "?"


def iso(year: str, month: str | None = None, day: str | None = None) -> str | None:
    """Write a year, month or day in ISO 8601; return None if there is no such day."""
    if month and not month.isdecimal():
        month = str(1 + _MONTHS.index(month[:3].lower()))
    try:
        text = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return None
    if len(year) != 4:  # noqa: PLR2004 (digits)
        return None
    return text if day else text[:7] if month else year
