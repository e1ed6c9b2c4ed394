"""``Candidate``: words that the grammar reads as an amount, and what stands around them."""

from decimal import Decimal
from functools import cached_property

import attrs

from commonprosperity.wording.reading import Meanings, UncertainAmount
from commonprosperity.wording.runs import Run, Words
from commonprosperity.wording.terms import TokenKind
from commonprosperity.wording.tokens import Token

_AROUND = 80  # characters before and after, in lower case
_NEAR = 24
_NUMBERS = (TokenKind.NUMBER, TokenKind.NUMERAL, TokenKind.WORD, TokenKind.HALF)
_SCALES = (TokenKind.SCALE, TokenKind.MYRIAD)
_THOUSAND = 1000


@attrs.frozen(slots=False)
class Candidate:
    """Tokens of a run, from ``first`` up to and without ``stop``, and what is around them.

    Places are those of the characters of the text; all texts are narrow, and ``before`` and
    ``after`` in lower case. ``near`` is the few words right in front of the amount.
    """

    words: Words
    meanings: Meanings
    run: Run
    first: int
    stop: int
    reading: UncertainAmount | None = None
    # Each rule asks for these: reading them once is what makes a search fast.
    tokens: tuple[Token, ...] = attrs.field(init=False)
    start: int = attrs.field(init=False)
    end: int = attrs.field(init=False)
    before: str = attrs.field(init=False)
    near: str = attrs.field(init=False)
    after: str = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Cut the text at both ends of the amount."""
        lower = self.words.characters.lower
        tokens = self.run.tokens[self.first : self.stop]
        start, last = tokens[0].at, tokens[-1]
        end = last.at + len(last.text)
        before = lower[max(0, start - _AROUND) : start]
        self.__dict__.update(
            tokens=tokens, start=start, end=end, before=before, near=before[-_NEAR:],
            after=lower[end : end + _AROUND],
        )  # fmt: skip

    def at(self, first: int, stop: int, reading: UncertainAmount | None = None) -> "Candidate":
        """Return another stretch of the same run."""
        return Candidate(self.words, self.meanings, self.run, first, stop, reading)

    @property
    def text(self) -> str:
        """The amount as the grammar reads it, in narrow characters."""
        return self.words.characters.narrow[self.start : self.end]

    @property
    def currencies(self) -> tuple[str, ...]:
        """The codes of the currencies that it may be in."""
        return self.reading.currencies if self.reading else ()

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

    @cached_property
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
        return any(Decimal(term.value) >= _THOUSAND for term in numbers if term)


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
