"""The rows of somebody's table as rows under our own headings."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from commonprosperity.errors import PeriodError
from commonprosperity.flat import Row
from commonprosperity.layout.headings import currency_of
from commonprosperity.layout.layout import Layout
from commonprosperity.messages import Sentence
from commonprosperity.period import Period
from commonprosperity.quoting import label

_NAMES = ("company", "initiative", "source", "funder", "recipient")
_IDS = ("id", "part_of", "supersedes", "restates")
_DATES = ("announced", "value_date", "spend")
_HXL = re.compile(r"#[a-z][a-z0-9_]*(\s*\+\s*[a-z0-9_]+)*\s*", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?[0-9]+([eE][-+]?[0-9]+)?")
_NO_ID = re.compile(r"[^\w.-]+")


class LaidOut:
    """The rows of a table as a layout reads them, and what it told of those that it left out.

    >>> layout = Layout(
    ...     columns={"company": "Funder", "amount": "USD", "announced": "Year"},
    ...     constants={"stage": "commitment"}, skip={"amount": "n/a"},
    ... )
    >>> rows = [Row(2, {"Funder": "Acme", "USD": "5000", "Year": "2021"}),
    ...         Row(3, {"Funder": "Acme", "USD": "n/a", "Year": "2022"})]
    >>> laid_out = LaidOut(layout, rows)
    >>> [row.cells["currency"] for row in laid_out.rows], *laid_out.notes
    (['USD'], "rows left out as amount is 'n/a': 1")
    """

    def __init__(self, layout: Layout, rows: Iterable[Row]) -> None:
        self._layout = layout
        self._skip = {
            field: {_folded(text) for text in texts} for field, texts in layout.skip.items()
        }
        self._words = {
            field: {_folded(word): value for word, value in words.items()}
            for field, words in layout.values.items()
        }
        self._names = {_folded(name): to for name, to in layout.names.items()}
        self._constants = {name: str(value) for name, value in layout.constants.items()}
        self._amounts = [*self._of_amounts()]
        self._skipped: Counter[tuple[str, str]] = Counter()
        self._has_tags_below = False
        self._by_form = 0
        self.rows = [*self._laid_out(rows)]
        self.notes = (*self._notes(),)
        """What was left out, and how often."""

    def _of_amounts(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield the heading of each amount with the cells that it gives to its records."""
        layout = self._layout
        says = {*layout.columns, *layout.constants}
        for heading, constants in layout.amounts.items() or [("", {})]:
            cells = {name: str(value) for name, value in constants.items()}
            code = None if "currency" in says else currency_of(heading, layout.symbols)
            yield heading, {**({"currency": code} if code else {}), **cells}

    def _laid_out(self, rows: Iterable[Row]) -> Iterator[Row]:
        for at, row in enumerate(rows):
            if at == 0 and _is_hxl(row):
                self._has_tags_below = True
            else:
                yield from self._records(row)

    def _records(self, row: Row) -> Iterator[Row]:
        """Yield the rows, one for each amount, that a row of the table stands for."""
        fields = {
            field: _joined(field, [row.cells[each] for each in headings if each in row.cells])
            for field, headings in self._layout.headings.items()
        }
        problems = {
            field: row.problems[heading]
            for field, headings in self._layout.headings.items()
            for heading in headings
            if heading in row.problems
        }
        amounts = [
            each for each in self._amounts
            if each[0] in row.cells or each[0] in row.problems
        ]  # fmt: skip
        if (
            len(self._amounts) == 1 or not amounts
        ):  # a blank amount is a fault, unless it is skipped
            amounts = self._amounts[:1]
        for heading, own in amounts:
            amount = {"amount": row.cells[heading]} if heading in row.cells else {}
            wrong = {"amount": row.problems[heading]} if heading in row.problems else {}
            stated = {**fields, **amount}
            if not self._is_skipped(stated):
                cells = self._cells(stated)
                wrong |= self._take_dates(cells)
                cells = {**self._constants, **own, **cells}
                self._set_default(cells)
                if len(amounts) > 1 and "id" in cells:
                    cells["id"] = f"{cells['id']}-{_id(heading)}"
                yield Row(row.number, cells, {**problems, **wrong})

    def _is_skipped(self, stated: Mapping[str, str]) -> bool:
        """Whether a cell says that a row is no pledge; count it if so."""
        for field, texts in self._skip.items():
            cell = stated.get(field, "").strip()
            if _folded(cell) in texts:
                self._skipped[field, cell] += 1
                return True
        return False

    def _cells(self, stated: Mapping[str, str]) -> dict[str, str]:
        """Return the cells that are filled, in our words."""
        cells = {field: cell for field, cell in stated.items() if cell.strip()}
        for field, words in self._words.items():
            if field in cells:
                cells[field] = words.get(_folded(cells[field]), cells[field])
        for field in _NAMES:
            if field in cells:
                cells[field] = self._names.get(_folded(cells[field]), cells[field])
        for field in _IDS:
            if field in cells:
                cells[field] = _id(cells[field])
        return cells

    def _take_dates(self, cells: dict[str, str]) -> dict[str, str]:
        """Write dates in our own form, and return what is wrong with those that are none."""
        dates, zone = self._layout.dates, self._layout.zone
        problems = {}
        for field in _DATES if dates or zone else ():
            if field in cells:
                text = cells[field].strip()
                try:
                    cells[field] = str(Period.parse(text, dates=dates, zone=zone))
                except PeriodError as error:
                    problems[field] = str(error)
                    del cells[field]
                else:
                    self._by_form += not _has_one_meaning(text)
        return problems

    def _set_default(self, cells: dict[str, str]) -> None:
        """Give a number alone the default currency; words may name their own."""
        if self._layout.default and _NUMBER.fullmatch(cells.get("amount", "")):
            cells.setdefault("currency", self._layout.default)

    def _notes(self) -> Iterator[str]:
        if self._has_tags_below:
            yield Sentence("left out: the row of HXL tags below the headings")
        if self._by_form and self._layout.dates:
            form = self._layout.dates
            yield Sentence("dates read as {form}: {count}", form=form, count=f"{self._by_form:,}")
        for (field, cell), count in self._skipped.items():
            facts = {"count": f"{count:,}", "field": field}
            if cell:
                sentence = Sentence(
                    "rows left out as {field} is {cell}: {count}", cell=repr(label(cell)), **facts
                )
            else:
                sentence = Sentence("rows left out as {field} is blank: {count}", **facts)
            yield sentence


