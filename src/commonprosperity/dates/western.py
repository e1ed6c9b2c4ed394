"""Writes a Chinese date in narrow digits, and with a year as the West counts it."""

import re

from commonprosperity.patterns import pattern

_NARROW = {wide: wide - 0xFEE0 for wide in range(ord("！"), ord("～") + 1)} | {0x3000: " "}
# A compact date has a year of two or three digits: 民國1100902.
_YEAR = "元|[0-9]{1,3}(?![0-9])|[0-9]{2,3}(?=[0-9]{4}(?![0-9]))"
_REPUBLIC = pattern(f"^(?:中[華华])?民[國国] ?({_YEAR})")
_FIRST_YEAR = 1912


def western(text: str) -> str:
    """Return a Chinese date in narrow digits and with a Western year, and others as they are.

    >>> western("２０２１年９月"), western("民國110年9月2日"), western("民國元年")
    ('2021年9月', '2021年9月2日', '1912年')
    """
    return text if text.isascii() else _REPUBLIC.sub(_western_year, narrow(text))


def narrow(text: str) -> str:
    """Return a Chinese date in narrow digits and marks, and others as they are.

    >>> narrow("２０２１年９月")
    '2021年9月'
    """
    return text.translate(_NARROW) if "年" in text else text


def _western_year(match: re.Match[str]) -> str:
    year = 1 if match[1] == "元" else int(match[1])
    return f"{_FIRST_YEAR - 1 + year}" if year else match[0]  # there is no year 0
