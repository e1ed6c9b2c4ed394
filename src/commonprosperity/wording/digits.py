"""Numbers in digits, as a locale writes them: 1,234.5 and 1.234,5 and 1,00,000.

The texts are narrow already: a mark is one character, and `BOUND` is every no-break space.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from commonprosperity.patterns import pattern
from commonprosperity.quoting import label
from commonprosperity.sentence import Sentence
from commonprosperity.wording.locales import known_locale, money_marks, number_marks

BOUND = "\u00a0"
"""The no-break space that replaces every other one."""

SPACES = f" {BOUND}"
_THREES = (3, 3)
_NARROW = {"’": "'", "\u202f": BOUND}


class Digits(NamedTuple):
    """How a locale writes numbers: a run of digits and marks, a well-formed one, its decimals.

    ``points`` translates the marks of a well-formed one: into a point, or into nothing.
    """

    whole: re.Pattern[str]
    well_formed: re.Pattern[str]
    decimals: str
    points: Mapping[int, str]

    def plain(self, text: str) -> str | None:
        """Return a well-formed number with a point and no other mark, else None.

        >>> digits_of("de").plain("1.234,5"), digits_of("de").plain("1,234.5")
        ('1234.5', None)
        """
        return text.translate(self.points) if self.well_formed.fullmatch(text) else None


@cache
def digits_of(locale: str | None) -> Digits:
    """Return how a locale writes numbers, or without one, English and Chinese papers.

    Raises `LocaleError` for an unknown locale.
    """
    if locale is None:
        return _digits(".", f",{BOUND}'", {_THREES})
    known = known_locale(locale)
    of_money, of_numbers = money_marks(known), number_marks(known)
    # Swiss French has a point in amounts, and a comma in other numbers: 15,49 milliards de francs.
    # It has two marks of groups: Babel 2.18 writes a space, and Babel 2.19 an apostrophe.
    both = {of_money, of_numbers}
    decimals = "".join(dict.fromkeys((of_money.decimal, *(marks.decimal for marks in both))))
    groups = "".join(_NARROW.get(marks.group, marks.group) for marks in both)
    groups = f"{BOUND}'" if (known.language, known.territory) == ("fr", "CH") else groups
    groups += " " if BOUND in groups else ""
    return _digits(decimals, groups, {_THREES, *((marks.lowest, marks.higher) for marks in both)})


def _digits(decimals: str, groups: str, sizes: set[tuple[int, int]]) -> Digits:
    point, marks = re.escape(decimals), re.escape(decimals + groups.replace(" ", ""))
    # A space joins digits only where three of them follow.
    mark = rf"[.,'{marks}]|[{SPACES}](?=[0-9]{{3}}(?![0-9]))"
    groups_of_digits = "|".join(_grouped(mark, *size) for mark in groups for size in sorted(sizes))
    # Plain spaces are read in EUR 2 500 000; in 9 100 the 9 may be that of a list.
    spaces = "[1-9][0-9]{0,2}(?: [0-9]{3}){2,}"
    return Digits(
        re.compile(rf"[0-9]+(?:(?:{mark})[0-9]+)*|\.[0-9]+"),
        re.compile(f"(?:[0-9]+|{groups_of_digits}|{spaces})(?:[{point}][0-9]+)?|[{point}][0-9]+"),
        decimals,
        {ord(mark): "." if mark in decimals else "" for mark in decimals + groups + SPACES},
    )


def _grouped(mark: str, lowest: int, higher: int) -> str:
    """Return the pattern of digits in groups: for 3 and 2, that of 1,00,000 and 12,34,567."""
    mark = re.escape(mark)
    return f"[1-9][0-9]{{0,{higher - 1}}}{mark}(?:[0-9]{{{higher}}}{mark})*[0-9]{{{lowest}}}"


def in_wrong_places(text: str, locale: str | None) -> Sentence:
    """Say what is wrong with a malformed number, and how to write what it may mean.

    >>> in_wrong_places("1.234,5", None)
    '1.234,5 has its marks in the wrong places; write 1234.5 or give locale="de"'
    >>> in_wrong_places("1,2345", None)
    '1,2345 has its marks in the wrong places; write 12345 or 1.2345'
    """
    point = digits_of(locale).decimals[0]
    meanings = list(_meanings(text)) if len(text) <= _PROPOSED_AT_MOST else []
    if not meanings:
        return Sentence(
            "{number} has its marks in the wrong places; write digits alone, with "
            '"{point}" before the decimals', number=label(text), point=point,
        )  # fmt: skip
    problem = Sentence(
        "{number} has its marks in the wrong places; write {meanings:or}",
        number=label(text), meanings=[plain.replace(".", point) for plain in meanings],
    )  # fmt: skip
    for other in _LOCALES if len(meanings) == 1 else ():
        if digits_of(other).plain(text) == meanings[0]:
            return Sentence('{problem:say} or give locale="{other}"', problem=problem, other=other)
    return problem


_PROPOSED_AT_MOST = 40  # characters
_LOCALES = ("en", "de", "fr", "en_IN")
_IN_GROUPS = pattern(
    "|".join(_grouped(mark, *size) for mark in f",.'{SPACES}" for size in (_THREES, (3, 2), (4, 4)))
)
_LONG_FIRST_GROUP = pattern("[1-9][0-9]{3,}[.,][0-9]{3}")
_WITH_DECIMALS = pattern("(.*)([.,])([0-9]+)")


def _meanings(text: str) -> Iterator[str]:
    """Yield what a number may mean in any locale: 1,2345 is 12345 or 1.2345."""
    if _IN_GROUPS.fullmatch(text) or _LONG_FIRST_GROUP.fullmatch(text):
        yield re.sub("[^0-9]", "", text)
    parts = _WITH_DECIMALS.fullmatch(text)
    if parts and parts[2] not in parts[1]:
        whole, _, decimals = parts.groups()
        if whole.isdigit() or _IN_GROUPS.fullmatch(whole):
            yield f"{re.sub('[^0-9]', '', whole)}.{decimals}"
