"""Amounts as a sheet states them: a number beside its currency, or all of it in words."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from commonprosperity.errors import AmountError, Fault, brief
from commonprosperity.files.reading import Reading
from commonprosperity.money import Money

# What is a thousand to some is a decimal to others; files with semicolons come from the others.
_TWO_WAYS = re.compile(r"[^,]*,.*|-?[0-9]{1,3}(?:\.[0-9]{3})+")


class Stated(NamedTuple):
    """What a cell states: money, how firm it is, and the upper end of a range."""

    money: Money
    qualifier: str | None = None
    high: Money | None = None


def stated_amounts(
    cells: Mapping[str, str], delimiter: str, reading: Reading
) -> tuple[dict[str, Any], list[Fault]]:
    """Return what a row's amounts say, and what is wrong with them.

    >>> stated_amounts({"amount": "1,000", "currency": "CNY"}, ",", Reading("mine.csv"))
    ({'amount': Money('1000', 'CNY')}, [])
    """
    content: dict[str, Any] = {}
    faults = []
    for column in ("amount", "high", "equivalents"):
        try:
            if column in cells:
                content |= _content(column, cells, delimiter, reading)
        except ValueError as error:
            faults.append(Fault("", column, str(error)))
    return content, faults


def _content(
    column: str, cells: Mapping[str, str], delimiter: str, reading: Reading
) -> dict[str, Any]:
    if column == "equivalents":
        parts = [part.strip() for part in cells[column].split(";")]
        return {column: [_in_words(part, reading).money for part in parts if part]}
    stated = _stated(cells[column], cells.get("currency", ""), delimiter, reading)
    content: dict[str, Any] = {column: stated.money}
    for name, value in (("qualifier", stated.qualifier), ("high", stated.high)):
        if not value or column == "high":
            continue
        if cells.get(name, value) != value:
            raise ValueError(
                f"says {value}, and the column {name} {cells[name]}; write one of them"
            )
        content[name] = value
    return content


def _stated(cell: str, currency: str, delimiter: str, reading: Reading) -> Stated:
    if not currency:
        return _in_words(cell, reading)
    if delimiter == ";" and not reading.locale and _TWO_WAYS.fullmatch(cell):
        raise ValueError(
            f"{brief(cell)} can be read in two ways, as its comma or point may divide thousands or "
            "decimals; write it without thousands and with a decimal point, or give locale="
        )
    return _number(cell, currency) or _in_words(f"{cell} {currency}", reading)


def _number(cell: str, currency: str) -> Stated | None:
    try:
        return Stated(Money(cell, currency))
    except AmountError:
        return None


def _in_words(text: str, reading: Reading) -> Stated:
    return Stated(Money.parse(text))