def _joined(field: str, cells: Iterable[str]) -> str:
    """Join the cells of one field: a year and a month to a date, texts with a semicolon.

    >>> _joined("announced", ["2022", "3"]), _joined("announced", ["2022", "March"])
    ('2022-03', 'March 2022')
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    if field not in _DATES or len(filled) < 2:  # noqa: PLR2004 (one needs no joining)
        return "; ".join(filled)
    if all(map(str.isdecimal, filled)):
        return "-".join(f"{int(part):02}" for part in filled)
    return " ".join(reversed(filled))


def _has_one_meaning(text: str) -> bool:
    """Whether a date is read in one way, whatever form is given."""
    try:
        Period.parse(text)
    except PeriodError:
        return False
    return True


def _is_hxl(row: Row) -> bool:
    """Whether a row has the tags of the Humanitarian Exchange Language, as #date and #value+usd."""
    cells = [cell for cell in row.cells.values() if cell.strip()]
    return bool(cells) and all(_HXL.fullmatch(cell.strip()) for cell in cells)


def _id(text: str) -> str:
    """Make an id of somebody's own, which may have strokes, colons and spaces in it.

    >>> _id("360G-Acme:2021/04")
    '360G-Acme-2021-04'
    """
    return _NO_ID.sub("-", text.strip()).strip("-") or text


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
