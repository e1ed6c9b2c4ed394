"""Amounts as a table states them: a number beside its currency, or all of it in words."""

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import attrs

from commonprosperity.errors import AmountError, Fault, brief
from commonprosperity.money import Money, ParsedAmount, parse_amount
from commonprosperity.wording import Qualifier

# What divides thousands for some divides decimals for others, whose files have semicolons.
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
        return {column: [_stated(part, None, spelling).money for part in parts if part]}
    stated = _stated(cell, currency, spelling)
    if column == "high":
        return {column: stated.money}
    return {column: stated.money, **_firmness(stated, cells)}


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
    stated = parse_amount(
        cell,
        symbols=spelling.symbols,
        default=currency or spelling.default,
        locale=spelling.locale,
    )
    if currency and stated.money.currency != currency:
        raise ValueError(f"is in {stated.money.currency}, and column currency says {currency}")
    return stated
