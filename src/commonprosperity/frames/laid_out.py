"""``LaidOutLedger``: a ledger of somebody else, whose cells a layout reads.

The engine adds up the rows whose cells are alike. What is left is read as the rows of a file are:

    Recipient    Status    Awarded    amount    rows
    Acme         paid      5/6/2014     1200       3    ->    Acme, disbursement, 2014-06-05
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import reduce
from itertools import count
from operator import and_, or_
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import attrs

from commonprosperity.errors import CellError, CommonProsperityError, RateNotFoundError
from commonprosperity.flat import Row, Spelling, stated_amounts
from commonprosperity.frames.amount_words import BLANK, OF_ANOTHER
from commonprosperity.frames.cell_text import text_of
from commonprosperity.frames.entry import Entries, Entry, money_of
from commonprosperity.frames.faults import EXAMPLES_AT_MOST, RowFault, flaws_of
from commonprosperity.frames.inputs import Opened
from commonprosperity.frames.laid_out_columns import LaidOutColumns, fields_of
from commonprosperity.frames.ledger import Ledger
from commonprosperity.frames.partition import LinkedRow, Partition
from commonprosperity.frames.reading import MISSING, ColumnReading
from commonprosperity.frames.subtotals import Group, Subtotal
from commonprosperity.layout import LaidOut, Layout, folded, is_hxl, no_currency_code
from commonprosperity.period import Period
from commonprosperity.records import NEGATIVE_PLEDGE, Pledge, Stage
from commonprosperity.sentence import Sentence
from commonprosperity.totals import CALENDAR_UNITS, Conversion, calendar_group
from commonprosperity.wording import currency_code

if TYPE_CHECKING:
    from commonprosperity.frames.nw import nw
    from commonprosperity.frames.partition import Finder

_DEFAULTS = {
    field.name: str(field.default)
    for field in attrs.fields(Pledge) if isinstance(field.default, StrEnum)
}  # fmt: skip
"""What a field is where its cell is blank, as the stage is a pledge."""

_LOOKED_FOR = 50  # subtotals, for the first rows of a fault

Value = TypeVar("Value")


class _Problem(NamedTuple):
    """What is wrong with a field of the rows that a subtotal adds up."""

    field: str
    problem: Sentence
    subtotal: Subtotal


@attrs.frozen
class LaidOutLedger:
    """A ledger that is grouped by its cells, and the layout that says what they are.

    ``headings`` are those of the cells, as the layout spells them, and None for a column that it
    does not name; ``native`` has the name of the column of each heading of the layout, and
    ``amount`` is the heading of the amounts.
    """

    ledger: Ledger
    layout: Layout
    by: tuple[str, ...]
    headings: tuple[str | None, ...]
    native: Mapping[str, str]
    amount: str
    spelling: Spelling

    @classmethod
    def each(
        cls, opened: Opened, columns: LaidOutColumns, place: str, *, bar: bool
    ) -> "list[LaidOutLedger]":
        """Return a ledger for each column of amounts.

        Raises `DatasetError` for a column that is missing or there twice.
        """
        layout, form = columns.layout, columns.form
        spelling = attrs.evolve(layout.spelling, doubtful=opened.doubtful)
        native = columns.native_names(opened, place)
        cells = columns.cells(native, opened, place)
        return [
            cls(
                Ledger(opened, columns.roles(amount, native, cells), form, place, bar),
                layout, columns.by, tuple(cells.values()), native, amount, spelling,
            )
            for amount in layout.amounts if amount in native
        ]  # fmt: skip

    def entries(self, conversion: Conversion, *, all_count: bool = True) -> Entries:
        """Return what the rows of each group and date come to.

        Raises `DatasetError` with everything that is wrong. A missing rate alone is not, unless
        ``all_count``: a row may count for nothing.
        """
        apart = self._with_companies_apart()
        if apart is not self:
            return apart.entries(conversion, all_count=all_count)
        subtotals = [each for each in self.ledger.subtotals() if each.group[-1] != OF_ANOTHER]
        fields = [each and self.layout.field_of(each) for each in self.headings]
        rows = [self._row(at, subtotal, fields) for at, subtotal in enumerate(subtotals)]
        # The row of tags is the first; the others come in an order that no engine decides.
        rows.sort(key=lambda row: (not is_hxl(row.cells.values()), *row.cells.items()))
        laid_out = LaidOut(self.layout, rows)
        entries, problems = self._read(laid_out.rows, subtotals, conversion if all_count else None)
        flaws = [flaw for flaw in flaws_of(subtotals) if flaw.problem != MISSING]
        if flaws or problems:
            _, problems = self._read(laid_out.rows, subtotals, conversion)
            self.ledger.refuse([*flaws, *_faults(problems)])
        units = CALENDAR_UNITS.intersection(self.by) - fields_of(self.layout)
        return Entries(entries, units, laid_out.notes)

    def _with_companies_apart(self) -> "LaidOutLedger":
        """Group by companies as well, if one is blank, which is a fault unless the row is skipped.

        Only then, since there may be as many companies as rows.
        """
        companies = [
            each for each in self.layout.headings.get("company", ())
            if each in self.native and each not in self.headings
        ]  # fmt: skip
        if not companies or not self.ledger.lacks_companies():
            return self
        roles = self.ledger.roles
        by = (*roles.by, *(self.native[each] for each in companies))
        ledger = attrs.evolve(self.ledger, roles=attrs.evolve(roles, by=by))
        return attrs.evolve(self, ledger=ledger, headings=(*self.headings, *companies))

    def _read(
        self,
        rows: Sequence[Row],
        subtotals: Sequence[Subtotal],
        conversion: Conversion | None,
    ) -> tuple[list[Entry], list[_Problem]]:
        """Return what rows come to, and what is wrong with them, their rates too."""
        entries: list[Entry] = []
        problems: list[_Problem] = []
        for row in rows:
            subtotal = subtotals[row.number]
            entry, wrong = self._entry(row, subtotal, conversion)
            entries += [entry] if entry else []
            problems += [_Problem(field, each, subtotal) for field, each in wrong.items()]
        return entries, problems

    def _row(self, number: int, subtotal: Subtotal, fields: Sequence[str | None]) -> Row:
        """Return the cells of rows as texts; a plain amount stands for any other."""
        *values, _, words = subtotal.group
        cells: dict[str, str] = {}
        problems: dict[str, Sentence] = {}
        for heading, field, value in zip(self.headings, fields, values, strict=True):
            try:
                text = "" if field is None else text_of(value, field)
            except CellError as error:
                problems[str(heading)] = error.sentence
            else:
                cells |= {str(heading): text} if text else {}
        if words != BLANK:
            cells[self.amount] = self._plain_amount if words is None else str(words)
        return Row(number, cells, problems, subtotal.rows)

    @property
    def _plain_amount(self) -> str:
        """A number that the layout does not skip."""
        skipped = {folded(text) for text in self.layout.skip.get("amount", ())}
        return next(text for text in map(str, count(1)) if text not in skipped)

    def _entry(
        self, row: Row, subtotal: Subtotal, conversion: Conversion | None
    ) -> tuple[Entry | None, dict[str, Sentence]]:
        """Return what the rows of a subtotal come to, or what is wrong with which field."""
        cells, wrong, is_plain = row.cells, dict(row.problems), subtotal.group[-1] is None
        if is_plain:
            wrong.pop("amount", None)  # of the number that stands for all others
        named = self.layout.headings.get("company", ())
        company = ("company",) if {*named} & {*self.headings} else ()
        wanted = (*company, "announced", "currency" if is_plain else "amount")
        wrong |= {field: MISSING for field in wanted if not cells.get(field) and field not in wrong}
        announced = _take("announced", Period.of, cells, wrong)
        value_date = _take("value_date", Period.of, cells, wrong) or announced
        code = _take("currency", currency_code, cells, wrong)
        if "currency" in cells and code is None and "currency" not in row.problems:
            wrong["currency"] = no_currency_code(cells["currency"])
            wrong.pop("amount", None)  # which says the same
        if wrong or announced is None or value_date is None:
            return None, wrong
        if is_plain:
            money = money_of(subtotal, str(code), self.ledger.form)
        else:
            content, problems = stated_amounts(cells, self.spelling)
            if problems:
                return None, problems
            money = content["amount"] * subtotal.rows
        if money.amount < 0 and cells.get("stage", Stage.PLEDGE) == Stage.PLEDGE:
            return None, {"amount": NEGATIVE_PLEDGE}
        try:
            if conversion and money.amount:
                conversion.rate(money.currency, value_date.start, value_date.end)
        except RateNotFoundError as error:
            return None, {"announced": error.sentence}
        values = dict(zip(self.ledger.roles.by, subtotal.group, strict=False))
        return Entry(self._group(cells, values, announced), money, value_date), {}

    def group_of(self, row: LinkedRow, cells: Mapping[str, str], announced: Period) -> Group:
        """Return the group of a linked row, given its cells under our own headings."""
        return self._group(cells, row.cells, announced)

    def _group(
        self, cells: Mapping[str, str], values: Mapping[str, object], announced: Period
    ) -> Group:
        return tuple(self._value(title, cells, values, announced) for title in self.by)

    def _value(
        self, title: str, cells: Mapping[str, str], values: Mapping[str, object], announced: Period
    ) -> object:
        """Return what a group is called by a field, a year or month, or a column of its own."""
        if title in fields_of(self.layout):
            return cells.get(title) or _DEFAULTS.get(title)
        if title in CALENDAR_UNITS:
            return calendar_group(announced, title)
        return values[title]


def _take(
    field: str, take: Callable[[str], Value], cells: Mapping[str, str], wrong: dict[str, Sentence]
) -> Value | None:
    """Take the cell of a field, if it is filled; note what is wrong with it."""
    if field not in cells or field in wrong:
        return None
    try:
        return take(cells[field])
    except CommonProsperityError as error:
        wrong[field] = error.sentence
        return None


def _faults(problems: Sequence[_Problem]) -> Iterator[RowFault]:
    """Yield the faults of rows: of each field the most frequent ones."""
    by_field: dict[str, dict[Sentence, list[Subtotal]]] = {}
    for field, problem, subtotal in problems:
        by_field.setdefault(field, {}).setdefault(problem, []).append(subtotal)
    for field, by_problem in by_field.items():
        most_first = sorted(by_problem.items(), key=lambda pair: (-_rows(pair[1]), pair[0]))
        for problem, subtotals in most_first[:EXAMPLES_AT_MOST]:
            yield RowFault(field, problem, _rows(subtotals), _any_of(subtotals))
        if others := [each for _, several in most_first[EXAMPLES_AT_MOST:] for each in several]:
            problem = Sentence(
                "has {count} more values that are none",
                count=f"{len(most_first) - EXAMPLES_AT_MOST:,}",
            )
            yield RowFault(field, problem, _rows(others), _any_of(others))


def _rows(subtotals: Sequence[Subtotal]) -> int:
    return sum(subtotal.rows for subtotal in subtotals)


def _any_of(subtotals: Sequence[Subtotal]) -> "Finder":
    """Find the rows whose cells are those of one of some subtotals."""

    def found_by(partition: Partition) -> "nw.Expr":
        columns = partition.reading.by
        ways = (
            reduce(and_, map(_is_cell, columns, subtotal.group))
            for subtotal in subtotals[:_LOOKED_FOR]
        )
        is_found: nw.Expr = reduce(or_, ways)
        return is_found

    return found_by


def _is_cell(column: ColumnReading, value: object) -> "nw.Expr":
    return column.value.is_null() if value is None else column.value == value
