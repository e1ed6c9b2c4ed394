"""Runs of the grammar's words in a running text: the only places where an amount can be.

A run begins at a number, or at the words in front of it that belong to an amount, and goes on to
the first word that no amount has. Most numbers of a text have no such word on either side: they are
passed over without being taken apart.
"""

import re
from functools import cache
from typing import NamedTuple

import attrs

from commonprosperity.errors import AmountError
from commonprosperity.wording.currencies import currency_codes
from commonprosperity.wording.digits import digits_of
from commonprosperity.wording.terms import TokenKind, terms
from commonprosperity.wording.tokens import NUMERALS, Token, blanks_joined, lowered, narrow, tokens

_AHEAD = 240  # characters of a run that are taken apart at once
_SURE = _AHEAD - 40
_OVERLAP = 12  # tokens that are taken apart again where a run is longer
_BACK = 80  # characters in front of a number
_WORDS_BACK = 8

_WORD = r"[^\W\d_⺀-￿]"
_BLANK = " \u00a0\r\n"
_IN_WORDS = (
    "half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"an?(?=[ -](?:half|hundred|thousand|million|billion|trillion))"
)
_NEXT = re.compile(rf"[{_BLANK}]*({_WORD}+|.)")
_LAST = re.compile(rf"({_WORD}+|[^\s-])[{_BLANK}-]*\Z")
_WORDS = re.compile(rf"{_WORD}+|.")


class Run(NamedTuple):
    """Tokens that follow each other, each with its place and its end in the text.

    ``resume`` is where to look for the next run.
    """

    tokens: tuple[Token, ...]
    ends: tuple[int, ...]
    resume: int


@attrs.frozen
class Words:
    """A text whose words the grammar knows, or does not."""

    text: str
    locale: str | None
    _lower: str = attrs.field(init=False)

    @_lower.default
    def _in_lower_case(self) -> str:
        return lowered(narrow(self.text))

    def lower(self, start: int, end: int) -> str:
        """Return a stretch of the text with narrow letters and signs, in lower case."""
        return self._lower[start:end]

    def run_from(self, at: int) -> Run | None:
        """Return the next run that begins at a place or after it."""
        places = _places(self.locale)
        while place := places.search(self._lower, at):
            if self._may_be_amount(*place.span()):
                run = self._run(self._start(place.start(), at))
                return run._replace(resume=max(run.resume, place.end()))
            at = place.end()
        return None

    def _may_be_amount(self, start: int, end: int) -> bool:
        """Whether a word that amounts have is beside a number, before it or after it."""
        following = _NEXT.match(self._lower, end)
        if following and following[1] in _first_words():
            return True
        before = _LAST.search(self._lower[max(0, start - _BACK) : start])
        return before is not None and before[1] in _last_words()

    def _start(self, number: int, floor: int) -> int:
        """Return where the words of an amount begin that stand in front of its number."""
        base = max(floor, number - _BACK)
        written, places = blanks_joined(narrow(self.text[base:number]))
        before = lowered(written)
        start, end = len(before), len(before.rstrip(" "))
        for _ in range(_WORDS_BACK):
            length = _last_term(before[:end])
            if not length:
                break
            start = end - length
            end = len(before[:start].rstrip(" "))
        return number if start == len(before) else base + places[start]

    def _run(self, start: int) -> Run:
        window = self.text[start : start + _AHEAD]
        found: list[Token] = []
        stop = len(window)
        try:
            for token in tokens(window, self.locale):
                if token.of(TokenKind.UNKNOWN):
                    stop = token.at
                    break
                found.append(token)
        except AmountError as error:  # a number that is not well formed
            stop = stop if error.at is None else error.at
        ends = [token.at for token in found[1:]] + [stop]
        ends = [start + len(window[:end].rstrip(_BLANK)) for end in ends]
        resume = start + stop
        if len(window) < len(self.text) - start and stop > _SURE and len(found) > _OVERLAP:
            resume = start + found[-_OVERLAP].at  # the last words may be cut at the window's end
        placed = tuple(token._replace(at=start + token.at) for token in found)
        return Run(placed, tuple(ends), resume)


@cache
def _places(locale: str | None) -> re.Pattern[str]:
    """Return the pattern of what may be a number: digits, Chinese numerals, English words."""
    digits = digits_of(locale).whole.pattern
    in_words = rf"(?<!{_WORD})(?:{_IN_WORDS})(?!{_WORD})"
    return re.compile(f"{digits}|[{NUMERALS}万萬亿億兆]+|{in_words}")


def _last_term(before: str) -> int:
    """Return how long the term is that a text ends in, of those that stand before a number."""
    for length in range(min(len(before), _longest()), 0, -1):
        term = before[-length:]
        if term in _before_numbers() and not (
            re.match(_WORD, term) and re.match(_WORD, before[-length - 1 : -length] or " ")
        ):
            return length
    return 0


def ends_in_qualifier(before: str) -> bool:
    """Whether a text in lower case ends in a qualifier, such as up to and 约.

    >>> ends_in_qualifier("it gives up to"), ends_in_qualifier("startup")
    (True, False)
    """
    length = _last_term(before)
    several = terms().get(before[len(before) - length :], ()) if length else ()
    return any(term.kind is TokenKind.BEFORE for term in several)


_LEADS = (
    TokenKind.NAME,
    TokenKind.BEFORE,
    TokenKind.NEUTRAL,
    TokenKind.BETWEEN,
    TokenKind.REFUSED,
    TokenKind.TO,
)


@cache
def _before_numbers() -> frozenset[str]:
    known = {term for term, several in terms().items() if any(t.kind in _LEADS for t in several)}
    return frozenset(known | _codes())


@cache
def _longest() -> int:
    return max(map(len, _before_numbers()))


@cache
def _first_words() -> frozenset[str]:
    return frozenset(word for term in {*terms(), *_codes()} for word in _WORDS.findall(term)[:1])


@cache
def _last_words() -> frozenset[str]:
    return frozenset(word for term in _before_numbers() for word in _WORDS.findall(term)[-1:])


@cache
def _codes() -> frozenset[str]:
    return frozenset(map(str.lower, currency_codes()))
