"""Turns the rows of somebody's table into rows under our own headings."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from commonprosperity.errors import CellError
from commonprosperity.flat import (
    AMOUNTS,
    DATES,
    Row,
    currency_in_heading,
    refuse_other_currency,
    values_of,
)
from commonprosperity.layout.cells import (
    equivalents,
    folded,
    is_hxl,
    joined,
    joined_date,
    one_reading,
    own_id,
)
from commonprosperity.layout.days import Days
from commonprosperity.layout.faults import problem_of
from commonprosperity.layout.layout import Layout
from commonprosperity.layout.left_out import LeftOut
from commonprosperity.layout.wholes import with_links_mended
from commonprosperity.patterns import pattern
from commonprosperity.quoting import brief, label, one_line
from commonprosperity.records import Stage
from commonprosperity.sentence import Sentence
from commonprosperity.wording import currency_codes, unknown_currency

_NAMES = ("company", "initiative", "source", "funder", "recipient")
_IDS = ("id", "part_of", "supersedes", "restates")
_OF_WORDS = ("stage", "qualifier", "instrument")
_NUMBER = pattern(r"[-+]?[0-9][0-9.,'\s]*([eE][-+]?[0-9]+)?")
_problem_of = lru_cache(1_000)(problem_of)
_NO_ID = Sentence("has no id in its row, by which one record names the other; write one")
_NO_CURRENCY = Sentence(
    'has no currency beside it; name a column of them, or give default="CNY" or another'
)


class LaidOut:
    """The rows of a table as a layout reads them, and notes of what it left out.

    ``stated`` are the same rows before their links are mended. A row of several amounts makes as
    many records, and ``divided`` has their ids by that of the row; of these records, ``only`` takes
    those of the amounts under one heading.

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

    def __init__(self, layout: Layout, rows: Iterable[Row], only: str | None = None) -> None:
        self._layout, self._only = layout, only
        self._headings = layout.headings
        self._amounts = {heading: _of_amount(layout, heading) for heading in layout.amounts}
        skip = sorted(layout.skip.items(), key=lambda pair: pair[0] == "amount")  # that one last
        self._skip = {field: {*map(folded, texts)} for field, texts in skip}
        self._words = {field: _by_folded(words) for field, words in layout.values.items()}
        self._names = _by_folded(layout.names)
        self._constants = {name: str(value) for name, value in layout.constants.items()}
        self._days = Days(layout)
        self.divided: dict[str, list[str]] = {}
        self._left_out = LeftOut()
        self._rows_by_id: dict[str, tuple[tuple[str | None, ...], Mapping[str, str]]] = {}
        self.stated = [*self._laid_out(rows)]
        mended = with_links_mended(layout, self.stated, self.divided)
        self.rows, self._left_out.wholes, self._left_out.revalued = mended
        self.notes = (*self._days.notes(), *self._left_out.notes())

    def _laid_out(self, rows: Iterable[Row]) -> Iterator[Row]:
        for at, row in enumerate(rows):
            if at == 0 and is_hxl(row.cells.values()):
                self._left_out.has_hxl_tags = True
                continue
            id_ = tuple(row.cells.get(each) for each in self._headings.get("id", ()))
            for record in self._records(row):
                if self._is_there_already(record, id_):
                    self._left_out.repeated += 1
                else:
                    yield record

    def _is_there_already(self, row: Row, id_: tuple[str | None, ...]) -> bool:
        """Whether an earlier row has the same id and cells, as after two lists were joined.

        ``id_`` is as the table has it: x/1 and x-1 are two rows, and both of them x-1 to us.
        """
        if "id" not in row.cells or row.problems:
            return False
        first = self._rows_by_id.setdefault(row.cells["id"], (id_, row.cells))
        return first[1] is not row.cells and first == (id_, row.cells)

    def _records(self, row: Row) -> Iterator[Row]:
        """Yield a row for each amount of a row of the table."""
        fields = {field: self._joined(field, each, row) for field, each in self._headings.items()}
        filled = [each for each in self._amounts if each in row.cells or each in row.problems]
        records = {}
        # A blank amount is a fault, unless it is skipped. A constant has no heading.
        for at, heading in enumerate(filled or [*self._amounts][:1] or [""]):
            amount = {"amount": self._joined("amount", [heading], row)} if heading else {}
            cells = {**fields, **amount}
            problems = self._problems(row, heading)
            is_asked = self._only in {None, heading}
            if is_asked and not self._is_skipped(cells, problems, row.times, is_first=at == 0):
                read = {field: cell for field, cell in cells.items() if field not in problems}
                record = self._record(row, heading, read, is_one_of_several=len(filled) > 1)
                records[heading] = record._replace(problems={**record.problems, **problems})
        for heading, record in records.items():
            yield self._inside_its_row(record, heading, records)

    def _inside_its_row(self, record: Row, heading: str, records: Mapping[str, Row]) -> Row:
        """Link an amount to that of the same row which it is a part of, where there is one."""
        whole = self._amounts.get(heading, {}).get("part_of")
        if whole is None:
            return record
        cells, problems = {**record.cells}, record.problems
        del cells["part_of"]  # a heading as yet
        if whole in records and "id" in cells:
            cells["part_of"] = records[whole].cells["id"]
        elif whole in records:
            problems = {**problems, "part_of": _NO_ID}
        return record._replace(cells=cells, problems=problems)

    def _record(
        self, row: Row, heading: str, stated: Mapping[str, str], *, is_one_of_several: bool
    ) -> Row:
        cells = self._cells(stated)
        if "|" in cells.get("company", ""):
            self._left_out.joint += [cells["company"]] * row.times
        problems = {**self._days.read(cells, row.times), **_unmapped(cells)}
        cells = {**self._constants, **self._amounts.get(heading, {}), **cells}
        problems |= self._set_currencies(cells, heading)
        if is_one_of_several and "id" in cells:
            id_ = id_of_amount(cells["id"], heading)
            self.divided.setdefault(cells["id"], []).append(id_)
            cells["id"] = id_
        return Row(row.number, cells, problems, row.times)

    def _problems(self, row: Row, amount: str) -> dict[str, Sentence]:
        """Return what is wrong with the cells of a row, by their fields."""
        if not row.problems:
            return {}
        columns = {**self._headings, "amount": (amount,)}
        return {
            field: row.problems[heading]
            for field, headings in columns.items()
            for heading in headings
            if heading in row.problems
        }

    def _joined(self, field: str, headings: Sequence[str], row: Row) -> str:
        """Join the cells of a field, each up to the mark at which it is cut off."""
        mark = self._layout.until.get(field)
        if len(headings) == 1 and not mark and field != "equivalents":
            return row.cells.get(headings[0], "").strip()  # as for most; the rest takes longer
        cells = {heading: row.cells.get(heading, "") for heading in headings}
        if mark:
            times = sum(mark in cell for cell in cells.values()) * row.times
            self._left_out.ends[field, mark] += times
            cells = {heading: cell.partition(mark)[0] for heading, cell in cells.items()}
        if field == "equivalents":
            return equivalents(cells, self._layout.symbols)
        return joined_date(cells.values()) if field in DATES else joined(cells.values())

    def _is_skipped(
        self, stated: Mapping[str, str], problems: Mapping[str, str], times: int, *, is_first: bool
    ) -> bool:
        """Whether a row is skipped, because a cell says that it is no pledge; count it if so.

        A row of several amounts is counted with its first one, unless an amount is what says it.
        A cell that has a problem and no text is not blank: a formula without a value, a float.
        """
        for field, texts in self._skip.items():
            cell = stated[field]
            if folded(cell) in texts and (cell or field not in problems):
                if is_first or field == "amount":
                    self._left_out.rows[field, cell] += times
                return True
        return False

    def _cells(self, stated: Mapping[str, str]) -> dict[str, str]:
        """Return the filled cells, in our words."""
        cells = {field: cell for field, cell in stated.items() if cell}
        for field, words in self._words.items():
            if field in cells:
                cells[field] = words.get(folded(cells[field]), cells[field])
        cells |= values_of(cells)
        for field in _NAMES if self._names else ():
            if field in cells:
                cells[field] = self._names.get(folded(cells[field]), cells[field])
        for field in _IDS:
            if field in cells:
                cells[field] = own_id(cells[field])
        return cells

    def _set_currencies(self, cells: dict[str, str], heading: str) -> dict[str, Sentence]:
        """Give a number alone its currency, and return what is wrong where there is none.

        Words may name their own. What an amount is in its own currency is no equivalent of it.
        """
        if "currency" in cells and cells["currency"] not in currency_codes():
            cells.pop("amount", None)
            return {"amount": no_currency_code(cells["currency"])}
        if "currency" in cells and "currency" not in self._layout.amounts.get(heading, {}):
            try:
                refuse_other_currency(heading, cells["currency"])
            except CellError as error:
                return {"currency": error.sentence}
        if _NUMBER.fullmatch(cells.get("amount", "")):
            if self._layout.default:
                cells.setdefault("currency", self._layout.default)
            if "currency" not in cells:
                amount = brief(cells.pop("amount"))
                problem = Sentence("{value} {problem:say}", value=amount, problem=_NO_CURRENCY)
                return {"amount": problem}
        if "currency" in cells and self._layout.locale:
            cells |= {field: one_reading(cells[field]) for field in AMOUNTS if field in cells}
        if "currency" in cells and "equivalents" in cells:
            own = f" {cells['currency']}"
            several = cells["equivalents"].split("; ")
            cells["equivalents"] = "; ".join(each for each in several if not each.endswith(own))
        return {}


