"""Rates from a CSV file: long, a rate a line, or wide, in the form of the ECB's own file."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

import attrs

from commonprosperity.disk import named, text_lines
from commonprosperity.errors import AmountError, CellError, CommonProsperityError, Fault, FileError
from commonprosperity.errors.base import sentence_of
from commonprosperity.period import Period
from commonprosperity.quoting import listed
from commonprosperity.rates.base import Rates
from commonprosperity.rates.contradiction import refuse_contradiction
from commonprosperity.rates.pairs import Pair, Pairs, factor_of
from commonprosperity.sentence import Sentence
from commonprosperity.wording import currency_code, currency_codes

_LONG = ("date", "base", "quote", "factor")
_MISSING = frozenset({"", "N/A"})

Entry = tuple[date, Pair, Decimal]


def from_csv(
    path: str | Path, *, provider: str | None = None, reach: int | timedelta = Rates.reach
) -> Rates:
    """Read rates from a CSV file, whole or not at all.

    A long file has the columns ``date, base, quote, factor``: one unit of base is factor units of
    quote. A wide one, the ECB's own form, has ``Date`` and a column for each currency, with the
    units of it that one euro is, and ``N/A`` where there is none. The provider is the file's name
    unless one is given.

    ``reach`` is how old a number may be, and how far apart those of a mean: a week, unless the
    rates come less often. Monthly ones need 31 days, or 35 where their day of the month varies.

    Raises `FileError` with every line that is wrong: no date, an unknown currency, a factor that
    is no number above 0, two unequal factors for one pair and day, and two directions of a pair
    that contradict each other on a day, beyond the rounding of their last digits. Raises
    `AmountError` for a reach that is not a number of whole days above 0.
    """
    days = _days_of(reach)
    path = named(path)
    return attrs.evolve(read_lines(text_lines(path), str(path), provider or path.name), reach=days)


def _days_of(reach: object) -> timedelta:
    """Take a number of days."""
    days = reach.days if isinstance(reach, timedelta) and not reach % timedelta(1) else reach
    if isinstance(days, bool) or not isinstance(days, int) or not 0 < days <= timedelta.max.days:
        raise AmountError(reach, Sentence("a reach is a number of whole days above 0"))
    return timedelta(days)


def read_lines(lines: Iterable[str], place: str, provider: str) -> Pairs:
    """Read the lines of a CSV file of rates; faults name its place."""
    faults: list[Fault] = []
    pairs: dict[Pair, dict[date, Decimal]] = defaultdict(dict)
    rows = csv.reader(lines)
    try:
        heading = next(rows, [])
        cells_of = _reader_of([name.strip() for name in heading])
        for row in rows:
            try:
                for day, pair, factor in cells_of(row) if row else ():
                    if pairs[pair].setdefault(day, factor) != factor:
                        problem = Sentence(
                            "two unequal factors for {pair} on {day:date}",
                            pair="/".join(pair), day=day,
                        )  # fmt: skip
                        _fail(problem)
                    back = pair[1], pair[0]
                    if day in pairs.get(back, ()):
                        refuse_contradiction({back: pairs[back][day], pair: factor})
            except CommonProsperityError as error:
                faults.append(Fault("", "", error.sentence, f"{place}:{rows.line_num}"))
    except (CommonProsperityError, csv.Error) as error:
        faults.append(Fault("", "", sentence_of(error), f"{place}:{rows.line_num}"))
    if faults:
        raise FileError(tuple(faults))
    return Pairs({pair: _in_order(factors) for pair, factors in pairs.items()}, provider)


def _in_order(factors: dict[date, Decimal]) -> dict[date, Fraction]:
    return {day: Fraction(factor) for day, factor in sorted(factors.items())}


def _reader_of(heading: list[str]) -> Callable[[list[str]], Iterator[Entry]]:
    """Return the reader of the rows below a heading."""
    names = [name.casefold() for name in heading]
    if set(_LONG) <= set(names):
        return lambda row: _long(dict(zip(names, _whole(row, names), strict=True)))
    codes_in_capitals = {name.upper() for name in heading[1:]}
    if names[:1] != ["date"] or currency_codes().isdisjoint(codes_in_capitals):
        known = Sentence(
            "write {names:list}, or Date and the codes of currencies, as the ECB does", names=_LONG
        )
        problem = Sentence(
            "its heading is {names:say}; {known:say}",
            names=listed(heading) or Sentence("missing"), known=known,
        )  # fmt: skip
        _fail(problem)
    # The ECB's lines end in a comma, which makes a last column without a name.
    codes = [currency_code(name) if name else None for name in heading[1:]]
    return lambda row: _wide(codes, _whole(row, heading))


def _whole(row: list[str], heading: list[str]) -> list[str]:
    if len(row) != len(heading):
        problem = Sentence(
            "it has {count} cells, and the heading {wanted}",
            count=len(row), wanted=len(heading),
        )  # fmt: skip
        _fail(problem)
    return row


def _long(cells: dict[str, str]) -> Iterator[Entry]:
    pair = currency_code(cells["base"]), currency_code(cells["quote"])
    yield _day(cells["date"]), pair, factor_of(cells["factor"])


def _wide(codes: list[str | None], row: list[str]) -> Iterator[Entry]:
    day = _day(row[0])
    for code, cell in zip(codes, row[1:], strict=True):
        if code and cell not in _MISSING:
            yield day, ("EUR", code), factor_of(cell)


def _day(text: str) -> date:
    period = Period.of(text)
    if not period.is_day:
        _fail(Sentence("{text} is no day", text=text))
    return period.start


def _fail(problem: Sentence) -> NoReturn:
    raise CellError(problem)
