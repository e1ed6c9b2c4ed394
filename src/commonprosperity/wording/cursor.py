"""A place among the tokens of a text, which reads them on demand."""

from collections.abc import Callable, Iterator
from typing import Any

import attrs

from commonprosperity.errors import AmountError
from commonprosperity.quoting import brief
from commonprosperity.sentence import Sentence
from commonprosperity.wording.misspelling import corrected
from commonprosperity.wording.terms import TokenKind
from commonprosperity.wording.tokens import Token

_AFTER_HYPHEN = (
    TokenKind.ARTICLE,
    TokenKind.SCALE,
    TokenKind.NAME,
    TokenKind.WORD,
    TokenKind.AFTER,
    TokenKind.SUBUNIT,
)


@attrs.define
class Cursor:
    """A place among the tokens of a text; ``is_read`` tells whether another text is an amount.

    ``token`` is the next one, None at the end.
    """

    _text: str
    _tokens: Iterator[Token]
    _is_read: Callable[[str], bool] | None = None
    token: Token | None = attrs.field(init=False, default=None)
    _ahead: list[Token | None] = attrs.Factory(list)

    def __attrs_post_init__(self) -> None:
        self._consume()

    def _consume(self) -> None:
        self.token = self._ahead.pop(0) if self._ahead else next(self._tokens, None)

    def peek(self, ahead: int) -> Token | None:
        """Return a token behind the next one."""
        while len(self._ahead) < ahead:
            self._ahead.append(next(self._tokens, None))
        return self._ahead[ahead - 1]

    def sees(self, *kinds: TokenKind, ahead: int = 0) -> bool:
        """Whether the next token, or a later one, may be of one of the kinds."""
        token = self.peek(ahead) if ahead else self.token
        if token is not None:
            for kind in kinds:  # a loop, as `any` takes four times as long
                if kind in token.terms:
                    return True
        return False

    def take(self, *kinds: TokenKind) -> Any:
        """Consume the next token if it may be of one of the kinds, and return its value."""
        token = self.token
        if token is not None:
            for kind in kinds:
                if kind in token.terms:
                    self._consume()
                    return token.terms[kind].value
        return None

    def take_hyphen(self) -> None:
        """Consume a hyphen between words, as in 10bn-yuan and 100-million-yuan."""
        token = self.token
        if token is None or token.text != "-" or token.spaced:
            return
        after = self.peek(1)
        joins = after and not after.spaced and self.sees(*_AFTER_HYPHEN, ahead=1)
        # In £1.5m-£2m the hyphen is that of a range.
        if joins and not self.sees(TokenKind.NUMBER, ahead=2):
            self._consume()

    def value(self, kind: TokenKind) -> Any:
        """Return the number of the next token if it may be of the kind, else 0."""
        token = self.token
        return token.terms[kind].value if token and kind in token.terms else 0

    def is_read_with(self, token: Token, other: str) -> bool:
        """Whether the text would be an amount with another word instead of a token."""
        rest = self._text[token.at + len(token.text) :]
        return self._is_read is not None and self._is_read(self._text[: token.at] + other + rest)

    def not_understood(self, token: Token) -> AmountError:
        """Return the error of a token that does not belong here, with a suggestion."""
        problem = Sentence("{text} is not understood here", text=brief(token.text))
        if token.of(TokenKind.UNKNOWN) and self._is_read:
            problem = corrected(self._text, token.at, self._is_read) or problem
        return self.refuse(token, problem)

    def refusal(self, problem: Sentence) -> AmountError:
        """Return the error of the next token."""
        return self.refuse(self.token, problem)

    def refuse(self, token: Token | None, problem: Sentence) -> AmountError:
        """Return the error of a token, or of the end of the text."""
        if token is None:
            ends = Sentence("{problem:say}, where it ends", problem=problem)
            return AmountError(self._text, ends, len(self._text))
        refused = token.of(TokenKind.REFUSED)
        return AmountError(self._text, refused.value if refused else problem, token.at)
