"""Rows that links tie to others, and their ends: counted once, as pledges are.

The engine adds up all rows, as if no link were there. What linked rows count for less than they say
is added to that. Where ``b`` of 60 is a part of ``a`` of 100, among a million other rows:

    row    amount    counts for    added
    a         100            40      -60
    b          60            60        0
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import NamedTuple
from unicodedata import normalize

import attrs

from commonprosperity.dataset import Dataset
from commonprosperity.errors import CurrencyError
from commonprosperity.flat import Drafts, Row, Spelling, heading
from commonprosperity.frames.amount_words import BLANK, OF_ANOTHER
from commonprosperity.frames.cell_text import text_of
from commonprosperity.frames.columns import LINKS, Constant
from commonprosperity.frames.entry import Entry
from commonprosperity.frames.laid_out import LaidOutLedger
from commonprosperity.frames.ledger import Ledger
from commonprosperity.frames.partition import LinkedRow
from commonprosperity.layout import LaidOut, Layout, own_id
from commonprosperity.money import Money, summing
from commonprosperity.plain import PlainRecords, dataset_of
from commonprosperity.wording import currency_code, currency_digits

_IDS = frozenset({"id", *LINKS})
_ALSO = ("stage", "equivalents", "qualifier", "high")
"""What pledges are counted by besides their amounts, dates and links."""

AnyLedger = Ledger | LaidOutLedger


def linked_entries(ledgers: Sequence[AnyLedger]) -> list[Entry]:
    """Return what linked rows count for, less what they say.

    Raises `DatasetError` where links lead to no row, or to themselves, and for the rows of them
    that are no pledges.
    """
    plain = [each.ledger if isinstance(each, LaidOutLedger) else each for each in ledgers]
    ends = frozenset(chain.from_iterable(each.ends() for each in plain))
    if not ends:
        return []
    # A link and an id may be spelled in two Unicode forms.
    ends |= {normalize(form, end) for form in ("NFC", "NFD") for end in ends}
    linked = [_linked(each) for each in ledgers]
    rows = [_Found(each, row) for each in linked for row in each.ledger.linked_rows(ends)]
    return [*_counted_less(rows)]


class _Found(NamedTuple):
    """A linked row, and where it was found."""

    ledger: "_LinkedLedger"
    row: LinkedRow


@attrs.frozen
class _LinkedLedger:
    """A ledger whose cells are all that a pledge is made of.

    ``headings`` has the column and the field of each heading but that of the ``amount``; they are
    those of the ``layout``, or our own where there is none. ``constants`` hold for every row.
    """

    ledger: Ledger
    headings: Mapping[str, tuple[str, str]]
    amount: str
    constants: Mapping[str, str]
    spelling: Spelling
    counted: AnyLedger
    layout: Layout | None = None

    def row(self, number: int, linked: LinkedRow) -> Row:
        """Return the cells of a row as texts, under the headings of its table."""
        cells, problems = dict(self.constants), {}
        for each, (name, field) in self.headings.items():
            try:
                text = text_of(linked.cells[name], field)
            except ValueError as error:
                problems[each] = str(error)
            else:
                cells |= {each: text} if text else {}
        if linked.words is not None:
            cells |= {self.amount: linked.words} if linked.words != BLANK else {}
        elif linked.amount is not None:
            cells[self.amount] = text_of(self._amount(linked.amount, cells), "amount")
        return Row(number, cells, problems)

    def _amount(self, amount: Decimal, cells: Mapping[str, str]) -> Decimal:
        """Return an amount in whole units of its currency, before it is scaled."""
        if not self.ledger.form.minor_units:
            return amount
        headings = [each for each, (_, field) in self.headings.items() if field == "currency"]
        try:
            digits = currency_digits(currency_code(cells.get((*headings, "currency")[0], "")))
        except CurrencyError:
            digits = 0
        with summing():
            return amount.scaleb(-digits)

    def laid_out(self, rows: Iterable[Row]) -> Iterable[Row]:
        """Go through rows under our own headings, with ids that we can take."""
        if self.layout is not None:
            return LaidOut(self.layout, rows).rows
        return map(_with_own_ids, rows)


def _with_own_ids(row: Row) -> Row:
    cells = {name: own_id(cell) if name in _IDS else cell for name, cell in row.cells.items()}
    return row._replace(cells=cells)


def _linked(ledger: AnyLedger) -> _LinkedLedger:
    return _of_layout(ledger) if isinstance(ledger, LaidOutLedger) else _of_columns(ledger)


def _of_layout(counted: LaidOutLedger) -> _LinkedLedger:
    layout = counted.layout
    names = dict.fromkeys([*counted.native.values(), *counted.ledger.roles.by])
    ledger = attrs.evolve(counted.ledger, roles=attrs.evolve(counted.ledger.roles, by=tuple(names)))
    headings = {
        each: (name, layout.field_of(each))
        for each, name in counted.native.items() if each != counted.amount
    }  # fmt: skip
    code = layout.constants.get("currency")
    constants = {} if code is None or not ledger.form.minor_units else {"currency": str(code)}
    return _LinkedLedger(
        ledger, headings, counted.amount, constants, counted.spelling, counted, layout
    )


def _of_columns(counted: Ledger) -> _LinkedLedger:
    """Return the cells that the columns of a ledger have, under our own headings."""
    roles = counted.roles
    columns: dict[str, str] = {"id": roles.id} if roles.id else {}
    constants: dict[str, str] = {"company": "company"}
    for field, role in (("currency", roles.currency), ("announced", roles.date)):
        if isinstance(role, Constant):
            constants[field] = role.value
        else:
            columns[field] = role
    named = [*roles.links, *(name for name in counted.opened.alone if heading(name) in _ALSO)]
    columns |= {heading(name): name for name in named}
    headings = {field: (name, field) for field, name in columns.items()}
    by = tuple(dict.fromkeys([*columns.values(), *roles.grouped]))
    ledger = attrs.evolve(counted, roles=attrs.evolve(roles, by=by, units=frozenset()))
    spelling = Spelling(power=counted.form.power)
    return _LinkedLedger(ledger, headings, "amount", constants, spelling, counted)


def _counted_less(found: Sequence[_Found]) -> Iterator[Entry]:
    """Go through what rows count for, less what they say, where that is something."""
    laid_out = [*_laid_out(found)]
    dataset = _dataset(laid_out, found)
    by_id = {row.cells["id"]: row for row in laid_out}
    amounts = dataset.counting.amounts(dataset.pledges)
    for pledge, counted in zip(dataset.pledges, amounts, strict=True):
        with summing():
            less = counted - pledge.amount.amount
        if less:
            row = by_id[pledge.id]
            ledger, linked = found[row.number]
            group = ledger.counted.group_of(linked, row.cells, pledge.announced)
            yield Entry(group, Money(less, pledge.amount.currency), pledge.value_date)


def _laid_out(found: Sequence[_Found]) -> Iterator[Row]:
    """Go through the rows under our own headings, each with an id."""
    several: dict[int, list[Row]] = defaultdict(list)
    ledgers = {id(ledger): ledger for ledger, _ in found}
    for at, (ledger, linked) in enumerate(found):
        if linked.words != OF_ANOTHER:
            several[id(ledger)].append(ledger.row(at, linked))
    for key, rows in several.items():
        for row in ledgers[key].laid_out(rows):
            yield row._replace(cells={"id": f"row-without-id-{row.number}", **row.cells})


def _dataset(rows: Sequence[Row], found: Sequence[_Found]) -> Dataset:
    def place(number: int) -> str:
        return found[number].ledger.ledger.place

    first = found[0].ledger
    drafts = Drafts.of(rows, place, first.spelling)
    plain = PlainRecords(drafts.tables(), drafts.faults, drafts.places)
    return dataset_of(plain, first.ledger.place)
