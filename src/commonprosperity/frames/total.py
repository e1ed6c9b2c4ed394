"""The totals of anybody's dataframe: added up in its engine, converted exactly, rounded once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date as day
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from commonprosperity.errors import DatasetError, Fault, RateNotFoundError
from commonprosperity.frames.columns import AmountForm, Columns
from commonprosperity.frames.csv_file import CsvForm
from commonprosperity.frames.engines import engine_failures_as_faults
from commonprosperity.frames.entry import Entries, added_up
from commonprosperity.frames.faults import EXAMPLES_AT_MOST
from commonprosperity.frames.ids import refuse_repeated_ids
from commonprosperity.frames.inputs import Input, Opened, inputs
from commonprosperity.frames.laid_out import LaidOutLedger
from commonprosperity.frames.laid_out_columns import LaidOutColumns, refuse_parts, with_columns
from commonprosperity.frames.ledger import Ledger
from commonprosperity.frames.linked import AnyLedger, linked_entries
from commonprosperity.frames.mixed_stages import warn_of_stages
from commonprosperity.frames.subtotals import Group
from commonprosperity.frames.sum_total import SumTotal
from commonprosperity.frames.total_rows import refuse_total_rows
from commonprosperity.layout import Layout
from commonprosperity.money import summing
from commonprosperity.period import Period
from commonprosperity.rates.rates_like import RatesLike, rates_of
from commonprosperity.sentence import Sentence
from commonprosperity.totals import Conversion, Sums, Totals, merged
from commonprosperity.wording import currency_code

By = str | Sequence[str] | None
AnyColumns = Columns | LaidOutColumns


def total(  # noqa: PLR0913 (every question that a dataframe leaves open has its own name)
    frame: object,
    to: str,
    *,
    amount: str | None = None,
    currency: str | None = None,
    date: str | day | Period | None = None,
    by: By = None,
    id: str | None = "id",  # noqa: A002 (as the column is called)
    rates: RatesLike | None = None,
    on: Period | day | str | None = None,
    scale: str | int | None = None,
    locale: str | None = None,
    layout: Layout | Mapping[str, Any] | str | Path | None = None,
    encoding: str | None = None,
    minor_units: bool = False,
    float_digits: int | None = None,
    bar: bool = True,
) -> Totals[SumTotal]:
    """Add up a dataframe's rows in a currency, each converted at the rate of its own date.

    ``frame`` is of pandas, Polars, PyArrow, DuckDB, Dask or Spark, or a path to Parquet or CSV
    files, which are scanned. ``amount``, ``currency`` and ``date`` are the columns of these names,
    or of others; a currency and a date may also be one for all rows. Without a column ``currency``
    it is the one that the heading of the amounts names: ``amount_usd``. A row with something in a
    column ``value_date`` is converted at the rate of that. ``by`` is a column, or several, or
    ``"year"`` or ``"month"``, of the date; without it all rows are one group, ``all``.
    ``on`` and ``rates`` are as in `Dataset.total`. Every row counts for all of its amount, but for
    those that the columns ``part_of``, ``supersedes`` and ``restates`` tie together by their ids,
    which count once, as pledges do. Rows whose column ``pooled`` is true are refused: `read` counts
    those of a pool once.

    ``layout`` says which column of somebody else's table is what, and how its cells are read, as in
    `read`; ``by`` then names fields, such as ``"recipient"``, or columns. ``amount``, ``currency``
    and ``date`` go before what it says.

    ``id`` is the column in which no value may repeat, if there is one; None says that rows need no
    id. ``scale`` is what amounts are multiplied by: ``"million"``, ``"万"``, 1000, or 1 where a
    heading states a unit that is not meant; ``locale``, how texts of amounts are written;
    ``encoding``, that of CSV files that are not in UTF-8.
    ``minor_units`` says that amounts are integers of fen or cents; ``float_digits``, with how many
    decimals floats were written. ``bar`` shows a bar of files and of Dask's partitions, in a
    terminal and a notebook.

    Raises `DatasetError` with everything that is wrong, the rows counted from 0, of up to five
    files; `FileError` where there is no such file; `LayoutError` for a layout that is none;
    `MissingExtraError` for a package that is not installed; `RecordError` for what names no column
    and no scale; `LocaleError` for no locale.
    """
    titles = () if by is None else tuple(by) if isinstance(by, tuple | list) else (by,)
    form_of = partial(AmountForm.of, minor_units=minor_units, float_digits=float_digits)
    columns: AnyColumns
    if layout is None:
        form = form_of(locale=locale, scale=scale)
        names = amount or "amount", currency or "currency", "date" if date is None else date
        columns, csv_form = Columns(*names, titles, id, form), CsvForm(encoding)
    else:
        settings = {"locale": locale, "scale": scale, "encoding": encoding}
        of_layout = Layout.of(layout).with_settings(**settings)
        form = form_of(locale=of_layout.locale, scale=of_layout.scale)
        refuse_parts(of_layout)
        of_layout = with_columns(of_layout, amount, currency, date)
        columns = LaidOutColumns(of_layout, titles, id, form)
        csv_form = CsvForm(of_layout.encoding, of_layout.headings_in_row)
    when = None if on is None else Period.of(on)
    conversion = Conversion(currency_code(to), rates_of(rates), when)
    groups: dict[Group, Sums] = defaultdict(lambda: defaultdict(Decimal))
    units: frozenset[str] = frozenset()
    notes: list[Sentence] = []
    counted: list[AnyLedger] = []
    with inputs(frame, csv_form, bar=bar) as given:
        for entries, of_time, left_out in _entries(given, columns, conversion, counted, bar=bar):
            units = of_time
            notes += left_out
            with summing():
                for group, money, on_ in entries:
                    groups[group][money.currency, on_.start, on_.end, ""] += money.amount
        try:
            totals = _totals(groups, by, units, conversion)
        except RateNotFoundError:
            for ledger in counted:
                ledger.entries(conversion)  # names the rows
            raise
        warn_of_stages(counted)
    return totals.with_notes(added_up(notes))


def _entries(
    given: Iterable[Input],
    columns: AnyColumns,
    conversion: Conversion,
    counted: list[AnyLedger],
    *,
    bar: bool,
) -> Iterator[Entries]:
    """Yield what the rows of each input come to, and note its ledgers.

    A row that links tie to others needs a rate only for what it counts for.

    Raises `DatasetError` with everything that is wrong with the first ones at fault.
    """
    at_fault: list[DatasetError] = []
    ledgers: list[Ledger] = []
    units: frozenset[str] = frozenset()
    for each in given:
        try:
            with engine_failures_as_faults(each.place):
                opened = each.open()
            ledger, amounts = _ledgers(opened, columns, each.place, bar=bar)
            ledgers.append(ledger)
            _refuse_different_units(ledger, ledgers[0])
            all_count = not ledger.roles.links
            entries = [one.entries(conversion, all_count=all_count) for one in amounts]
            counted += amounts
            refuse_total_rows(amounts[0])
        except DatasetError as error:
            at_fault.append(error)
            if len(at_fault) == EXAMPLES_AT_MOST:
                break
        else:
            yield from entries
            units = entries[-1].units
    try:
        refuse_repeated_ids(ledgers)
    except DatasetError as error:
        at_fault.append(error)
    if at_fault:
        raise type(at_fault[0])(tuple(fault for error in at_fault for fault in error.faults))
    yield linked_entries(counted, units)


def _ledgers(
    opened: Opened, columns: AnyColumns, place: str, *, bar: bool
) -> tuple[Ledger, Sequence[AnyLedger]]:
    """Return the ledger of a dataframe's rows, and one for each amount that its rows have."""
    if isinstance(columns, Columns):
        ledger = Ledger(opened, columns.among(opened, place), columns.form, place, bar)
        return ledger, [ledger]
    several = LaidOutLedger.each(opened, columns, place, bar=bar)
    return several[0].ledger, several


def _refuse_different_units(ledger: Ledger, first: Ledger) -> None:
    """Raise `DatasetError` where ``year`` is a column of one file, and of another the date's."""
    for unit in sorted(ledger.roles.units ^ first.roles.units):
        problem = Sentence(
            "is a column of some files only; rename it to take the {unit} of each date", unit=unit
        )
        raise DatasetError((Fault("", unit, problem, ledger.place),))


def _totals(
    groups: dict[Group, Sums], by: By, units: frozenset[str], conversion: Conversion
) -> Totals[SumTotal]:
    """Return the totals of groups, in the order that a dataset has them in."""
    alone = isinstance(by, str)
    several = bool(by) and not alone
    totals = {
        (group if several else group[0] if alone else "all"): SumTotal.of(sums, conversion)
        for group, sums in groups.items()
    }
    titles = tuple(by or ["rows"]) if not isinstance(by, str) else (by,)
    grand = SumTotal.of(merged(groups.values()), conversion)
    return Totals(grand, titles, totals, several=several, times=units).in_order()
