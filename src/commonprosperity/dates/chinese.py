"""Writes ISO 8601 as Chinese newspapers write dates."""

import re

from commonprosperity.patterns import pattern

_PART = pattern(r"([0-9]{4})(?:-(?:Q([1-4])|H([12])|([0-9]{2})(?:-([0-9]{2}))?))?")


def chinese_date(iso: object) -> str:
    """Write a date or a period in Chinese; a text that is neither stays as it is.

    >>> chinese_date("2021-09-02"), chinese_date("2021-Q2"), chinese_date("2021-04/2024")
    ('2021年9月2日', '2021年第二季度', '2021年4月至2024年')
    """
    ends = [_PART.fullmatch(end) for end in str(iso).split("/")]
    if None in ends:
        return str(iso)
    return "至".join(map(_part, filter(None, ends)))


def _part(end: re.Match[str]) -> str:
    year, quarter, half, month, day = end.groups()
    rest = f"第{'一二三四'[int(quarter) - 1]}季度" if quarter else ""
    rest += f"{'上下'[int(half) - 1]}半年" if half else ""
    rest += f"{int(month)}月" if month else ""
    rest += f"{int(day)}日" if day else ""
    return f"{year}年{rest}"
