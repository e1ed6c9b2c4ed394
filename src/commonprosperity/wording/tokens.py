"""The tokens of the text of an amount, read one by one.

Only narrow digits and those of full width are digits here: a superscript or a digit of another
script is none.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from commonprosperity.patterns import pattern
from commonprosperity.wording.characters import Characters
from commonprosperity.wording.currencies import currency_codes
from commonprosperity.wording.digits import Digits, digits_of, in_wrong_places
from commonprosperity.wording.names import Name, small_codes, yuan
from commonprosperity.wording.numbers import number_in_full
from commonprosperity.wording.terms import Term, Terms, TokenKind, terms

NUMERALS = "〇零○一二两兩三四五六七八九十百千点點壹贰貳叁參肆伍陆陸柒捌玖拾佰仟"
_NUMERAL = pattern(f"[{NUMERALS}]+")
_LETTERS = pattern(r"[^\W\d_⺀-￿]+")
_CODE = pattern(r"(?:[A-Z]{3}|[a-z]{3})(?![A-Za-z])")
TRADITIONAL = frozenset("億萬兩約餘過達間於為貳參陸點圓塊幣臺鎊歐韓盧圜個內")
"""Traditional characters that amounts have: beside them 元 may be a dollar of Hong Kong."""


class Token(NamedTuple):
    """A word or sign: what it may mean, where it stands, and whether a space precedes it."""

    terms: Terms
    text: str
    at: int
    spaced: bool

    def of(self, kind: TokenKind) -> Term | None:
        """Return the term of a kind that the token may be, if any."""
        return self.terms.get(kind)


def tokens(text: str, locale: str | None) -> Iterator[Token]:
    """Yield the tokens of a text; the caller refuses a number that is not well formed."""
    characters = Characters.of(text)
    is_in_place = characters.are_all_in_place
    for token in in_script(tokens_from(characters, 0, locale), characters.narrow):
        each = token if is_in_place else token._replace(at=characters.place(token.at))
        if not each.terms:
            refused = _alone(TokenKind.REFUSED, in_wrong_places(each.text, locale))
            each = each._replace(terms=refused)
        yield each


def tokens_from(characters: Characters, start: int, locale: str | None) -> Iterator[Token]:
    """Yield the tokens of a text from one of its characters on, each placed among these.

    A number that is not well formed has no terms.
    """
    narrow, lower = characters.narrow, characters.lower
    digits = digits_of(locale)
    i = start
    while i < len(lower):
        if lower[i] == " ":
            i += 1
            continue
        meanings, end = _token(narrow, lower, i, digits)
        yield Token(meanings, narrow[i:end], i, i > 0 and lower[i - 1] == " ")
        i = end


def in_script(tokens: Iterable[Token], text: str) -> Iterable[Token]:
    """Return the tokens of a text with what 元 means in it: several, beside traditional ones."""
    if text.isascii() or TRADITIONAL.isdisjoint(text):
        return tokens
    return (token._replace(terms=_in_traditional(token.terms)) for token in tokens)


def _token(narrow: str, lower: str, i: int, digits: Digits) -> tuple[Terms, int]:
    """Return the terms at a place, and where they end; no terms for a malformed number."""
    figures = digits.whole.match(narrow, i)
    if figures:
        return _number(figures[0], digits), figures.end()
    meanings, end = _term(lower, i)
    code = _CODE.match(narrow, i) if end <= i + 3 else None  # a longer word is no code
    if code and (code[0] in currency_codes() or code[0] in small_codes()):
        upper = code[0].upper()
        return _alone(TokenKind.NAME, Name(upper, (upper,), frozenset({upper}))), code.end()
    if narrow.startswith("T", i) and not _LETTERS.match(lower, i + 1):
        return _alone(TokenKind.SCALE, 12), i + 1
    if meanings:
        return meanings, end
    numeral = _NUMERAL.match(lower, i)
    if numeral:
        return _alone(TokenKind.NUMERAL, numeral[0]), numeral.end()
    word = _LETTERS.match(lower, i)
    end = word.end() if word else i + 1
    return _alone(TokenKind.UNKNOWN, narrow[i:end]), end


def _number(text: str, digits: Digits) -> Terms:
    plain = digits.plain(text)
    return {} if plain is None else _alone(TokenKind.NUMBER, number_in_full(plain))


def _alone(kind: TokenKind, value: Any) -> Terms:
    return {kind: Term(kind, value)}


def _term(lower: str, i: int) -> tuple[Terms, int]:
    """Return the longest term at a place, and where it ends."""
    word = _LETTERS.match(lower, i)
    for length in _lengths().get(word[0] if word else lower[i], ()):
        end = i + length
        meanings = terms().get(lower[i:end])
        if meanings and not (_LETTERS.match(lower, end - 1) and _LETTERS.match(lower, end)):
            if lower.startswith("and up to", i) and end > i + 3:
                continue  # "and up" stands behind an amount, "up to" in front of the next one
            return meanings, end
    return {}, i


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


def _in_traditional(terms_: Terms) -> Terms:
    name = terms_.get(TokenKind.NAME)
    if name and name.value.spelling == "元":
        return {**terms_, **_alone(TokenKind.NAME, yuan("元", traditional=True))}
    return terms_
