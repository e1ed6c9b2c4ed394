"""``Candidate``: words that the grammar reads as an amount, and what stands around them."""

from decimal import Decimal

import attrs

from commonprosperity.wording.reading import Meanings, Unsettled
from commonprosperity.wording.runs import Run, Words
from commonprosperity.wording.terms import TokenKind
from commonprosperity.wording.tokens import Token

_AROUND = 80  # characters before and after, in lower case
_NUMBERS = (TokenKind.NUMBER, TokenKind.NUMERAL, TokenKind.WORD, TokenKind.HALF)
_SCALES = (TokenKind.SCALE, TokenKind.MYRIAD)
_GROUPED = 1000


@attrs.frozen
class Candidate:
    """Tokens of a run, from ``first`` up to and without ``stop``."""

    words: Words
    meanings: Meanings
    run: Run
    first: int
    stop: int
    reading: Unsettled | None = None

    def at(self, first: int, stop: int, reading: Unsettled | None = None) -> "Candidate":
        """Return another stretch of the same run."""
        return Candidate(self.words, self.meanings, self.run, first, stop, reading)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the amount."""
        return self.run.tokens[self.first : self.stop]

    @property
    def start(self) -> int:
        """The place in the text where it begins."""
        return self.run.tokens[self.first].at

    @property
    def end(self) -> int:
        """The place in the text where it ends."""
        return self.run.ends[self.stop - 1]

    @property
    def text(self) -> str:
        """The amount as the text has it."""
        return self.words.text[self.start : self.end]

    @property
    def before(self) -> str:
        """What stands in front of it, in lower case."""
        return self.words.lower(max(0, self.start - _AROUND), self.start)

    @property
    def after(self) -> str:
        """What stands behind it, in lower case."""
        return self.words.lower(self.end, self.end + _AROUND)

    @property
    def following(self) -> Token | None:
        """The token behind it, if the run goes on."""
        return self.token(self.stop)

    @property
    def preceding(self) -> Token | None:
        """The token in front of it, if the run begins earlier."""
        return self.token(self.first - 1)

    def token(self, at: int) -> Token | None:
        """Return a token of the run, if it has one there."""
        return self.run.tokens[at] if 0 <= at < len(self.run.tokens) else None

    @property
    def names(self) -> list[Token]:
        """The tokens that name its currency."""
        return [token for token in self.tokens if token.of(TokenKind.NAME)]

    def has(self, *kinds: TokenKind) -> bool:
        """Whether a token of it is of one of some kinds."""
        return any(token.of(kind) for token in self.tokens for kind in kinds)

    @property
    def is_large(self) -> bool:
        """Whether it has a scale, or is of four digits or more, as hardly anything but money is."""
        if self.has(*_SCALES):
            return True
        numbers = (token.of(TokenKind.NUMBER) for token in self.tokens)
        return any(Decimal(term.value) >= _GROUPED for term in numbers if term)


def is_number(token: Token | None) -> bool:
    """Whether a token says a number, in digits or in words."""
    return token is not None and any(token.of(kind) for kind in _NUMBERS)


def is_scale(token: Token | None) -> bool:
    """Whether a token is a power of ten, such as million and 亿."""
    return token is not None and any(token.of(kind) for kind in _SCALES)


def is_year(token: Token | None) -> bool:
    """Whether a token may be a year: four digits, without a mark."""
    return token is not None and len(token.text) == 4 and token.text[:2] in {"19", "20"}  # noqa: PLR2004


def is_chinese(character: str) -> bool:
    """Whether a character is one of Chinese.

    >>> is_chinese("元"), is_chinese("。"), is_chinese("")
    (True, False, False)
    """
    return "\u3400" <= character[:1] <= "\u9fff"
