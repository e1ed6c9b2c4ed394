"""Prices from a CSV file: long, a number a line, or wide, in the World Bank's own form."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from commonprosperity.countries import country_code, country_of
from commonprosperity.disk import named, text_lines
from commonprosperity.errors import CellError, CommonProsperityError, Fault, FileError
from commonprosperity.errors.base import sentence_of
from commonprosperity.patterns import pattern
from commonprosperity.prices.base import Prices
from commonprosperity.prices.index_numbers import IndexNumbers
from commonprosperity.quoting import brief, listed
from commonprosperity.sentence import Sentence
from commonprosperity.wording import number

_LONG = ("country", "year", "index")
_LINES_ABOVE_HEADING = frozenset({"data source", "last updated date"})
_NAMES = ("country name", "country code", "indicator name", "indicator code")
_YEAR = pattern(r"[0-9]{4}")
_MISSING = frozenset({"", ".."})

_INDEX, _INFLATION = "NY.GDP.DEFL.ZS", "NY.GDP.DEFL.KD.ZG"
_LEAST = {_INDEX: 0, _INFLATION: -100}
"""What the numbers of each indicator lie above: prices do not fall to nothing."""


class _Cell(NamedTuple):
    """A cell with a number: its country, year and indicator, and its text."""

    country: str
    year: int
    indicator: str
    text: str


_Cells = Callable[[list[str]], Iterator[_Cell]]


def from_csv(path: str | Path, *, provider: str | None = None) -> Prices:
    """Read prices from a CSV file, whole or not at all.

    A long file has the columns ``country, year, index``: a country by its code of two or three
    letters, and an index of any base, such as 100 in 2015. A wide one is the World Bank's own, with
    its lines above the heading: the GDP deflator (``NY.GDP.DEFL.ZS``), or its yearly rise in
    percent (``NY.GDP.DEFL.KD.ZG``). Its blank cells are years that are not known, and its regions
    are left out. The provider is the file's name unless one is given.

    Raises `FileError` with every line that is wrong: no country, no year, an index that is no
    number above 0, a fall of 100 percent or more, and a year of a country that stands there twice.
    """
    path = named(path)
    return _read(text_lines(path), str(path), provider or path.name)


def _read(lines: Iterable[str], place: str, provider: str) -> Prices:
    """Read the lines of a CSV file of prices; faults name its place."""
    faults: list[Fault] = []
    numbers = _Numbers()
    rows = csv.reader(lines)

    def add_fault(error: Exception) -> None:
        faults.append(Fault("", "", sentence_of(error), f"{place}:{max(rows.line_num, 1)}"))

    try:
        cells_of = _reader_of(_heading(rows))
        for row in filter(any, rows):
            try:
                for cell in cells_of(row):
                    numbers.add(cell, rows.line_num, add_fault)
            except CommonProsperityError as error:
                add_fault(error)
    except (CommonProsperityError, csv.Error) as error:
        add_fault(error)
    if faults:
        raise FileError(tuple(faults))
    return numbers.prices(provider)


class _Numbers:
    """The numbers of a file: those of each indicator, by country and year."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, int], int] = {}
        self._by_indicator: dict[str, dict[str, dict[int, Fraction]]] = {
            indicator: defaultdict(dict) for indicator in _LEAST
        }

    def add(self, cell: _Cell, line: int, add_fault: Callable[[Exception], None]) -> None:
        """Add the number of a cell, or the fault of one that is none, or stands there twice."""
        try:
            number_ = _number(cell)
            key = cell.country, cell.year
            if key in self._lines:
                problem = Sentence(
                    "{year} of {country} stands in line {line} already",
                    year=cell.year, country=cell.country, line=self._lines[key],
                )  # fmt: skip
                raise CellError(problem)
            self._lines[key] = line
            self._by_indicator[cell.indicator][cell.country][cell.year] = number_
        except CommonProsperityError as error:
            add_fault(error)

    def prices(self, provider: str) -> Prices:
        """Return the prices: the indices as they are, and those that rates of inflation make."""
        inflation = IndexNumbers.of_inflation(self._by_indicator[_INFLATION], provider)
        indices = {**self._by_indicator[_INDEX], **inflation.indices}
        return IndexNumbers(indices, provider, inflation.broken)


def _number(cell: _Cell) -> Fraction:
    if not cell.text:
        problem = Sentence(
            "{year} of {country} has no index; write it, or leave the line out",
            year=cell.year, country=cell.country,
        )  # fmt: skip
        raise CellError(problem)
    value, least = number(cell.text), _LEAST[cell.indicator]
    if value <= least:
        what = (
            Sentence("a rate of inflation is above {least}", least=least)
            if least
            else Sentence("an index is above 0")
        )
        problem = Sentence(
            "{year} of {country} is {text}, and {what:say}",
            year=cell.year, country=cell.country, text=brief(cell.text), what=what,
        )  # fmt: skip
        raise CellError(problem)
    return Fraction(value)


def _heading(rows: Iterable[list[str]]) -> list[str]:
    """Return the heading, in small letters: the first line that is not of the World Bank's head."""
    for row in filter(any, rows):
        names = [name.strip().casefold() for name in row]
        if names[0] not in _LINES_ABOVE_HEADING:
            return names
    return []


def _reader_of(heading: list[str]) -> _Cells:
    """Return the reader of the rows below a heading."""
    names = [name for name in heading if name]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        problem = Sentence(
            "its heading has {twice:say} twice; leave one of them out", twice=listed(twice)
        )
        raise CellError(problem)
    if set(_LONG) <= set(names):
        return lambda row: _long(_by_name(row, heading))
    if "country code" not in names or "indicator code" not in names:
        known = Sentence("write {names:list}, or keep the World Bank's", names=_LONG)
        problem = Sentence(
            "its heading is {names:say}; {known:say}",
            names=listed(names) or Sentence("missing"),
            known=known,
        )
        raise CellError(problem)
    others = [name for name in names if name not in _NAMES and not _YEAR.fullmatch(name)]
    if others:
        problem = Sentence("its heading has {others:say}, which is no year", others=listed(others))
        raise CellError(problem)
    return lambda row: _wide(_by_name(row, heading))


def _by_name(row: list[str], heading: list[str]) -> dict[str, str]:
    if len(row) != len(heading):
        problem = Sentence(
            "it has {count} cells, and the heading {wanted}",
            count=len(row), wanted=len(heading),
        )  # fmt: skip
        raise CellError(problem)
    return {name: cell.strip() for name, cell in zip(heading, row, strict=True)}


def _long(cells: dict[str, str]) -> Iterator[_Cell]:
    if not _YEAR.fullmatch(cells["year"]):
        problem = Sentence(
            "{year} is no year; write four digits, such as 2021", year=brief(cells["year"])
        )
        raise CellError(problem)
    country = country_of(cells["country"]) or country_code(cells["country"])
    yield _Cell(country, int(cells["year"]), _INDEX, cells["index"])


def _wide(cells: dict[str, str]) -> Iterator[_Cell]:
    indicator = cells["indicator code"]
    if indicator not in _LEAST:
        problem = Sentence(
            "{indicator} is none of the indicators {known:list}",
            indicator=brief(indicator), known=_LEAST,
        )  # fmt: skip
        raise CellError(problem)
    country = country_of(cells["country code"])  # a region, such as WLD for the world, is none
    for name, cell in cells.items():
        if country and _YEAR.fullmatch(name) and cell not in _MISSING:
            yield _Cell(country, int(name), indicator, cell)
