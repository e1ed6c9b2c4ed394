"""Amounts as a table states them: a number beside its currency, or all of it in words."""

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import attrs

from commonprosperity.errors import (
    AmbiguousAmountError,
    AmountError,
    Fault,
    InexactAmountError,
    brief,
)
from commonprosperity.money import Money, ParsedAmount, parse_amount
from commonprosperity.wording import Qualifier

# What divides thousands for some divides decimals for others, whose files have semicolons or tabs.
_TWO_WAYS = re.compile(r",|(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9.])")
_THE_SAME_EVERYWHERE = re.compile(r"-?[0-9]+|-?[0-9.]+[eE][+-]?[0-9]+")


@attrs.frozen
class Spelling:
    """How amounts are written, as in `parse_amount`.

    ``doubtful`` is whether a comma or a point may divide thousands or decimals, unless a locale
    says which.
    """

    symbols: Mapping[str, str] | None = None
    default: str | None = None
    locale: str | None = None
    doubtful: bool = False

    def read(self, text: str) -> ParsedAmount:
        """Read an amount in words that is written so."""
        return parse_amount(text, symbols=self.symbols, default=self.default, locale=self.locale)


def stated_amounts(
    cells: Mapping[str, str], spelling: Spelling
) -> tuple[dict[str, Any], list[Fault]]:
    """Return what a row's amounts say, and what is wrong with them.

    >>> stated_amounts({"amount": "1,000", "currency": "CNY"}, Spelling())
    ({'amount': Money('1000', 'CNY')}, [])
    """
    content: dict[str, Any] = {}
    faults = []
    for column in ("amount", "high", "equivalents"):
        try:
            if column in cells:
                content |= _content(column, cells, spelling)
        except (AmbiguousAmountError, InexactAmountError) as error:
            faults.append(Fault("", column, f"{brief(error.value)} {error.problem}"))
        except ValueError as error:
            faults.append(Fault("", column, str(error)))
    return content, faults


def _content(column: str, cells: Mapping[str, str], spelling: Spelling) -> dict[str, Any]:
    cell, currency = cells[column], cells.get("currency")
    if spelling.doubtful and not spelling.locale and _TWO_WAYS.search(cell):
        raise ValueError(
            f"{brief(cell)} can be read in two ways, as its comma or point may divide thousands or "
            'decimals; give locale=, such as locale="de"'
        )
    if column == "equivalents":
        parts = [part.strip() for part in cell.split(";")]
        return {column: [_exact(part, None, spelling) for part in parts if part]}
    if column == "high":
        return {column: _exact(cell, currency, spelling)}
    stated = _stated(cell, currency, spelling)
    return {column: stated.money, **_firmness(stated, cells)}


def _exact(cell: str, currency: str | None, spelling: Spelling) -> Money:
    """Read an amount that no other column can say more of."""
    stated = _stated(cell, currency, spelling)
    if stated != ParsedAmount(stated.money):
        raise ValueError(
            f"{brief(cell)} is not one exact amount; write one number with its currency"
        )
    return stated.money


def _firmness(stated: ParsedAmount, cells: Mapping[str, str]) -> dict[str, Any]:
    """Return what an amount in words says of itself, where no column says anything else."""
    said: dict[str, Any] = {}
    if stated.qualifier != Qualifier.EXACT:
        said["qualifier"] = stated.qualifier
    if stated.high is not None:
        said["high"] = stated.high
    for name, value in said.items():
        if name in cells and (name == "high" or cells[name] != value):
            raise ValueError(f"says {value}, and column {name} {cells[name]}; keep one of the two")
    return said


def _stated(cell: str, currency: str | None, spelling: Spelling) -> ParsedAmount:
    """Read an amount: of a column's currency, or in words that name their own."""
    if currency and (not spelling.locale or _THE_SAME_EVERYWHERE.fullmatch(cell)):
        with suppress(AmountError):
            return ParsedAmount(Money(cell, currency))
    settings = attrs.evolve(spelling, default=currency or spelling.default)
    try:
        stated = settings.read(cell)
    except AmbiguousAmountError as error:
        if currency not in error.candidates:
            raise
        # The column says which of its currencies $ is.
        symbols = {**(spelling.symbols or {}), error.symbol: str(currency)}
        stated = attrs.evolve(settings, symbols=symbols).read(cell)
    if currency and stated.money.currency != currency:
        raise ValueError(f"is in {stated.money.currency}, and column currency says {currency}")
    return stated
