"""The totals of anybody's dataframe: added up in its engine, converted exactly, rounded once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date as day
from decimal import Decimal

from commonprosperity.errors import DatasetError, Fault
from commonprosperity.frames.columns import AmountForm, Columns, Roles
from commonprosperity.frames.csv_file import CsvForm
from commonprosperity.frames.faults import EXAMPLES_AT_MOST, Faults, count_of, period_of
from commonprosperity.frames.ids import refuse_repeated_ids
from commonprosperity.frames.inputs import Input, inputs
from commonprosperity.frames.ledger import Ledger
from commonprosperity.frames.subtotals import Group, Subtotal
from commonprosperity.frames.sum_total import SumTotal
from commonprosperity.money import Money, summing
from commonprosperity.period import Period
from commonprosperity.rates.given import GivenRates, given_rates
from commonprosperity.totals import Conversion, Due, Sums, Totals
from commonprosperity.wording import currency_code, currency_digits

By = str | Sequence[str] | None


def total(  # noqa: PLR0913 (every question that a dataframe leaves open has its own name)
    frame: object,
    to: str,
    *,
    amount: str = "amount",
    currency: str = "currency",
    date: str | day | Period = "date",
    by: By = None,
    id: str | None = "id",  # noqa: A002 (as the column is called)
    rates: GivenRates | None = None,
    on: Period | day | str | None = None,
    scale: str | int | None = None,
    locale: str | None = None,
    encoding: str | None = None,
    minor_units: bool = False,
    float_digits: int | None = None,
    bar: bool = True,
) -> Totals[SumTotal]:
    """Add up a dataframe's rows in a currency, each converted at the rate of its own date.

    ``frame`` is of pandas, Polars, PyArrow, DuckDB, Dask or Spark, or a path to Parquet or CSV
    files, which are scanned. ``currency`` and ``date`` are columns, or one currency and one date
    for all rows. ``by`` is a column, or several, or ``"year"`` or ``"month"``, of the date; without
    it all rows are one group, ``all``. ``on`` and ``rates`` are as in `Dataset.total`. Every row
    counts for all of its amount.

    ``id`` is the column of which no value may repeat, if there is one; None says that rows need no
    id. ``scale`` is what amounts are multiplied by: ``"million"``, ``"万"``, 1000, or 1 where a
    heading states a unit that is not meant; ``locale``, how texts of amounts are written;
    ``encoding``, that of CSV files that are not in UTF-8.
    ``minor_units`` says that amounts are integers of fen or cents; ``float_digits``, with how many
    decimals floats were written. ``bar`` shows a bar of files and of Dask's partitions, in a
    terminal and a notebook.

    Raises `DatasetError` with everything that is wrong, the rows counted from 0, of up to five
    files; `FileError` where there is no such file; `MissingExtraError` for a package that is not
    installed; `RecordError` for what names no column and no scale; `LocaleError` for no locale.
    """
    titles = () if by is None else tuple(by) if isinstance(by, tuple | list) else (by,)
    form = AmountForm.of(
        minor_units=minor_units, float_digits=float_digits, locale=locale, scale=scale
    )
    columns = Columns(amount, currency, date, titles, id, form)
    when = None if on is None else Period.of(on)
    conversion = Conversion(currency_code(to), given_rates(rates), when)
    groups: dict[Group, Sums] = defaultdict(lambda: defaultdict(Decimal))
    units: frozenset[str] = frozenset()
    with inputs(frame, CsvForm(encoding), bar=bar) as given:
        for roles, subtotal in _subtotals(given, columns, conversion, bar=bar):
            money, due = _money(subtotal, form), period_of(subtotal.date)
            group, units = roles.group(subtotal.group, due), roles.units
            _add(groups[group], (money.currency, due.start, due.end), money.amount)
    return _totals(groups, by, units, conversion)


def _subtotals(
    given: Iterable[Input], columns: Columns, conversion: Conversion, *, bar: bool
) -> Iterator[tuple[Roles, Subtotal]]:
    """Go through the subtotals of inputs, and what the columns of each input are for.

    Raises `DatasetError` with everything that is wrong with the first ones at fault.
    """
    at_fault: list[DatasetError] = []
    ledgers: list[Ledger] = []
    for each in given:
        try:
            ledger = Ledger.of(each, columns, bar=bar)
            ledgers.append(ledger)
            _refuse_different_units(ledger, ledgers[0])
            subtotals = ledger.subtotals()
            _refuse(subtotals, ledger, conversion)
        except DatasetError as error:
            at_fault.append(error)
            if len(at_fault) == EXAMPLES_AT_MOST:
                break
        else:
            yield from ((ledger.roles, subtotal) for subtotal in subtotals)
    try:
        refuse_repeated_ids(ledgers)
    except DatasetError as error:
        at_fault.append(error)
    if at_fault:
        raise type(at_fault[0])(tuple(fault for error in at_fault for fault in error.faults))


def _refuse_different_units(ledger: Ledger, first: Ledger) -> None:
    """Raise `DatasetError` where ``year`` is a column of one file, and of another the date's."""
    for unit in sorted(ledger.roles.units ^ first.roles.units):
        problem = f"is a column of some files only; rename it to take the {unit} of each date"
        raise DatasetError((Fault("", unit, problem, ledger.place),))


def _refuse(subtotals: list[Subtotal], ledger: Ledger, conversion: Conversion) -> None:
    """Raise `DatasetError` with what is wrong with subtotals, and the first rows of each fault."""
    wrong = [*Faults(ledger.roles, conversion).of(subtotals)]
    if not wrong:
        return
    numbers = ledger.first_rows([fault.found_by for fault in wrong], EXAMPLES_AT_MOST)
    raise DatasetError(tuple(
        Fault("", fault.title, f"{fault.problem} {count_of(fault.rows, rows)}", ledger.place)
        for fault, rows in zip(wrong, numbers, strict=True)
    ))  # fmt: skip


def _money(subtotal: Subtotal, form: AmountForm) -> Money:
    """Return what a subtotal that has nothing wrong comes to."""
    code = str(subtotal.currency)
    with summing():
        decimals = currency_digits(code) if form.minor_units else 0
        return Money(subtotal.added.scaleb((form.power or 0) - decimals), code)


def _add(sums: Sums, due: Due, amount: Decimal) -> None:
    with summing():
        sums[due] += amount


def _totals(
    groups: dict[Group, Sums], by: By, units: frozenset[str], conversion: Conversion
) -> Totals[SumTotal]:
    """Return the totals of groups, in the order that a dataset has them in."""
    alone = isinstance(by, str)
    several = bool(by) and not alone
    everything: Sums = defaultdict(Decimal)
    for sums in groups.values():
        for due, amount in sums.items():
            _add(everything, due, amount)
    totals = {
        (group if several else group[0] if alone else "all"): SumTotal.of(sums, conversion)
        for group, sums in groups.items()
    }
    titles = tuple(by or ["rows"]) if not isinstance(by, str) else (by,)
    grand = SumTotal.of(everything, conversion)
    return Totals(grand, titles, totals, several=several, times=units).in_order()