def no_currency_code(word: str) -> Sentence:
    """Say that a word is no currency code, and how a layout gives it one.

    >>> no_currency_code("RMB")
    'RMB is no currency code; say in values which it is, as in {"currency": {"RMB": "CNY"}}'
    """
    values = {"currency": {word: unknown_currency(word).meant or "..."}}
    return Sentence(
        "{word} is no currency code; say in values which it is, as in {values}",
        word=label(word), values=one_line(json.dumps(values, ensure_ascii=False), 200),
    )  # fmt: skip


def _of_amount(layout: Layout, heading: str) -> dict[str, str]:
    """Return the facts of a column of amounts: its currency and its constants."""
    constants = {name: str(value) for name, value in layout.amounts[heading].items()}
    if "currency" in {*layout.columns, *layout.constants}:
        return constants
    code = currency_in_heading(heading, layout.symbols, layout.default)
    return {**({"currency": code} if code else {}), **constants}


def ids_by(layout: Layout, cell: str) -> list[str]:
    """Return the ids that a layout may make of a cell: of one amount, or of each of several.

    >>> columns = {"company": "Funder", "amount": "USD", "announced": "Year", "id": "No"}
    >>> ids_by(Layout(columns=columns, until={"id": "|"}), "2021/4 | new")
    ['2021-4']
    >>> ids_by(Layout(columns={**columns, "amount": ["USD", "EUR"]}), "7")
    ['7', '7-USD', '7-EUR']
    """
    mark = layout.until.get("id")
    text = (cell.partition(mark)[0] if mark else cell).strip()
    id_ = own_id(_by_folded(layout.values.get("id", {})).get(folded(text), text))
    amounts = [*layout.amounts]
    return [id_, *(id_of_amount(id_, each) for each in amounts if len(amounts) > 1)]


