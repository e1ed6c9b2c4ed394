"""Spans as people write them, from one date to another: 2021年4月至2024年, April to June 2021.

What both ends have in common is written once: Chinese writes the year at the first end, and English
at the last one. Each end then reads as a date of its own.
"""

import re
from collections.abc import Callable, Iterator

from commonprosperity.errors import PeriodError
from commonprosperity.patterns import pattern
from commonprosperity.sentence import Sentence

_JOINT = pattern(r" ?(?:至|到|——|[—–−~〜～]|--?) ?| (?:to|through|until|till|/) ", re.IGNORECASE)
_OPENING = pattern("(?:from |从|從|自)", re.IGNORECASE)
_YEAR = pattern("[12][0-9]{3}")
_NUMBER = pattern("[0-9]{1,3}")

# Each form of two ends, with a bar between them, and both ends in full: 2021年4月|6月 becomes
# 2021年4月|2021年6月.
_ENDS_IN_FULL = [
    (pattern(ends), in_full)
    for ends, in_full in [
        # 2021至2024年
        (r"([0-9]{1,4})\|([0-9]{1,4} ?年)", r"\1年|\2"),
        # 2021年4至6月, 2021年4月1至30日
        (r"(.*年 ?)([0-9]{1,2})\|([0-9]{1,2} ?月)", r"\1\2月|\1\3"),
        (r"(.*年.*月 ?)([0-9]{1,2})\|([0-9]{1,2} ?[日号號])", r"\1\2日|\1\3"),
        # 2021年4月至6月, 2021年4月1日至6月30日, 2021年4月1日至30日, 民國110年至113年
        (r"(.*年 ?)(.*)\|([0-9]{1,2} ?月.*)", r"\1\2|\1\3"),
        (r"(.*年.*月 ?)(.*[日号號])\|([0-9]{1,2} ?[日号號])", r"\1\2|\1\3"),
        (r"(民[國国] ?)(.*)\|([0-9]{1,3} ?年.*)", r"\1\2|\1\3"),
        # 2021年第一季度至第三季度, 2021年一至三季度
        (r"(.*年)(.*季度)\|(第?.季度)", r"\1\2|\1\3"),
        (r"(.*年)(第?.)\|(第?.季度)", r"\1\2季度|\1\3"),
        # Q1-Q3 2021, 2021 Q1-Q3
        (r"(Q.)\|(Q.)( ?[0-9]{4})", r"\1\3|\2\3"),
        (r"([0-9]{4}[ -]?)(Q.)\|(Q.)", r"\1\2|\1\3"),
        # April to June 2021, 1 April to 30 June 2021, April 1 to June 30, 2021
        (r"([A-Za-z]+|\d{1,2}[a-z]* [A-Za-z]+|[A-Za-z]+ \d{1,2}[a-z]*)\|(.*[A-Za-z].*[ ,])(\d{4})",
         r"\1 \3|\2\3"),
        # 1-30 April 2021, April 1-30, 2021
        (r"([0-9]{1,2}[a-z]*)\|([0-9]{1,2}[a-z]*)( [A-Za-z]+,? [0-9]{4})", r"\1\3|\2\3"),
        (r"([A-Za-z]+ )([0-9]{1,2})\|([0-9]{1,2})(, ?[0-9]{4})", r"\1\2\4|\1\3\4"),
    ]
]  # fmt: skip

_FINANCIAL_YEAR = pattern(
    "(?:FY|fiscal year|financial year) ?'?[0-9].*|"
    "[0-9]+ ?(?:财年|財年|(?:财政|財政|会计|會計)?年度)",
    re.IGNORECASE,
)
_TWO_YEARS = pattern("([12][0-9]{3}) ?[-–—/] ?([0-9]{2}|[0-9]{4})")


def span_text(text: str, read: Callable[[str], str]) -> str | None:
    """Return what a span means in ISO 8601, None for any other text; ``read`` reads one date.

    >>> span_text("2021年4月至6月", {"2021年4月": "2021-04", "2021年6月": "2021-06"}.__getitem__)
    '2021-04/2021-06'

    Raises `PeriodError` where an end has several meanings, and for what may be a financial year.
    """
    if "|" in text:  # which stands between two ends below
        return None
    if problem := _financial_year_problem(text):
        raise PeriodError(text, problem)
    problems: list[Sentence] = []
    spans: set[str] = set()
    for joint, ends in _ends(_OPENING.sub("", text, count=1)):
        try:
            first, last = map(read, ends)
        except PeriodError as error:
            if error.problem and joint != "-":  # which may be that of a date
                problems.append(error.problem)
        else:
            if _YEAR.match(first) and _YEAR.match(last):
                spans.add(f"{first}/{last}")
    if len(spans) == 1:
        return spans.pop()
    if problems:
        raise PeriodError(text, problems[0])
    return None


def _ends(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each joint that a text may have, with both of its ends in full."""
    for joint in _JOINT.finditer(text):
        ends = f"{text[: joint.start()]}|{text[joint.end() :]}"
        in_full = (
            match.expand(whole) for form, whole in _ENDS_IN_FULL if (match := form.fullmatch(ends))
        )
        first, last = next(in_full, ends).split("|")
        if _is_number(first) is _is_number(last):  # they differ in 3-4/110: March to April?
            yield joint[0], [first, last]


def _is_number(end: str) -> bool:
    """Whether an end is a number that says neither what it counts nor, alone, a Western year."""
    return _NUMBER.fullmatch(end) is not None


def _financial_year_problem(text: str) -> Sentence | None:
    """Say why FY2021, 2021/22 and 2021-2022 are refused: they may begin in any month."""
    if _FINANCIAL_YEAR.fullmatch(text):
        return Sentence(
            "a financial year begins in April in one country and in July in another; write its "
            "first and its last month, as in 2021-04/2022-03"
        )
    years = _TWO_YEARS.fullmatch(text)
    if years is None or (int(years[1]) + 1) % 100 != int(years[2]) % 100:
        return None
    first, last = years[1], f"{int(years[1]) + 1}"
    if len(years[2]) == 4 and years[2] != last:  # noqa: PLR2004 (digits)
        return None
    return Sentence(
        "it may be two years, or a financial year; write {first}/{last}, or its first and its "
        "last month, as in {first}-04/{last}-03", first=first, last=last,
    )  # fmt: skip
