"""Runs of the grammar's words in a running text: the only places where an amount can be.

A run begins at a number, or at the words in front of it that belong to an amount, and goes on to
the first word that no amount has. Most numbers of a text have no such word on either side: they are
passed over without being taken apart.
"""

import re
from functools import cache
from typing import NamedTuple

import attrs

from commonprosperity.patterns import pattern
from commonprosperity.wording.characters import Characters
from commonprosperity.wording.currencies import currency_codes
from commonprosperity.wording.digits import digits_of
from commonprosperity.wording.terms import TokenKind, terms
from commonprosperity.wording.tokens import NUMERALS, Token, tokens_from

_TOKENS_AT_MOST = 72  # of a run, so that a text of nothing but numbers takes little memory
_OVERLAP = 12  # tokens that are read again where a run is longer
_BACK = 80  # characters in front of a number
_WORDS_BACK = 8

_WORD = r"[^\W\d_⺀-￿]"
_IN_WORDS = (
    "half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|"
    r"an?(?=[ -](?:half|hundred|thousand|million|billion|trillion))"
)
_NEXT = pattern(rf" ?({_WORD}+|.)")
_LETTERS = pattern(rf"{_WORD}{{2}}")


class Run(NamedTuple):
    """Tokens that follow each other; ``resume`` is where to look for the next run."""

    tokens: tuple[Token, ...]
    resume: int


@attrs.frozen
class Words:
    """A text whose words the grammar knows, or does not; places are those of its characters."""

    characters: Characters
    locale: str | None

    def lower(self, start: int, end: int) -> str:
        """Return a stretch of the text with narrow letters and signs, in lower case."""
        return self.characters.lower[start:end]

    def run_from(self, at: int) -> Run | None:
        """Return the next run that begins at a place or after it."""
        places, lower = _places(self.locale), self.characters.lower
        while place := places.search(lower, at):
            floor, (start, at) = at, place.span()
            following = _NEXT.match(lower, at)
            first = self._start(start, floor)
            # In "USD 5" a word leads, in "5 yuan" one follows; the hyphen of covid-19 is no word.
            is_led = bool(lower[first:start].strip(" -"))
            if is_led or (following and following[1] in _first_words()):
                run = self._run(first)
                return run._replace(resume=max(run.resume, at))
        return None

    def _start(self, number: int, floor: int) -> int:
        """Return where the words of an amount begin that stand in front of its number."""
        base = max(floor, number - _BACK)
        before = self.characters.lower[base:number].rstrip(" ")
        start = number
        for _ in range(_WORDS_BACK):
            length = _last_term(before)
            if not length:
                break
            start = base + len(before) - length
            before = before[:-length].rstrip(" ")
        return start

    def _run(self, start: int) -> Run:
        run: list[Token] = []
        for token in tokens_from(self.characters, start, self.locale):
            if not token.terms or token.of(TokenKind.UNKNOWN):
                return Run(tuple(run), token.at)
            if len(run) == _TOKENS_AT_MOST:  # the last of "5 to 6 to 7 ..." are read once more
                return Run(tuple(run), run[-_OVERLAP].at)
            run.append(token)
        return Run(tuple(run), len(self.characters.lower))


@cache
def _places(locale: str | None) -> re.Pattern[str]:
    """Return the pattern of what may be a number: digits, Chinese numerals, English words."""
    digits = digits_of(locale).whole.pattern
    in_words = rf"(?<!{_WORD})(?:{_IN_WORDS})(?!{_WORD})"
    return re.compile(f"{digits}|[{NUMERALS}万萬亿億兆]+|{in_words}")


def _last_term(before: str) -> int:
    """Return how long the term is that a text ends in, of those that stand before a number."""
    for length in _lengths().get(before[-1:], ()):
        start = len(before) - length
        if start < 0 or before[start:] not in _before_numbers():
            continue
        if start == 0 or not _LETTERS.match(before, start - 1, start + 1):
            return length  # of "to" in "startup to", as "up to" begins inside a word there
    return 0


def ends_in_qualifier(before: str) -> bool:
    """Whether a text in lower case ends in a qualifier, such as up to and 约.

    >>> ends_in_qualifier("it gives up to"), ends_in_qualifier("startup")
    (True, False)
    """
    length = _last_term(before)
    return bool(length) and TokenKind.BEFORE in terms().get(before[len(before) - length :], ())


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
    known = {term for term, several in terms().items() if several.keys() & _LEADS}
    return frozenset(known | _codes())


@cache
def _lengths() -> dict[str, list[int]]:
    """Return, by last character, how long the terms are, the longest first."""
    lengths: dict[str, set[int]] = {}
    for term in _before_numbers():
        lengths.setdefault(term[-1], set()).add(len(term))
    return {last: sorted(several, reverse=True) for last, several in lengths.items()}


@cache
def _first_words() -> frozenset[str]:
    return frozenset(word for term in {*terms(), *_codes()} for word in _NEXT.findall(term)[:1])


@cache
def _codes() -> frozenset[str]:
    return frozenset(map(str.lower, currency_codes()))