def stage_by(layout: Layout, amount: str, word: str) -> Stage | None:
    """Return the stage that a word means in the rows of an amount, and the word "" a blank cell.

    >>> columns = {"company": "Funder", "amount": "USD", "announced": "Year", "stage": "Status"}
    >>> layout = Layout(columns=columns, values={"stage": {"paid": "disbursement"}})
    >>> stage_by(layout, "USD", "Paid"), stage_by(layout, "USD", "")
    (<Stage.DISBURSEMENT: 'disbursement'>, <Stage.PLEDGE: 'pledge'>)

    It is None for a word that is no stage, and for one whose rows the layout skips.
    """
    key = folded(word)
    if key in map(folded, layout.skip.get("stage", ())):
        return None
    constants = {"stage": Stage.PLEDGE, **layout.constants, **layout.amounts[amount]}
    meaning = _by_folded(layout.values.get("stage", {})).get(key, word) or constants["stage"]
    meaning = values_of({"stage": str(meaning)}).get("stage", meaning)
    return Stage(meaning) if meaning in [*Stage] else None


def id_of_amount(id_: str, heading: str) -> str:
    """Return the id of one of several amounts of a row, given the row's id."""
    return f"{id_}-{own_id(heading)}"


def _by_folded(words: Mapping[str, str]) -> dict[str, str]:
    return {folded(word): meaning for word, meaning in words.items()}


def _unmapped(cells: dict[str, str]) -> dict[str, Sentence]:
    """Remove the words that are not ours, and return what to do about them."""
    problems = {field: _problem_of(field, cells[field]) for field in _OF_WORDS if field in cells}
    wrong = {field: problem for field, problem in problems.items() if problem}
    for field in wrong:
        del cells[field]
    return {
        field: Sentence("{problem:say}; say in values which it is", problem=problem)
        for field, problem in wrong.items()
    }
