"""One end of a range, or all of an amount: how much of what, and how firm."""

import re
from collections.abc import Mapping
from decimal import Decimal

import attrs

from commonprosperity.errors import CurrencyError
from commonprosperity.wording.currencies import unknown_currency
from commonprosperity.wording.cursor import Cursor
from commonprosperity.wording.names import Name, names
from commonprosperity.wording.numbers import EXACT
from commonprosperity.wording.quantities import Quantity, quantity
from commonprosperity.wording.terms import Kind, Qualifier

_CODE = re.compile("[A-Za-z]{3}")


@attrs.frozen
class End:
    """How much, and the currencies that are named before it and after it."""

    quantity: Quantity
    before: tuple[Name, ...]
    after: tuple[Name, ...]
    qualifiers: tuple[Qualifier, ...]

    @property
    def value(self) -> Decimal:
        """How much, with its scale."""
        return self.quantity.value


def end(cursor: Cursor, settled: Mapping[str, str]) -> End:
    """Read what stands before a number, the number, and what stands after it."""
    before, qualifiers = _before(cursor, settled)
    much = quantity(cursor, bare=bool(qualifiers))
    if much is None:
        raise unexpected(cursor, "a number is expected here")
    if much.odd:
        qualifiers.append(Qualifier.AT_LEAST)
    qualifiers += after(cursor)
    found = _names(cursor, settled)
    much, found = _with_subunits(cursor, much, found)
    return End(much, tuple(before), tuple(found), (*qualifiers, *after(cursor)))


def after(cursor: Cursor) -> list[Qualifier]:
    """Read the qualifiers that stand after an amount: 5 million or more, 100亿元以上."""
    found = []
    cursor.take_hyphen()
    while qualifier := cursor.take(Kind.AFTER):
        found.append(qualifier)
        cursor.take_hyphen()
    return found


def unexpected(cursor: Cursor, problem: str = "") -> Exception:
    """Return the error of a token that has no place where it stands."""
    token = cursor.peek()
    if token is None:
        return cursor.refusal(problem)
    if token.of(Kind.NUMBER) or token.of(Kind.NUMERAL):
        return cursor.refusal("a second number begins here; give one amount at a time")
    beside_number = not problem or cursor.sees(Kind.NUMBER, ahead=1)
    if token.of(Kind.UNKNOWN) and beside_number and _CODE.fullmatch(token.text):
        error = unknown_currency(token.text)
        is_way_out = error.meant is None or cursor.is_read_with(token, error.meant)
        return error if is_way_out else CurrencyError(token.text)
    return cursor.not_understood(token)


def _before(cursor: Cursor, settled: Mapping[str, str]) -> tuple[list[Name], list[Qualifier]]:
    found: list[Name] = []
    qualifiers: list[Qualifier] = []
    while True:
        if name := _name(cursor, settled):
            found.append(name)
        elif qualifier := cursor.take(Kind.BEFORE):
            qualifiers.append(qualifier)
        elif not cursor.take(Kind.NEUTRAL):
            return found, qualifiers


def _names(cursor: Cursor, settled: Mapping[str, str]) -> list[Name]:
    found = []
    while name := _name(cursor, settled):
        found.append(name)
        while cursor.take(Kind.NEUTRAL):
            pass
    return found


def _name(cursor: Cursor, settled: Mapping[str, str]) -> Name | None:
    """Read a currency's name, as meaning what it is settled to mean."""
    name: Name | None = cursor.take(Kind.NAME)
    code = name and settled.get(name.spelling)
    return name._replace(alone=(code,), beside=name.beside | {code}) if name and code else name


def _with_subunits(
    cursor: Cursor, much: Quantity, found: list[Name]
) -> tuple[Quantity, list[Name]]:
    """Add 角 and 分, the tenths and hundredths of a yuan."""
    value, power = much.value, 0
    if not found and (power := cursor.take(Kind.SUBUNIT) or 0):
        value, found = EXACT.scaleb(value, -power), [names()["元"]]
    while found and cursor.sees(Kind.NUMBER, Kind.NUMERAL) and cursor.sees(Kind.SUBUNIT, ahead=1):
        here = cursor.peek()
        part = quantity(cursor, bare=False)
        lower = cursor.take(Kind.SUBUNIT)
        if part is None or lower <= power or part.value >= 10 ** (lower - power):
            raise cursor.refuse(here, "it is as large as what is before it")
        power, value = lower, EXACT.add(value, EXACT.scaleb(part.value, -lower))
        while cursor.take(Kind.NEUTRAL):
            pass
    return much._replace(value=value), found
