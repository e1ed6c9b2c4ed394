"""The tokens of the text of an amount, read one by one.

Full-width letters, digits and signs are as good as narrow ones, and any Unicode space is a space.
So is a line end, which joins no digits, but not an empty line.
All else is taken as it is: a superscript or a digit of another script is no digit here.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from commonprosperity.errors import AmountError
from commonprosperity.wording.currencies import currency_codes
from commonprosperity.wording.digits import BOUND, SPACES, Digits, digits_of, in_wrong_places
from commonprosperity.wording.names import Name, small_codes, yuan
from commonprosperity.wording.numbers import number
from commonprosperity.wording.terms import Term, TokenKind, terms

NUMERALS = "〇零○一二两兩三四五六七八九十百千点點壹贰貳叁參肆伍陆陸柒捌玖拾佰仟"
_NUMERAL = re.compile(f"[{NUMERALS}]+")
_LETTERS = re.compile(r"[^\W\d_⺀-￿]+")
_CODE = re.compile(r"(?:[A-Z]{3}|[a-z]{3})(?![A-Za-z])")
_BLANKS = re.compile(rf"[{SPACES}\r\n]{{2,}}|[\r\n]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_EMPTY_LINE = "¶"  # which no term has, so that an amount ends there
_ALIKE = {"\u3000": " ", "￥": "¥", "￡": "£", "￦": "₩", "﹩": "$", "’": "'", "‐": "-", "‑": "-"}
_TRADITIONAL = frozenset("億萬兩約餘過達間於為貳參陸點圓塊幣臺鎊歐韓盧圜個內")


class Token(NamedTuple):
    """A word or sign: what it may mean, where it stands, and whether a space precedes it."""

    terms: tuple[Term, ...]
    text: str
    at: int
    spaced: bool

    def of(self, kind: TokenKind) -> Term | None:
        """Return the term of a kind that the token may be, if any."""
        for term in self.terms:  # a generator takes three times as long, and most have one term
            if term.kind is kind:
                return term
        return None


def tokens(text: str, locale: str | None) -> Iterator[Token]:
    """Yield the tokens of a text.

    Raises `AmountError` at a number that is not well formed.
    """
    written, at = blanks_joined(narrow(text))
    lower = lowered(written)
    digits = digits_of(locale)
    traditional = not _TRADITIONAL.isdisjoint(written)
    i = 0
    while i < len(lower):
        if lower[i] == " ":
            i += 1
            continue
        meanings, end = _token(written, lower, i, digits)
        if not meanings:
            raise AmountError(text, in_wrong_places(written[i:end], locale), at[i])
        if traditional:
            meanings = tuple(map(_in_traditional, meanings))
        yield Token(meanings, written[i:end], at[i], i > 0 and lower[i - 1] == " ")
        i = end


def _token(written: str, lower: str, i: int, digits: Digits) -> tuple[tuple[Term, ...], int]:
    """Return the terms at a place, and where they end; no terms for a malformed number."""
    figures = digits.whole.match(written, i)
    if figures:
        return _number(figures[0], digits), figures.end()
    meanings, end = _term(lower, i)
    code = _CODE.match(written, i)
    if code and code.end() >= end and (code[0] in currency_codes() or code[0] in small_codes()):
        upper = code[0].upper()
        return (Term(TokenKind.NAME, Name(upper, (upper,), frozenset({upper}))),), code.end()
    if written.startswith("T", i) and not _LETTERS.match(lower, i + 1):
        return (Term(TokenKind.SCALE, 12),), i + 1
    if meanings:
        return meanings, end
    numeral = _NUMERAL.match(lower, i)
    if numeral:
        return (Term(TokenKind.NUMERAL, numeral[0]),), numeral.end()
    word = _LETTERS.match(lower, i)
    end = word.end() if word else i + 1
    return (Term(TokenKind.UNKNOWN, written[i:end]),), end


def _number(text: str, digits: Digits) -> tuple[Term, ...]:
    plain = digits.plain(text)
    return () if plain is None else (Term(TokenKind.NUMBER, number(plain)),)


def _term(lower: str, i: int) -> tuple[tuple[Term, ...], int]:
    """Return the longest term at a place, and where it ends."""
    word = _LETTERS.match(lower, i)
    for length in _lengths().get(word[0] if word else lower[i], ()):
        end = i + length
        meanings = terms().get(lower[i:end])
        if meanings and not (_LETTERS.match(lower, end - 1) and _LETTERS.match(lower, end)):
            if lower.startswith("and up to", i) and end > i + 3:
                continue  # "and up" is said behind an amount, "up to" in front of the next one
            return meanings, end
    return (), i


@cache
def _lengths() -> dict[str, list[int]]:
    """Return, by first word or character, how long the terms are, the longest first.

    US$ and US dollars begin with the word us, 美元 with 美.
    """
    lengths: dict[str, set[int]] = {}
    for term in terms():
        word = _LETTERS.match(term)
        lengths.setdefault(word[0] if word else term[0], set()).add(len(term))
    return {first: sorted(several, reverse=True) for first, several in lengths.items()}


def _in_traditional(term: Term) -> Term:
    if term.kind is TokenKind.NAME and term.value.spelling == "元":
        return Term(TokenKind.NAME, yuan("元", traditional=True))
    return term


def narrow(text: str) -> str:
    """Return a text of the same length with narrow forms, and `BOUND` for every no-break space."""
    return text if text.isascii() else text.translate(_narrow_forms())


@cache
def _narrow_forms() -> dict[int, str]:
    spaces = {at: BOUND for at in range(0x80, 0x3001) if unicodedata.category(chr(at)) == "Zs"}
    full_width = {at: chr(at - 0xFEE0) for at in range(ord("！"), ord("～") + 1)}
    return spaces | full_width | {ord(one): alike for one, alike in _ALIKE.items()}


def lowered(text: str) -> str:
    """Return a narrow text in lower case, as long as it was, with plain spaces alone."""
    lower = text.lower()
    if len(lower) != len(text):  # the capital dotted I has two characters in lower case
        lower = "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
    return lower.translate(_PLAIN_SPACES)


_PLAIN_SPACES = dict.fromkeys(map(ord, f"{BOUND}\n"), " ")


def blanks_joined(text: str) -> tuple[str, Sequence[int]]:
    """Make one space or line end of several, and keep where each character stood."""
    if not _BLANKS.search(text):
        return text, range(len(text))
    parts: list[str] = []
    at: list[int] = []
    end = 0
    for blanks in _BLANKS.finditer(text):
        parts += text[end : blanks.start()], _blank(blanks[0])
        at += range(end, blanks.start() + 1)
        end = blanks.end()
    return "".join([*parts, text[end:]]), [*at, *range(end, len(text))]


def _blank(blanks: str) -> str:
    lines = len(_LINE_END.findall(blanks))
    return _EMPTY_LINE if lines > 1 else "\n" if lines else blanks[0]
