"""Rows that links tie to others, and their ends: counted once, as pledges are.

The engine adds up all rows, as if no link were there. What linked rows count for less than they say
is added to that. Where ``b`` of 60 is a part of ``a`` of 100, among a million other rows:

    row    amount    counts for    added
    a         100            40      -60
    b          60            60        0
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

import attrs

from commonprosperity.dataset import Dataset
from commonprosperity.errors import CellError, CurrencyError
from commonprosperity.flat import Drafts, Row, Spelling, heading, stated_amounts
from commonprosperity.frames.amount_words import BLANK, OF_ANOTHER
from commonprosperity.frames.cell_text import text_of
from commonprosperity.frames.columns import LINKS, Constant
from commonprosperity.frames.entry import Entries, Entry
from commonprosperity.frames.laid_out import LaidOutLedger
from commonprosperity.frames.ledger import Ledger
from commonprosperity.frames.partition import LinkedRow
from commonprosperity.layout import (
    LaidOut,
    Layout,
    LeftOut,
    ids_by,
    own_id,
    with_links_mended,
)
from commonprosperity.money import Money, summing
from commonprosperity.plain import PlainRecords, dataset_of
from commonprosperity.wording import currency_code, currency_digits

if TYPE_CHECKING:
    from commonprosperity.sentence import Sentence

_IDS = frozenset({"id", *LINKS})
_ALSO = ("stage", "equivalents", "qualifier", "high")
"""What pledges are counted by besides their amounts, dates and links."""

AnyLedger = Ledger | LaidOutLedger


def linked_entries(ledgers: Sequence[AnyLedger], units: frozenset[str]) -> Entries:
    """Return what linked rows count for, less what they say; ``units`` are as in `Entries`.

    Raises `DatasetError` where a link leads to no row or back to its own, and where a row with a
    link, or one that a link names, is no pledge.
    """
    plain = [each.ledger if isinstance(each, LaidOutLedger) else each for each in ledgers]
    ends = frozenset(chain.from_iterable(each.ends() for each in plain))
    if not ends:
        return Entries([], units)
    # A link and an id may be spelled in two Unicode forms.
    ends |= {normalize(form, end) for form in ("NFC", "NFD") for end in ends}
    linked = [_linked(each) for each in ledgers]
    found = _found(linked, ends)
    rows, divided = _laid_out(found)
    spelled_otherwise = _ids_of(linked, _not_found(rows))
    if spelled_otherwise:
        found = _found(linked, ends | spelled_otherwise)
        rows, divided = _laid_out(found)
    counted, left_out = rows, LeftOut()
    layout = linked[0].layout
    if layout is not None:
        # A whole may stand in another file, so that links are mended among all rows.
        mended = with_links_mended(layout, rows, divided)
        counted, left_out.wholes, left_out.revalued = mended
    return Entries([*_counted_less(rows, counted, found)], units, (*left_out.notes(),))


def _found(linked: Sequence["_LinkedLedger"], ends: AbstractSet[str]) -> list["_FoundRow"]:
    return [_FoundRow(each, row) for each in linked for row in each.ledger.linked_rows(ends)]


def _not_found(rows: Sequence[Row]) -> set[str]:
    """Return the ids that links name and no row has, as we spell them."""
    ends = {row.cells[link] for row in rows for link in LINKS if link in row.cells}
    return ends - {row.cells["id"] for row in rows}


def _ids_of(linked: Sequence["_LinkedLedger"], ends: AbstractSet[str]) -> set[str]:
    """Return the ids, as the tables spell them, that we change into some others.

    This goes through all ids, so it is for those that no row has in the spelling of the link.
    """
    if not ends:
        return set()
    return {
        id_
        for each in linked
        for id_ in each.ledger.ids()
        if not ends.isdisjoint(each.own_ids(id_))
    }


class _FoundRow(NamedTuple):
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
        cells = dict(self.constants)
        problems: dict[str, Sentence] = {}
        for each, (name, field) in self.headings.items():
            try:
                text = text_of(linked.cells[name], field)
            except CellError as error:
                problems[each] = error.sentence
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

    def laid_out(self, rows: Iterable[Row]) -> "_LaidOutRows":
        """Return rows under our own headings, with ids that we can take."""
        if self.layout is None:
            return _LaidOutRows([*map(_with_own_ids, rows)], {})
        laid_out = LaidOut(self.layout, rows, self.amount)
        return _LaidOutRows(laid_out.stated, laid_out.divided)

    def own_ids(self, id_: str) -> list[str]:
        """Return the ids that we may make of one in the table."""
        return [own_id(id_)] if self.layout is None else ids_by(self.layout, id_)


class _LaidOutRows(NamedTuple):
    """Rows under our own headings; ``divided`` is as in `LaidOut`."""

    rows: list[Row]
    divided: Mapping[str, Sequence[str]]


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
    if roles.value_date:
        columns["value_date"] = roles.value_date
    named = [*roles.links, *(name for name in counted.opened.alone if heading(name) in _ALSO)]
    columns |= {heading(name): name for name in named}
    headings = {field: (name, field) for field, name in columns.items()}
    by = tuple(dict.fromkeys([*columns.values(), *roles.grouped]))
    ledger = attrs.evolve(counted, roles=attrs.evolve(roles, by=by, units=frozenset()))
    spelling = Spelling(power=counted.form.power)
    return _LinkedLedger(ledger, headings, "amount", constants, spelling, counted)


def _counted_less(
    rows: Sequence[Row], counted_rows: Sequence[Row], found: Sequence[_FoundRow]
) -> Iterator[Entry]:
    """Yield what rows count for, less what was added up of them, unless that is nothing.

    Only a whole that takes the currency of its parts counts in another one than it is added up in.
    """
    dataset = _dataset(counted_rows, found)
    pairs = zip(rows, counted_rows, strict=True)
    by_id = {row.cells["id"]: (added, row) for added, row in pairs}
    amounts = dataset.counting.amounts(dataset.pledges)
    for pledge, counted in zip(dataset.pledges, amounts, strict=True):
        added, row = by_id[pledge.id]
        ledger, linked = found[row.number]
        money = pledge.amount
        if added.cells.get("currency") != row.cells.get("currency"):
            money = stated_amounts(added.cells, ledger.spelling)[0]["amount"]
        less: dict[str, Decimal] = defaultdict(Decimal)
        with summing():
            less[pledge.amount.currency] += counted
            less[money.currency] -= money.amount
        for currency, amount in less.items():
            cells = row.cells if currency == pledge.amount.currency else added.cells
            group = ledger.counted.group_of(linked, cells, pledge.announced)
            if amount:
                yield Entry(group, Money(amount, currency), pledge.value_date)


def _laid_out(found: Sequence[_FoundRow]) -> _LaidOutRows:
    """Return the rows under our own headings, each with an id."""
    several: dict[int, list[Row]] = defaultdict(list)
    ledgers = {id(ledger): ledger for ledger, _ in found}
    for at, (ledger, linked) in enumerate(found):
        if linked.words != OF_ANOTHER:
            several[id(ledger)].append(ledger.row(at, linked))
    laid_out: list[Row] = []
    divided: dict[str, list[str]] = defaultdict(list)
    for key, rows in several.items():
        of_ledger = ledgers[key].laid_out(rows)
        laid_out += map(_with_id, of_ledger.rows)
        for id_, ids in of_ledger.divided.items():
            divided[id_] += ids
    return _LaidOutRows(laid_out, divided)


def _with_id(row: Row) -> Row:
    return row._replace(cells={"id": f"row-without-id-{row.number}", **row.cells})


def _dataset(rows: Sequence[Row], found: Sequence[_FoundRow]) -> Dataset:
    def place(number: int) -> str:
        return found[number].ledger.ledger.place

    first = found[0].ledger
    drafts = Drafts.of(rows, place, first.spelling)
    plain = PlainRecords(drafts.tables(), drafts.faults, drafts.places, known=drafts.records())
    return dataset_of(plain, first.ledger.place)
