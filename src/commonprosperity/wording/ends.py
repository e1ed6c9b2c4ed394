"""One end of a range, or a whole amount: how much of what, and how firm."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from commonprosperity.errors import CurrencyError
from commonprosperity.patterns import pattern
from commonprosperity.sentence import NO_SENTENCE, Sentence
from commonprosperity.wording.currencies import unknown_currency
from commonprosperity.wording.cursor import Cursor
from commonprosperity.wording.names import Name, names
from commonprosperity.wording.numbers import EXACT
from commonprosperity.wording.quantities import Quantity, read_quantity
from commonprosperity.wording.terms import Qualifier, TokenKind

_CODE = pattern("[A-Za-z]{3}")


class End(NamedTuple):
    """How much, and the names of currencies before it and after it."""

    quantity: Quantity
    before: tuple[Name, ...]
    after: tuple[Name, ...]
    qualifiers: tuple[Qualifier, ...]

    @property
    def value(self) -> Decimal:
        """How much, with its scale."""
        return self.quantity.value


def read_end(cursor: Cursor, symbols: Mapping[str, str]) -> End:
    """Read what stands before a number, the number, and what stands after it."""
    before, qualifiers = _before(cursor, symbols)
    quantity = read_quantity(cursor, bare=bool(qualifiers))
    if quantity is None:
        raise unexpected(cursor, Sentence("a number is expected here"))
    if quantity.odd:
        qualifiers.append(Qualifier.AT_LEAST)
    qualifiers += qualifiers_after(cursor)
    after = _after(cursor, symbols)
    quantity, after = _with_subunits(cursor, quantity, after)
    if after:
        qualifiers += qualifiers_after(cursor)
    return End(quantity, tuple(before), tuple(after), tuple(qualifiers))


def qualifiers_after(cursor: Cursor) -> list[Qualifier]:
    """Read the qualifiers that stand after an amount: 5 million or more, 100亿元以上."""
    qualifiers = []
    cursor.take_hyphen()
    while qualifier := cursor.take(TokenKind.AFTER):
        qualifiers.append(qualifier)
        cursor.take_hyphen()
    return qualifiers


def unexpected(cursor: Cursor, problem: Sentence = NO_SENTENCE) -> Exception:
    """Return the error of a token that does not belong here."""
    token = cursor.token
    if token is None:
        return cursor.refusal(problem)
    if token.of(TokenKind.NUMBER) or token.of(TokenKind.NUMERAL):
        return cursor.refusal(Sentence("a second number begins here; give one amount at a time"))
    beside_number = not problem or cursor.sees(TokenKind.NUMBER, ahead=1)
    if token.of(TokenKind.UNKNOWN) and beside_number and _CODE.fullmatch(token.text):
        error = unknown_currency(token.text)
        is_way_out = error.meant is None or cursor.is_read_with(token, error.meant)
        return error if is_way_out else CurrencyError(token.text)
    return cursor.not_understood(token)


def _before(cursor: Cursor, symbols: Mapping[str, str]) -> tuple[list[Name], list[Qualifier]]:
    before: list[Name] = []
    qualifiers: list[Qualifier] = []
    while cursor.sees(TokenKind.NAME, TokenKind.BEFORE, TokenKind.NEUTRAL):
        if name := _name(cursor, symbols):
            before.append(name)
        elif qualifier := cursor.take(TokenKind.BEFORE):
            qualifiers.append(qualifier)
        else:
            cursor.take(TokenKind.NEUTRAL)
    return before, qualifiers


def _after(cursor: Cursor, symbols: Mapping[str, str]) -> list[Name]:
    after = []
    while name := _name(cursor, symbols):
        after.append(name)
        while cursor.take(TokenKind.NEUTRAL):
            pass
    return after


def _name(cursor: Cursor, symbols: Mapping[str, str]) -> Name | None:
    """Read a name; ``symbols`` decides what it means, if it has the name."""
    name: Name | None = cursor.take(TokenKind.NAME)
    code = name and symbols.get(name.spelling)
    return name._replace(alone=(code,), beside=name.beside | {code}) if name and code else name


def _with_subunits(
    cursor: Cursor, quantity: Quantity, after: list[Name]
) -> tuple[Quantity, list[Name]]:
    """Add 角 and 分, the tenths and hundredths of a yuan."""
    value, power = quantity.value, 0
    if not after and (power := cursor.take(TokenKind.SUBUNIT) or 0):
        value, after = EXACT.scaleb(value, -power), [names()["元"]]
    while (
        after
        and cursor.sees(TokenKind.NUMBER, TokenKind.NUMERAL)
        and cursor.sees(TokenKind.SUBUNIT, ahead=1)
    ):
        here = cursor.token
        part = read_quantity(cursor, bare=False)
        lower = cursor.take(TokenKind.SUBUNIT)
        if part is None or lower <= power or part.value >= 10 ** (lower - power):
            raise cursor.refuse(here, Sentence("it is as large as what is before it"))
        power, value = lower, EXACT.add(value, EXACT.scaleb(part.value, -lower))
        while cursor.take(TokenKind.NEUTRAL):
            pass
    return quantity if value is quantity.value else quantity._replace(value=value), after
